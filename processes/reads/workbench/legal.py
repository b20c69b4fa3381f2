"""The legal deadline of a case in a list: the first date of a law rule that is not met yet, for sorting by risk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Label, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from processes.base.clock import local_date
from processes.base.dutch import days_left_in_words
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case, DeadlineRow, ModelVersion


@dataclass(frozen=True, slots=True)
class Due:
    """A date with what is left of it in words. `on` is None while no legal term runs."""

    on: date | None
    left: str
    late: bool
    soon: bool


SOON_DAYS = 14  # two weeks: what a decision still needs after the advice


def due_of(day: date | None, now: datetime, *, closed: bool = False) -> Due:
    """The distance to a legal date, in words, and whether it is late or soon (within SOON_DAYS)."""
    today = local_date(now)
    if day is None or closed:
        return Due(None, "afgerond" if closed else "geen termijn loopt", late=False, soon=False)
    left = (day - today).days
    return Due(day, days_left_in_words(day, today), late=left < 0, soon=0 <= left <= SOON_DAYS)


def case_types(session: Session, services: Services) -> list[Deployed]:
    """The newest version of every case type that can be read, by title. One statement; the versions stay in the cache."""
    newest = select(func.max(ModelVersion.id)).where(ModelVersion.is_case_type).group_by(ModelVersion.process)
    found = services.models.readable(session, session.scalars(newest).all())
    return sorted(found, key=lambda deployed: deployed.model.name)


def is_legal(types: Sequence[Deployed], row: Any = DeadlineRow) -> ColumnElement[bool]:
    """Whether a row of deadlines, in a query on Case, is a term of the law rather than of the drawing."""
    legal = [
        and_(Case.case_type == kind.identification, row.code.in_(codes))
        for deployed in types
        if (kind := deployed.model.case_type) and (codes := _legal_codes(deployed))
    ]
    return or_(false(), *legal)


def legal_due(types: Sequence[Deployed]) -> Label[date | None]:
    """A column for a query on Case: the earliest legal date that is not met. Uses the index on deadline.case_id."""
    row = aliased(DeadlineRow)
    earliest = select(func.min(row.due)).where(row.case_id == Case.id, row.met_on.is_(None), is_legal(types, row))
    return earliest.correlate(Case).scalar_subquery().label("legal_due")


def _legal_codes(deployed: Deployed) -> list[str]:
    return [code for code, deadline in deployed.model.deadlines.items() if deadline.rule]
