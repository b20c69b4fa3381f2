"""The day of a term as people read it: what is left of it in words, whether it is late or soon, and who set it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from processes.base.clock import local_date
from processes.base.dutch import days_left_in_words
from processes.storage.asked_ahead import answer
from processes.storage.base import STILL
from processes.storage.fast import PreparedQuery
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import ModelVersion
from processes.storage.words import CaseState


@dataclass(frozen=True, slots=True)
class Due:
    """A date with what is left of it in words. `on` is None while no such term runs; `court`: a court set it."""

    on: date | None
    left: str
    late: bool
    soon: bool
    court: bool = False


STANDS_STILL: Final = "staat stil"
SOON_DAYS = 14  # two weeks: what a decision still needs after the advice


def due_of(day: date | None, now: datetime, *, closed: bool = False, court: bool = False) -> Due:
    """The distance to a date, in words, and whether it is late or soon (within SOON_DAYS). `court`: a court set it."""
    today = local_date(now)
    if day is None or closed:
        return Due(None, "afgerond" if closed else "geen termijn loopt", late=False, soon=False)
    left = (day - today).days
    return Due(day, days_left_in_words(day, today), late=left < 0, soon=0 <= left <= SOON_DAYS, court=court)


def legal_of(case: Any, now: datetime) -> Due:
    """The first day of the terms of the law and of a court that run in a Case, or in a row with its columns."""
    closed, court = case.state != CaseState.RUNNING, case.court_on == case.legal_on
    due = due_of(known_day(case.legal_on), now, closed=closed, court=court)
    return replace(due, left=STANDS_STILL) if not closed and case.legal_on == STILL else due


def known_day(kept: date) -> date | None:
    """A day of a column that sorts a list; None where there is none."""
    return kept if kept < STILL else None


def case_types(session: Session, services: Services) -> list[Deployed]:
    """The newest version of every case type that can be read, by title. One statement; the versions stay in the cache."""
    found = services.models.readable(session, [one for (one,) in answer(session, newest_types())])
    return sorted(found, key=lambda deployed: deployed.model.name)


@cache
def newest_types() -> PreparedQuery:
    """The question of `case_types`."""
    newest = select(func.max(ModelVersion.id)).where(ModelVersion.is_case_type)
    return PreparedQuery(newest.group_by(ModelVersion.process))


def titles(types: Sequence[Deployed]) -> tuple[tuple[str, str], ...]:
    """The choices of a select of case types."""
    return tuple((kind.identification, kind.title) for deployed in types if (kind := deployed.model.case_type))
