"""Mails to a department and its manager: they carry the link to the dossier, never the dossier."""

from sqlalchemy import select

from engine.words import Recipient
from processes.access.links import marker
from processes.base.errors import NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.dossiers import ensure_dossier
from processes.post.queue import queue_mail
from processes.post.readers import seen_by_department, seen_words
from processes.post.templates import Rendered, render
from processes.post.truth import Circumstances, untrue
from processes.post.wording import template_of, words_of
from processes.storage.tables import DepartmentRow, DocumentRequestRow, Dossier, Instance, MailRow


def mail_department(run: CaseExecution, instance: Instance, template: str, *, to: str, key: str) -> None:
    """Fill a template and queue it, or hold it when it would say what is not so. `to` is `department` or
    `department_manager`. Raises NotNow without a known department.
    """
    department, made, reasons = _written(run, instance, template)
    address = department.manager_email if to == Recipient.DEPARTMENT_MANAGER else department.email
    held = {"reasons": reasons, "instance": instance.id, "to": to} if reasons else None
    queue_mail(run.work, run.case, template, address, made.subject, made.body, key, held=held)


def write_again(run: CaseExecution, mail: MailRow, instance: Instance) -> list[str]:
    """Fill a held mail with what is known now, and say what still is not so. Raises NotNow as `mail_department` does."""
    _, made, reasons = _written(run, instance, mail.template)
    mail.subject, mail.body = made.subject, made.body
    return reasons


def _written(run: CaseExecution, instance: Instance, template: str) -> tuple[DepartmentRow, Rendered, list[str]]:
    dossier = _asked(run, instance) or _of_the_case(run, instance)
    department = run.work.session.get_one(DepartmentRow, dossier.department)
    deployed = run.work.deployed(instance.model_version_id)
    source = template_of(template, deployed, run.root)
    words = {
        **words_of(run, instance, source),
        "link": marker(dossier),
        "recipient.name": department.name,
        "recipient.greeting": "Beste collega",
    }
    sees = seen_by_department(run, department.code)
    words.update(seen_words(source, sees))
    reading = Circumstances(run.work.today, sees, (deployed.model, run.root.model))
    return department, render(source, words), untrue(source, words, reading)


def _asked(run: CaseExecution, instance: Instance) -> Dossier | None:
    """The department that a document request went to."""
    return run.work.session.scalar(
        select(Dossier)
        .join(DocumentRequestRow, DocumentRequestRow.dossier_id == Dossier.id)
        .where(DocumentRequestRow.instance_id == instance.id)
    )


def _of_the_case(run: CaseExecution, instance: Instance) -> Dossier:
    """Outside a request: the department that a form chose (the value `department`), else that of the decision."""
    facts = run.facts(instance)
    code = facts.get("department") or facts.get("decision.department")
    if not code or run.work.session.get(DepartmentRow, code) is None:
        raise NotNow("Kies eerst een afdeling die in de lijst van afdelingen staat.")
    return ensure_dossier(run.work, run.case, str(code))
