"""A department takes a wrong file back, as long as nobody accepted it (P3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from processes.access.dossier_link import open_dossier
from processes.access.guards import reason_wrong
from processes.base.errors import Invalid, LinkGone, NotNow
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.document_versions import ORIGINAL
from processes.storage.tables import Delivery, DepartmentRow, DocumentRow, Dossier
from processes.storage.words import DocumentState

TOO_LATE = {
    DocumentState.ACCEPTED: "'{name}' is al akkoord en staat in het dossier. Vraag de behandelaar om het weg te halen.",
    DocumentState.REFUSED: "'{name}' is al niet aangenomen. U hoeft het niet terug te halen.",
}


@dataclass(frozen=True, slots=True)
class RecallFile:
    """`token` is the last part of the link; `receipt` the delivery of which the document is. The worker reads the reason."""

    token: str
    receipt: str
    document: str
    reason: str


def recall_file(work: UnitOfWork, action: RecallFile) -> str:
    """The file can be opened by nobody any more; name, hash and reason stay in the history. The answer is the receipt.

    Raises LinkGone for a document of others, NotNow for one that was judged, Invalid without a reason.
    """
    dossier = open_dossier(work.session, work.services, action.token, work.today)
    case = work.lock_case_id(dossier.case_id)
    delivery, document = _mine(work, dossier, action)
    if wrong := reason_wrong(action.reason, "Schrijf waarom u dit bestand terughaalt. De behandelaar leest dit."):
        raise Invalid({f"reden-{document.id}": next(iter(wrong.values()))})
    if document.state != DocumentState.OFFERED:
        told = TOO_LATE.get(DocumentState(document.state), "'{name}' staat niet meer in het dossier.")
        raise NotNow(told.format(name=document.file_name))
    for row in (document, *_chosen(work, document)):
        row.state, row.recalled_at, row.refusal = DocumentState.REMOVED, work.now, action.reason.strip()
    name = work.session.get_one(DepartmentRow, dossier.department).name
    work.system_note(
        case.id,
        f"{name} haalde '{document.title}' terug uit aanlevering {delivery.receipt}. Reden: {action.reason.strip()}",
    )
    work.audit(case.id, "recall_file", document=document.id)
    return delivery.receipt


def _chosen(work: UnitOfWork, document: DocumentRow) -> Sequence[DocumentRow]:
    """The file that this PDF was made of, which goes along."""
    beside = DocumentRow.reference == f"{document.reference}{ORIGINAL}"
    return work.session.scalars(select(DocumentRow).where(DocumentRow.case_id == document.case_id, beside)).all()


def _mine(work: UnitOfWork, dossier: Dossier, action: RecallFile) -> tuple[Delivery, DocumentRow]:
    document = work.session.get(DocumentRow, action.document)
    delivery = work.session.get(Delivery, document.delivery_id) if document and document.delivery_id else None
    if document is None or delivery is None or delivery.dossier_id != dossier.id or delivery.receipt != action.receipt:
        raise LinkGone
    work.session.refresh(document)
    return delivery, document
