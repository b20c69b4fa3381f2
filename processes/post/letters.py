"""Letters: a formal notice in, an accessible PDF (PDF/A-2a and PDF/UA-1) out, which becomes a document of the case."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.words import Audience, Confidentiality
from processes.base.actor import SYSTEM
from processes.base.clock import local_date
from processes.base.crash_points import crash_point
from processes.base.dutch import long_date
from processes.base.pdf_joining import join
from processes.base.uploads import Upload
from processes.house_style.style import StyleFile
from processes.post.enclosing import Enclosure, files_of, in_words, not_joined
from processes.post.frames import Frame, frame_from
from processes.post.pdf import PDF, PICTURE, Picture, markup, pdf
from processes.post.translated import Translated, translated
from processes.storage.current_settings import current_settings
from processes.storage.document_versions import ORIGINAL, VERSION
from processes.storage.services import Services
from processes.storage.style_cache import style_file
from processes.storage.tables import Case, DocumentRow, NoticeRow, Party
from processes.storage.words import DocumentOrigin, PostChannel

LOGO: Final = "logo"
# The address stands where the window of a Dutch C5/6 envelope shows it (NEN 1026: 20 mm from the left, 50 mm down);
# one of many lines pushes down what follows.
STYLE: Final = """
@page { size: A4; margin: 25mm 25mm 22mm 25mm;
        @bottom-right { content: "Pagina " counter(page) " van " counter(pages); font-size: 8pt; color: #444 } }
@page :first { margin-top: 20mm }
html { font-size: 10.5pt; line-height: 1.5; color: #111 }
body { margin: 0 }
header { height: 30mm; font-size: 14pt; font-weight: bold; max-width: 95mm }
header img { height: 16mm; max-width: 80mm; vertical-align: middle; margin-right: 4mm }
.sender { position: absolute; top: 0; right: 0; width: 55mm; font-size: 8pt; line-height: 1.4; white-space: pre-line; color: #333 }
address { min-height: 40mm; max-width: 90mm; box-sizing: border-box; padding-bottom: 4mm; margin-left: -5mm;
          font-style: normal; white-space: pre-line; line-height: 1.35 }
dl { display: grid; grid-template-columns: 28mm minmax(0, 1fr); margin: 0 0 8mm; font-size: 9.5pt }
dt { color: #444 } dd { margin: 0 }
h1 { font-size: 12pt; margin: 0 0 5mm }
p { margin: 0 0 4mm; white-space: pre-line; orphans: 2; widows: 2 }
p:nth-last-of-type(2) { break-after: avoid } /* no signature alone on a page */
section { break-inside: avoid; margin-top: 8mm } section.translation { break-before: page; break-inside: auto; margin: 0 } h2 { font-size: 10.5pt; margin: 0 0 2mm }
ol { margin: 0; padding-left: 6mm }
"""


class LetterChanged(Exception):
    """Het adres of de weg van de brief veranderde terwijl hij werd gemaakt. Hij wordt opnieuw gemaakt."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The contents of a letter. `address` holds its lines, and is empty for a notice that goes by portal."""

    organisation: str
    name: str
    address: str
    day: date
    subject: str
    body: str
    reference: str
    channel: str = PostChannel.POST
    frame: Frame | None = None  # None: a letter from before frames were kept, or no notice
    enclosures: tuple[Enclosure, ...] = ()
    logo: StyleFile | None = None
    translation: Translated | None = None  # in the language of the reader, on pages of its own behind the Dutch text


def letter_pdf(letter: Letter) -> bytes:
    """The letter as PDF/A-2a and PDF/UA-1 in Dutch. It fetches nothing: all text is escaped and there is nothing to load."""
    logo = {LOGO: Picture(letter.logo.content, letter.logo.media_type)} if letter.logo else {}
    return pdf(_page(letter), logo)


def make_letter(services: Services, payload: Mapping[str, Any]) -> None:
    """Outbox kind `letter`: `{"notice": id}`. Does nothing when the letter exists or the case was destroyed.

    With `again` it is the one to print of a notice that could not be mailed: an earlier one stands on the portal. Raises
    LetterChanged when the notice went another way while its letter was made, so that the outbox makes it again.
    """
    with services.sessions() as session:
        letter = letter_of(services, session, payload["notice"])
    if letter is None:
        return
    content, made = with_enclosures(services, letter)
    upload = services.files.add(f"brief-{letter.reference}.pdf", PDF, [content])
    crash_point("blob-written")
    kept = False
    try:
        with services.sessions.begin() as session:
            kept = _attach(services, session, payload, upload, letter, made)
    finally:
        if not kept:
            services.files.delete(upload.blob)


def next_reference(session: Session, case: Case) -> str:
    """The next document number of a case (`BZW-2026-00001-D3`). The caller holds the lock of the case.

    A version for others has the number of its original, with VERSION behind it; the file that a PDF was made of that of the PDF,
    with ORIGINAL behind it.
    """
    others = (DocumentRow.reference.not_like(f"%{ending}") for ending in (VERSION, ORIGINAL))
    numbered = (DocumentRow.case_id == case.id, *others)
    count = session.scalar(select(func.count()).select_from(DocumentRow).where(*numbered))
    return f"{case.number}-D{(count or 0) + 1}"


def letter_of(services: Services, session: Session, notice_id: int) -> Letter | None:
    """The contents of the letter of a notice that has left; None when it is made already, or will not be sent any more."""
    notice = session.get(NoticeRow, notice_id)
    if notice is None or notice.document_id is not None or notice.stopped:
        return None
    case, party = session.get_one(Case, notice.case_id), session.get_one(Party, notice.party_id)
    # a secret address stands in no document: the page Brieven shows it to who writes the envelope
    by_post = notice.channel == PostChannel.POST and not party.secret_address
    address = (party.address or "") if by_post else ""
    day, frame = local_date(notice.created_at), frame_from(notice.frame)
    return Letter(
        frame.organisation if frame else current_settings(services).organisation, party.name, address, day, notice.subject, notice.body,
        case.number, notice.channel, frame, tuple(dict(one) for one in notice.enclosures or ()),
        style_file(session, frame.logo) if frame and frame.logo else None, translated(notice),
    )  # fmt: skip


def with_enclosures(services: Services, letter: Letter) -> tuple[bytes, Letter]:
    """The PDF with its enclosures joined, and the letter as it was made. What cannot be joined is listed as coming beside it."""
    with services.sessions() as session:
        files = files_of(services, session, enclosures := [dict(one) for one in letter.enclosures])
    contents = [(media_type, b"".join(services.files.read(blob, key))) for media_type, blob, key in files]
    made = replace(letter, enclosures=tuple(enclosures))
    if not contents:
        return letter_pdf(made), made
    joined = join(letter_pdf(made), contents)
    if all(joined.pages):
        return joined.content, made
    made = replace(made, enclosures=tuple(not_joined(enclosures, joined.pages)))
    good = [content for content, pages in zip(contents, joined.pages, strict=True) if pages]
    return (join(letter_pdf(made), good).content if good else letter_pdf(made)), made


def _attach(
    services: Services, session: Session, payload: Mapping[str, Any], upload: Upload, letter: Letter, made: Letter
) -> bool:  # fmt: skip
    """Make the document and tie it to the notice; False when someone else did, or the case is gone. `made`: with what was joined."""
    notice_id = payload["notice"]
    case_id = session.scalar(select(NoticeRow.case_id).where(NoticeRow.id == notice_id))
    case = session.scalar(select(Case).where(Case.id == case_id).with_for_update())
    notice = session.get(NoticeRow, notice_id, populate_existing=True)
    if case is None or notice is None or notice.document_id is not None:
        return False
    if letter_of(services, session, notice_id) != letter:
        raise LetterChanged
    document = DocumentRow(
        case_id=case.id, reference=next_reference(session, case), type=notice.document_type, title=letter.subject[:200],
        file_name=upload.name, media_type=upload.media_type, size=upload.size, sha256=upload.sha256, blob=upload.blob,
        file_key=upload.file_key,
        origin=DocumentOrigin.SYSTEM, party_id=notice.party_id, confidentiality=_level(session, case, notice), on_portal=notice.channel != PostChannel.LINK and not payload.get("again"),
        audience=Audience.OWN, to_departments=_behind_link(notice), added_at=notice.created_at, added_by=SYSTEM.name,
    )  # fmt: skip
    session.add(document)
    session.flush()
    notice.document_id = document.id
    if made.enclosures != letter.enclosures:
        notice.enclosures = list(made.enclosures)
    return True


def _level(session: Session, case: Case, notice: NoticeRow) -> str:
    """A letter is as confidential as the case, or as the most confidential paper that is in it (Awb 8:29)."""
    inside = [one["document"] for one in notice.enclosures or () if one["document"]]
    found = session.scalars(select(DocumentRow.confidentiality).where(DocumentRow.id.in_(inside))) if inside else ()
    return str(max((case.confidentiality, *found), key=[*Confidentiality].index))


def _behind_link(notice: NoticeRow) -> list[dict[str, Any]]:
    """A letter to somebody with a link of their own is read there."""
    if notice.channel != PostChannel.LINK:
        return []
    return [{"department": None, "party": notice.party_id, "at": notice.created_at.isoformat()}]


def _page(letter: Letter) -> str:
    addressee = markup(f"{letter.name}\n{letter.address}".strip())
    return f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{markup(letter.subject)}</title>
<meta name="author" content="{markup(letter.organisation)}"><style>{STYLE}</style></head>
<body>
<header>{_brand(letter)}</header>
{_sender(letter.frame)}<address>{addressee}</address>
<dl>{_facts(letter)}</dl>
<h1>{markup(letter.subject)}</h1>
{_paragraphs(letter.body)}
{_agreed(letter)}{_enclosed(letter)}{_translation(letter)}</body></html>"""


def _paragraphs(text: str) -> str:
    parts = [part.strip() for part in markup(text).split("\n\n")]
    return "\n".join(f"<p>{part}</p>" for part in parts if part)


def _translation(letter: Letter) -> str:
    """Said first is that the Dutch letter counts."""
    if not (said := letter.translation):
        return ""
    return (
        f'<section class="translation" lang="{said.language}"><h2>{markup(said.heading)}</h2>\n<p>{markup(said.counts)}</p>\n'
        f"<h2>{markup(said.subject)}</h2>\n{_paragraphs(said.body)}</section>\n"
    )


def _brand(letter: Letter) -> str:
    """The logo with the name, or the name alone; a logo that says the name stands alone."""
    words = letter.frame.logo_words if letter.frame else ""
    if not letter.logo:
        return markup(letter.organisation)
    picture = f'<img src="{PICTURE}{LOGO}" alt="{markup(words or f"Logo van {letter.organisation}")}">'
    return picture if words else f"{picture}<span>{markup(letter.organisation)}</span>"


def _sender(frame: Frame | None) -> str:
    if frame is None:
        return ""
    return f'<div class="sender">{markup(chr(10).join(frame.lines()))}</div>\n'


def _facts(letter: Letter) -> str:
    facts = [("Datum", long_date(letter.day)), ("Ons kenmerk", letter.reference)]
    if frame := letter.frame:
        facts += [
            ("Namens", frame.body),
            ("Contact", frame.contact),
            ("Telefoon", f"{frame.contact_phone} ({frame.hours})"),
        ]
        facts += [("Bijlagen", str(len(letter.enclosures)))] if letter.enclosures else []
    return "".join(f"<dt>{name}</dt><dd>{markup(value)}</dd>" for name, value in facts if value)


def _agreed(letter: Letter) -> str:
    """The people who agreed to the letter before it left, with function and day."""
    lines = letter.frame.approved if letter.frame else ()
    if not lines:
        return ""
    return f"<section><h2>Akkoord</h2><ol>{''.join(f'<li>{markup(line)}</li>' for line in lines)}</ol></section>\n"


def _enclosed(letter: Letter) -> str:
    if not letter.enclosures:
        return ""
    items = "".join(f"<li>{markup(in_words(one, letter.channel))}</li>" for one in letter.enclosures)
    return f"<section><h2>Bijlagen</h2><ol>{items}</ol></section>\n"
