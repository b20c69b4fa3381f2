"""The law kept up to date by an administrator: a rule from a date on, and days that a decree closes.

Rows are only added, one edit at a time. What runs is computed again after the commit (`processes.jobs.law_recompute`).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from processes.access.guards import only_staff
from processes.base.actor import StaffRole
from processes.base.dutch import date_in_words
from processes.base.errors import NotFound
from processes.execution.case_execution import CaseExecution
from processes.execution.keeping import keep_as_long_as_now
from processes.execution.unit_of_work import UnitOfWork
from processes.law.edits import LawRecordKind, Saved
from processes.law.typed_rules import TypedDay, TypedRule, check_removable, checked_book, day_of, rule_of
from processes.storage.tables import Case, DeadlineRow, LawRuleRow
from processes.storage.words import CaseState, OutboxKind


@dataclass(frozen=True, slots=True)
class SaveLawRule:
    """A rule as it holds from a date on. The version before it ends the day before."""

    rule: TypedRule


def save_law_rule(work: UnitOfWork, action: SaveLawRule) -> str:
    """The answer is `code:variant`. Raises Invalid per field, NotFound for a rule that must be in the list."""
    _alone(work, "law_rule", code=action.rule.code[:40], variant=action.rule.variant[:40])
    book = work.services.law.book(work.session)
    known = {(rule.code, rule.variant) for rule in book.rules}
    if not action.rule.new and (action.rule.code, action.rule.variant) not in known:
        raise NotFound("Deze wettelijke termijn staat niet in de lijst.")
    _save(work, Saved.rule(rule_of(action.rule, book, work.today)))
    return f"{action.rule.code}:{action.rule.variant}"


@dataclass(frozen=True, slots=True)
class RemoveLawRule:
    """Take out one version of a rule: the one before it then holds on."""

    code: str
    variant: str
    valid_from: date


def remove_law_rule(work: UnitOfWork, action: RemoveLawRule) -> str:
    """The answer is `code:variant`. Raises NotFound, and Invalid for the oldest version."""
    _alone(work, "law_rule_out", code=action.code[:40], variant=action.variant[:40])
    check_removable(work.services.law.book(work.session), action.code, action.variant, action.valid_from)
    _save(work, Saved(LawRecordKind.RULE, action.valid_from, None, action.code, action.variant))
    return f"{action.code}:{action.variant}"


@dataclass(frozen=True, slots=True)
class SaveClosedDay:
    """A day that a decree makes equal to a holiday (Algemene termijnenwet art. 3, third paragraph)."""

    day: TypedDay


def save_closed_day(work: UnitOfWork, action: SaveClosedDay) -> str:
    """The answer is the day. Raises Invalid per field, also for a day that is closed already."""
    _alone(work, "closed_day", day=action.day.day[:10])
    closed = day_of(action.day, work.services.law.book(work.session), work.today)
    _save(work, Saved.closed_day(closed))
    return closed.day.isoformat()


@dataclass(frozen=True, slots=True)
class RemoveClosedDay:
    day: date


def remove_closed_day(work: UnitOfWork, action: RemoveClosedDay) -> str:
    """The answer is the day. Raises NotFound when it is not in the list (any more)."""
    _alone(work, "closed_day_out", day=action.day.isoformat())
    if action.day not in work.services.law.book(work.session).equalised:
        raise NotFound("Deze dag staat niet meer in de lijst.")
    _save(work, Saved(LawRecordKind.CLOSED_DAY, action.day, None))
    return action.day.isoformat()


def _alone(work: UnitOfWork, what: str, **detail: str) -> None:
    """One edit at a time: the row in the trail of the installation holds its lock until the commit. So the book that is checked
    is the newest, and rows become visible in the order of their ids, by which every process sees what is new.
    """
    only_staff(work.actor, (StaffRole.ADMIN,))
    work.audit(0, what, **detail)


def _save(work: UnitOfWork, saved: Saved) -> None:
    checked_book(work.services.law.book(work.session), saved)
    record = dict(saved.record) if saved.record else None
    row = LawRuleRow(
        kind=saved.kind, code=saved.code, variant=saved.variant, valid_from=saved.valid_from, record=record,
        saved_at=work.now, saved_by=work.actor.subject,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.enqueue(OutboxKind.LAW, f"law:{row.id}", {"row": row.id, "after": 0, "again": True})


@dataclass(frozen=True, slots=True)
class RecomputeCase:
    """Compute the dates of a case with the law as it is now; asked by the system after an edit. Of a running case these are its
    terms, of a closed one the day from which it may be destroyed.
    """

    case: int


def recompute_case(work: UnitOfWork, action: RecomputeCase) -> str:
    """Timers look again at what they wait for. A date that moved stands on the timeline of staff."""
    only_staff(work.actor, ())
    case = work.session.scalar(select(Case).where(Case.id == action.case).with_for_update())
    if case is not None and case.state == CaseState.CLOSED:
        keep_as_long_as_now(work, case)
    if case is None or case.state != CaseState.RUNNING:
        return ""
    run = CaseExecution.of(work, case)
    open_rows = [row for row in run.data.deadlines().values() if row.met_on is None]
    before = {row.code: row.due for row in open_rows}
    run.facts_changed = True
    run.settle()
    moved = [row for row in open_rows if row.due != before[row.code]]
    for row in moved:
        work.system_note(case.id, _told(run, row, before[row.code]))
    if moved:
        work.audit(case.id, "law", moved=len(moved))
    return case.number


def _told(run: CaseExecution, row: DeadlineRow, before: date | None) -> str:
    title = run.root.model.deadlines[row.code].title
    was, now = (date_in_words(day) if day else "onbekend" for day in (before, row.due))
    return f"De regels voor termijnen zijn gewijzigd. De uiterste datum van '{title}' is nu {now}. Dat was {was}."
