"""Makes what the printer gets of a stack (W9): a cover sheet and its letters as one PDF, in the order of the stack; and labels."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, select

from processes.access.letter_codes import code_of, lives
from processes.access.staff_scope import handles, seen_cases
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.base.errors import NotAllowed, NotFound, NotNow
from processes.base.pdf_joining import join
from processes.post.pdf import PDF, markup, pdf
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, LetterCode, NoticeRow, Party, PrintBatch

COVER: Final = """
@page { size: A4; margin: 20mm }
html { font-size: 10pt; line-height: 1.4; color: #111 }
h1 { font-size: 14pt; margin: 0 0 4mm } table { border-collapse: collapse; width: 100% }
td, th { border: 0.3pt solid #888; padding: 1mm 2mm; text-align: left; vertical-align: top }
"""
CODE: Final = """
@page { size: A4; margin: 25mm }
html { font-size: 11pt; line-height: 1.5; color: #111 }
h1 { font-size: 15pt; margin: 0 0 6mm } p { margin: 0 0 4mm } li { margin-bottom: 1mm }
.code { font-size: 20pt; font-weight: bold; letter-spacing: 1mm; border: 0.5pt solid #444; padding: 4mm; text-align: center }
"""
LABELS: Final = """
@page { size: A4; margin: 0 }
html { font-size: 10pt; line-height: 1.3; color: #111 } body { margin: 0 }
.sheet { display: grid; grid-template-columns: 70mm 70mm 70mm; grid-auto-rows: 37.125mm; break-after: page }
.sheet:last-child { break-after: auto }
.label { box-sizing: border-box; padding: 6mm 5mm 2mm; overflow: hidden; white-space: pre-line }
.small { padding-top: 3mm; font-size: 7.5pt; line-height: 1.2 }
"""
LINES: Final = 6  # of a label in its usual size, each of ACROSS signs: more would lose the postcode
ACROSS: Final = 30
ON_SHEET: Final = 24  # labels of 70 by 37 mm, three by eight


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A PDF to print, and the documents that it holds or goes with, with the numbers of their cases, for who keeps who read what."""

    content: bytes
    name: str
    documents: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CodeSheet:
    """The sheet behind a letter with the code to follow the case; `until` is the last day of it. It is in no other file."""

    code: str
    until: date


@dataclass(frozen=True, slots=True)
class StackedLetter:
    """A letter of a stack: its place in it, the number of its case, whom it is to, its document, and its file in the store with the key of that."""

    place: int
    number: str
    name: str
    address: str
    document: str
    content: tuple[str, str | None]  # the file in the store, and its key
    code: CodeSheet | None = None


def print_file(services: Services, actor: Actor, batch: int, first: int = 1) -> PrintedFile:
    """The cover sheet and the letters from place `first` on: after a jam one goes on where it stopped.

    Raises NotFound without any letter, NotAllowed, NotNow when it cannot be made.
    """
    letters, made_at = _letters(services, actor, batch, first)
    files = [file for one in letters for file in _files(services, one)]
    joined = join(pdf(cover_page(batch, made_at, letters)), files)
    if not all(joined.pages):
        raise NotNow("De stapel kan niet als een bestand worden gemaakt. Print de brieven een voor een.")
    return PrintedFile(joined.content, f"stapel-{batch}.pdf", tuple((one.document, one.number) for one in letters))


def _files(services: Services, one: StackedLetter) -> list[tuple[str, bytes]]:
    letter = (PDF, b"".join(services.files.read(*one.content)))
    return [letter, (PDF, pdf(code_page(one, one.code, services.settings.public_url)))] if one.code else [letter]


def code_page(one: StackedLetter, sheet: CodeSheet, site: str) -> str:
    """The sheet with a code as HTML for `pdf`."""
    body = f"""<h1>Uw code voor zaak {markup(one.number)}</h1>
<p>Dit blad is voor {markup(one.name)}. Met deze code kunt u uw zaak op onze website volgen.</p>
<p class="code">{markup(sheet.code)}</p>
<ol><li>Ga naar {markup(site)}/mijn/koppelen</li><li>Log in met DigiD, eHerkenning of eIDAS.</li><li>Typ de code over.</li></ol>
<p>De code werkt één keer, tot en met {long_date(sheet.until)}. Geef de code aan niemand.</p>
<p>U hoeft dit niet te doen: u mag alles per post met ons regelen.</p>"""
    return _page(f"Code voor zaak {one.number}", CODE, body)


def print_labels(services: Services, actor: Actor, batch: int) -> PrintedFile:
    """A label for each envelope, in the order of the stack. Raises NotFound without any letter, NotAllowed."""
    letters, _ = _letters(services, actor, batch, 1)
    told = tuple((one.document, one.number) for one in letters)
    return PrintedFile(pdf(labels_page(batch, letters)), f"etiketten-{batch}.pdf", told)


def labels_page(batch: int, letters: list[StackedLetter]) -> str:
    """The labels of a stack as HTML for `pdf`, in its order."""
    sheets = [letters[at : at + ON_SHEET] for at in range(0, len(letters), ON_SHEET)]
    body = "".join(f'<div class="sheet">{"".join(map(_label, sheet))}</div>' for sheet in sheets)
    return _page(f"Etiketten van stapel {batch}", LABELS, body)


def _letters(services: Services, actor: Actor, batch: int, first: int) -> tuple[list[StackedLetter], datetime]:
    if not handles(actor):
        raise NotAllowed("Brieven printen is alleen voor behandelaars.")
    with reading(services) as (session, now):
        row = session.get(PrintBatch, batch)
        found = (
            select(NoticeRow, Case, Party, DocumentRow, LetterCode)
            .join(Case, Case.id == NoticeRow.case_id)
            .join(Party, Party.id == NoticeRow.party_id)
            .join(DocumentRow, DocumentRow.id == NoticeRow.document_id)
            .outerjoin(LetterCode, _code_in_envelope(local_date(now)))
            .where(NoticeRow.batch_id == batch, NoticeRow.batch_place >= first, NoticeRow.stopped.is_(None))
            .where(seen_cases(actor), Party.confidential.is_(False), DocumentRow.blob != "")
            .order_by(NoticeRow.batch_place)
        )
        rows = session.execute(found).all()
        if row is None or not rows:
            raise NotFound
        return [
            StackedLetter(
                notice.batch_place or 0,
                case.number,
                party.name,
                party.address or "",
                document.id,
                (document.blob, document.file_key),
                _sheet(services, code),
            )
            for notice, case, party, document, code in rows
        ], row.made_at


def _code_in_envelope(today: date) -> ColumnElement[bool]:
    """The code that goes along with a letter, until that is sent: of its reader of now, who may have become another one since it was
    printed. Later nobody has a reason to read it here.
    """
    of_reader = (LetterCode.notice_id == NoticeRow.id) & (LetterCode.party_id == NoticeRow.party_id)
    counts = LetterCode.code.is_not(None) & lives() & (LetterCode.valid_until >= today)
    return of_reader & counts & NoticeRow.sent_on.is_(None)


def _sheet(services: Services, row: LetterCode | None) -> CodeSheet | None:
    code = code_of(services.secrets, row) if row else None
    return CodeSheet(code, row.valid_until) if row and code and row.valid_until else None


def cover_page(batch: int, made_at: datetime, letters: list[StackedLetter]) -> str:
    """The sheet that lies on a stack, as HTML for `pdf`: the place of each letter in it."""
    lines = "".join(
        f"<tr><td>{one.place}</td><td>{markup(one.number)}</td><td>{markup(one.name)}</td></tr>" for one in letters
    )
    body = f"""<h1>Stapel {batch}</h1><p>{long_date(local_date(made_at))}, {len(letters)} brieven. Dit blad gaat niet mee met de post.</p>
<table><thead><tr><th>Plaats</th><th>Zaak</th><th>Aan</th></tr></thead><tbody>{lines}</tbody></table>"""
    return _page(f"Stapel {batch}", COVER, body)


def _label(one: StackedLetter) -> str:
    words = f"{one.name}\n{one.address}".strip()
    lines = sum(-(-len(line) // ACROSS) or 1 for line in words.splitlines())
    return f'<div class="label{" small" if lines > LINES else ""}">{markup(words)}</div>'


def _page(title: str, style: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{markup(title)}</title><style>{style}</style></head><body>{body}</body></html>"""
