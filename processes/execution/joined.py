"""Cases that are handled together: the same step, open in other cases about the same contested decision (joined and mass objections)."""

from typing import Any, Final

from sqlalchemy import Select, and_, func, select, union_all
from sqlalchemy.orm import aliased

from engine.words import Side
from processes.execution.forms import components_of
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, CaseRelation, Decision, Instance, TaskRow
from processes.storage.words import CaseState, Relation, TaskState

MOST: Final = 200  # other cases in one press
# questions about the papers or the dates of one case, which everybody answers for that case alone
OF_ONE_CASE: Final = frozenset({
    "court-only", "in-time", "inspection", "inventory", "redactions", "concerns", "asked-again", "view-answers", "delivery-judgement", "documents-upload", "decisions",
})  # fmt: skip


def may_be_joined(deployed: Deployed, task: TaskRow) -> bool:
    """Whether a step of staff can be done in several cases at once: its form asks nothing that is of one case alone."""
    parts = components_of(deployed, task.element)
    of_staff = task.side in {Side.WORKER, Side.COMMITTEE}
    return of_staff and bool(parts) and not OF_ONE_CASE & {str(part.get("type")) for part in parts}


def same_decision(case_id: int) -> Select[int]:
    """Ids of the cases that are about a contested decision of this case too, known by number and department."""
    mine, theirs = aliased(Decision), aliased(Decision)
    department = func.coalesce(mine.department, "") == func.coalesce(theirs.department, "")
    same = and_(theirs.number == mine.number, department)
    return select(theirs.case_id).join(mine, same).where(mine.case_id == case_id, mine.number != "")


def same_step(task: TaskRow, case: Case) -> Select[TaskRow, Case]:
    """The open tasks of the same step in running cases of the same type that are joined to this one or about the same decision."""
    joined = select(CaseRelation.other_id).where(CaseRelation.case_id == case.id, CaseRelation.kind == Relation.GEVOEGD)
    alike: tuple[Any, ...] = (
        TaskRow.element == task.element, TaskRow.side == task.side, TaskRow.state == TaskState.OPEN, Instance.is_root,
        Case.case_type == case.case_type, Case.id != case.id, Case.state == CaseState.RUNNING,
    )  # fmt: skip
    return (
        select(TaskRow, Case)
        .join(Case, Case.id == TaskRow.case_id)
        .join(Instance, Instance.id == TaskRow.instance_id)
        .where(*alike, Case.id.in_(union_all(same_decision(case.id), joined)))
        .order_by(Case.id)
    )
