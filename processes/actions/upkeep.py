"""Upkeep by an administrator: failed work tried again, refused mails sent again, departments kept up to date."""

import re
from dataclasses import dataclass

from processes.access.guards import only_staff
from processes.actions.profile import EMAIL
from processes.base.actor import StaffRole
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.execution.unit_of_work import UnitOfWork
from processes.storage import outbox
from processes.storage.tables import DepartmentRow, MailRow, OutboxRow
from processes.storage.words import OutboxKind

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_NAME = 200
LONGEST_EMAIL = 320


@dataclass(frozen=True, slots=True)
class RetryWork:
    """Try a piece of outgoing work again at once."""

    id: int


def retry_work(work: UnitOfWork, action: RetryWork) -> str:
    """Raises NotFound, and AlreadyDone when it has succeeded in the meantime."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    row = work.session.get(OutboxRow, action.id)
    if row is None:
        raise NotFound("Dit werk is er niet meer.")
    if row.done_at is not None:
        raise AlreadyDone("Dit is intussen al gelukt. U hoeft niets meer te doen.")
    outbox.retry(work.session, row.id)
    work.outbox_ids.append(row.id)
    work.audit(0, "retry_work", outbox=row.id)
    return ""


@dataclass(frozen=True, slots=True)
class RetryMail:
    """Send a refused mail again, under the Message-ID that it had."""

    id: int


def retry_mail(work: UnitOfWork, action: RetryMail) -> str:
    """Raises NotFound, and AlreadyDone for a mail that is not refused (any more)."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    mail = work.session.get(MailRow, action.id)
    if mail is None:
        raise NotFound("Deze mail is er niet meer.")
    if mail.sent_at is not None or mail.error is None:
        raise AlreadyDone("Deze mail is al verstuurd, of wordt op dit moment verstuurd.")
    mail.error = None
    key = f"mail:{mail.id}:again:{work.now.timestamp():.6f}"
    work.enqueue(OutboxKind.MAIL, key, {"mail": mail.id}, mail.case_id)
    work.audit(mail.case_id or 0, "retry_mail", mail=mail.id)
    return ""


@dataclass(frozen=True, slots=True)
class SaveDepartment:
    """Add (`new`) or change a department. The code never changes: drawings and dossiers name it."""

    code: str
    name: str
    email: str
    manager_email: str
    new: bool = False


def save_department(work: UnitOfWork, action: SaveDepartment) -> str:
    """The answer is the code. Raises Invalid per field, NotFound."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    code, name = action.code.strip(), " ".join(action.name.split())
    row = work.session.get(DepartmentRow, code)
    if row is None and not action.new:
        raise NotFound("Deze afdeling bestaat niet.")
    wrong = _wrong(action, code, name, taken=action.new and row is not None)
    if wrong:
        raise Invalid(wrong)
    row = row or DepartmentRow(code=code)
    row.name, row.email, row.manager_email = name, action.email.strip(), action.manager_email.strip()
    work.session.add(row)
    work.audit(0, "department", code=code)
    return code


def _wrong(action: SaveDepartment, code: str, name: str, *, taken: bool) -> dict[str, str]:
    wrong = {}
    if not CODE.fullmatch(code):
        wrong["code"] = "Gebruik hoogstens 40 kleine letters, cijfers of _ en begin met een letter."
    elif taken:
        wrong["code"] = "Er is al een afdeling met deze code. Kies een andere code."
    if not name:
        wrong["name"] = "Vul de naam van de afdeling in."
    elif len(name) > LONGEST_NAME:
        wrong["name"] = f"Gebruik hoogstens {LONGEST_NAME} tekens."
    for field, address in (("email", action.email.strip()), ("manager_email", action.manager_email.strip())):
        if len(address) > LONGEST_EMAIL or not EMAIL.fullmatch(address):
            wrong[field] = "Vul een e-mailadres in, zoals parkeren@voorbeeldstad.nl."
    return wrong
