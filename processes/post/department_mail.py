"""Mails to a department and its manager: they carry the link to the dossier, never the dossier."""

from sqlalchemy import select

from engine.words import Recipient
from processes.access.links import marker
from processes.execution.case_execution import CaseExecution
from processes.execution.dossiers import ensure_dossier
from processes.post.dossier_links import refuse_dead, renewed
from processes.post.queue import queue_mail
from processes.post.readers import seen_by_department, seen_words
from processes.post.templates import Rendered, render
from processes.post.truth import Circumstances, untrue
from processes.post.wording import template_of, words_of, words_of_decisions
from processes.storage.departments import mailbox_of, standing_for_each
from processes.storage.tables import DepartmentRow, DocumentRequestRow, Dossier, Instance, MailRow


def mail_department(run: CaseExecution, instance: Instance, template: str, *, to: str, key: str) -> None:
    """Fill a template for each department that it is for, and queue it, or hold it when it would say what is not so. `to` is
    `department` or `department_manager`. With a link that was revoked it is not sent, and the handler is told. Raises NotNow without a
    known department.
    """
    for place, dossier in enumerate(_dossiers(run, instance)):
        own_key = f"{key}:{dossier.department}" if place else key
        _mail(run, instance, dossier, template, to=to, key=own_key)


def _mail(run: CaseExecution, instance: Instance, dossier: Dossier, template: str, *, to: str, key: str) -> None:
    department, made, reasons = _written(run, instance, dossier, template, to)
    to_manager = to == Recipient.DEPARTMENT_MANAGER  # who reads that the mailbox has the link
    if refuse_dead(run.work, run.case, dossier, made.subject, made.body, always=to_manager):
        return
    boxes = mailbox_of(run.work.session, department)
    address = boxes.manager_email if to_manager else boxes.email
    held = {"reasons": reasons, "instance": instance.id, "to": to, "dossier": dossier.id} if reasons else None
    queue_mail(run.work, run.case, template, address, made.subject, made.body, key, held=held)


def write_again(run: CaseExecution, mail: MailRow, instance: Instance) -> list[str]:
    """Fill a held mail with what is known now and a link that works, and say what still is not so. Raises NotNow as `mail_department` does."""
    held = mail.held or {}
    known = run.work.session.get(Dossier, held["dossier"]) if "dossier" in held else None
    dossier = _asked(run, instance) or known or _dossiers(run, instance)[0]
    renewed(run.work, run.case, dossier)
    _, made, reasons = _written(run, instance, dossier, mail.template, str(held.get("to", "")))
    mail.subject, mail.body = made.subject, made.body
    return reasons


def _written(
    run: CaseExecution, instance: Instance, dossier: Dossier, template: str, to: str
) -> tuple[DepartmentRow, Rendered, list[str]]:
    department = run.work.session.get_one(DepartmentRow, dossier.department)
    deployed = run.work.deployed(instance.model_version_id)
    source = template_of(template, deployed, run.root)
    words = {
        **words_of(run, instance, source),
        **words_of_decisions(run, instance, department.code),
        "link": marker(dossier),
        "recipient.name": department.name,
        "recipient.greeting": _greeting(mailbox_of(run.work.session, department), to),
    }
    sees = seen_by_department(run, department.code)
    words.update(seen_words(source, sees))
    reading = Circumstances(run.work.today, sees, (deployed.model, run.root.model))
    return department, render(source, words), untrue(source, words, reading)


def _greeting(department: DepartmentRow, to: str) -> str:
    if to != Recipient.DEPARTMENT_MANAGER:
        return "Beste collega"
    return f"Beste {department.manager_name or f'leidinggevende van {department.name}'}"


def _dossiers(run: CaseExecution, instance: Instance) -> list[Dossier]:
    asked = _asked(run, instance)
    return [asked] if asked else _of_the_case(run, instance)


def _asked(run: CaseExecution, instance: Instance) -> Dossier | None:
    """The department that a document request went to."""
    return run.work.session.scalar(
        select(Dossier)
        .join(DocumentRequestRow, DocumentRequestRow.dossier_id == Dossier.id)
        .where(DocumentRequestRow.instance_id == instance.id)
    )


def _of_the_case(run: CaseExecution, instance: Instance) -> list[Dossier]:
    """Outside a request: the departments that a form chose (the value `department`), else that of the decision."""
    facts = run.facts(instance)
    chosen = facts.get("department") or facts.get("decision.department")
    return [ensure_dossier(run.work, run.case, one.code) for one in standing_for_each(run.work.session, chosen)]
