"""Deadlines as people read them: the date, what is left in words, and why this date (B4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from engine import DrawnDeadline, Model, compile_expression
from processes.base.clock import local_date
from processes.base.dutch import date_in_words, days_left_in_words, euros_in_words
from processes.execution.extending import why_not_extend
from processes.execution.fact_days import waits_for_post, waits_to_start
from processes.execution.facts import FactMap
from processes.execution.terms import deadline_of, variant_of
from processes.law import ExplainedStep, LawBook
from processes.law.court_penalty import court_penalty
from processes.storage.tables import DeadlineRow


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """`due` is None while the term stands still; `left` says it in words; `steps` explain the date. `waits`: for a letter by
    post that was not sent yet. `court` tells of a penalty that a court ordered for being late with this term; empty without one. `not_extended`: why it cannot be extended now, empty where it can.
    """

    code: str
    title: str
    legal: bool
    due: date | None
    met_on: date | None
    left: str
    late: bool
    steps: tuple[ExplainedStep, ...]
    not_extended: str
    waits: bool
    court: str = ""


def terms_of_case(
    rows: Iterable[DeadlineRow], model: Model, facts: FactMap, now: datetime, book: LawBook
) -> tuple[ShownTerm, ...]:
    """Every started deadline of a case, in the order of its rows: as they started (`rows_of`)."""
    today = local_date(now)
    terms = []
    for row in rows:
        setting = model.deadlines[row.code]
        found = deadline_of(row, setting, variant_of(setting, facts, now), book)
        due = None if waits_to_start(row) else found.due
        left = _ended(row.met_on, due) if row.met_on else _left(row, due, today)
        late = row.met_on is None and due is not None and due < today
        terms.append(
            ShownTerm(row.code, setting.title, setting.rule is not None, due, row.met_on, left, late, found.steps,
                 why_not_extend(found, today), waits_for_post(row), _ordered(setting, facts, due, row.met_on, now))
        )  # fmt: skip
    return tuple(terms)


def _left(row: DeadlineRow, due: date | None, today: date) -> str:
    return "begint nog" if waits_to_start(row) else days_left_in_words(due, today)


def _ended(on: date, due: date | None) -> str:
    return "te laat afgerond" if due is not None and on > due else "afgerond"


def _ordered(setting: DrawnDeadline, facts: FactMap, due: date | None, met: date | None, now: datetime) -> str:
    """The penalty that a court ordered, in a sentence."""
    per_day, most = _cents(setting.per_day, facts, now), _cents(setting.at_most, facts, now)
    if due is None or not per_day:
        return ""
    made = court_penalty(due, per_day, most, local_date(now), met)
    bound = f", hoogstens {euros_in_words(most)}" if most else ""
    told = f"De rechter bepaalde een dwangsom van {euros_in_words(per_day)} per dag vanaf {date_in_words(made.first)}{bound}."
    return f"{told} Tot en met nu is dat {euros_in_words(made.cents)}." if made.days else told


def _cents(text: str | None, facts: FactMap, now: datetime) -> int | None:
    """An amount in euros that an expression gives, in cents."""
    found = compile_expression(text).evaluate(facts, now) if text else None
    return round(found * 100) if isinstance(found, int | float) and not isinstance(found, bool) else None
