"""User tasks: a row for the one inbox of the side whose lane the task stands in."""

from datetime import date

from sqlalchemy import bindparam, literal_column, update
from sqlalchemy.orm.util import identity_key

from engine import Assignment, Model, Role, TaskClosed, TaskOpened, add_duration
from engine.words import LinkTo, Side, ValueType
from processes.effects.persons import ask_persons, persons_in
from processes.effects.requests import ask_by_link
from processes.execution.case_execution import CaseExecution
from processes.storage.fast import execute_later, insert_rows
from processes.storage.tables import Instance, Party, TaskRow
from processes.storage.words import TaskState

CLOSE = (
    update(TaskRow)
    .where(TaskRow.id == bindparam("task"), TaskRow.instance_id == bindparam("instance"))
    .where(TaskRow.state == literal_column(f"'{TaskState.OPEN}'"))
    .values(
        state=bindparam("to", type_=TaskRow.state.type),
        done_at=bindparam("at", type_=TaskRow.done_at.type),
        done_by=bindparam("by", type_=TaskRow.done_by.type),
        done_as=bindparam("named", type_=TaskRow.done_as.type),
        row_version=TaskRow.row_version + literal_column("1"),
    )
)


def opened(run: CaseExecution, instance: Instance, effect: TaskOpened) -> None:
    """A task in the inbox of citizen, department, worker or committee."""
    model = run.work.deployed(instance.model_version_id).model
    element = model.elements[effect.element]
    role = model.role_of(effect.element)
    due = _due(run, element.assignment) or _due_of_case(run, instance, model)
    if run.stale:
        run.recompute()
    kept = run.urgency.of_new_task(run.case, run.data.known_deadlines(), due)
    row = {
        "id": effect.task, "case_id": run.case.id, "instance_id": instance.id, "element": effect.element,
        "name": element.name or effect.element, "side": role.side if role else Side.WORKER,
        "role": element.assignment.role if element.assignment else None, "party_role": _meant_for(run, instance, role),
        "party_id": party_of(run, instance),
        "state": TaskState.OPEN, "opened_at": run.work.now, "due": due,
        "row_version": 1, **kept,
    }  # fmt: skip
    insert_rows(run.work.session, TaskRow.__table__, [row])
    if role and role.link == LinkTo.PERSON and role.party:
        persons = persons_in(run.work, run.case, role.party, party_of(run, instance))
        ask_persons(run.work, run.case, effect.task, str(row["name"]), persons, role.party)
    elif row["side"] == Side.DEPARTMENT:
        ask_by_link(run, instance, effect.task, element)


def _meant_for(run: CaseExecution, instance: Instance, role: Role | None) -> str | None:
    """The party role whose task it is: of one person among several, the own. None of a department, which answers through
    its mailbox.
    """
    one = run.work.session.get(Party, instance.party_id) if instance.element and instance.party_id else None
    if one is not None:
        return one.role
    return None if role is None or (role.side == Side.DEPARTMENT and role.link == LinkTo.MAILBOX) else role.party


def party_of(run: CaseExecution, instance: Instance) -> int | None:
    """The one party that an instance is for: of several in a role, or called for one (`item`, an input of type party). None
    when it is for all.
    """
    if instance.element:
        return instance.party_id
    declared = run.work.deployed(instance.model_version_id).model.inputs.get("item")
    item = run.data.values(instance).get("item") if declared and declared.type == ValueType.PARTY else None
    return item if isinstance(item, int) else None


def closed(run: CaseExecution, instance: Instance, effect: TaskClosed) -> None:
    """The task is done, or the drawing took it away."""
    role = run.work.deployed(instance.model_version_id).model.role_of(effect.element)
    if role and (role.side == Side.CITIZEN or role.link == LinkTo.PERSON):
        run.answered = effect.task
    state = TaskState.CANCELLED if effect.cancelled else TaskState.DONE
    actor = run.work.actor
    done_by, done_as = (None, None) if effect.cancelled else (actor.party_subject, actor.signed_for_another)
    if instance.element == effect.element and not effect.cancelled:
        instance.answered = True
    row = run.work.session.identity_map.get(identity_key(TaskRow, effect.task))
    if row is None:
        _close(run, instance, effect.task, state, done_by, done_as)
    elif row.state == TaskState.OPEN and row.instance_id == instance.id:
        row.state, row.done_at, row.row_version = state, run.work.now, row.row_version + 1
        row.done_by, row.done_as = done_by, done_as


def _close(
    run: CaseExecution, instance: Instance, task: str, state: str, done_by: str | None, done_as: str | None
) -> None:
    """One that this change has not read."""
    mine = {"task": task, "instance": instance.id}
    by = {"by": done_by, "named": done_as}
    execute_later(run.work.session, CLOSE, {**mine, "to": state, "at": run.work.now, **by})


def _due(run: CaseExecution, assignment: Assignment | None) -> date | None:
    if assignment is None or assignment.lead_time is None:
        return None
    closed = run.data.book().equalised
    return add_duration(run.work.today, assignment.lead_time, assignment.calendar, closed)


def _due_of_case(run: CaseExecution, instance: Instance, model: Model) -> date | None:
    """A called process that works with one deadline of its case: then its tasks are due on that date."""
    if model.case_type or len(model.deadlines) != 1:
        return None
    found = run.facts(instance).get(f"deadline.{next(iter(model.deadlines))}")
    return found if isinstance(found, date) else None
