"""A document is given to a department (O31): it reads it through its own link, and a mail says so."""

from processes.access.links import marker
from processes.execution.dossiers import ensure_dossier
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.storage.tables import Case, DepartmentRow, DocumentRow


def give(work: UnitOfWork, case: Case, document: DocumentRow, department: DepartmentRow) -> None:
    """Put the document in the department's dossier and mail its link; nothing happens when it is already there."""
    if any(item["department"] == department.code for item in document.to_departments):
        return
    dossier = ensure_dossier(work, case, department.code)
    document.to_departments = [*document.to_departments, {"department": department.code, "at": work.now.isoformat()}]
    body = (
        f"Beste collega van {department.name},\n\nIn het dossier van zaak {case.number} staat een nieuw document voor u "
        f"klaar.\nU leest het via deze link:\n{marker(dossier)}\n\n{work.services.settings.organisation}\n"
    )
    subject = f"Nieuw document in dossier {case.number}"
    queue_mail(work, case, "department-document", department.email, subject, body, f"{document.id}:{department.code}")
    work.audit(case.id, "to_department", document=document.id, department=department.code)
