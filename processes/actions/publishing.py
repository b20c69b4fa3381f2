"""Taking back a publication: a public page, or a document that a department could read (P15)."""

from dataclasses import dataclass

from engine.lint.templates import DOCUMENT_TAKEN_BACK
from processes.access.guards import only_staff, reason_wrong
from processes.actions.documents import lock_document
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.execution.dossiers import ensure_dossier
from processes.execution.unit_of_work import UnitOfWork
from processes.post.document_mails import tell_department
from processes.storage.tables import Case, DocumentRow, PublicationRow


@dataclass(frozen=True, slots=True)
class WithdrawPublication:
    """Take a public page away, with the reason. Who has the address, then reads that it was withdrawn on that day."""

    publication: str
    reason: str


def withdraw_publication(work: UnitOfWork, action: WithdrawPublication) -> str:
    """The answer is the number of the case. Raises NotFound, Invalid without a reason, AlreadyDone for a page that is gone."""
    only_staff(work.actor, system=False)
    row = work.session.get(PublicationRow, action.publication)
    if row is None:
        raise NotFound("Deze openbare pagina bestaat niet.")
    case = work.lock_case_id(row.case_id)
    work.session.refresh(row)
    if row.withdrawn_at is not None:
        raise AlreadyDone("Deze pagina is al weggehaald. Laad de pagina opnieuw.")
    if wrong := reason_wrong(action.reason, "Schrijf waarom u deze openbare pagina weghaalt."):
        raise Invalid(wrong)
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = work.now, work.actor.subject, action.reason.strip()
    work.own_note(case.id, f"De openbare pagina is weggehaald. Reden: {row.withdrawn_reason}")
    case.row_version += 1
    work.audit(case.id, "withdraw_publication", publication=row.id)
    return case.number


@dataclass(frozen=True, slots=True)
class WithdrawFromDepartment:
    """A department (code) no longer reads this document. It is told, with the reason, and its history says so."""

    document: str
    department: str
    reason: str


def withdraw_from_department(work: UnitOfWork, action: WithdrawFromDepartment) -> str:
    """The answer is the number of the case. Raises NotFound, Invalid without a reason, AlreadyDone for what it cannot read."""
    only_staff(work.actor)
    document, case = lock_document(work, action.document)
    given = next((one for one in document.to_departments if one.get("department") == action.department), None)
    if given is None:
        raise AlreadyDone("Deze afdeling kan dit document niet meer lezen. Laad de pagina opnieuw.")
    if wrong := reason_wrong(action.reason, "Schrijf waarom u dit document terugneemt. De afdeling leest dit."):
        raise Invalid(wrong)
    why = action.reason.strip()
    document.to_departments = [one for one in document.to_departments if one is not given]
    taken = {"department": action.department, "given": given["at"], "at": work.now.isoformat(), "why": why}
    document.taken_back = [*(document.taken_back or []), taken]
    work.own_note(case.id, f"'{document.title}' is teruggenomen van de afdeling. Reden: {why}")
    _tell(work, case, document, action.department, why)
    work.audit(case.id, "take_back", document=document.id, department=action.department)
    return case.number


def _tell(work: UnitOfWork, case: Case, document: DocumentRow, code: str, why: str) -> None:
    key = f"{document.id}:{code}:taken-back:{len(document.taken_back or [])}"
    said = {"document.title": document.title, "document.reason": why}
    tell_department(work, case, ensure_dossier(work, case, code), DOCUMENT_TAKEN_BACK, key, said)
