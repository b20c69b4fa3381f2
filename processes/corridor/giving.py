"""A document is given to a department (O31): it reads it through its own link, and a mail says so."""

from processes.corridor.dossiers import ensure_dossier
from processes.corridor.work import Work
from processes.database.tables import Case, DepartmentRow, DocumentRow
from processes.post.links import marker
from processes.post.queue import queue_mail


def give(work: Work, case: Case, document: DocumentRow, department: DepartmentRow) -> None:
    """Nothing happens when it already has it."""
    if any(item["department"] == department.code for item in document.to_departments):
        return
    dossier = ensure_dossier(work, case, department.code)
    document.to_departments = [*document.to_departments, {"department": department.code, "at": work.now.isoformat()}]
    body = (
        f"Beste collega van {department.name},\n\nIn het dossier van zaak {case.number} staat een nieuw document voor u "
        f"klaar.\nU leest het via deze link:\n{marker(dossier)}\n\n{work.house.settings.organisation}\n"
    )
    subject = f"Nieuw document in dossier {case.number}"
    queue_mail(work, case, "department-document", department.email, subject, body, f"{document.id}:{department.code}")
    work.audit(case.id, "to_department", document=document.id, department=department.code)
