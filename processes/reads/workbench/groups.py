"""Groups of joined cases (W21): the list, and one group with its cases, the steps they stand at and how far each common step is.

Only the cases that the reader may see are shown and counted; a group without any does not exist for that reader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import case as case_when
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.words import Side
from processes.access.staff_scope import handles, seen_cases
from processes.base.actor import Actor
from processes.base.errors import NotAllowed, NotFound
from processes.execution.groups import group_of, members_now
from processes.execution.hearings import heard_in_session, plans_of
from processes.execution.joined import may_be_joined
from processes.reads.opening import reading
from processes.reads.workbench.case_lines import status_name
from processes.reads.workbench.legal import Due, legal_of
from processes.reads.workbench.sessions import SessionLine, free_sessions
from processes.reads.workbench.words import objectors
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import Case, CaseGroupMember, CaseGroupRow, CaseGroupStep, TaskRow
from processes.storage.words import CaseState, GroupStepState, TaskState

MOST_GROUPS: Final = 100
STATES: Final[Mapping[str, str]] = {
    GroupStepState.WAITING: "wordt nu gedaan",
    GroupStepState.DONE: "gedaan",
    GroupStepState.REFUSED: "niet gedaan",
}


@dataclass(frozen=True, slots=True)
class GroupLine:
    """`cases`: how many that the reader may see are in it now, `running` how many of these still run."""

    id: int
    name: str
    made_at: datetime
    cases: int
    running: int


@dataclass(frozen=True, slots=True)
class GroupOfCase:
    """The group of one case: how many `others` the reader may see, and in how many cases a common step was refused."""

    id: int
    name: str
    others: int
    refused: int


@dataclass(frozen=True, slots=True)
class GroupMemberLine:
    """`tasks`: the names of what waits for staff in it."""

    number: str
    subject: str
    filer: str
    status: str
    due: Due
    running: bool
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftLine:
    number: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class CommonStep:
    """A step at which several cases stand. `task`: that of the oldest case, where its form is filled in for all; empty for a step that is
    done in each case by itself. `plans`: the tasks that a session may plan, each with the number of its case.
    """

    name: str
    cases: int
    task: str
    plans: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A common step in one case, and what came of it. `again`: the reader may have it tried again."""

    id: int
    number: str
    state: str
    refused: bool
    waits: bool
    why: str
    again: bool


@dataclass(frozen=True, slots=True)
class BegunStep:
    """One press: a step in several cases, the last one first."""

    name: str
    at: datetime
    by: str
    lines: tuple[StepLine, ...]

    @property
    def done(self) -> int:
        return sum(not line.refused and not line.waits for line in self.lines)


@dataclass(frozen=True, slots=True)
class GroupPage:
    """`waits`: a worker still is at a step. `sessions`: those in which the hearing may be planned."""

    id: int
    name: str
    reason: str
    made_at: datetime
    made_by: str
    members: tuple[GroupMemberLine, ...]
    left: tuple[LeftLine, ...]
    steps: tuple[CommonStep, ...]
    begun: tuple[BegunStep, ...]
    sessions: tuple[SessionLine, ...]

    @property
    def waits(self) -> bool:
        return any(line.waits for one in self.begun for line in one.lines)


def read_groups(services: Services, actor: Actor) -> tuple[GroupLine, ...]:
    """Those with a case that runs, the newest first. Raises NotAllowed for who does not handle cases."""
    _only_handlers(actor)
    running = func.sum(case_when((Case.state == CaseState.RUNNING, 1), else_=0))
    with reading(services) as (session, _now):
        newest = select(CaseGroupRow.id).order_by(CaseGroupRow.id.desc()).limit(MOST_GROUPS).subquery()
        counted = (
            select(CaseGroupRow, func.count(), running)
            .join(CaseGroupMember, CaseGroupMember.group_id == CaseGroupRow.id)
            .join(Case, Case.id == CaseGroupMember.case_id)
            .where(CaseGroupRow.id.in_(select(newest.c.id)), CaseGroupMember.left_at.is_(None), seen_cases(actor))
            .group_by(CaseGroupRow.id)
            .order_by(CaseGroupRow.id.desc())
        )
        return tuple(
            GroupLine(group.id, group.name, group.made_at, cases, still) for group, cases, still in session.execute(counted)
        )  # fmt: skip


def group_of_case(session: Session, actor: Actor, case: Case) -> GroupOfCase | None:
    """None for a case that is in no group."""
    group = group_of(session, case.id)
    if group is None:
        return None
    others = select(func.count()).where(Case.id.in_(members_now(group.id)), Case.id != case.id, seen_cases(actor))
    refused = (
        select(func.count())
        .select_from(CaseGroupStep)
        .join(Case, Case.id == CaseGroupStep.case_id)
        .where(CaseGroupStep.group_id == group.id, CaseGroupStep.state == GroupStepState.REFUSED, seen_cases(actor))
    )
    return GroupOfCase(group.id, group.name, session.scalar(others) or 0, session.scalar(refused) or 0)


def read_group(services: Services, actor: Actor, group_id: int) -> GroupPage:
    """Raises NotFound, also when the reader may see none of its cases, and NotAllowed for who does not handle cases."""
    _only_handlers(actor)
    with reading(services) as (session, now):
        rows = session.execute(
            select(CaseGroupMember, Case)
            .join(Case, Case.id == CaseGroupMember.case_id)
            .where(CaseGroupMember.group_id == group_id, seen_cases(actor))
            .order_by(CaseGroupMember.case_id, CaseGroupMember.id)
        ).all()
        group = session.get(CaseGroupRow, group_id)
        if group is None or not rows:
            raise NotFound
        here = [case for row, case in rows if row.left_at is None]
        tasks = _tasks(session, here)
        steps = _common(session, services, here, tasks, now)
        names = staff.names_of(session, [group.made_by, *(row.left_by for row, _ in rows)])
        filers = objectors(session, [case.id for case in here])
        return GroupPage(
            group.id, group.name, group.reason, group.made_at, names[group.made_by],
            tuple(_member(session, services, case, filers, tasks, now) for case in here),
            tuple(
                LeftLine(case.number, row.left_at, names.get(row.left_by or "", ""), row.left_reason)
                for row, case in rows
                if row.left_at is not None
            ),
            steps, _begun(session, actor, group_id),
            free_sessions(services, session, group.case_type, now) if any(one.plans for one in steps) else (),
        )  # fmt: skip


def _only_handlers(actor: Actor) -> None:
    seen_cases(actor)
    if not handles(actor):
        raise NotAllowed("U heeft hiervoor niet de juiste rol.")


def _member(
    session: Session,
    services: Services,
    case: Case,
    filers: Mapping[int, str],
    tasks: Sequence[tuple[TaskRow, Case]],
    now: datetime,
) -> GroupMemberLine:
    return GroupMemberLine(
        case.number, case.subject, filers.get(case.id, ""), status_name(session, services, case),
        legal_of(case, now), case.state == CaseState.RUNNING,
        tuple(task.name for task, its in tasks if its.id == case.id),
    )  # fmt: skip


def _tasks(session: Session, cases: Sequence[Case]) -> list[tuple[TaskRow, Case]]:
    """The open tasks of staff in these cases, those of the oldest case first."""
    by_id = {case.id: case for case in cases if case.state == CaseState.RUNNING}
    waits = (
        TaskRow.case_id.in_(by_id),
        TaskRow.state == TaskState.OPEN,
        TaskRow.side.in_((Side.WORKER, Side.COMMITTEE)),
    )
    found = session.scalars(select(TaskRow).where(*waits).order_by(TaskRow.case_id, TaskRow.id))
    return [(task, by_id[task.case_id]) for task in found]


def _common(
    session: Session, services: Services, cases: Sequence[Case], tasks: Sequence[tuple[TaskRow, Case]], now: datetime
) -> tuple[CommonStep, ...]:
    """The steps at which more than one case stands, and those that plan a hearing."""
    known = {case.model_version_id: services.models.version(session, case.model_version_id) for case in cases}
    planned = [(task, case) for task, case in tasks if task.element in plans_of(known[case.model_version_id])]
    plans: dict[str, list[tuple[str, str]]] = {}
    for task, case in heard_in_session(session, services.models, planned, now) if planned else ():
        plans.setdefault(task.element, []).append((task.id, case.number))
    found: dict[tuple[str, str], list[tuple[TaskRow, Case]]] = {}
    for task, case in tasks:
        found.setdefault((task.element, task.side), []).append((task, case))
    steps = []
    for (element, _side), rows in found.items():
        first, case = rows[0]
        deployed = known[case.model_version_id]
        together = len(rows) > 1 and element in deployed.model.elements and may_be_joined(deployed, first)
        if len(rows) > 1 or element in plans:
            steps.append(CommonStep(first.name, len(rows), first.id if together else "", tuple(plans.get(element, ()))))
    return tuple(steps)


def _begun(session: Session, actor: Actor, group_id: int) -> tuple[BegunStep, ...]:
    found = session.execute(
        select(CaseGroupStep, Case.number)
        .join(Case, Case.id == CaseGroupStep.case_id)
        .where(CaseGroupStep.group_id == group_id, seen_cases(actor))
        .order_by(CaseGroupStep.begun_at.desc(), CaseGroupStep.case_id)
    ).all()
    names = staff.names_of(session, {row.begun_by for row, _ in found})
    presses: dict[tuple[str, datetime, str], list[StepLine]] = {}
    for row, number in found:
        line = StepLine(
            row.id, number, STATES[row.state], row.state == GroupStepState.REFUSED, row.state == GroupStepState.WAITING, row.why,
            row.state == GroupStepState.REFUSED and row.begun_by == actor.subject,
        )  # fmt: skip
        presses.setdefault((row.name, row.begun_at, names[row.begun_by]), []).append(line)
    return tuple(BegunStep(name, at, by, tuple(lines)) for (name, at, by), lines in presses.items())
