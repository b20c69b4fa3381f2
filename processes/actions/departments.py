"""Departments kept up to date by administrators. A mailbox is changed by two of them, and its old address is told.

The mailbox gets links that open dossiers without an account: whoever could change it alone could read them alone. So one
administrator proposes another address, and a second one confirms it within DAYS. A mailbox that is dead needs no more than that.
"""

from dataclasses import asdict, dataclass, fields
from datetime import timedelta

from sqlalchemy import select

from processes.access.guards import only_staff, reason_wrong
from processes.base.actor import StaffRole
from processes.base.department_data import YES, DepartmentData, clean, mark_of_department, typed_of
from processes.base.department_list import read_list
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound, NotNow
from processes.base.marks import MEANWHILE
from processes.execution.department_history import keep_change, keep_first
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.standard.departments import MAILBOX_ASKED, MAILBOX_CHANGED
from processes.post.templates import render
from processes.storage.base import new_id
from processes.storage.tables import DepartmentRow, MailboxChange

DAYS = 7
UNKNOWN = "Deze afdeling bestaat niet."


@dataclass(frozen=True, slots=True)
class SaveDepartment:
    """Add (`new`) or change a department. The code never changes: drawings and dossiers name it.

    Other mailboxes than it has are only proposed. `networks`: those from which it opens links, apart by spaces;
    `always_code`: `ja` when a link alone opens nothing. `seen`: the mark of what the page showed; None where no page did.
    """

    code: str
    name: str
    email: str
    manager_email: str
    new: bool = False
    fallback_email: str = ""
    manager_name: str = ""
    networks: str = ""
    reason: str = ""
    always_code: str = ""
    seen: str | None = None


def save_department(work: UnitOfWork, action: SaveDepartment) -> str:
    """The answer is the code. Raises Invalid per field, NotFound."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    row = work.session.get(DepartmentRow, action.code.strip(), with_for_update=True, populate_existing=True)
    if row is None and not action.new:
        raise NotFound(UNKNOWN)
    if row is not None and action.seen not in {None, _mark(work, row)}:
        raise Invalid({"": MEANWHILE})
    names = {one.name for one in fields(DepartmentData)}
    typed = DepartmentData(**{name: value for name, value in asdict(action).items() if name in names})
    data, wrong = clean(typed, taken=row is not None if action.new else None)
    if wrong or (wrong := _reason_wrong(action.reason)):
        raise Invalid(wrong)
    return lay(work, row, data, action.reason.strip())


def _mark(work: UnitOfWork, row: DepartmentRow) -> str:
    proposed = work.session.get(MailboxChange, row.code)
    return mark_of_department(typed_of(row), proposed.proposed_at if proposed else None)


def lay(work: UnitOfWork, row: DepartmentRow | None, data: DepartmentData, reason: str) -> str:
    """Make a department of these clean data, or change it into them. The answer is its code."""
    work.audit(0, "department", code=data.code)
    if row is None:
        row = DepartmentRow(code=data.code, email=data.email, manager_email=data.manager_email)
        row.fallback_email = data.fallback_email or None
        work.session.add(row)
    else:
        keep_first(work, row)
        _propose(work, row, data)
    row.name, row.manager_name, row.networks = data.name, data.manager_name or None, data.networks or None
    row.always_code = data.always_code == YES
    work.session.flush()
    keep_change(work, row, reason)
    return row.code


def _propose(work: UnitOfWork, row: DepartmentRow, data: DepartmentData) -> None:
    """Other mailboxes wait for a second administrator; a new proposal takes the place of an earlier one."""
    if (data.email, data.manager_email, data.fallback_email) == (
        row.email,
        row.manager_email,
        row.fallback_email or "",
    ):
        return
    change = work.session.get(MailboxChange, row.code) or MailboxChange(department=row.code)
    change.email, change.manager_email, change.fallback_email = (
        data.email,
        data.manager_email,
        data.fallback_email or None,
    )
    change.proposed_by, change.proposed_at = work.actor.subject, work.now
    work.session.add(change)
    work.audit(0, "mailbox_proposed", code=row.code)
    _tell(work, row, change, MAILBOX_ASKED, "asked")


@dataclass(frozen=True, slots=True)
class EndDepartment:
    """Out of use from today. `successor` gets what is asked of it from now on, and the mails of what still runs."""

    code: str
    successor: str
    reason: str


def end_department(work: UnitOfWork, action: EndDepartment) -> str:
    """The answer is the code. Raises NotFound, AlreadyDone, and Invalid per field."""
    row = _row(work, action.code)
    if row.ended_on is not None:
        raise AlreadyDone("Deze afdeling is al uit gebruik.")
    wrong = reason_wrong(action.reason, "Schrijf waarom deze afdeling uit gebruik gaat.")
    follower = work.session.get(DepartmentRow, action.successor)
    if follower is None or follower.ended_on is not None or follower is row:
        wrong["successor"] = "Kies een andere afdeling die in gebruik is."
    if wrong:
        raise Invalid(wrong)
    work.audit(0, "department_ended", code=row.code)
    keep_first(work, row)
    row.ended_on, row.successor = work.today, action.successor
    keep_change(work, row, action.reason.strip())
    return row.code


@dataclass(frozen=True, slots=True)
class ReviveDepartment:
    """In use again, as it was."""

    code: str


def revive_department(work: UnitOfWork, action: ReviveDepartment) -> str:
    """The answer is the code. Raises NotFound, and AlreadyDone for one that is in use."""
    row = _row(work, action.code)
    if row.ended_on is None:
        raise AlreadyDone("Deze afdeling is in gebruik.")
    work.audit(0, "department", code=row.code)
    row.ended_on, row.successor = None, None
    keep_change(work, row, "Weer in gebruik.")
    return row.code


@dataclass(frozen=True, slots=True)
class ImportDepartments:
    """Add and change departments by a list (`processes.base.department_list`)."""

    text: str
    reason: str = ""


def import_departments(work: UnitOfWork, action: ImportDepartments) -> str:
    """The answer is how many rows were laid. Raises Invalid when a row is wrong: then nothing is stored."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    known = {row.code: row for row in work.session.scalars(select(DepartmentRow))}
    lines = read_list(action.text, {code: typed_of(row) for code, row in known.items()})
    if any(line.wrong for line in lines) or not lines:
        raise Invalid({"text": "Verbeter eerst de regels die niet kloppen."})
    for line in lines:
        lay(work, known.get(line.data.code), line.data, action.reason.strip() or "Uit een lijst ingelezen.")
    return str(len(lines))


def _row(work: UnitOfWork, code: str) -> DepartmentRow:
    only_staff(work.actor, (StaffRole.ADMIN,))
    row = work.session.get(DepartmentRow, code, with_for_update=True)
    if row is None:
        raise NotFound(UNKNOWN)
    return row


@dataclass(frozen=True, slots=True)
class ConfirmMailbox:
    """The second administrator agrees to these mailboxes, which a first one proposed."""

    code: str
    email: str
    manager_email: str
    fallback_email: str = ""


def confirm_mailbox(work: UnitOfWork, action: ConfirmMailbox) -> str:
    """The answer is the code. Raises NotFound, NotAllowed for who proposed it, NotNow when it was too long ago or other mailboxes
    were proposed meanwhile: nobody agrees to what they did not see.
    """
    row, change = _change(work, action.code)
    if change.proposed_by == work.actor.subject:
        raise NotAllowed("U stelde deze wijziging zelf voor. Een andere beheerder moet haar bevestigen.")
    if work.now - change.proposed_at > timedelta(days=DAYS):
        raise NotNow(f"Dit voorstel is ouder dan {DAYS} dagen. Stel de wijziging opnieuw voor.")
    seen = (action.email, action.manager_email, action.fallback_email)
    if seen != (change.email, change.manager_email, change.fallback_email or ""):
        raise NotNow("Er staat nu een ander voorstel dan op uw pagina. Open de afdeling opnieuw en bekijk het eerst.")
    work.audit(0, "mailbox_confirmed", code=row.code)
    _tell(work, row, change, MAILBOX_CHANGED, "changed")
    keep_first(work, row)
    row.email, row.manager_email, row.fallback_email = change.email, change.manager_email, change.fallback_email
    keep_change(work, row, "Bevestigd door een tweede beheerder.")
    work.session.delete(change)
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
    if row.fallback_email:
        moves.setdefault(row.fallback_email, change.fallback_email or "geen ander adres")
    for old, new in moves.items():
        if old != new:
            made = render(text, {"department": row.name, "address": new})
            queue_mail(work, None, f"mailbox-{what}", old, made.subject, made.body, f"mailbox:{new_id()}")


def _reason_wrong(reason: str) -> dict[str, str]:
    """A reason is welcome with a change, not asked."""
    return reason_wrong(reason) if reason.strip() else {}
