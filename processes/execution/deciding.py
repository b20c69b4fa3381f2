"""The taker of the decision of a case: somebody under mandate, or an administrative body itself on the day of a meeting.

The drawing says at its task with `mandate` which values hold it: `body` in whose name, `takenBy` by whom, `takenOn` when
(docs/bpmn-profile.md). Who filled in that task, is who decided under mandate (Awb 10:10).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from engine import Assignment, Model
from engine.words import AdministrativeBody, DecidedHow
from processes.base.clock import local_date
from processes.base.errors import Invalid
from processes.base.typed_values import as_day
from processes.execution.case_execution import CaseExecution
from processes.storage.tables import Instance, TaskRow
from processes.storage.words import TaskState


@dataclass(frozen=True, slots=True)
class Taken:
    """The taker of a decision. `itself`: the body did, on the day `on`; else somebody in its name, `by` that number of staff if known."""

    body: str
    itself: bool = False
    on: date | None = None
    by: str | None = None


def taken_by_itself(assignment: Assignment, values: Mapping[str, Any]) -> bool:
    """Whether this answer says that a body decided itself. Awb 10:3(3) is about mandate: it does not bind a body."""
    taken_by = values.get(assignment.taken_by or "")
    return taken_by is not None and taken_by != DecidedHow.MANDATE


def check_taken(assignment: Assignment, values: Mapping[str, Any], today: date) -> None:
    """A body decides on a day that is known and has come. Raises Invalid at the field of that day."""
    if assignment.taken_on is None or not taken_by_itself(assignment, values):
        return
    day = as_day(values.get(assignment.taken_on))
    if day is None:
        raise Invalid({assignment.taken_on: "Vul in op welke dag het bestuursorgaan heeft beslist."})
    if day > today:
        raise Invalid({assignment.taken_on: "Deze dag moet nog komen. Leg de beslissing vast als zij is genomen."})


def decided_in_codes(
    run: CaseExecution, instance: Instance, assignment: Assignment, values: Mapping[str, Any]
) -> dict[str, str]:
    """The detail of who decided for the audit trail, once these `values` are stored; empty when they take no decision."""
    by = values.get(assignment.taken_by or "")
    if by is None:
        return {}
    found = taken(run, instance, asking=False)
    return {"by": str(by), "body": found.body, **({"day": found.on.isoformat()} if found.on else {})}


def body_of(run: CaseExecution, instance: Instance | None = None) -> str:
    """The code of the administrative body that decides in this case: as was filled in, else the college. `instance` as in `taken`."""
    return taken(run, instance, asking=False).body


def taken(run: CaseExecution, instance: Instance | None = None, *, asking: bool = True) -> Taken:
    """The taker of the decision of this case, or who will take it; of a process that takes one itself, such as a part decision, of
    that. `asking`: also look up who decided under mandate.
    """
    own, model = _deciding_process(run, instance)
    assignment, values = deciding(model), run.facts(own)
    by_itself = values.get(assignment.taken_by or "")
    if by_itself and by_itself != DecidedHow.MANDATE:
        return Taken(str(by_itself), itself=True, on=as_day(values.get(assignment.taken_on or "")))
    body = str(values.get(assignment.body or "") or AdministrativeBody.COLLEGE)
    return Taken(body, by=_decider(run, own, model) if asking else None)


def _deciding_process(run: CaseExecution, instance: Instance | None) -> tuple[Instance, Model]:
    """The process in which is decided, with its drawing: this one when it has a task for it, else that of the case."""
    if instance is not None and not instance.is_root and not instance.element:
        model = run.work.deployed(instance.model_version_id).model
        if any(one.assignment and one.assignment.mandate for one in model.elements.values()):
            return instance, model
    return run.root_instance(), run.root.model


def deciding(model: Model) -> Assignment:
    """The settings of the task in which a decision is taken; empty ones when no task takes any."""
    found = (element.assignment for element in model.elements.values() if element.assignment)
    tasks = [one for one in found if one.mandate or one.taken_by or one.body]
    return max(tasks, key=lambda one: (one.taken_by is not None, one.mandate), default=Assignment(""))


def decided_on(run: CaseExecution, instance: Instance | None = None) -> date:
    """The day of the decision: that of the meeting, or on which somebody decided under mandate; today when neither is known."""
    itself = taken(run, instance, asking=False).on
    task = None if itself else _decision_task(run, *_deciding_process(run, instance))
    return itself or (local_date(task.done_at) if task and task.done_at else run.work.today)


def _decider(run: CaseExecution, own: Instance, model: Model) -> str | None:
    task = _decision_task(run, own, model)
    return task.done_by if task else None


def _decision_task(run: CaseExecution, own: Instance, model: Model) -> TaskRow | None:
    """The last task of this process that was done in which a decision is taken."""
    elements = [one.id for one in model.elements.values() if one.assignment and one.assignment.mandate]
    if not elements:
        return None
    done = select(TaskRow).where(
        TaskRow.case_id == run.case.id, TaskRow.element.in_(elements), TaskRow.state == TaskState.DONE
    )
    if not own.is_root:
        done = done.where(TaskRow.instance_id == own.id)
    return run.work.session.scalar(done.order_by(TaskRow.done_at.desc(), TaskRow.id.desc()).limit(1))
