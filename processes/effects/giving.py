"""A document is given to a department (O31): it reads it through its own link, and a mail says so."""

from processes.access.links import marker
from processes.access.visibility import version_for_others
from processes.execution.dossiers import ensure_dossier
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.storage.tables import Case, DepartmentRow, DocumentRow, Dossier


def give(work: UnitOfWork, case: Case, document: DocumentRow, department: DepartmentRow) -> None:
    """Put the document in the department's dossier and mail its link; nothing happens when it is already there.

    Of a document with contact details it is the version for others.
    """
    dossier = ensure_dossier(work, case, department.code)
    given = put_in_dossier(work, case, document, dossier)
    if given is None:
        return
    body = (
        f"Beste collega van {department.name},\n\nIn het dossier van zaak {case.number} staat een nieuw document voor u "
        f"klaar.\nU leest het via deze link:\n{marker(dossier)}\n\n{work.services.settings.organisation}\n"
    )
    subject = f"Nieuw document in dossier {case.number}"
    queue_mail(work, case, "department-document", department.email, subject, body, f"{given.id}:{department.code}")


def put_in_dossier(work: UnitOfWork, case: Case, document: DocumentRow, dossier: Dossier) -> DocumentRow | None:
    """Let a department read a document, without a mail. The answer is the version that it reads, None when it could already."""
    given = version_for_others(work.session, document)
    if any(item["department"] == dossier.department for item in given.to_departments):
        return None
    given.to_departments = [*given.to_departments, {"department": dossier.department, "at": work.now.isoformat()}]
    work.audit(case.id, "to_department", document=given.id, department=dossier.department)
    return given
