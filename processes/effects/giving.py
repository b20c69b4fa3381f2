"""A document is given to a department (O31): it reads it through its own link, and a mail says so."""

from engine.lint.templates import DOCUMENT_GIVEN
from processes.access.visibility import version_for_others
from processes.execution.dossiers import ensure_dossier
from processes.execution.unit_of_work import UnitOfWork
from processes.post.document_mails import tell_department
from processes.post.dossier_links import NOT_TOLD
from processes.storage.tables import Case, DepartmentRow, DocumentRow, Dossier


def give(work: UnitOfWork, case: Case, document: DocumentRow, department: DepartmentRow) -> None:
    """Put the document in the department's dossier and mail its link; nothing happens when it is already there.

    Publishing makes no link: where it was revoked, the document waits behind it and the handler reads that nobody was mailed.

    Of a document with contact details it is the version for others.
    """
    dossier = ensure_dossier(work, case, department.code)
    given = put_in_dossier(work, case, document, dossier)
    if given is None:
        return
    if dossier.revoked_at is not None:
        work.own_note(case.id, NOT_TOLD.format(title=given.title, owner=department.name))
        return
    tell_department(work, case, dossier, DOCUMENT_GIVEN, _key(given, department))


def _key(document: DocumentRow, department: DepartmentRow) -> str:
    """The key of a mail: a document that is given again after it was taken back has another mail than the first."""
    again = len(document.taken_back or [])
    return f"{document.id}:{department.code}{f':{again}' if again else ''}"


def put_in_dossier(work: UnitOfWork, case: Case, document: DocumentRow, dossier: Dossier) -> DocumentRow | None:
    """Let a department read a document, without a mail. The answer is the version that it reads, None when it could already."""
    given = version_for_others(work.session, document)
    if any(item["department"] == dossier.department for item in given.to_departments):
        return None
    given.to_departments = [*given.to_departments, {"department": dossier.department, "at": work.now.isoformat()}]
    work.audit(case.id, "to_department", document=given.id, department=dossier.department)
    return given
