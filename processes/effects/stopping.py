"""A document request that is stopped says so (P13): on the page with the reason, and in a mail to who was asked."""

from sqlalchemy import select, update

from engine import after_message
from engine.words import Recipient
from processes.base.errors import NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.deliveries import deliveries_to_judge
from processes.execution.letterhead import settings_of
from processes.execution.listed_columns import keep_waiting
from processes.post.department_mail import mail_department
from processes.post.queue import queue_mail
from processes.post.standard.departments import REQUEST_STOPPED
from processes.post.templates import render
from processes.storage.departments import mailbox_of
from processes.storage.model_cache import Deployed
from processes.storage.tables import DepartmentRow, DocumentRequestRow, DocumentRow, Dossier, Instance
from processes.storage.words import DocumentState

WENT_ON = "Deze zaak is verdergegaan zonder deze stukken."
NOT_JUDGED = "Niet bekeken: wij hebben dit stuk niet meer nodig."


def request_stopped(run: CaseExecution, instance: Instance, reason: str = WENT_ON) -> None:
    """The case stops a request from outside its drawing: who was asked gets the text that the drawing has for it."""
    row = request_of(run, instance)
    if row is None or row.stopped_at is not None:
        return
    note_stopped(run, row, reason)
    tell_stopped(run, row, instance)


def request_of(run: CaseExecution, instance: Instance) -> DocumentRequestRow | None:
    """The document request that an instance carries out."""
    mine = DocumentRequestRow.instance_id == instance.id
    return run.work.session.scalar(select(DocumentRequestRow).where(mine))


def note_stopped(run: CaseExecution, row: DocumentRequestRow, reason: str) -> None:
    """Write down that nothing is waited for. What came in and was not judged yet, does not enter the dossier (O22)."""
    row.stopped_at, row.stop_reason = run.work.now, reason or None
    open_ones = run.work.session.scalars(deliveries_to_judge(row.instance_id)).all()
    for delivery in open_ones:
        delivery.judged_at = run.work.now
    offered = (
        DocumentRow.delivery_id.in_([one.id for one in open_ones]),
        DocumentRow.state == DocumentState.OFFERED,
    )
    run.work.session.execute(
        update(DocumentRow).where(*offered).values(state=DocumentState.REFUSED, refusal=NOT_JUDGED)
    )
    keep_waiting(run.work.session, row.id)


def tell_stopped(run: CaseExecution, row: DocumentRequestRow, instance: Instance) -> None:
    """Mail the department that nothing is needed any more: in the words of the drawing, or for one of before it had them in ours."""
    deployed = run.work.deployed(instance.model_version_id)
    template = stop_text(deployed)
    if template is None:
        _tell_in_our_words(run, row)
        return
    try:
        mail_department(run, instance, template, to=Recipient.DEPARTMENT, key=f"{instance.id}:stopped")
    except NotNow:  # the text is not in the folder any more
        _tell_in_our_words(run, row)


def stop_text(deployed: Deployed) -> str | None:
    """The template of the mail that the drawing sends to the department after a button stopped it; None when it sends none."""
    for button in deployed.model.on_demand.values():
        for element in after_message(deployed.compiled, button.message) if button.message else ():
            mail = deployed.model.elements[element].mail if element in deployed.model.elements else None
            if mail is not None and mail.to == Recipient.DEPARTMENT:
                return mail.template
    return None


def _tell_in_our_words(run: CaseExecution, row: DocumentRequestRow) -> None:
    dossier = run.work.session.get_one(Dossier, row.dossier_id)
    department = run.work.session.get(DepartmentRow, dossier.department) if dossier.department else None
    if department is None:
        return
    words = {
        "case.number": run.case.number, "recipient.name": department.name, "reason": row.stop_reason or "",
        "organisation.name": settings_of(run.work).organisation,
    }  # fmt: skip
    made = render(REQUEST_STOPPED, words)
    address = mailbox_of(run.work.session, department).email
    queue_mail(run.work, run.case, "gestopt", address, made.subject, made.body, f"{row.instance_id}:stopped")
