"""The lines of an agenda: each case with its time, who comes, what they were told, and the tasks that wait around the hearing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from engine import SessionPlan
from engine.words import Side
from processes.access.staff_scope import kept_from, seen_cases
from processes.base.actor import Actor
from processes.base.dutch import long_moment
from processes.execution.facts import to_fact
from processes.execution.forms import components_of
from processes.execution.hearings import ends, plans_of, told_place
from processes.reads.in_words import in_words
from processes.reads.workbench.words import named, objectors
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case, CaseValue, HearingItem, HearingSession, Instance, Party, TaskRow
from processes.storage.words import CaseState, TaskState

ITEM = "item"  # the party for whom a process was called


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


def agenda_lines(
    session: Session, services: Services, actor: Actor, row: HearingSession, items: Sequence[HearingItem]
) -> list[AgendaLine]:
    """In the order of the agenda, without the cases that this reader may not see."""
    ids = [item.case_id for item in items]
    cases = {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(ids), seen_cases(actor)))}
    filers = objectors(session, list(cases))
    roots = _root_values(session, list(cases))
    tasks = _tasks(session, list(cases))
    found = []
    for item in items:
        case = cases.get(item.case_id)
        deployed = services.models.find(session, case.model_version_id) if case else None
        if case is None or deployed is None:
            continue
        plan = next(iter(plans_of(deployed).values()), None)
        stored = roots.get(case.id, {})
        told, words = _told(row, item, case, plan, deployed, stored, tasks.get(case.id, ()))
        coming, needs = _answered(session, actor, case, plan, deployed)
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
    session: Session, actor: Actor, case: Case, plan: SessionPlan | None, deployed: Deployed
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The answers of each party: who comes (`Tess Testeling komt`), and what they need (`Tess Testeling: tolk Turks`); the last answer counts."""
    if plan is None or not (plan.coming or plan.needs):
        return (), ()
    item = and_(CaseValue.instance_id == Instance.id, CaseValue.code == ITEM)
    called: dict[int, Any] = dict(
        session.execute(
            select(Instance.id, CaseValue.value).join(CaseValue, item).where(Instance.case_id == case.id)
        ).all()
    )
    answered = select(CaseValue.code, CaseValue.value, Instance.id, Instance.party_id).join(
        Instance, Instance.id == CaseValue.instance_id
    )
    codes = [*filter(None, [plan.coming]), *plan.needs]
    mine = answered.where(CaseValue.case_id == case.id, CaseValue.code.in_(codes), Instance.is_root.is_(False))
    parties = {party.id: party for party in session.scalars(select(Party).where(Party.case_id == case.id))}
    kept = kept_from(session, actor, case)
    said: dict[tuple[int, str], Any] = {}
    for code, value, instance, party_id in session.execute(mine.order_by(CaseValue.id)):
        said[party_id or called.get(instance) or 0, code] = value
    names = {number: named(party, deployed.model, kept) for number, party in parties.items()}
    coming = [
        f"{names[number]} {'komt' if value else 'komt niet'}"
        for (number, code), value in said.items()
        if code == plan.coming and isinstance(value, bool) and number in names
    ]
    needs = [
        f"{names[number]}: {need}"
        for number in names
        if (need := _needs(deployed, plan, {code: value for (who, code), value in said.items() if who == number}))
    ]
    return tuple(coming), tuple(needs)


def _needs(deployed: Deployed, plan: SessionPlan, said: Mapping[str, Any]) -> str:
    """The things that one party asked for, in words: `gewenste tolk: Turks, ringleiding`."""
    words = {code: deployed.model.values[code] for code in plan.needs if code in deployed.model.values}
    found = []
    for code, value in words.items():
        for title, text in in_words({code: value}, said):
            found.append(text.lower() if value.choices else f"{title.lower()}: {text}")
    return ", ".join(found)


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
