"""The own term that a letter holds up: it is met on the day on which the letter was sent (processes.execution.fact_days)."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal, null, select
from sqlalchemy import case as either

from processes.execution.fact_days import MET, SENT
from processes.storage.tables import Case, DeadlineRow, NoticeRow
from processes.storage.words import TermKind


def own_day_held_up() -> ColumnElement[date | None]:
    """The first day of the own terms that wait for a NoticeRow, where it comes before the first legal day of its Case; else null. Terms are looked at
    only in a case of which an own one comes first.
    """
    waits = (
        DeadlineRow.case_id == NoticeRow.case_id,
        DeadlineRow.kind == TermKind.OWN,
        DeadlineRow.met_on.is_(None),
        DeadlineRow.due < Case.legal_on,
        _among(DeadlineRow.follows[(MET, SENT)].as_string(), NoticeRow.id),
    )
    first = select(func.min(DeadlineRow.due)).where(*waits).correlate(NoticeRow, Case).scalar_subquery()
    return either((Case.own_on < Case.legal_on, first), else_=null()).label("own_day")


def _among(numbers: ColumnElement[str], wanted: Any) -> ColumnElement[bool]:
    """Whether a number stands in a list that is kept as JSON, which each database writes with spaces of its own."""
    plain = func.replace(func.replace(func.replace(numbers, " ", ""), "[", ","), "]", ",")
    return plain.contains(literal(",") + cast(wanted, String) + literal(","))
