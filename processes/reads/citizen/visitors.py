"""The receipt of who filed without signing in (C9): opened by the visit in which it was filed, and by nothing else."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.post.filed import FiledLayout, filed_pdf
from processes.reads.case_type_choice import CaseTypeChoice
from processes.reads.citizen.entry import refused
from processes.reads.citizen.filing import needs_signature, read_case_types
from processes.reads.citizen.receipt_pdf import ReceiptFile
from processes.reads.filed import FiledPage, page_of
from processes.reads.opening import reading
from processes.storage.current_settings import current_settings
from processes.storage.services import Services
from processes.storage.tables import Case, FiledRow, Party

NOT_SIGNED: Final = "Handtekening: ____________________"


@dataclass(frozen=True, slots=True)
class VisitorsReceipt:
    """`words`: what was filed; `signed`: the law wants a signature beside it."""

    number: str
    title: str
    words: FiledPage
    signed: bool


def read_types_for_visitors(services: Services) -> tuple[CaseTypeChoice, ...]:
    """Every case type that can be filed without signing in, by title; none where nothing is filed on the portal."""
    return read_case_types(services, visitor=True) if services.settings.filing else ()


def read_visitors_receipt(services: Services, actor: Actor, number: str) -> VisitorsReceipt:
    """Raises NotFound, which is recorded, for a case that was not filed in this visit."""
    with reading(services) as (session, _):
        case = _filed_in(session, services, actor, number)
        started = select(FiledRow).where(FiledRow.case_id == case.id, FiledRow.task_id.is_(None))
        rows = session.scalars(started.order_by(FiledRow.filed_at).limit(1)).all()
        words = page_of(session, case, rows[0]) if rows else None
        if words is None:
            raise NotFound
        kind = services.models.version(session, case.model_version_id).model.case_type
        return VisitorsReceipt(case.number, case.title, words, kind is not None and needs_signature(kind))


def visitors_receipt_file(services: Services, actor: Actor, number: str) -> ReceiptFile:
    """The receipt as PDF/A-2a and PDF/UA-1, with room to sign where the law wants that. Raises as `read_visitors_receipt` does."""
    receipt = read_visitors_receipt(services, actor, number)
    note = NOT_SIGNED if receipt.signed else ""
    layout = FiledLayout(current_settings(services).organisation, receipt.words.words, receipt.words.sha256, note)
    return ReceiptFile(filed_pdf(layout), f"ontvangstbewijs-{receipt.number}.pdf")


def _filed_in(session: Session, services: Services, actor: Actor, number: str) -> Case:
    visits = services.secrets.digests(actor.subject)
    mine = select(Case).join(Party, Party.case_id == Case.id).where(Case.number == number, Party.visit.in_(visits))
    case = session.scalars(mine).first() if actor.is_visitor else None
    if case is None:
        raise refused(services, actor, "case")
    return case
