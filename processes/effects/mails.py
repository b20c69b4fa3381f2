"""Mails that the drawing asks for: formal notices to parties, and mails to departments and persons with a link."""

from engine import MailAsked
from engine.words import Recipient
from processes.effects.deadlines import follow_notices
from processes.effects.parts import concerned, keep_letters
from processes.effects.persons import mail_persons
from processes.effects.tasks import party_of
from processes.execution.case_execution import CaseExecution
from processes.post.department_mail import mail_department
from processes.post.letter_rules import looked_at
from processes.post.notices import send_notices
from processes.post.staff_notes import tell_staff
from processes.post.telling import AskedNotice
from processes.storage.tables import Instance, Party

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
        key = f"{instance.id}:{effect.element}:{run.work.now.isoformat()}"
        mail_persons(run, instance, mail.template, mail.to, key, _only(run, instance, mail.to))
    else:
        party = party_of(run, instance) if mail.to == Recipient.ITEM else _only(run, instance, mail.to)
        waits = looked_at(run, instance, mail)
        asked = AskedNotice(effect.element, mail.template, mail.document_type, mail.to, tuple(mail.enclose), waits)
        notices = send_notices(run, instance, asked, party, concerned(run, instance, mail.to))
        keep_letters(run, instance, notices)
        follow_notices(run, instance, effect.element, notices)


def _only(run: CaseExecution, instance: Instance, to: str) -> int | None:
    """The one person whose task this is, when that is meant: its reminder is not for those who have answered."""
    one = run.work.session.get(Party, instance.party_id) if instance.element and instance.party_id else None
    meant = one is not None and (to in {one.role, Recipient.PARTIES} or (to == Recipient.INITIATOR and one.filing))
    return one.id if one and meant else None
