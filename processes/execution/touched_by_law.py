"""The cases that an edit of the law, or of a setting that the law computes with, may touch. Rather one too many than one too few."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import Session

from engine import DrawnDeadline, computes_with_closed_days, deadlines_on_closed_days
from engine.words import Counting
from processes.law import LawBook
from processes.law.edits import LawRecordKind, Saved
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case, DeadlineRow, DefaultNotice, Instance
from processes.storage.words import CaseState, InstancePhase


def touched_cases(session: Session, services: Services, saved: Saved, *, after: int, limit: int) -> list[int]:
    """Ids of cases, in order, with a date or an amount that this record may move: running ones, for a retention class closed
    ones. Rather one too many than one too few.
    """
    found = select(Case.id).where(Case.id > after, _touched(session, services, saved))
    return list(session.scalars(found.order_by(Case.id).limit(limit)))


def _touched(session: Session, services: Services, saved: Saved) -> ColumnElement[bool]:
    if saved.kind == LawRecordKind.RETENTION:
        return and_(Case.state == CaseState.CLOSED, Case.retention_class == saved.code)
    if saved.kind == LawRecordKind.TARIFF:
        return and_(Case.state == CaseState.RUNNING, exists().where(DefaultNotice.case_id == Case.id))
    return and_(Case.state == CaseState.RUNNING, _by_terms(session, services, saved))


def _by_terms(session: Session, services: Services, saved: Saved) -> ColumnElement[bool]:
    ids = _running_versions(session)
    versions = services.models.readable(session, ids)
    book = services.law.book(session)
    wanted = (
        _by_rule(versions, book, saved.code) if saved.kind == LawRecordKind.RULE else _by_day(versions, book, saved)
    )
    return or_(wanted, _of_version(set(ids) - {one.id for one in versions}))


def _of_version(unreadable: set[int]) -> ColumnElement[bool]:
    """Cases of a version that cannot be read: whoever computes them finds out, and parks them with an alarm."""
    if not unreadable:
        return false()
    called = select(Instance.case_id).where(
        Instance.phase == InstancePhase.RUNNING, Instance.model_version_id.in_(unreadable)
    )
    return or_(Case.model_version_id.in_(unreadable), Case.id.in_(called))


def _running_versions(session: Session) -> Sequence[int]:
    """The ids of the model versions that running cases were registered with, and those of the processes that they called."""
    cases = select(Case.model_version_id).where(Case.state == CaseState.RUNNING).distinct()
    called = select(Instance.model_version_id).where(Instance.phase == InstancePhase.RUNNING).distinct()
    return session.scalars(cases.union(called)).all()


def _by_rule(versions: list[Deployed], book: LawBook, code: str) -> ColumnElement[bool]:
    codes = _with_followers(book, code)
    return _has_deadline(versions, lambda deadline: deadline.rule in codes)


def _with_followers(book: LawBook, code: str) -> set[str]:
    """The rule, and every rule that starts when it ends."""
    codes = {code}
    while more := {rule.code for rule in book.rules if rule.after in codes} - codes:
        codes |= more
    return codes


def _by_day(versions: list[Deployed], book: LawBook, saved: Saved) -> ColumnElement[bool]:
    """Terms that end on this day or later, those whose day 0 is computed with working days, and timers that may be."""
    moving = {rule.code for rule in book.rules if not rule.backwards}
    ends_later = or_(DeadlineRow.due.is_(None), DeadlineRow.due >= saved.valid_from)
    deadlines = _has_deadline(versions, lambda one: one.rule in moving or one.calendar == Counting.WORKING, ends_later)
    return or_(deadlines, _has_computed_start(versions), Case.id.in_(_with_timers(versions)))


def _has_deadline(
    versions: list[Deployed], wanted: Callable[[DrawnDeadline], bool], *more: ColumnElement[bool]
) -> ColumnElement[bool]:
    codes = {one.id: [code for code, deadline in one.model.deadlines.items() if wanted(deadline)] for one in versions}
    return _has_one_of(codes, *more)


def _has_computed_start(versions: list[Deployed]) -> ColumnElement[bool]:
    """Wherever the day lies: a term that ended before it may count back from a date behind it."""
    return _has_one_of({one.id: sorted(deadlines_on_closed_days(one.compiled)) for one in versions})


def _has_one_of(codes: Mapping[int, Sequence[str]], *more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Has a term that is not met, with one of the codes of its version."""
    by_version = [
        and_(Case.model_version_id == version, DeadlineRow.code.in_(of_version))
        for version, of_version in codes.items()
        if of_version
    ]
    mine = (DeadlineRow.case_id == Case.id, DeadlineRow.met_on.is_(None), or_(false(), *by_version), *more)
    return exists().where(*mine)


def _with_timers(versions: list[Deployed]) -> Select[int]:
    """Cases in which a timer waits, of a drawing that computes with working days somewhere: the timer itself, or a value
    that it reads. A length of a task or request in working days became a date when it began, and stays it.
    """
    counting = [deployed.id for deployed in versions if computes_with_closed_days(deployed.compiled)]
    waits = (Instance.phase == InstancePhase.RUNNING, Instance.next_due.is_not(None))
    return select(Instance.case_id).where(Instance.model_version_id.in_(counting), *waits)
