"""An administrator tries a sender: a mail to the own address, sent as mails of that sender are."""

from dataclasses import dataclass

from processes.access.guards import only_staff
from processes.base.actor import StaffRole
from processes.base.errors import Invalid, NotFound
from processes.dated import MAIL_SENDER
from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.senders import TRIAL
from processes.post.standard.staff import TRIAL_MAIL
from processes.post.templates import render
from processes.storage import staff
from processes.storage.base import new_id


@dataclass(frozen=True, slots=True)
class SendTrialMail:
    """`sender`: the code of a mail sender of `processes.dated`."""

    sender: str


def send_trial_mail(work: UnitOfWork, action: SendTrialMail) -> str:
    """The answer is the address. Raises NotFound, and Invalid for who has no address."""
    only_staff(work.actor, (StaffRole.ADMIN,), system=False)
    if action.sender not in work.services.law.shelf(work.session).codes(MAIL_SENDER):
        raise NotFound("Deze afzender bestaat niet.")
    address = staff.email_of(work.session, work.actor.subject)
    if not address:
        raise Invalid(
            {"": "Uw eigen e-mailadres is hier niet bekend. De inlogdienst van uw organisatie moet het doorgeven."}
        )
    made = render(TRIAL_MAIL, {"organisation.name": settings_of(work).organisation, "recipient.name": work.actor.name})
    queue_mail(work, None, TRIAL + action.sender, address, made.subject, made.body, f"trial:{new_id()}")
    work.audit(0, "trial_mail", code=action.sender)
    return address
