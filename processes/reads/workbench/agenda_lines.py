"""The lines of an agenda: each case with its time, who comes, what they were told, and the tasks that wait around the hearing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine import SessionPlan
from engine.words import Side
from processes.access.staff_scope import kept_from, seen_cases
from processes.base.actor import Actor
from processes.base.dutch import long_moment
from processes.base.marks import mark_of
from processes.execution.facts import to_fact
from processes.execution.forms import components_of
from processes.execution.hearing_needs import Drawn, needs_of, plan_of, said_of
from processes.execution.hearings import ends, plans_of, told_place
from processes.reads.workbench.words import named, objectors
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case, CaseValue, HearingItem, HearingSession, Instance, Party, TaskRow
from processes.storage.words import CaseState, TaskState


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """`told`: the parties know of this moment and place; `told_words` says how it stands. `coming`: who answered what, and `needs` what they asked for, in words.
    `tasks`: id and name of what waits around the hearing. `public`: None when the drawing does not say.
    """

    id: int
    begins: datetime
    ends: datetime
    minutes: int
    pause: int
    number: str
    title: str
    subject: str
    objector: str
    running: bool
    told: bool
    told_words: str
    public: bool | None
    coming: tuple[str, ...]
    needs: tuple[str, ...]
    present: str
    tasks: tuple[tuple[str, str], ...]

    @property
    def present_seen(self) -> str:
        return mark_of(self.present)


def agenda_lines(
    session: Session, services: Services, actor: Actor, row: HearingSession, items: Sequence[HearingItem]
) -> list[AgendaLine]:
    """In the order of the agenda, without the cases that this reader may not see."""
    ids = [item.case_id for item in items]
    cases = {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(ids), seen_cases(actor)))}
    filers = objectors(session, list(cases))
    roots = _root_values(session, list(cases))
    tasks = _tasks(session, list(cases))
    known = {case.id: services.models.find(session, case.model_version_id) for case in cases.values()}
    answered = _answered(session, actor, [(cases[case], deployed) for case, deployed in known.items() if deployed])
    found = []
    for item in items:
        case, deployed = cases.get(item.case_id), known.get(item.case_id)
        if case is None or deployed is None:
            continue
        plan = plan_of(deployed)
        stored = roots.get(case.id, {})
        told, words = _told(row, item, case, plan, deployed, stored, tasks.get(case.id, ()))
        coming, needs = answered[case.id]
        public = stored.get(plan.public) if plan and plan.public else None
        found.append(
            AgendaLine(
                item.id, item.begins_at, ends(item), item.minutes, item.pause, case.number, case.title, case.subject,
                filers.get(case.id, ""), case.state == CaseState.RUNNING, told, words, public,
                coming, needs, item.present,
                _around(deployed, plan, tasks.get(case.id, ())),
            )
        )  # fmt: skip
    return found


def _root_values(session: Session, cases: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The stored values of each case's own drawing, by the id of the case."""
    wanted = select(CaseValue.case_id, CaseValue.code, CaseValue.value).join(
        Instance, Instance.id == CaseValue.instance_id
    )
    found: dict[int, dict[str, Any]] = {}
    for case_id, code, value in session.execute(wanted.where(CaseValue.case_id.in_(cases), Instance.is_root)):
        found.setdefault(case_id, {})[code] = value
    return found


def _tasks(session: Session, cases: Sequence[int]) -> dict[int, list[TaskRow]]:
    """The open tasks of staff and committee, by the id of the case."""
    at_desk = (TaskRow.state == TaskState.OPEN, or_(TaskRow.side == Side.WORKER, TaskRow.side == Side.COMMITTEE))
    found: dict[int, list[TaskRow]] = {}
    for task in session.scalars(
        select(TaskRow).where(TaskRow.case_id.in_(cases), *at_desk).order_by(TaskRow.opened_at)
    ):
        found.setdefault(task.case_id, []).append(task)
    return found


def _told(
    row: HearingSession,
    item: HearingItem,
    case: Case,
    plan: SessionPlan | None,
    deployed: Deployed,
    stored: Mapping[str, Any],
    tasks: Sequence[TaskRow],
) -> tuple[bool, str]:
    if case.state != CaseState.RUNNING:
        return False, "de zaak is afgerond"
    if plan is None:
        return False, "het zaaktype kent geen zitting"
    moment = to_fact(deployed.model.values[plan.on], stored.get(plan.on))
    if any(task.element in plans_of(deployed) for task in tasks) or not isinstance(moment, datetime):
        return False, "nog niet uitgenodigd"
    if moment != item.begins_at:
        return False, f"uitgenodigd voor {long_moment(moment)}"
    if item.told_where != told_place(row):
        return False, "uitgenodigd voor een andere plaats"
    return True, "uitgenodigd"


def _answered(
    session: Session, actor: Actor, drawn: Sequence[Drawn]
) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By case: which parties come (`Tess Testeling komt`), and what they need (`Tess Testeling: ringleiding`)."""
    said = said_of(session, drawn)
    needs = needs_of(session, drawn, said)
    found = {}
    for case, deployed in drawn:
        plan, names = plan_of(deployed), _names(session, actor, case, deployed)
        comes = {party: said.get((party, plan.coming)) for party in names} if plan and plan.coming else {}
        answers = [
            f"{names[party]} {'komt' if value else 'komt niet'}"
            for party, value in comes.items()
            if isinstance(value, bool)
        ]
        found[case.id] = (
            tuple(answers),
            tuple(f"{name}: {needs[party]}" for party, name in names.items() if party in needs),
        )
    return found


def needs_in_words(session: Session, actor: Actor, drawn: Sequence[Drawn]) -> dict[int, tuple[str, ...]]:
    """The needs of the parties of each of these cases at a hearing, by case, under the names that this reader may see; only where somebody does."""
    needs = needs_of(session, drawn)
    some = set(session.scalars(select(Party.case_id).where(Party.id.in_(needs))))
    return {
        case.id: tuple(
            f"{name}: {needs[party]}"
            for party, name in _names(session, actor, case, deployed).items()
            if party in needs
        )
        for case, deployed in drawn
        if case.id in some
    }


def _names(session: Session, actor: Actor, case: Case, deployed: Deployed) -> dict[int, str]:
    kept = kept_from(session, actor, case)
    parties = session.scalars(select(Party).where(Party.case_id == case.id).order_by(Party.id))
    return {party.id: named(party, deployed.model, kept) for party in parties}


def _around(deployed: Deployed, plan: SessionPlan | None, tasks: Sequence[TaskRow]) -> tuple[tuple[str, str], ...]:
    """The tasks of a committee, and of others those that wait for the day of the hearing."""
    known = [task for task in tasks if task.element in deployed.model.elements]
    return tuple(
        (task.id, task.name)
        for task in known
        if task.side == Side.COMMITTEE or (plan and _after_it(deployed, task.element, plan.on))
    )


def _after_it(deployed: Deployed, element: str, on: str) -> bool:
    return any(part.get("notBefore") == on for part in components_of(deployed, element))
