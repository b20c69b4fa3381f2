"""A running case follows another version of its case type: whether it can, how it is laid there, and how it goes back.

What the engine moves are the tokens (`engine.move`); here are the rows around them. Nothing of the drawing runs: no task is
opened or closed, no letter goes out. Processes that the case called are instances of their own and keep their version.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import CannotMove, EngineError, Misfit, Outcome, move
from processes.execution.case_data import CaseData
from processes.execution.case_execution import NOT_ENDED, CaseExecution
from processes.execution.facts import facts_from
from processes.execution.fitting import Around, data_misfits
from processes.law import DeadlineError
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, Instance, TaskRow

UNFORESEEN = "Het programma liep vast op deze zaak. De zaak bleef zoals zij was."
STUCK = "Deze zaak zou in de nieuwe versie nergens meer op wachten."
LOOKS = 5  # a date that moves may move another; more often than this none does


@dataclass(frozen=True, slots=True)
class Route:
    """From one version of a case type to another; `names`: renamed elements, old id to new id."""

    old: Deployed
    new: Deployed
    names: Mapping[str, str]


def around_case(session: Session, case: Case, known: CaseData, version: int) -> Around:
    """The case with its instances that follow this version and did not end (its own, and those of each person), and their tasks."""
    every = session.scalars(select(Instance).where(Instance.case_id == case.id).order_by(Instance.id)).all()
    moving = [one for one in every if one.model_version_id == version and one.phase in NOT_ENDED]
    ids = {one.id for one in moving}
    tasks = session.scalars(select(TaskRow).where(TaskRow.case_id == case.id)).all()
    persons = [one for one in every if one.element]
    return Around(session, case, known, moving, persons, [one for one in tasks if one.instance_id in ids])


def reasons_against(around: Around, route: Route, now: datetime) -> tuple[str, ...]:
    """Why this case cannot follow the new version, in sentences; none when it can. Changes nothing."""
    found = list(data_misfits(around, route.old, route.new, route.names))
    for instance in around.instances:
        found += _engine_misfits(around.known, around.case, instance, route, now)
    return tuple(dict.fromkeys(found))


def _engine_misfits(known: CaseData, case: Case, instance: Instance, route: Route, now: datetime) -> Iterator[str]:
    facts = facts_from(known, case, instance, route.new, route.new)
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


def lay(run: CaseExecution, around: Around, route: Route) -> dict[str, Any]:
    """Let a locked case follow the new version; the answer is what `put_back` needs. The caller has asked `reasons_against`.

    Terms are computed again as the new version has them. Raises CannotMove and DeadlineError; then the transaction must end.
    """
    before = _before(around)
    _follow(run, route.new, around.instances)
    for instance in around.instances:
        outcome = move(
            route.old.compiled, route.new.compiled, instance.state, run.facts(instance), run.work.now, route.names
        )
        _keep(instance, outcome)
        instance.element = route.names.get(instance.element, instance.element) if instance.element else None
    _rename_tasks(around.tasks, route)
    for person in around.persons:  # by which event the time of one was over: who asked goes on by that event
        person.lapsed_by = route.names.get(person.lapsed_by, person.lapsed_by) if person.lapsed_by else None
    return before


def put_back(run: CaseExecution, old: Deployed, before: Mapping[str, Any]) -> None:
    """Let a locked case, on which nobody worked since `lay`, follow the old version again, just as it was."""
    session, was = run.work.session, before["instances"]
    instances = []
    for instance in session.scalars(select(Instance).where(Instance.id.in_([int(key) for key in was]))):
        kept = was[str(instance.id)]
        instance.element, instance.lapsed_by = kept["element"], kept["lapsed_by"]
        if kept["state"] is not None:
            instance.state, instance.timers = b64decode(kept["state"]), kept["timers"]
            instance.next_due = datetime.fromisoformat(kept["next_due"]) if kept["next_due"] else None
            instances.append(instance)
    for task in session.scalars(select(TaskRow).where(TaskRow.id.in_(list(before["tasks"])))):
        task.element, task.name, task.role = before["tasks"][task.id]
    _follow(run, old, instances)


def _follow(run: CaseExecution, version: Deployed, instances: Sequence[Instance]) -> None:
    run.case.model_version_id, run.root = version.id, version
    for instance in instances:
        instance.model_version_id = version.id
    run.case.row_version += 1
    for _ in range(LOOKS):
        run.recompute()
        if not run.stale:
            break


def _keep(instance: Instance, outcome: Outcome) -> None:
    instance.state, instance.next_due = outcome.state, outcome.step.next_due
    instance.timers = [
        {"element": timer.element, "due": timer.due.isoformat() if timer.due else None} for timer in outcome.step.timers
    ]


def _before(around: Around) -> dict[str, Any]:
    """Everything that `lay` changes; of an instance that ended only what a rename can reach."""
    moved = {one.id for one in around.instances}
    instances = {one.id: one for one in (*around.instances, *around.persons)}
    return {
        "instances": {str(one.id): _kept(one, moved=one.id in moved) for one in instances.values()},
        "tasks": {one.id: [one.element, one.name, one.role] for one in around.tasks},
    }


def _kept(instance: Instance, *, moved: bool) -> dict[str, Any]:
    return {
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
