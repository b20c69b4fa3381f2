"""The inventory as a list: as text in a letter, and as an accessible PDF that becomes a document of the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import DocumentType
from engine.words import Confidentiality
from processes.base.actor import SYSTEM
from processes.base.crash_points import crash_point
from processes.base.dutch import long_date
from processes.base.uploads import Upload
from processes.execution.document_parts import INVENTORY
from processes.execution.parts import in_part
from processes.law.disclosure_grounds import GROUNDS, PUBLIC
from processes.post.letters import next_reference
from processes.post.pdf import PDF, markup, pdf
from processes.storage.current_settings import current_settings
from processes.storage.document_versions import IN_ORDER
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, PartDecision, PublicationRow
from processes.storage.words import DocumentOrigin, DocumentState

# Columns of a fixed width: with words that break anywhere, measuring the cells took 36 seconds for one long remark.
STYLE: Final = """
@page { size: A4 landscape; margin: 18mm; @bottom-right {
        content: "Pagina " counter(page) " van " counter(pages); font-size: 8pt; color: #444 } }
html { font-size: 9.5pt; line-height: 1.4; color: #111 }
h1 { font-size: 13pt } table { width: 100%; table-layout: fixed; border-collapse: collapse }
th:nth-child(1) { width: 10mm } th:nth-child(3) { width: 35mm } th:nth-child(4) { width: 26mm }
th:nth-child(5) { width: 50mm } th:nth-child(6) { width: 46mm }
th, td { text-align: left; vertical-align: top; padding: 2mm; border-bottom: 0.3mm solid #999 }
tr { break-inside: avoid }
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One document of the inventory, in words."""

    number: int
    title: str
    date: str
    public: str
    grounds: tuple[str, ...]
    note: str


def listed(session: Session, case_id: int, part: PartDecision | None = None) -> list[Listed]:
    """Every assessed document of a part decision, or of a case without its part decisions, oldest first."""
    found = select(DocumentRow).where(
        DocumentRow.case_id == case_id, DocumentRow.assessment.is_not(None), in_part(part)
    )
    rows = session.scalars(found.order_by(*IN_ORDER))
    assessed = [row for row in rows if (row.assessment or {}).get("public") and row.state == DocumentState.ACCEPTED]
    return [_listed(number, row.title, row.assessment or {}) for number, row in enumerate(assessed, 1)]


def as_text(lines: Sequence[Listed]) -> str:
    """One line for each document, for a letter."""
    return "\n".join(_line(one) for one in lines)


def make_inventory(services: Services, payload: Mapping[str, Any]) -> None:
    """Outbox kind `inventory`: `{"case", "document", "type", "at"}`, and `part` for the list of a part decision. Does nothing when the document exists or the case
    was destroyed: the id of the document was chosen when the list was asked for.
    """
    with services.sessions() as session:
        case = session.get(Case, payload["case"])
        if case is None or session.get(DocumentRow, payload["document"]) is not None:
            return
        part = session.get(PartDecision, payload["part"]) if payload.get("part") else None
        number = f"{case.number}, deelbesluit {part.number}" if part else case.number
        made = inventory_pdf(current_settings(services).organisation, number, listed(session, case.id, part))
        name = f"lijst-{case.number}{f'-deel-{part.number}' if part else ''}.pdf"
    upload = services.files.add(name, PDF, [made])
    crash_point("blob-written")
    with services.sessions.begin() as session:
        kept = _attach(services, session, payload, upload)
    if not kept:
        services.files.delete(upload.blob)


def inventory_pdf(organisation: str, number: str, lines: Sequence[Listed]) -> bytes:
    """The list as PDF/A-2a and PDF/UA-1 in Dutch. It fetches nothing: all text is escaped."""
    return pdf(_page(organisation, number, lines))


def _attach(services: Services, session: Session, payload: Mapping[str, Any], upload: Upload) -> bool:
    case = session.scalar(select(Case).where(Case.id == payload["case"]).with_for_update())
    if case is None or session.get(DocumentRow, payload["document"]) is not None:
        return False
    kind = services.models.version(session, case.model_version_id).model.document_types[payload["type"]]
    document = DocumentRow(
        id=payload["document"], case_id=case.id, reference=next_reference(session, case), type=kind.code, title=INVENTORY,
        file_name=upload.name, media_type=upload.media_type, size=upload.size, sha256=upload.sha256, blob=upload.blob,
        file_key=upload.file_key,
        origin=DocumentOrigin.SYSTEM, confidentiality=_confidentiality(session, case, payload["document"], kind), on_portal=True, audience=kind.audience,
        to_departments=[], added_at=datetime.fromisoformat(payload["at"]), added_by=SYSTEM.name,
        part_id=payload.get("part"),
    )  # fmt: skip
    session.add(document)
    return True


def _confidentiality(session: Session, case: Case, document: str, kind: DocumentType) -> str:
    """Public when a public page waits for this list, else as its type says."""
    pages = session.scalars(select(PublicationRow).where(PublicationRow.case_id == case.id))
    awaited = any(document == one["id"] for page in pages for one in page.documents)
    return Confidentiality.OPENBAAR if awaited else kind.confidentiality


def _listed(number: int, title: str, said: Mapping[str, Any]) -> Listed:
    day = date.fromisoformat(said["date"]) if said.get("date") else None
    grounds = tuple(GROUNDS[code].title for code in said["grounds"] if code in GROUNDS)
    return Listed(number, title, long_date(day) if day else "", PUBLIC[said["public"]], grounds, said.get("note") or "")


def _line(one: Listed) -> str:
    day = f" ({one.date})" if one.date else ""
    why = f", vanwege: {'; '.join(one.grounds)}" if one.grounds else ""
    note = f". {one.note}" if one.note else ""
    return f"{one.number}. {one.title}{day}: {one.public.lower()}{why}{note}"


def _page(organisation: str, number: str, lines: Sequence[Listed]) -> str:
    heads = "".join(
        f'<th scope="col">{head}</th>' for head in ("Nr.", "Document", "Datum", "Openbaar", "Gronden", "Opmerking")
    )
    rows = "".join(_row(one) for one in lines)
    return f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{INVENTORY} {markup(number)}</title>
<meta name="author" content="{markup(organisation)}"><style>{STYLE}</style></head>
<body><h1>{INVENTORY} bij {markup(number)}</h1>
<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></body></html>"""


def _row(one: Listed) -> str:
    cells = (str(one.number), one.title, one.date, one.public, "; ".join(one.grounds), one.note)
    return f"<tr>{''.join(f'<td>{markup(cell)}</td>' for cell in cells)}</tr>"
