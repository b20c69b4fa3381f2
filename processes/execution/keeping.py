"""How long a closed case is kept: computed with the retention class as it holds on the day of asking.

`Case.destroy_from` and the lines of the destruction list keep the outcome, so that lists can be read from an index. Every step
of a destruction computes it again.
"""

from datetime import date

from sqlalchemy import select

from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.execution.unit_of_work import UnitOfWork
from processes.law import LawBook
from processes.law.retention_classes import RetentionRule, UnknownRetention, ends_on
from processes.storage.tables import Case, DestructionRow
from processes.storage.words import DestructionState


def rule_of(case: Case, book: LawBook, today: date) -> RetentionRule | None:
    """The version of the class of a closed case that holds for it today; None for a class that is not in the list."""
    if case.closed_at is None or not case.retention_class:
        return None
    try:
        return book.retention_rule(case.retention_class, today, local_date(case.closed_at))
    except UnknownRetention:
        return None


def destroy_day(case: Case, book: LawBook, today: date) -> date | None:
    """The first day on which a closed case may be destroyed; None when it is kept for ever. For a class that is not in the
    list the day that was stored still counts.
    """
    rule = rule_of(case, book, today)
    return ends_on(rule, local_date(case.closed_at)) if rule and case.closed_at else case.destroy_from


def term_is_over(work: UnitOfWork, case: Case) -> bool:
    """Whether a closed case may go today, both by the class as it holds now and by the day that was stored: the later one counts."""
    days = (case.destroy_from, destroy_day(case, work.services.law.book(work.session), work.today))
    return all(day is not None and day <= work.today for day in days)


def ground_of(case: Case, book: LawBook, today: date) -> str:
    """Why a closed case goes after its term, as people read it; also by which version, when the class has changed since the case
    was closed.
    """
    rule = rule_of(case, book, today)
    if rule is None or case.closed_at is None:
        return case.retention_class or "onbekend"
    closed_on = local_date(case.closed_at)
    then = book.retention_rule(rule.number, closed_on, closed_on)
    if rule == then:
        return rule.in_words
    since = f"Zo geldt het vanaf {long_date(rule.valid_from)}"
    return f"{rule.in_words}. {since}; bij het afsluiten gold: {then.term_in_words}."


def keep_as_long_as_now(work: UnitOfWork, case: Case) -> None:
    """Store the day as it is computed now, in the locked case and in its line of the destruction list. A case that may not go yet
    leaves the list, unless somebody took it off with a reason.
    """
    day = destroy_day(case, work.services.law.book(work.session), work.today)
    if day == case.destroy_from:
        return
    work.audit(case.id, "retention", before=str(case.destroy_from), after=str(day))
    case.destroy_from = day
    row = work.session.scalar(select(DestructionRow).where(DestructionRow.case_id == case.id))
    if row is None or row.state not in {DestructionState.LISTED, DestructionState.PROPOSED, DestructionState.EXCEPTED}:
        return
    if day is not None:
        row.due_on = day
    if (day is None or day > work.today) and row.state != DestructionState.EXCEPTED:
        work.session.delete(row)
