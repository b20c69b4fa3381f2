"""The dates from which the terms of a case count: what may be true of them, and what moves when they are corrected.

The same rules hold when a case is registered and when its dates are corrected later. Fields in the answers are those of
the forms: `received_on`, `decision-0-announced_on`.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.base.marks import mark_of
from processes.execution.case_data import of_decisions
from processes.execution.facts import ANNOUNCED, LATE, FactMap, is_late
from processes.execution.queries import CaseDataRow
from processes.execution.terms import follows_facts, recompute, start_of
from processes.law import LawBook
from processes.storage.tables import Case, DeadlineRow, Decision, DepartmentRow

ROUNDS = 10  # a date that others read as a fact may move them, and they others


class OfDecision(Protocol):
    """The fields of a contested decision that the law needs."""

    @property
    def taken_on(self) -> date | None: ...
    @property
    def announced_on(self) -> date | None: ...
    @property
    def department(self) -> str | None: ...
    @property
    def missing(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class DecisionDates:
    """The dates of one contested decision; `id` is its row. A failure to decide (`missing`) has no dates."""

    id: int
    taken_on: date | None
    announced_on: date | None
    department: str | None
    missing: bool
    woo: bool


@dataclass(frozen=True, slots=True)
class CaseDates:
    received_on: date
    postmark_on: date | None
    decisions: tuple[DecisionDates, ...]

    @property
    def seen(self) -> str:
        """A mark of exactly these dates: who corrects them says with it what was on the page."""
        return mark_of(self)


def dates_of(session: Session, case: Case) -> CaseDates:
    """The dates as they are stored."""
    rows = session.scalars(select(Decision).where(Decision.case_id == case.id).order_by(Decision.id))
    decisions = tuple(
        DecisionDates(row.id, row.taken_on, row.announced_on, row.department, row.missing, row.woo) for row in rows
    )
    return CaseDates(case.received_on, case.postmark_on, decisions)


def dates_wrong(session: Session, dates: CaseDates, today: date) -> dict[str, str]:
    wrong = receipt_wrong(dates.received_on, dates.postmark_on, today)
    departments = set(session.scalars(select(DepartmentRow.code)))
    for at, decision in enumerate(dates.decisions):
        wrong.update(decision_wrong(at, decision, today, departments))
    return wrong


def receipt_wrong(received_on: date, postmark_on: date | None, today: date) -> dict[str, str]:
    wrong = {}
    if received_on > today:
        wrong["received_on"] = "De datum van ontvangst ligt in de toekomst. Vul een datum tot en met vandaag in."
    if postmark_on and postmark_on > received_on:
        wrong["postmark_on"] = "De poststempel kan niet na de ontvangst liggen."
    return wrong


def decision_wrong(at: int, decision: OfDecision, today: date, departments: Container[str]) -> dict[str, str]:
    """`at` is the number of the decision in the form, `departments` the codes of all there are."""
    wrong = {}
    if not decision.missing and decision.announced_on is None:
        wrong[f"decision-{at}-announced_on"] = (
            "Vul in wanneer het besluit is bekendgemaakt. Is er nog geen besluit? Dan hoort er een ingebrekestelling bij."
        )
    if decision.taken_on and decision.announced_on and decision.announced_on < decision.taken_on:
        wrong[f"decision-{at}-announced_on"] = "Een besluit kan niet bekend zijn gemaakt voordat het is genomen."
    if decision.announced_on and decision.announced_on > today:
        wrong[f"decision-{at}-announced_on"] = "Deze datum ligt in de toekomst."
    if decision.department and decision.department not in departments:
        wrong[f"decision-{at}-department"] = "Kies een afdeling uit de lijst."
    return wrong


def date_without_term(decisions: Sequence[OfDecision]) -> dict[str, str]:
    """The law has no term from the day that was typed: a year of long ago is nearly always a slip."""
    days = {f"decision-{at}-announced_on": d.announced_on for at, d in enumerate(decisions) if d.announced_on}
    field = min(days, key=lambda name: days[name], default="received_on")
    return {field: "Vanaf deze datum is geen wettelijke termijn te berekenen. Controleer het jaar."}


def facts_with(facts: FactMap, dates: CaseDates, book: LawBook) -> FactMap:
    """The facts as they would be with these dates."""
    rows = [
        CaseDataRow.decision(one.announced_on, one.taken_on, one.department, missing=one.missing)
        for one in dates.decisions
    ]
    decided = of_decisions(rows)
    late = is_late(decided[ANNOUNCED], dates.received_on, dates.postmark_on, book)
    return {**facts, "case.received_on": dates.received_on, **decided, LATE: late}


def follow_receipt(rows: Iterable[DeadlineRow], model: Model, facts: FactMap, received_on: date, now: datetime) -> None:
    """A term of the law whose drawing names no other day counts from the receipt, so it moves along with it."""
    for row in rows:
        setting = model.deadlines[row.code]
        if setting.rule and follows_facts(setting):
            row.started_on = start_of(setting, facts, now, otherwise=received_on)


def foreseen(
    rows: Iterable[DeadlineRow], model: Model, facts: FactMap, dates: CaseDates, now: datetime, book: LawBook
) -> Mapping[str, date | None]:
    """The date of every deadline with other dates, by code; nothing is changed. Raises DeadlineError."""
    copies = [_copied(row) for row in rows]
    with_dates = facts_with(facts, dates, book)
    follow_receipt(copies, model, with_dates, dates.received_on, now)
    for _ in range(ROUNDS):
        moved = recompute(copies, model, with_dates, now, book)
        with_dates.update({f"deadline.{row.code}": row.due for row in copies})
        if not moved:
            break
    return {row.code: row.due for row in copies}


def _copied(row: DeadlineRow) -> DeadlineRow:
    return DeadlineRow(
        code=row.code, started_on=row.started_on, suspensions=row.suspensions, extensions=row.extensions, due=row.due,
        met_on=row.met_on, warn_on=row.warn_on, warned_for=row.warned_for, follows=row.follows,
    )  # fmt: skip
