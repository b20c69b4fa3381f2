"""Deadlines as people read them: the date, what is left in words, and why this date (B4)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from engine import Model
from processes.base.clock import local_date
from processes.base.dutch import days_left_in_words
from processes.execution.fact_days import waits_for_post, waits_to_start
from processes.execution.facts import FactMap
from processes.execution.terms import deadline_of, rows_of, variant_of
from processes.law import ExplainedStep, LawBook
from processes.storage.tables import DeadlineRow


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """`due` is None while the term stands still; `left` says it in words; `steps` explain the date. `waits`: for a letter by
    post that was not sent yet.
    """

    code: str
    title: str
    legal: bool
    due: date | None
    met_on: date | None
    left: str
    late: bool
    steps: tuple[ExplainedStep, ...]
    extendable: bool
    waits: bool


def terms_of_case(
    session: Session, case_id: int, model: Model, facts: FactMap, now: datetime, book: LawBook
) -> tuple[ShownTerm, ...]:
    """Every started deadline of a case, in the order in which they started."""
    today = local_date(now)
    terms = []
    for row in rows_of(session, case_id):
        setting = model.deadlines[row.code]
        found = deadline_of(row, setting, variant_of(setting, facts, now), book)
        due = None if waits_to_start(row) else found.due
        left = _ended(row.met_on, due) if row.met_on else _left(row, due, today)
        late = row.met_on is None and due is not None and due < today
        terms.append(
            ShownTerm(row.code, setting.title, setting.rule is not None, due, row.met_on, left, late, found.steps,
                 found.may_extend_on(today), waits_for_post(row))
        )  # fmt: skip
    return tuple(terms)


def _left(row: DeadlineRow, due: date | None, today: date) -> str:
    return "begint nog" if waits_to_start(row) else days_left_in_words(due, today)


def _ended(on: date, due: date | None) -> str:
    return "te laat afgerond" if due is not None and on > due else "afgerond"
