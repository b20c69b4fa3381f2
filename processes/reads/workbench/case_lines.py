"""The lines of lists of cases: what a row says of a case, with the name of its status and who filed it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.execution.reopened import statuses_of
from processes.reads.workbench.legal import Due, legal_of
from processes.reads.workbench.words import filers, objectors
from processes.storage.among import among
from processes.storage.asked_ahead import Question, answer, ask_ahead
from processes.storage.fast import PreparedQuery
from processes.storage.services import Services
from processes.storage.tables import Case


class _Row(NamedTuple):
    """The columns that are asked of a case for its line, under the names of its columns."""

    id: int
    number: str
    title: str
    subject: str
    status: str | None
    state: str
    handler: str | None
    received_on: date
    alarm: str | None
    legal_on: date
    court_on: date
    model_version_id: int


@dataclass(frozen=True, slots=True)
class CaseLine:
    id: int
    number: str
    title: str
    subject: str
    objector: str
    status: str
    state: str
    handler: str | None
    received_on: date
    legal: Due
    alarm: bool


def lines_of(
    session: Session, services: Services, shown: Sequence[int], now: datetime, names: Mapping[str, str]
) -> tuple[CaseLine, ...]:
    """The lines of the cases with these ids, in their order. `names`: of colleagues by number. Two statements, in one go."""
    ids = tuple(shown)
    ask_ahead(session, lines_ahead(ids))
    rows = {row.id: row for row in line_rows(session, ids)}
    filed, statuses = objectors(session, ids), _statuses(session, services, rows.values())
    return tuple(
        CaseLine(
            id=row.id, number=row.number, title=row.title, subject=row.subject, objector=filed.get(row.id, ""),
            status=statuses[row.model_version_id, row.status], state=row.state,
            handler=names.get(row.handler, row.handler) if row.handler else None,
            received_on=row.received_on, legal=legal_of(row, now), alarm=bool(row.alarm),
        )
        for id_ in shown
        if (row := rows.get(id_))
    )  # fmt: skip


def lines_ahead(ids: tuple[int, ...]) -> list[Question]:
    """The questions for what lines say of these cases (`line_rows`) and for who filed them (`objectors`)."""
    return [(_columns(), {"cases": ids}), (filers(), {"cases": ids})]


def line_rows(session: Session, ids: tuple[int, ...]) -> list[_Row]:
    """The columns of these cases that lines tell, in any order."""
    return [_Row._make(row) for row in answer(session, _columns(), cases=ids)]


@cache
def _columns() -> PreparedQuery:
    """The question for what lines say of cases, by their ids `cases`."""
    return PreparedQuery(select(*(getattr(Case, name) for name in _Row._fields)).where(among(Case.id, "cases")))


def _statuses(session: Session, services: Services, rows: Iterable[Any]) -> Mapping[tuple[int, str | None], str]:
    """The names of the statuses of these cases, by version and code."""
    firsts = {(row.model_version_id, row.status): row for row in rows}
    return {which: status_name(session, services, row) for which, row in firsts.items()}


def status_name(session: Session, services: Services, case: Any) -> str:
    """The name of the current status, from the case's own version of the drawing (which stays in the cache). `case`: a Case, or a row
    with the version and the code.
    """
    deployed = services.models.find(session, case.model_version_id)
    if deployed is None:
        return "zaaktype niet te lezen"
    return next(
        (status.name for status in statuses_of(deployed.model) if status.code == case.status), "nog geen status"
    )
