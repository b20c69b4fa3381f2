"""The departments that can be asked for documents, with where each is used and who changed what. For the administrator."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from engine.expressions import given_texts
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.department_data import DepartmentData, data_of, differences, mark_of_department, typed_of
from processes.base.department_list import ListedDepartment, labelled, read_list
from processes.base.errors import NotFound
from processes.execution.department_history import changes_of
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.tables import DepartmentRow, MailboxChange


@dataclass(frozen=True, slots=True)
class ProposedMailbox:
    """Mailboxes that wait for a second administrator. `mine`: the reader proposed them, and so cannot confirm."""

    email: str
    manager_email: str
    fallback_email: str
    by: str
    at: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class Department:
    """A department as it is. `successor` is the name of who gets what is asked of it since `ended_on`."""

    data: DepartmentData = field(default_factory=DepartmentData)
    proposal: ProposedMailbox | None = None
    ended_on: date | None = None
    successor: str = ""

    @property
    def code(self) -> str:
        return self.data.code

    @property
    def name(self) -> str:
        return self.data.name

    @property
    def seen(self) -> str:
        return mark_of_department(self.data, self.proposal.at if self.proposal else None)


@dataclass(frozen=True, slots=True)
class DepartmentChange:
    """One change: who made it when, why, and label, text before and text after of each field. `earlier`: the row to go back to;
    None for the first.
    """

    at: datetime | None
    who: str
    changes: tuple[tuple[str, str, str], ...]
    reason: str
    earlier: int | None
    row: int


@dataclass(frozen=True, slots=True)
class UsedBy:
    """`drawings`: process and title of each newest version that names the department."""

    drawings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    department: Department
    used: UsedBy
    history: tuple[DepartmentChange, ...]  # newest first
    others: tuple[tuple[str, str], ...]  # code and name of those that can follow it


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """One row of a list. `what`: what it does, in words; `new`: it adds a department; `changes` as in DepartmentChange."""

    line: ListedDepartment
    what: str
    new: bool
    changes: tuple[tuple[str, str, str], ...]


def read_departments(services: Services, actor: Actor) -> tuple[Department, ...]:
    """All of them, by name."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        changes = {change.department: change for change in session.scalars(select(MailboxChange))}
        names = names_of(session, [change.proposed_by for change in changes.values()])
        rows = session.scalars(select(DepartmentRow).order_by(DepartmentRow.name)).all()
        called = {row.code: row.name for row in rows}
        return tuple(_shown(row, changes.get(row.code), names, actor, called) for row in rows)


def read_department(services: Services, actor: Actor, code: str) -> DepartmentPage:
    """Raises NotFound."""
    departments = read_departments(services, actor)
    found = next((one for one in departments if one.code == code), None)
    if found is None:
        raise NotFound("Deze afdeling bestaat niet.")
    with reading(services) as (session, _now):
        others = tuple((one.code, one.name) for one in departments if one.ended_on is None and one.code != code)
        return DepartmentPage(found, _used(services, session, code), department_history(session, code), others)


def earlier_data(services: Services, actor: Actor, code: str, row: int) -> DepartmentData:
    """A department as it was after one change, to go back to. Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        found = next((one for one in changes_of(session, code) if one.id == row), None)
        if found is None:
            raise NotFound("Deze wijziging bestaat niet.")
        return data_of(code, found.record or {})


def check_list(services: Services, actor: Actor, text: str) -> tuple[CheckedLine, ...]:
    """Each row of a list with what it would do. Raises Invalid at `text`."""
    known = {one.code: one.data for one in read_departments(services, actor)}
    return tuple(_checked(line, known.get(line.data.code)) for line in read_list(text, known))


def _checked(line: ListedDepartment, known: DepartmentData | None) -> CheckedLine:
    if line.wrong:
        return CheckedLine(line, "klopt niet", new=False, changes=())
    if known is None:
        return CheckedLine(
            line, "nieuw", new=True, changes=tuple((label, "", text) for label, text in labelled(line.data))
        )
    was, now = dict(labelled(known)), dict(labelled(line.data))
    changes = tuple((one, was.get(one, ""), now.get(one, "")) for one in {**was, **now} if was.get(one) != now.get(one))
    return CheckedLine(line, "wijzigt" if changes else "blijft gelijk", new=False, changes=changes)


def _used(services: Services, session: Session, code: str) -> UsedBy:
    models = [one.model for one in services.models.all_current(session).values()]
    named = tuple((model.process, model.name) for model in models if code in _named_in(model))
    return UsedBy(named)


def _named_in(model: Model) -> set[str]:
    """The codes of departments that a drawing names itself, not by a value that a form filled."""
    requests = (one.request.department for one in model.elements.values() if one.request)
    given = (one.service.parameters.get("department", "") for one in model.elements.values() if one.service)
    return {code for source in (*requests, *given) if source for code in given_texts(source)}


def department_history(session: Session, code: str) -> tuple[DepartmentChange, ...]:
    """Every change of one department, newest first."""
    rows = changes_of(session, code)
    names = names_of(session, [row.saved_by for row in rows])
    lines, before = list[DepartmentChange](), None
    for row in rows:
        changes = differences(before.record or {}, row.record or {}) if before else ()
        if row.saved_by:
            earlier = before.id if before else None
            who, reason = names.get(row.saved_by, ""), row.reason or ""
            lines.append(DepartmentChange(row.saved_at, who, changes, reason, earlier, row.id))
        before = row
    return tuple(reversed(lines))


def _shown(
    row: DepartmentRow, change: MailboxChange | None, names: Mapping[str, str], actor: Actor, called: Mapping[str, str]
) -> Department:
    proposal = None
    if change is not None:
        by, mine = names[change.proposed_by], change.proposed_by == actor.subject
        fallback = change.fallback_email or ""
        proposal = ProposedMailbox(change.email, change.manager_email, fallback, by, change.proposed_at, mine)
    return Department(typed_of(row), proposal, row.ended_on, called.get(row.successor or "", ""))
