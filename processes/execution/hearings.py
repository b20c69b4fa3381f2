"""Hearings that a session plans: the task of a case that asks for one, what a session fills in there, and the times of an agenda.

The drawing says which task that is (`case:session`). Planning on a session fills in that task, so the drawing stays the one that
knows what follows: invitations, inspection of the file, the hearing itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from engine import EngineError, SessionPlan
from engine.expressions import compile_expression
from engine.words import Side
from processes.access.agenda import STANDS, on_an_agenda
from processes.base.clock import AMSTERDAM
from processes.base.dutch import enumeration
from processes.execution.facts import to_fact
from processes.storage import staff
from processes.storage.model_cache import Deployed, ModelCache
from processes.storage.tables import Case, CaseValue, HearingItem, HearingSeat, HearingSession, Instance, TaskRow
from processes.storage.words import HearingSessionState, SeatAnswer, SeatKind, TaskState

HEARS = (SeatKind.CHAIR, SeatKind.MEMBER, SeatKind.DEPUTY)


@dataclass(frozen=True, slots=True)
class PlanningTask:
    """A task of a case that a session may plan; `task` waits for somebody, or None when the hearing is planned already."""

    task: TaskRow | None
    plan: SessionPlan
    deployed: Deployed


def plans_of(deployed: Deployed) -> Mapping[str, SessionPlan]:
    """The tasks of a drawing that a session may plan, by element."""
    return {one.id: one.session for one in deployed.model.elements.values() if one.session}


def planning_of(session: Session, deployed: Deployed, case: Case) -> PlanningTask | None:
    """The task of this case that plans its hearing: the open one, or else the first that the drawing has; None where a session plans none."""
    plans = plans_of(deployed)
    if not plans:
        return None
    waits = (TaskRow.case_id == case.id, TaskRow.state == TaskState.OPEN, TaskRow.element.in_(plans))
    task = session.scalar(select(TaskRow).where(*waits).order_by(TaskRow.id).limit(1))
    return PlanningTask(task, plans[task.element] if task else next(iter(plans.values())), deployed)


def waiting_for_session(session: Session, models: ModelCache, case_types: Iterable[str]) -> Select[TaskRow, Case]:
    """The open tasks that a session may plan, of cases on no agenda that is still to come, the most urgent first."""
    current = models.all_current(session)
    chosen = set(case_types) or set(current)
    plans = {name for process, one in current.items() if process in chosen for name in plans_of(one)}
    planned = on_an_agenda(Case.id, (HearingSessionState.PLANNED,))
    at_desk = (TaskRow.state == TaskState.OPEN, or_(TaskRow.side == Side.WORKER, TaskRow.side == Side.COMMITTEE))
    found = select(TaskRow, Case).join(Case, Case.id == TaskRow.case_id).where(*at_desk, TaskRow.element.in_(plans))
    return found.where(Case.case_type.in_(chosen), ~planned).order_by(TaskRow.urgent_on, TaskRow.id)


def heard_in_session(
    session: Session, models: ModelCache, found: Sequence[tuple[TaskRow, Case]], now: datetime
) -> list[tuple[TaskRow, Case]]:
    """Those of these tasks that a session plans, as `when` of their drawings says. One statement, however many there are."""
    known = {case.model_version_id: models.find(session, case.model_version_id) for _, case in found}
    instances = [
        task.instance_id
        for task, case in found
        if (deployed := known[case.model_version_id]) and task.element in plans_of(deployed)
    ]
    stored: dict[int, dict[str, Any]] = {}
    rows = select(CaseValue.instance_id, CaseValue.code, CaseValue.value).where(CaseValue.instance_id.in_(instances))
    for instance, code, value in session.execute(rows) if instances else ():
        stored.setdefault(instance, {})[code] = value
    return [
        (task, case)
        for task, case in found
        if (deployed := known[case.model_version_id])
        and (plan := plans_of(deployed).get(task.element))
        and holds(plan, deployed, stored.get(task.instance_id, {}), now)
    ]


def holds(plan: SessionPlan, deployed: Deployed, stored: Mapping[str, Any], now: datetime) -> bool:
    """Whether this case is heard in a session; not when its values do not say so yet."""
    if plan.when is None:
        return True
    expression = compile_expression(plan.when)
    declared = deployed.model.values
    facts = {name: to_fact(declared[name], stored.get(name)) if name in declared else None for name in expression.names}
    try:
        return bool(expression.evaluate(facts, now))
    except EngineError:
        return False


def values_of(session: Session, instance: Instance) -> dict[str, Any]:
    """The stored values of an instance, by code."""
    rows = select(CaseValue.code, CaseValue.value).where(CaseValue.instance_id == instance.id)
    return dict(session.execute(rows).all())


# -- the session ------------------------------------------------------------------------------------------------------


def seats_of(session: Session, session_id: int) -> list[HearingSeat]:
    """Everybody who has a place in a session, as they were set."""
    return list(
        session.scalars(select(HearingSeat).where(HearingSeat.session_id == session_id).order_by(HearingSeat.id))
    )


def items_of(session: Session, session_id: int) -> list[HearingItem]:
    """The agenda in its order."""
    wanted = select(HearingItem).where(HearingItem.session_id == session_id)
    return list(session.scalars(wanted.order_by(HearingItem.position, HearingItem.id)))


def item_of_case(session: Session, case_id: int) -> HearingItem | None:
    """The place of a case on an agenda: of the session that is to come, or else of the last one."""
    rows = select(HearingItem, HearingSession.state).join(HearingSession, HearingSession.id == HearingItem.session_id)
    found = session.execute(rows.where(HearingItem.case_id == case_id, HearingSession.state.in_(STANDS))).all()
    order = sorted(found, key=lambda one: (one[1] == HearingSessionState.PLANNED, one[0].begins_at))
    return order[-1][0] if order else None


def lay_out(row: HearingSession, items: Sequence[HearingItem]) -> None:
    """Give each case its time: one after the other from the beginning of the session, by how long each takes."""
    at = row.begins_at
    for position, item in enumerate(items):
        item.position, item.begins_at = position, at
        at += timedelta(minutes=item.minutes + item.pause)


def ends_of(items: Sequence[HearingItem], row: HearingSession) -> datetime:
    """The moment at which the last case is heard."""
    return max((ends(item) for item in items), default=row.begins_at)


def ends(item: HearingItem) -> datetime:
    return item.begins_at + timedelta(minutes=item.minutes)


def where_of(row: HearingSession) -> str:
    """The place in one line: the room, the video link, or both."""
    return enumeration([part for part in (row.room, "online" if row.video else "") if part])


def told_place(row: HearingSession) -> str:
    """The place as parties were told it: another one is told anew."""
    return f"{row.room}\n{row.video}".strip()


def is_told(item: HearingItem, row: HearingSession) -> bool:
    """Whether the drawing planned the case for this moment and place."""
    return item.told_at == item.begins_at and item.told_where == told_place(row)


def sits(seat: HearingSeat) -> bool:
    """Whether somebody hears and did not say to stay away."""
    return seat.kind in HEARS and seat.answer != SeatAnswer.AWAY


def places_of(seats: Iterable[HearingSeat]) -> set[str]:
    """The places that these people hear from: a deputy from that of whom the deputy stands in for."""
    return {seat.instead_of or seat.staff for seat in seats}


def chair_of(seats: Iterable[HearingSeat]) -> HearingSeat | None:
    """The person in the chair: the chair, or the deputy who stands in."""
    rows = list(seats)
    chairs = {seat.staff for seat in rows if seat.kind == SeatKind.CHAIR}
    in_chair = [seat for seat in rows if sits(seat) and (seat.kind == SeatKind.CHAIR or seat.instead_of in chairs)]
    return in_chair[0] if in_chair else None


def filled_in(session: Session, plan: SessionPlan, row: HearingSession, item: HearingItem) -> dict[str, Any]:
    """The values that the session fills in on the task that plans, by code. Moments are aware."""
    seats = seats_of(session, row.id)
    names = staff.names_of(session, [seat.staff for seat in seats])
    chair = chair_of(seats)
    others = [names[seat.staff] for seat in seats if sits(seat) and seat is not chair]
    in_room = bool(row.room and plan.building) or not plan.video
    filled = {
        plan.on: item.begins_at.astimezone(AMSTERDAM),
        plan.place: plan.building if in_room else plan.video,
        plan.room: row.room or None,
        plan.online: row.video or None,
        plan.chair: names[chair.staff] if chair else None,
        plan.members: enumeration(others) or None,
    }
    return {code: value for code, value in filled.items() if code}


def overlapping(first: datetime, until: datetime) -> Any:
    """A condition on HearingSession: planned, and at some moment at the same time. A session begins and ends on one day, so that an
    index finds those that may do.
    """
    return and_(
        HearingSession.state == HearingSessionState.PLANNED,
        HearingSession.begins_at < until,
        HearingSession.begins_at > first - timedelta(days=1),
        HearingSession.ends_at > first,
    )
