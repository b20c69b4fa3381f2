"""The inspection before a hearing as a party sees it: since when the papers lie open, and which do not and why (Awb 7:4)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.written import TypedText
from processes.execution.court_only import is_court_only
from processes.reads.citizen.entry import Entered
from processes.storage.document_versions import IN_ORDER
from processes.storage.tables import DocumentRow
from processes.storage.words import DocumentState


@dataclass(frozen=True, slots=True)
class WithheldPaper:
    """Only the kind of paper and the reason: a title may tell what the paper says."""

    kind: str
    why: TypedText


@dataclass(frozen=True, slots=True)
class Inspection:
    """`since`: the day from which the papers lie open; `withheld`: what is there but stays inside."""

    since: date
    withheld: tuple[WithheldPaper, ...]


def inspection_of(session: Session, entered: Entered) -> Inspection | None:
    """None while nothing lies open."""
    mine = (DocumentRow.case_id == entered.case.id, DocumentRow.state == DocumentState.ACCEPTED)
    rows = session.scalars(
        select(DocumentRow)
        .where(*mine, DocumentRow.inspection.is_not(None) | DocumentRow.inspected_from.is_not(None))
        .order_by(*IN_ORDER)
    ).all()
    opened = [row.inspected_from for row in rows if row.inspected_from]
    if not opened:
        return None
    kinds = entered.deployed.model.document_types
    withheld = [
        WithheldPaper(kinds[row.type].name if row.type in kinds else "Stuk", row.inspection["why"])
        for row in rows
        if row.inspection and not row.inspection["open"] and row.inspected_from is None and not is_court_only(row)
    ]
    return Inspection(min(opened), tuple(withheld))
