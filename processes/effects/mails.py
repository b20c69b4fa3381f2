"""Mails that the drawing asks for: formal notices to parties, and mails to departments and persons with a link."""

from engine import MailAsked
from engine.words import Recipient
from processes.effects.deadlines import follow_notices
from processes.effects.persons import mail_persons
from processes.effects.tasks import party_of
from processes.execution.case_execution import CaseExecution
from processes.post.department_mail import mail_department
from processes.post.notices import send_notices
from processes.post.staff_notes import tell_staff
from processes.storage.tables import Instance

DEPARTMENT = {Recipient.DEPARTMENT, Recipient.DEPARTMENT_MANAGER}
STAFF = {Recipient.HANDLER, Recipient.DECIDER}


def asked(run: CaseExecution, instance: Instance, effect: MailAsked) -> None:
    """A mail of the drawing: to a department or person with the link, to parties as a notice, to staff as a note."""
    mail = effect.mail
    if mail.to in DEPARTMENT:
        key = f"{instance.id}:{run.case.row_version}:{effect.element}:{run.work.now.isoformat()}"
        mail_department(run, instance, mail.template, to=mail.to, key=key)
    elif mail.to in STAFF:
        tell_staff(run, instance, mail.template)
    elif not mail.formal and mail.to in run.root.model.personal_roles():
        mail_persons(
            run, instance, mail.template, mail.to, f"{instance.id}:{effect.element}:{run.work.now.isoformat()}"
        )
    else:
        party = party_of(run, instance) if mail.to == Recipient.ITEM else None
        notices = send_notices(
            run, instance, effect.element, mail.template, mail.to, mail.document_type, party, mail.enclose
        )
        follow_notices(run, instance, effect.element, notices)
