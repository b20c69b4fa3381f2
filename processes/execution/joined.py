"""Cases that are handled together: the same step, open in other cases about the same contested decision (joined and mass objections)."""

from typing import Any, Final

from sqlalchemy import CompoundSelect, Select, SelectBase, and_, func, select, union_all
from sqlalchemy.orm import aliased

from engine.words import Side
from processes.execution.forms import components_of
from processes.execution.groups import is_grouped, others_in_group
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


def alike(case: Case) -> CompoundSelect[int]:
    """Ids of the cases in which a step of this one may be done too: those of its group and those related as joined. Cases about the same
    decision as well, while neither that case nor this one is in a group: a group says itself which cases it is.
    """
    related = select(CaseRelation.other_id).where(
        CaseRelation.case_id == case.id, CaseRelation.kind == Relation.GEVOEGD
    )
    same = same_decision(case.id).subquery()
    free = select(same.c.case_id).where(~is_grouped(case.id), ~is_grouped(same.c.case_id))
    return union_all(others_in_group(case.id), related, free)


def same_step(task: TaskRow, case: Case, among: SelectBase | None = None) -> Select[TaskRow, Case]:
    """The open tasks of the same step in other running cases of the same type: those of `alike`, or those `among` these ids."""
    wanted: tuple[Any, ...] = (
        TaskRow.element == task.element, TaskRow.side == task.side, TaskRow.state == TaskState.OPEN, Instance.is_root,
        Case.case_type == case.case_type, Case.id != case.id, Case.state == CaseState.RUNNING,
    )  # fmt: skip
    return (
        select(TaskRow, Case)
        .join(Case, Case.id == TaskRow.case_id)
        .join(Instance, Instance.id == TaskRow.instance_id)
        .where(*wanted, Case.id.in_(alike(case) if among is None else among))
        .order_by(Case.id)
    )
