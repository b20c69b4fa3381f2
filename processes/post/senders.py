"""The sender of a mail: as an administrator set it for all mail or for a case type, else as the program's settings say."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.clock import local_date
from processes.dated import MAIL_SENDER, MailSender, sender_on
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.tables import Case, MailRow, ModelVersion

TRIAL: str = (
    "trial-mail:"  # the template of a mail that an administrator sends to try a sender, with its code behind it
)


def sender_of(services: Services, session: Session, mail: MailRow) -> MailSender:
    """The sender of this mail today."""
    shelf, today = services.law.shelf(session), local_date(business_now(services, session))
    several = len(shelf.codes(MAIL_SENDER)) > 1
    case_type = _case_type(session, mail) if several else ""
    return sender_on(shelf, today, services.settings, case_type)


def _case_type(session: Session, mail: MailRow) -> str:
    if mail.template.startswith(TRIAL):
        return mail.template.removeprefix(TRIAL)
    process = select(ModelVersion.process).join(Case, Case.model_version_id == ModelVersion.id)
    return session.scalar(process.where(Case.id == mail.case_id)) or ""
