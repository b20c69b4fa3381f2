"""The deadlines of a case: from what the drawing declares and what happened, to the date that counts.

Nothing here knows the law; processes.law does. A date is kept in its row for lists; computing again gives the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import DrawnDeadline as Setting
from engine import Duration, Model, compile_expression
from processes.base.clock import local_date
from processes.execution.fact_days import counts, waits_to_start
from processes.execution.facts import FactMap
from processes.law import ComputedDeadline, DeadlineRequest, Extension, LawBook, Suspension, compute, next_warning
from processes.storage.tables import DeadlineRow

BY_HAND = "by_hand"  # marks a suspension that a worker recorded, outside the drawing


@dataclass(frozen=True, slots=True)
class ChosenLength:
    """The variant and the length (ISO 8601) that the expressions of a drawing give a deadline; None where they give nothing."""

    variant: str | None = None
    length: str | None = None


def deadline_of(row: DeadlineRow, setting: Setting, chosen: ChosenLength, book: LawBook) -> ComputedDeadline:
    """The deadline with its explanation. Raises DeadlineError when the law does not know the rule."""
    return compute(request_of(row, setting, chosen), book)


def request_of(row: DeadlineRow, setting: Setting, chosen: ChosenLength) -> DeadlineRequest:
    """The input for computing a stored deadline. A term without a law rule has another duration as its variant."""
    return DeadlineRequest(
        start=row.started_on,
        rule=setting.rule,
        variant=chosen.variant if setting.rule else None,
        duration=chosen.length or chosen.variant or setting.duration if setting.duration else None,
        length=chosen.length if setting.rule else None,
        calendar=setting.calendar,
        title=setting.title,
        suspensions=tuple(Suspension.from_dict(item) for item in row.suspensions if counts(item)),
        extensions=tuple(Extension.from_dict(item) for item in row.extensions),
    )


def recompute(rows: Iterable[DeadlineRow], model: Model, facts: FactMap, now: datetime, book: LawBook) -> bool:
    """Set the date of every started deadline, and the day of its next warning; True when one of them moved."""
    moved = False
    for row in rows:
        setting = model.deadlines[row.code]
        before = row.started_on, row.due
        if follows_facts(setting):
            row.started_on = start_of(setting, facts, now, otherwise=row.started_on)
        found = deadline_of(row, setting, variant_of(setting, facts, now), book)
        row.due = None if waits_to_start(row) else found.due
        plan_warning(row, setting, before[1], local_date(now), book)
        moved = moved or before != (row.started_on, row.due)
    return moved


def own_terms(
    rows: Iterable[DeadlineRow], model: Model, facts: FactMap, started: date, now: datetime, book: LawBook
) -> FactMap:
    """The dates of deadlines for one person of several who was asked later than the others, on the day `started`: a term
    that began with the question begins for this person on that day. Nobody gets less time by joining late.
    """
    found: FactMap = {}
    for row in rows:
        setting = model.deadlines[row.code]
        if row.due is None or setting.rule or follows_facts(setting) or row.started_on >= started:
            continue
        request = replace(request_of(row, setting, variant_of(setting, facts, now)), start=started)
        found[f"deadline.{row.code}"] = compute(request, book).due
    return found


def as_letters_say(
    rows: Iterable[DeadlineRow], model: Model, facts: FactMap, now: datetime, book: LawBook
) -> dict[str, date | None]:
    """By name of the fact, the date of each term that waits for its letter, as if that is sent today: letters tell this one."""
    return {
        f"deadline.{row.code}": deadline_of(row, setting, variant_of(setting, facts, now), book).due
        for row in rows
        if waits_to_start(row) and (setting := model.deadlines[row.code])
    }


def plan_warning(row: DeadlineRow, setting: Setting, was: date | None, today: date, book: LawBook) -> None:
    """Say when people must next be warned. `was` is the date before: as long as it stays, so does what was planned."""
    if row.met_on is not None or row.due is None:
        row.warn_on = None
    elif row.due != was or (row.warn_on is None and row.warned_for is None):
        row.warn_on = next_warning(row.due, setting.warnings, today, row.warned_for, book.equalised)


def rows_of(session: Session, case_id: int) -> Sequence[DeadlineRow]:
    return session.scalars(select(DeadlineRow).where(DeadlineRow.case_id == case_id).order_by(DeadlineRow.id)).all()


def variant_of(setting: Setting, facts: FactMap, now: datetime) -> ChosenLength:
    """The variant of the law rule and the length that the drawing's expressions give; None for each without one."""
    variant = _text(compile_expression(setting.variant).evaluate(facts, now)) if setting.variant else None
    length = compile_expression(setting.length).evaluate(facts, now) if setting.length else None
    return ChosenLength(variant, _iso(length))


def _iso(length: Any) -> str | None:
    """A duration of days as ISO 8601; None for nothing, and for a length that is no term (0 weeks)."""
    if not isinstance(length, Duration) or not length.forward or not length.days:
        return None
    return f"P{length.days}D"


def follows_facts(setting: Setting) -> bool:
    """Whether day 0 is read from the case. One that says `today()` was that day once, and stays it."""
    return bool(compile_expression(setting.start_from).names)


def names_fact(setting: Setting, name: str) -> bool:
    """Whether day 0, the variant or the length of this deadline is read from the fact with this name."""
    texts = (setting.start_from, setting.variant, setting.length)
    return any(name in compile_expression(text).names for text in texts if text)


def corrects_start(row: DeadlineRow, setting: Setting) -> bool:
    """Whether day 0 of this term can be corrected by hand: it came from the moment of a step, and from no date of the case."""
    return not follows_facts(setting) and row.met_on is None


def start_of(setting: Setting, facts: FactMap, now: datetime, *, otherwise: date) -> date:
    """Day 0 of a deadline; `otherwise` when the drawing's expression gives nothing."""
    found = compile_expression(setting.start_from).evaluate(facts, now)
    if isinstance(found, datetime):
        return local_date(found)
    return found if isinstance(found, date) else otherwise


def _text(value: Any) -> str | None:
    return str(value) if value is not None else None
