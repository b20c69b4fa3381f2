"""The open tasks of a case for its page: whose turn it is, who took it, and whether this reader may do it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from engine.words import Side
from processes.access.staff_scope import handles, kept_from
from processes.base.actor import Actor
from processes.reads.workbench.legal import Due, due_of
from processes.reads.workbench.who_may import why_not_do
from processes.reads.workbench.words import named, role_in_words
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import Case, Instance, Party, TaskRow
from processes.storage.words import TaskState

SIDES: Mapping[str, str] = {
    Side.WORKER: "Behandelaar",
    Side.COMMITTEE: "Commissie",
    Side.CITIZEN: "Indiener",
    Side.DEPARTMENT: "Afdeling",
}


@dataclass(frozen=True, slots=True)
class OpenTask:
    """`mine`: this reader may do it; `why_not`: may look but not do it, and why; `on_paper`: it is of a citizen or one person, and a worker may fill in a paper answer. `first`: of those that
    this reader may do.
    """

    id: str
    name: str
    side: str
    who: str | None
    due: Due
    opened_at: datetime
    mine: bool
    on_paper: bool
    why_not: str = ""
    first: bool = False


def open_tasks(
    session: Session, services: Services, actor: Actor, case: Case, model: Model, now: datetime
) -> tuple[OpenTask, ...]:
    """Oldest first; a committee sees its own only."""
    query = select(TaskRow).where(TaskRow.case_id == case.id, TaskRow.state == TaskState.OPEN)
    if not handles(actor):
        query = query.where(TaskRow.side == Side.COMMITTEE)
    rows = session.scalars(query.order_by(TaskRow.opened_at, TaskRow.id)).all()
    names = staff.names_of(session, (row.assignee for row in rows))
    personal = {row.id for row in rows if row.side == Side.DEPARTMENT and row.party_role}
    people = _people(session, actor, case, model) if any(row.party_id for row in rows) else {}
    inside = select(Instance.id, Instance.model_version_id).where(Instance.id.in_({row.instance_id for row in rows}))
    versions = dict(session.execute(inside).all())

    def why_not(row: TaskRow) -> str:
        deployed = services.models.find(session, versions[row.instance_id])
        return why_not_do(session, actor, row, deployed.model.elements.get(row.element) if deployed else None)

    refused = {row.id: why_not(row) for row in rows}
    mine = [row.id for row in rows if row.side in {Side.WORKER, Side.COMMITTEE} and not refused[row.id]]
    return tuple(
        OpenTask(
            id=row.id, name=row.name,
            side=_whose(row, model, people),
            who=names.get(row.assignee or ""),
            due=due_of(row.due, now), opened_at=row.opened_at, mine=row.side in {Side.WORKER, Side.COMMITTEE},
            on_paper=row.side == Side.CITIZEN or row.id in personal, why_not=refused[row.id],
            first=row.id in mine[:1],
        )
        for row in rows
    )  # fmt: skip


def _people(session: Session, actor: Actor, case: Case, model: Model) -> Mapping[int, str]:
    kept = kept_from(session, actor, case)
    rows = session.scalars(select(Party).where(Party.case_id == case.id))
    return {row.id: named(row, model, kept) for row in rows}


def _whose(task: TaskRow, model: Model, people: Mapping[int, str]) -> str:
    """The side of a task; of one person among several in a role also who that is."""
    outside = task.party_role and task.side in {Side.DEPARTMENT, Side.CITIZEN}
    side = role_in_words(task.party_role or "", model) if outside else SIDES.get(task.side, "Behandelaar")
    name = people.get(task.party_id or 0)
    return f"{side}: {name}" if name and name != side else side
