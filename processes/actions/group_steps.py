"""How far a step is that is done in all cases of a group: begun, done, refused and why, and tried again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import false, select

from processes.access.guards import only_staff
from processes.access.staff_scope import HANDLES, seen_cases
from processes.actions.tasks import CompleteTask
from processes.base.actor import StaffRole
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from processes.execution.groups import group_of, members_now, with_own_words
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, CaseGroupRow, CaseGroupStep, TaskRow
from processes.storage.words import GroupStepState, OutboxKind

EXPLANATION: Final = ""  # under which the explanation of the result stands among what was typed
AT_DESK: Final = (*HANDLES, StaffRole.COMMITTEE)


def begin_group_steps(
    work: UnitOfWork, task: TaskRow, first: CompleteTask, others: Sequence[str], exceptions: Mapping[str, str]
) -> CompleteTask:
    """Keep that this step is now done in the cases of the group of its case; the answer is the own form, with the own words in it.

    A step that a colleague began in another case of the group is left to that press. Raises Invalid for an exception outside the group.
    """
    case = work.lock_case_of(task.id)
    group = group_of(work.session, case.id)
    _forget_elsewhere(work, others, group)
    if group is None:
        if exceptions:
            raise Invalid({"together": "Een andere uitkomst kan alleen in zaken van een groep."})
        return first
    of_group = (TaskRow.id.in_([task.id, *others]), Case.id.in_(members_now(group.id)), seen_cases(work.actor))
    found = work.session.scalars(select(TaskRow).join(Case, Case.id == TaskRow.case_id).where(*of_group)).all()
    if set(exceptions) - {one.id for one in found}:
        raise Invalid({"together": "Een andere uitkomst kan alleen in zaken van een groep."})
    typed = _typed(first)
    for row in steps_for(work, group, found, task.id):
        if row.task == task.id:
            row.state, row.first_task, row.done_at = GroupStepState.DONE, task.id, work.now
            row.begun_at, row.begun_by = work.now, work.actor.subject
        elif row.first_task == task.id:
            row.outcome, row.typed = exceptions.get(row.task, ""), typed or None
    values, explanation = as_typed(work, case, typed, dict(first.values), first.explanation)
    return replace(first, values=values, explanation=explanation)


def _forget_elsewhere(work: UnitOfWork, tasks: Sequence[str], group: CaseGroupRow | None) -> None:
    """Delete the rows of these tasks in a group that their case has left, and in which they were not done: now they are done in another way."""
    inside = CaseGroupStep.case_id.in_(members_now(group.id)) if group else false()
    left = (CaseGroupStep.task.in_(tasks), CaseGroupStep.state != GroupStepState.DONE, ~inside)
    for row in work.session.scalars(select(CaseGroupStep).where(*left)):
        work.session.delete(row)
    work.session.flush()


def steps_for(
    work: UnitOfWork, group: CaseGroupRow, tasks: Sequence[TaskRow], first: str | None, session_id: int | None = None
) -> list[CaseGroupStep]:
    """A row for each of these tasks that waits for a worker; one that waits already, or was done, stays as it is.

    The group is locked, so that of two presses at once the second finds the rows of the first. Who locks a case too does that before.
    """
    work.session.execute(select(CaseGroupRow.id).where(CaseGroupRow.id == group.id).with_for_update())
    known = {
        row.task: row
        for row in work.session.scalars(
            select(CaseGroupStep)
            .where(CaseGroupStep.task.in_([one.id for one in tasks]))
            .order_by(CaseGroupStep.task)
            .with_for_update()
        )
    }
    for task in sorted(tasks, key=lambda one: one.id):
        row = known.get(task.id)
        if row and row.state != GroupStepState.REFUSED:
            continue
        if row is None:
            row = known[task.id] = CaseGroupStep(task=task.id, case_id=task.case_id)
            work.session.add(row)
        row.group_id, row.name, row.first_task, row.session_id = group.id, task.name, first, session_id
        row.outcome, row.typed, row.why, row.state = "", None, "", GroupStepState.WAITING
        row.begun_at, row.begun_by, row.done_at = work.now, work.actor.subject, None
    return list(known.values())


def _typed(first: CompleteTask) -> dict[str, Any]:
    """The answers of the form as they were typed: a later step may change them in the own case before the others are done."""
    typed = {code: value for code, value in first.values.items() if _is_kept(value)}
    return {**typed, EXPLANATION: first.explanation} if first.explanation else typed


def _is_kept(value: object) -> bool:
    """Whether a value can be kept as JSON just as it is."""
    if isinstance(value, list | tuple):
        return all(_is_kept(one) for one in value)
    return value is None or isinstance(value, str | bool | int)


def as_typed(
    work: UnitOfWork, case: Case, typed: Mapping[str, Any], values: Mapping[str, Any], explanation: str | None
) -> tuple[dict[str, Any], str | None]:
    """The values that this case is asked for, and the explanation, as they were typed; texts with the own words of the case."""
    filled = {
        code: with_own_words(work.session, case, value) if isinstance(value, str) else value
        for code, value in typed.items()
    }
    explained = filled.pop(EXPLANATION, explanation)
    return {**values, **{code: value for code, value in filled.items() if code in values}}, explained


def end_step(work: UnitOfWork, step: CaseGroupStep) -> None:
    """It was done in this case: what was only needed for that goes."""
    step.state, step.done_at, step.why, step.typed = GroupStepState.DONE, work.now, "", None


@dataclass(frozen=True, slots=True)
class RefuseStep:
    """The program did not do the step in this case. `like`: the task in which the form was filled in, None for a hearing."""

    task: str
    like: str | None
    why: str


def refuse_step(work: UnitOfWork, action: RefuseStep) -> str:
    """The answer is the id of the group; empty when the step is no longer of this press, or was done."""
    only_staff(work.actor, ())
    found = select(CaseGroupStep).where(CaseGroupStep.task == action.task).with_for_update()
    step = work.session.scalar(found)
    if step is None or step.first_task != action.like or step.state == GroupStepState.DONE:
        return ""
    step.state, step.why = GroupStepState.REFUSED, action.why
    return str(step.group_id)


@dataclass(frozen=True, slots=True)
class StepAgain:
    """A step that was refused in one case is tried again, as it was filled in."""

    group: int
    step: int


def step_again(work: UnitOfWork, action: StepAgain) -> str:
    """The answer is the id of the group. Raises NotFound, AlreadyDone, and NotAllowed for who did not fill in the form: it is done in
    the name of who did.
    """
    only_staff(work.actor, AT_DESK, system=False)
    mine = (CaseGroupStep.id == action.step, CaseGroupStep.group_id == action.group, seen_cases(work.actor))
    step = work.session.scalar(
        select(CaseGroupStep)
        .join(Case, Case.id == CaseGroupStep.case_id)
        .where(*mine)
        .with_for_update(of=CaseGroupStep)
    )
    if step is None:
        raise NotFound
    if step.state != GroupStepState.REFUSED:
        raise AlreadyDone("Deze stap is al gedaan, of wordt nu gedaan.")
    if step.begun_by != work.actor.subject:
        raise NotAllowed("Alleen wie de stap deed, kan hem opnieuw laten doen. Doe de stap in die zaak zelf.")
    step.state, step.why = GroupStepState.WAITING, ""
    work.audit(step.case_id, "group_step_again", group=step.group_id, step=step.id)
    enqueue_step(work, step)
    return str(step.group_id)


def enqueue_step(work: UnitOfWork, step: CaseGroupStep) -> None:
    """The work of a step that begins now. A later try is another piece of work."""
    at = work.now.isoformat()
    if step.first_task is None:
        work.enqueue(
            OutboxKind.GROUP_HEARING,
            f"group-hearing:{step.task}:{at}",
            {"task": step.task, "by": step.begun_by},
            step.case_id,
        )
        return
    payload = {"like": step.first_task, "task": step.task, "by": step.begun_by}
    work.enqueue(OutboxKind.JOINED, f"joined:{step.first_task}:{step.task}:{at}", payload, step.case_id)
