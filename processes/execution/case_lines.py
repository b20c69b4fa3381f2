"""The course of a case as rows: every instance without its state, and every task. In one go, for who looks how far a case went."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple, Self

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from processes.execution.queries import deadlines_question
from processes.storage.asked_ahead import answer, as_objects
from processes.storage.base import BigId
from processes.storage.fast import PreparedQuery
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case, CaseMove, Instance, TaskRow
from processes.storage.words import CaseMoveState, InstancePhase

ENDED: Final = frozenset({InstancePhase.FINISHED, InstancePhase.CANCELLED})


class ProcessLine(NamedTuple):
    """One instance of a case, without its state."""

    id: int
    model_version_id: int
    process: str
    is_root: bool
    parent_id: int | None
    parent_task: str | None
    phase: str
    started_at: datetime
    element: str | None
    timers: list[Any]

    @property
    def is_beside(self) -> bool:
        """Whether a button started it, beside the drawing of the case."""
        return self.parent_id is None and not self.is_root


@cache
def tasks_question() -> PreparedQuery:
    """Every task of the `case`, as it was opened."""
    found = select(TaskRow).where(TaskRow.case_id == bindparam("case", type_=BigId))
    return as_objects(found.order_by(TaskRow.opened_at, TaskRow.id), TaskRow)


@cache
def processes_question() -> PreparedQuery:
    """The columns of a ProcessLine, of every instance of the `case`, oldest first; with each the moment at which the case last went over
    to another version of its drawing, or back.
    """
    mine = bindparam("case", type_=BigId)
    went = select(func.max(CaseMove.at)).where(CaseMove.case_id == mine, CaseMove.state != CaseMoveState.REFUSED)
    columns = [getattr(Instance, name) for name in ProcessLine._fields]
    found = select(*columns, went.scalar_subquery().label("moved"))
    return PreparedQuery(found.where(Instance.case_id == mine).order_by(Instance.id))


@dataclass(frozen=True, slots=True)
class CaseLines:
    """`moved`: when the case last went over to another version of its drawing, None when it never did."""

    session: Session
    services: Services
    case: Case
    now: datetime
    tasks: Sequence[TaskRow]
    lines: dict[int, ProcessLine]
    moved: datetime | None = None

    @classmethod
    def of(cls, session: Session, services: Services, case: Case, now: datetime) -> Self:
        """Two questions to the database, which a page may have asked ahead."""
        found = [tuple(row) for row in answer(session, processes_question(), case=case.id)]
        lines = (ProcessLine(*row[:-1]) for row in found)
        tasks = answer(session, tasks_question(), case=case.id)
        moved = found[0][-1] if found else None
        return cls(session, services, case, now, tasks, {line.id: line for line in lines}, moved)

    def deployed(self, line: ProcessLine) -> Deployed:
        """Raises ModelUnreadable."""
        return self.services.models.version(self.session, line.model_version_id)

    def called_by(self, parent: int) -> list[ProcessLine]:
        return [one for one in self.lines.values() if one.parent_id == parent]

    def with_all_below(self, line: ProcessLine) -> Iterator[int]:
        """The ids of this instance and of everything that was called in it, at whatever depth."""
        yield line.id
        for one in self.called_by(line.id):
            yield from self.with_all_below(one)

    def started_deadlines(self) -> frozenset[str]:
        """The codes of the deadlines of the case that run or ran."""
        return frozenset(row.code for row in answer(self.session, deadlines_question(), case=self.case.id))


def calls_of(process: str, deployed: Deployed) -> list[str]:
    """The call activities of a drawing that call this process."""
    return [one.id for one in deployed.model.elements.values() if one.called == process]
