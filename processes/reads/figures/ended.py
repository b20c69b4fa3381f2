"""The cases that were closed in a period, as figures need them: how each ended, how long it took, and whether the decision came in time.

In time: each term for a decision (of the law or of a court) was met by its last day, as it stood then with every extension and
standstill. A term that stood still when the case ended was in time. A case without such a term counts as neither.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine import Model
from processes.base.clock import local_date
from processes.execution.default_of_decision import is_to_decide
from processes.execution.urgency import LEGAL
from processes.law import LawBook
from processes.reads.figures.period import Period
from processes.reads.figures.scope import FigureScope
from processes.storage.tables import Case, DeadlineRow

# rules that also end with what somebody asked for, and cost no penalty: a complaint (Awb 9:11), a new decision after a ruling (8:55d)
DECIDE_TOO: Final = frozenset({"awb-9-11", "awb-8-55d"})


@dataclass(frozen=True, slots=True)
class EndedCase:
    """`days` from the day it was received to the day it was closed. `in_time` is None without a term for a decision; `extended`: such
    a term was made longer.
    """

    id: int
    case_type: str
    result: str | None
    received_on: date
    closed_on: date
    in_time: bool | None
    extended: bool

    @property
    def days(self) -> int:
        return (self.closed_on - self.received_on).days


def ended_in(session: Session, scope: FigureScope, period: Period, book: LawBook) -> tuple[EndedCase, ...]:
    """Two statements, which read the cases of the period."""
    within = closed_within(scope, period)
    decides = {(code, term) for code, one in scope.types.items() for term in terms_to_decide(one.model, book)}
    terms: dict[int, list[Any]] = {}
    asked = select(
        DeadlineRow.case_id,
        Case.case_type,
        DeadlineRow.code,
        DeadlineRow.due,
        DeadlineRow.met_on,
        DeadlineRow.extensions,
    )
    of_law = DeadlineRow.kind.in_(sorted(LEGAL))
    for row in session.execute(asked.join(Case, Case.id == DeadlineRow.case_id).where(of_law, *within)):
        if (row.case_type, row.code) in decides:
            terms.setdefault(row.case_id, []).append(row)
    cases = select(Case.id, Case.case_type, Case.result, Case.received_on, Case.closed_at).where(*within)
    return tuple(
        EndedCase(
            row.id, row.case_type, row.result, row.received_on, local_date(row.closed_at), _in_time(mine),
            any(one.extensions for one in mine),
        )
        for row in session.execute(cases)
        for mine in (terms.get(row.id, []),)
    )  # fmt: skip


def closed_within(scope: FigureScope, period: Period) -> tuple[ColumnElement[bool], ...]:
    """Conditions on Case, which an index on the moment of closing serves."""
    return Case.closed_at >= period.begins, Case.closed_at < period.ends, scope.of(Case.case_type)


def terms_to_decide(model: Model, book: LawBook) -> Iterable[str]:
    """The codes of the terms of a drawing within which the answer to what was filed must come."""
    return [
        code for code, term in model.deadlines.items() if term.rule in DECIDE_TOO or is_to_decide(model, code, book)
    ]


def counted(ended: Iterable[EndedCase]) -> tuple[int, int]:
    """How many of these have a term for a decision, and how many of those were in time."""
    known = [one.in_time for one in ended if one.in_time is not None]
    return len(known), sum(known)


def by_type(ended: Iterable[EndedCase]) -> Mapping[str, list[EndedCase]]:
    found: dict[str, list[EndedCase]] = {}
    for one in ended:
        found.setdefault(one.case_type, []).append(one)
    return found


def days_of(ended: Iterable[EndedCase]) -> dict[int, int]:
    """How many took how many days."""
    found: dict[int, int] = {}
    for one in ended:
        found[one.days] = found.get(one.days, 0) + 1
    return found


def _in_time(terms: Iterable[Any]) -> bool | None:
    rows = list(terms)
    if not rows:
        return None
    return all(row.due is None or row.met_on is None or row.met_on <= row.due for row in rows)
