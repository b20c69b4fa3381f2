"""The days by which lists of cases and of tasks are sorted, kept by the change that moves them: an index then serves the lists.

Comes in: the terms of a case; goes out: the first day of those that run, on the case and on its open tasks. A term that is met runs not, and
neither does any of a closed case. One that stands still has no date: where none of the law runs, STILL tells it. The same in SQL, for `zaakspoor verify`
and for who makes the days right again: processes.storage.kept_days.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import Date, bindparam, case, literal_column, update
from sqlalchemy.orm import Session

from engine import DrawnDeadline
from processes.storage.base import NEVER, STILL, BigId
from processes.storage.fast import execute_later
from processes.storage.tables import Case, DeadlineRow, TaskRow
from processes.storage.words import CaseState, TaskState, TermKind

LEGAL: Final = frozenset({TermKind.LAW, TermKind.COURT})
_DAY: Final = bindparam("day", type_=Date())
TELL_TASKS: Final = (
    update(TaskRow)
    .where(TaskRow.case_id == bindparam("of_case", type_=BigId), TaskRow.state == literal_column(f"'{TaskState.OPEN}'"))
    .values(legal_on=_DAY, urgent_on=case((TaskRow.due < _DAY, TaskRow.due), else_=_DAY))
    .execution_options(synchronize_session=False)
)


def kind_of(setting: DrawnDeadline) -> TermKind:
    """The setter of a term, as its drawing says."""
    if setting.court:
        return TermKind.COURT
    return TermKind.LAW if setting.rule else TermKind.OWN


@dataclass(slots=True)
class Urgency:
    """The days of one case in one change. `told` are the first legal days that its open tasks have."""

    told: set[date] = field(default_factory=set)

    def of_new_task(self, of: Case, rows: Iterable[DeadlineRow] | None, due: date | None) -> dict[str, Any]:
        """The columns of a task that opens, with `due` as its own term. `rows` are the terms of the case, None where they
        were not read, and so did not change.
        """
        day = of.legal_on if rows is None else _first(of, rows, LEGAL)
        self.told.add(day)
        own = due or NEVER
        return {
            "case_type": of.case_type, "handler": of.handler, "confidentiality": of.confidentiality,
            "legal_on": day, "urgent_on": min(day, own),
        }  # fmt: skip

    def keep(self, session: Session, of: Case, rows: Iterable[DeadlineRow], *, tasks: bool = True) -> None:
        """Set the days of the case, and of its open tasks where they have another one. `tasks`: it may have some."""
        rows = tuple(rows)
        of.legal_on = _first(of, rows, LEGAL)
        of.court_on = _first(of, rows, {TermKind.COURT})
        of.own_on = _first(of, rows, {TermKind.OWN})
        if tasks and self.told - {of.legal_on}:
            with session.no_autoflush:
                execute_later(session, TELL_TASKS, {"of_case": of.id, "day": of.legal_on})
        self.told = {of.legal_on}


def _first(of: Case, rows: Iterable[DeadlineRow], kinds: Container[str]) -> date:
    if of.state != CaseState.RUNNING:
        return NEVER
    waits = STILL if kinds is LEGAL else NEVER
    return min((row.due or waits for row in rows if row.met_on is None and row.kind in kinds), default=NEVER)
