"""Mails that were refused for good, with what the server said and what to do: for the handler and the administrator alike."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from processes.access.clearance import of_no_case_or_within
from processes.access.kept_addresses import has_or_had
from processes.base.actor import Actor
from processes.base.email_address import WrongAddress, wire_address
from processes.storage.late_work import mail_is_refused
from processes.storage.tables import Case, DepartmentRow, MailRow, Party

KEPT: Final = "(vertrouwelijk adres)"  # an address that would tell who a confidential party is
BY_POST: Final = (
    "De brief gaat nu per post: print en verstuur hem bij Brieven van de zaak. Vraag het goede e-mailadres en vul het in, "
    "zodat een volgende e-mail wel aankomt."
)
DEPARTMENT: Final = (
    "Vraag de afdeling naar het goede adres. Vul het hier in en verstuur de e-mail opnieuw. Laat een beheerder het adres ook "
    "verbeteren bij Afdelingen."
)
OTHERS: Final = (
    "Vraag het goede e-mailadres, vul het in en verstuur de e-mail opnieuw. Lukt dat niet? Geef het bericht per brief of "
    "telefoon, en zet de e-mail op afgehandeld."
)


@dataclass(frozen=True, slots=True)
class RefusedMail:
    """`address` is what a form starts with, empty when this reader may not see it; `said` why it was refused, `todo` what now."""

    id: int
    recipient: str
    address: str
    subject: str
    case_number: str | None
    made_at: datetime
    said: str
    todo: str


def refused_mails(session: Session, actor: Actor, limit: int) -> list[RefusedMail]:
    """Those of every case within the clearance, oldest first, for a reader who works on none: no address of a confidential party."""
    return _found(session, Party.confidential.is_(True), of_no_case_or_within(actor, MailRow.case_id), limit=limit)


def refused_in_case(session: Session, case: Case, kept: Collection[int]) -> list[RefusedMail]:
    """Those of one case, oldest first, without the addresses of the parties `kept` from the reader."""
    return _found(session, Party.id.in_(kept), MailRow.case_id == case.id)


def todo(mail: MailRow, *, department: bool) -> str:
    """The advice about a refused mail, in words."""
    if mail.notice_id is not None:
        return BY_POST
    return DEPARTMENT if department else OTHERS


def to_department() -> ColumnElement[bool]:
    """A condition on MailRow: it goes to the mailbox of a department or of its manager."""
    mailbox = or_(DepartmentRow.email == MailRow.recipient, DepartmentRow.manager_email == MailRow.recipient)
    return exists().where(mailbox)


def _found(
    session: Session, secret: ColumnElement[bool], *conditions: ColumnElement[bool], limit: int | None = None
) -> list[RefusedMail]:
    kept = exists().where(Party.case_id == MailRow.case_id, has_or_had(MailRow.recipient), secret)
    wanted = (
        select(MailRow, Case.number, kept, to_department())
        .outerjoin(Case, Case.id == MailRow.case_id)
        .where(mail_is_refused(), *conditions)
        .order_by(MailRow.id)
        .limit(limit)
    )
    return [_line(*row) for row in session.execute(wanted)]


def _line(mail: MailRow, number: str | None, kept: bool, department: bool) -> RefusedMail:
    return RefusedMail(
        id=mail.id, recipient=KEPT if kept else mail.recipient, address="" if kept else mail.recipient,
        subject=mail.subject, case_number=number, made_at=mail.created_at, said=_said(mail, kept=kept),
        todo=todo(mail, department=department),
    )  # fmt: skip


def _said(mail: MailRow, *, kept: bool) -> str:
    """The server may repeat the address, in the way it went over the line."""
    said = mail.error or ""
    for address in _spellings(mail.recipient) if kept else ():
        said = said.replace(address, KEPT)
    return said


def _spellings(address: str) -> tuple[Any, ...]:
    try:
        return (address, wire_address(address))
    except WrongAddress:
        return (address,)
