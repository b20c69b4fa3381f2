"""Mails to a department and its manager: they carry the link to the dossier, never the dossier."""

from sqlalchemy import select

from processes.corridor.advance import Run
from processes.database.tables import DepartmentRow, DocumentRequestRow, Dossier, Instance
from processes.errors import NotNow
from processes.post.links import marker
from processes.post.queue import queue_mail
from processes.post.templates import render
from processes.post.wording import template_of, words_of


def mail_department(run: Run, instance: Instance, template: str, *, to: str, key: str) -> None:
    """Fill a template and queue it. `to` is `department` or `department_manager`. Raises NotNow without a request."""
    dossier = run.work.session.scalar(
        select(Dossier)
        .join(DocumentRequestRow, DocumentRequestRow.dossier_id == Dossier.id)
        .where(DocumentRequestRow.instance_id == instance.id)
    )
    if dossier is None:
        raise NotNow("Deze mail gaat naar een afdeling, maar er is geen verzoek om stukken.")
    department = run.work.session.get_one(DepartmentRow, dossier.department)
    folders = run.work.deployed(instance.model_version_id), run.root
    words = {**words_of(run, instance), "link": marker(dossier), "recipient.name": department.name}
    made = render(template_of(template, *folders), words)
    address = department.manager_email if to == "department_manager" else department.email
    queue_mail(run.work, run.case, template, address, made.subject, made.body, key)
