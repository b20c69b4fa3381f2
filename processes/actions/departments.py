"""Departments kept up to date by administrators. A mailbox is changed by two of them, and its old address is told.

The mailbox gets links that open dossiers without an account: whoever could change it alone could read them alone. So one
administrator proposes another address, and a second one confirms it within DAYS. A mailbox that is dead needs no more than that.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from processes.access.guards import only_staff
from processes.base.actor import StaffRole
from processes.base.email_address import typed_address
from processes.base.errors import Invalid, NotAllowed, NotFound, NotNow
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.standard import MAILBOX_ASKED, MAILBOX_CHANGED
from processes.post.templates import render
from processes.storage.base import new_id
from processes.storage.tables import DepartmentRow, MailboxChange

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_NAME = 200
DAYS = 7
UNKNOWN = "Deze afdeling bestaat niet."


@dataclass(frozen=True, slots=True)
class SaveDepartment:
    """Add (`new`) or change a department. The code never changes: drawings and dossiers name it.

    Other mailboxes than it has are only proposed.
    """

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
        raise NotFound(UNKNOWN)
    wrong = _wrong(code, name, taken=action.new and row is not None)
    email, manager_email = (_mailbox(action, field, wrong) for field in ("email", "manager_email"))
    if wrong:
        raise Invalid(wrong)
    if row is None:
        work.session.add(DepartmentRow(code=code, name=name, email=email, manager_email=manager_email))
    else:
        row.name = name
        _propose(work, row, email, manager_email)
    work.audit(0, "department", code=code)
    return code


def _propose(work: UnitOfWork, row: DepartmentRow, email: str, manager_email: str) -> None:
    """Other mailboxes wait for a second administrator; a new proposal takes the place of an earlier one."""
    if (email, manager_email) == (row.email, row.manager_email):
        return
    change = work.session.get(MailboxChange, row.code) or MailboxChange(department=row.code)
    change.email, change.manager_email = email, manager_email
    change.proposed_by, change.proposed_at = work.actor.subject, work.now
    work.session.add(change)
    work.audit(0, "mailbox_proposed", code=row.code)
    _tell(work, row, change, MAILBOX_ASKED, "asked")


@dataclass(frozen=True, slots=True)
class ConfirmMailbox:
    """The second administrator agrees to these mailboxes, which a first one proposed."""

    code: str
    email: str
    manager_email: str


def confirm_mailbox(work: UnitOfWork, action: ConfirmMailbox) -> str:
    """The answer is the code. Raises NotFound, NotAllowed for who proposed it, NotNow when it was too long ago or other mailboxes
    were proposed meanwhile: nobody agrees to what they did not see.
    """
    row, change = _change(work, action.code)
    if change.proposed_by == work.actor.subject:
        raise NotAllowed("U stelde deze wijziging zelf voor. Een andere beheerder moet haar bevestigen.")
    if work.now - change.proposed_at > timedelta(days=DAYS):
        raise NotNow(f"Dit voorstel is ouder dan {DAYS} dagen. Stel de wijziging opnieuw voor.")
    if (action.email, action.manager_email) != (change.email, change.manager_email):
        raise NotNow("Er staat nu een ander voorstel dan op uw pagina. Open de afdeling opnieuw en bekijk het eerst.")
    _tell(work, row, change, MAILBOX_CHANGED, "changed")
    row.email, row.manager_email = change.email, change.manager_email
    work.session.delete(change)
    work.audit(0, "mailbox_confirmed", code=row.code)
    return row.code


@dataclass(frozen=True, slots=True)
class WithdrawMailbox:
    """The proposal goes; the mailboxes stay as they are."""

    code: str


def withdraw_mailbox(work: UnitOfWork, action: WithdrawMailbox) -> str:
    """The answer is the code. Raises NotFound."""
    row, change = _change(work, action.code)
    work.session.delete(change)
    work.audit(0, "mailbox_withdrawn", code=row.code)
    return row.code


def _change(work: UnitOfWork, code: str) -> tuple[DepartmentRow, MailboxChange]:
    only_staff(work.actor, (StaffRole.ADMIN,), system=False)
    row = work.session.get(DepartmentRow, code, with_for_update=True)
    change = work.session.get(MailboxChange, code)
    if row is None:
        raise NotFound(UNKNOWN)
    if change is None:
        raise NotFound("Er wacht geen wijziging van dit postvak. Misschien was een collega u voor.")
    return row, change


def _tell(work: UnitOfWork, row: DepartmentRow, change: MailboxChange, text: bytes, what: str) -> None:
    """Mail the old address of each mailbox that changes: it is the one that would notice a change that is no good."""
    moves = {row.email: change.email, row.manager_email: change.manager_email}
    for old, new in moves.items():
        if old != new:
            made = render(text, {"department": row.name, "address": new})
            queue_mail(work, None, f"mailbox-{what}", old, made.subject, made.body, f"mailbox:{new_id()}")


def _wrong(code: str, name: str, *, taken: bool) -> dict[str, str]:
    wrong = {}
    if not CODE.fullmatch(code):
        wrong["code"] = "Gebruik hoogstens 40 kleine letters, cijfers of _ en begin met een letter."
    elif taken:
        wrong["code"] = "Er is al een afdeling met deze code. Kies een andere code."
    if not name:
        wrong["name"] = "Vul de naam van de afdeling in."
    elif len(name) > LONGEST_NAME:
        wrong["name"] = f"Gebruik hoogstens {LONGEST_NAME} tekens."
    return wrong


def _mailbox(action: SaveDepartment, field: str, wrong: dict[str, str]) -> str:
    address = typed_address(getattr(action, field), field, wrong)
    if not address and field not in wrong:
        wrong[field] = "Vul een e-mailadres in, zoals parkeren@voorbeeldstad.nl."
    return address
