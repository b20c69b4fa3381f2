"""A running case follows another version of its case type: whether it can, how it is laid there, and how it goes back.

What the engine moves are the tokens (`engine.move`); here are the rows around them. Nothing of the drawing runs: no task is
opened or closed, no letter goes out. A process that the case called goes along to the newest version of its own drawing.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine import CannotMove, EngineError, Misfit, Outcome, move
from processes.execution.case_data import CaseData
from processes.execution.case_execution import NOT_ENDED, CaseExecution
from processes.execution.facts import facts_from
from processes.execution.fitting import Around, called_misfits, data_misfits
from processes.execution.urgency import kind_of
from processes.law import DeadlineError
from processes.storage.fast import PreparedQuery, fetch_together
from processes.storage.model_cache import Deployed, ModelCache
from processes.storage.tables import Case, Instance, TaskRow

UNFORESEEN = "Het programma liep vast op deze zaak. De zaak bleef zoals zij was."
STUCK = "Deze zaak zou in de nieuwe versie nergens meer op wachten."
LOOKS = 5  # a date that moves may move another; more often than this none does
IN = "/"  # between a called process and its element, in the old id of a renamed element


@dataclass(frozen=True, slots=True)
class Route:
    """From one version of a process to another; `names`: renamed elements, old id to new id."""

    old: Deployed
    new: Deployed
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MovingPart:
    """The case itself, or one process that it called, with the way that it goes."""

    around: Around
    route: Route

    @property
    def called(self) -> bool:
        return self.route.new.model.case_type is None


def names_in(names: Mapping[str, str], process: str = "") -> dict[str, str]:
    """The renamed elements of a move: those of one called process, or without a name those of the case type itself."""
    if not process:
        return {one: to for one, to in names.items() if IN not in one}
    begin = f"{process}{IN}"
    return {one.removeprefix(begin): to for one, to in names.items() if one.startswith(begin)}


def parts_of(session: Session, models: ModelCache, case: Case, known: CaseData, route: Route) -> tuple[MovingPart, ...]:
    """The case with its instances that follow the old version and did not end (its own, and those of each person), and their
    tasks; then each process that it called and that runs an older version of its drawing.

    `names` of the route are those of the whole move. Raises ModelUnreadable.
    """
    every, tasks = fetch_together(session, [(one, {"case": case.id}) for one in _of_case()])
    own = [one for one in every if one.model_version_id == route.old.id and one.phase in NOT_ENDED]
    persons = [one for one in every if one.element and one.process == route.old.process]
    itself = Route(route.old, route.new, names_in(route.names))
    parts = [MovingPart(_around(session, case, known, own, persons, tasks), itself)]
    for one in every:
        if one.process == route.old.process or one.phase not in NOT_ENDED or one.element:
            continue
        old, new = models.version(session, one.model_version_id), models.current(session, one.process)
        if old.id != new.id and new.model.case_type is None:
            asked = [other for other in every if other.element and other.parent_id == one.id]
            going = [one, *(other for other in asked if other.phase in NOT_ENDED)]
            its_own = Route(old, new, names_in(route.names, one.process))
            parts.append(MovingPart(_around(session, case, known, going, asked, tasks), its_own))
    return tuple(parts)


@cache
def _of_case() -> tuple[PreparedQuery, PreparedQuery]:
    """Every instance of a case, ended ones too, and every task."""
    instances = select(Instance.__table__).where(Instance.case_id == bindparam("case")).order_by(Instance.id)
    tasks = select(TaskRow.__table__).where(TaskRow.case_id == bindparam("case"))
    return PreparedQuery(instances, Instance), PreparedQuery(tasks, TaskRow)


def _around(
    session: Session, case: Case, known: CaseData, moving: Sequence[Instance], persons: Sequence[Instance],
    tasks: Sequence[TaskRow],
) -> Around:  # fmt: skip
    ids = {one.id for one in moving}
    return Around(session, case, known, moving, persons, [one for one in tasks if one.instance_id in ids])


def reasons_against(parts: Sequence[MovingPart], now: datetime) -> tuple[str, ...]:
    """Why this case cannot follow the new version, in sentences; none when it can. Changes nothing."""
    root = parts[0].route.new
    found = [sentence for part in parts for sentence in _reasons(part, root, now)]
    return tuple(dict.fromkeys(found))


def _reasons(part: MovingPart, root: Deployed, now: datetime) -> Iterator[str]:
    around, route = part.around, part.route
    rules = called_misfits if part.called else data_misfits
    found = list(rules(around, route.old, route.new, route.names))
    for instance in around.instances:
        found += _engine_misfits(around, instance, route, root, now)
    inside = f"In het proces '{route.new.model.name or route.new.process}': " if part.called else ""
    yield from (f"{inside}{sentence[:1].lower() + sentence[1:] if inside else sentence}" for sentence in found)


def _engine_misfits(around: Around, instance: Instance, route: Route, root: Deployed, now: datetime) -> Iterator[str]:
    facts = facts_from(around.known, around.case, instance, route.new, root)
    try:
        outcome = move(route.old.compiled, route.new.compiled, instance.state, facts, now, route.names)
    except CannotMove as refused:
        yield from (_in_words(one, route) for one in refused.misfits)
    except EngineError as wrong:
        yield str(wrong)
    else:
        if outcome.step.stuck:
            yield STUCK


def _in_words(misfit: Misfit, route: Route) -> str:
    if misfit.said:  # about a subprocess that only the new drawing has
        return f"De zaak komt niet in {_called(misfit.element, route.new)}: {misfit.why}."
    return f"De zaak staat op {_called(misfit.element, route.old)}. Dit onderdeel {misfit.why}."


def _called(element: str, version: Deployed) -> str:
    drawn = version.model.elements.get(element)
    return f"'{drawn.name}' ({element})" if drawn and drawn.name else f"'{element}'"


def lay(run: CaseExecution, parts: Sequence[MovingPart]) -> dict[str, Any]:
    """Let a locked case follow the new version; the answer is what `put_back` needs. The caller has asked `reasons_against`.

    Terms are computed again as the new version has them. Raises CannotMove and DeadlineError; then the transaction must end.
    """
    before = _before(parts)
    for part in parts:
        for instance in part.around.instances:
            instance.model_version_id = part.route.new.id
    _follow(run, parts[0].route.new)
    for part in parts:
        _lay_part(run, part)
    return before


def _lay_part(run: CaseExecution, part: MovingPart) -> None:
    route = part.route
    for instance in part.around.instances:
        outcome = move(
            route.old.compiled, route.new.compiled, instance.state, run.facts(instance), run.work.now, route.names
        )
        _keep(instance, outcome)
        instance.element = route.names.get(instance.element, instance.element) if instance.element else None
    _rename_tasks(part.around.tasks, route)
    for person in part.around.persons:  # by which event the time of one was over: who asked goes on by that event
        person.lapsed_by = route.names.get(person.lapsed_by, person.lapsed_by) if person.lapsed_by else None


def put_back(run: CaseExecution, old: Deployed, before: Mapping[str, Any]) -> None:
    """Let a locked case, on which nobody worked since `lay`, follow the old version again, just as it was."""
    session, was = run.work.session, before["instances"]
    for instance in session.scalars(select(Instance).where(Instance.id.in_([int(key) for key in was]))):
        kept = was[str(instance.id)]
        instance.element, instance.lapsed_by = kept["element"], kept["lapsed_by"]
        if kept["state"] is not None:
            instance.state, instance.timers = b64decode(kept["state"]), kept["timers"]
            instance.next_due = datetime.fromisoformat(kept["next_due"]) if kept["next_due"] else None
            instance.model_version_id = kept.get(
                "version", old.id
            )  # of before called processes moved: always the case's
    for task in session.scalars(select(TaskRow).where(TaskRow.id.in_(list(before["tasks"])))):
        task.element, task.name, task.role = before["tasks"][task.id]
    _follow(run, old)


def _follow(run: CaseExecution, version: Deployed) -> None:
    run.case.model_version_id, run.root = version.id, version
    run.case.row_version += 1
    for row in run.data.deadlines().values():
        row.kind = kind_of(version.model.deadlines[row.code])
    for _ in range(LOOKS):
        run.recompute()
        if not run.stale:
            break
    run.keep_urgency()


def _keep(instance: Instance, outcome: Outcome) -> None:
    instance.state, instance.next_due = outcome.state, outcome.step.next_due
    instance.timers = [
        {"element": timer.element, "due": timer.due.isoformat() if timer.due else None} for timer in outcome.step.timers
    ]


def _before(parts: Sequence[MovingPart]) -> dict[str, Any]:
    """Everything that `lay` changes; of an instance that ended only what a rename can reach."""
    moved = {one.id for part in parts for one in part.around.instances}
    instances = {one.id: one for part in parts for one in (*part.around.instances, *part.around.persons)}
    return {
        "instances": {str(one.id): _kept(one, moved=one.id in moved) for one in instances.values()},
        "tasks": {one.id: [one.element, one.name, one.role] for part in parts for one in part.around.tasks},
    }


def _kept(instance: Instance, *, moved: bool) -> dict[str, Any]:
    return {
        "version": instance.model_version_id,
        "element": instance.element,
        "lapsed_by": instance.lapsed_by,
        "state": b64encode(instance.state).decode() if moved else None,
        "timers": instance.timers,
        "next_due": instance.next_due.isoformat() if instance.next_due else None,
    }


def _rename_tasks(tasks: Sequence[TaskRow], route: Route) -> None:
    """Done tasks too: who may not do a step twice (`notSameAs`) is found by the element of the earlier one."""
    for task in tasks:
        task.element = route.names.get(task.element, task.element)
        drawn = route.new.model.elements.get(task.element)
        if drawn is not None and task.done_at is None:
            task.name = drawn.name or task.element
            task.role = drawn.assignment.role if drawn.assignment else None


MISTAKES = (EngineError, DeadlineError)
"""What can go wrong with a case while it is laid on a new version, without a fault of the program."""
