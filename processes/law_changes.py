"""After an edit of the law: which running cases it may touch, and their dates computed again, batch by batch.

Each case is recomputed under its own lock in a transaction of its own; a batch that was broken off is done again without
harm. A case in which it fails is parked, and the others go on.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import Session

from engine import Deadline
from processes import outbox
from processes.actor import SYSTEM
from processes.corridor.work import Work, transact
from processes.database.session import read_only
from processes.database.tables import Case, DeadlineRow, Instance, LawRuleRow
from processes.deadlines import LawBook
from processes.deadlines.overlay import RULE, Saved
from processes.errors import Busy
from processes.house import House
from processes.model_shelf import Deployed
from processes.parking import park_after

BATCH = 50  # cases in one piece of work: a few seconds, far within its lease
# A change that began with the old law and was not yet committed when its case was looked for. None lives this long:
# the database ends a transaction that stands idle for a minute.
AGAIN_AFTER = timedelta(minutes=3)
UNFORESEEN = "De termijnen van deze zaak zijn niet opnieuw uit te rekenen na een wijziging van de wet."


def recompute_batch(house: House, payload: Mapping[str, Any]) -> None:
    """The next cases after case `after` that row `row` may touch. Raises Busy when a case must be tried again.

    `again`: when there are no more, everything is looked at once more after a while.
    """
    with house.sessions() as session:
        read_only(session)
        saved = _saved(session, payload["row"])
        cases = touched_cases(session, house, saved, after=payload["after"], limit=BATCH)
    later = [case_id for case_id in cases if not _recomputed(house, case_id)]
    if later:
        raise Busy
    _go_on(house, payload, cases)


def _saved(session: Session, row_id: int) -> Saved:
    row = session.get_one(LawRuleRow, row_id)
    return Saved(row.kind, row.valid_from, row.record, row.code, row.variant)


def _recomputed(house: House, case_id: int) -> bool:
    """False when the database was in trouble, or somebody worked on the case for too long."""
    from processes.actions import act  # noqa: PLC0415 - actions order this work
    from processes.actions.law import RecomputeCase  # noqa: PLC0415

    try:
        act(house, SYSTEM, RecomputeCase(case_id))
    except Exception as cause:  # noqa: BLE001 - whatever is wrong with one case, the others go on
        return park_after(house, case_id, cause, UNFORESEEN)
    return True


def _go_on(house: House, payload: Mapping[str, Any], cases: list[int]) -> None:
    row, again = payload["row"], bool(payload["again"])
    if len(cases) == BATCH:
        _order(house, {"row": row, "after": cases[-1], "again": again}, datetime.now(UTC))
    elif again:
        _order(house, {"row": row, "after": 0, "again": False}, datetime.now(UTC) + AGAIN_AFTER)


def _order(house: House, payload: dict[str, Any], moment: datetime) -> None:
    """The next piece of work. A repeat of this one finds it there already."""
    key = f"law:{payload['row']}:{'first' if payload['again'] else 'again'}:{payload['after']}"

    def order(work: Work) -> str:
        work.rings.append(outbox.enqueue(work.session, "law", key, payload, None, work.now, moment))
        return ""

    transact(house, SYSTEM, order)


# -- which cases -----------------------------------------------------------------------------------------------------


def touched_cases(session: Session, house: House, saved: Saved, *, after: int, limit: int) -> list[int]:
    """Ids of running cases, in order, with a date that this record may move. Rather one too many than one too few."""
    versions = _running_versions(session, house)
    book = house.law.book(session)
    wanted = _by_rule(versions, book, saved.code) if saved.kind == RULE else _by_day(versions, book, saved)
    found = select(Case.id).where(Case.state == "running", Case.id > after, wanted)
    return list(session.scalars(found.order_by(Case.id).limit(limit)))


def _running_versions(session: Session, house: House) -> list[Deployed]:
    """What running cases were registered with, and what they called."""
    cases = select(Case.model_version_id).where(Case.state == "running").distinct()
    called = select(Instance.model_version_id).where(Instance.status == "running").distinct()
    return [house.models.version(session, one) for one in session.scalars(cases.union(called)).all()]


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
    """Terms that end on this day or later, and timers that count working days."""
    moving = {rule.code for rule in book.rules if not rule.backwards}
    ends_later = or_(DeadlineRow.due.is_(None), DeadlineRow.due >= saved.valid_from)
    deadlines = _has_deadline(versions, lambda one: one.rule in moving or one.calendar == "working", ends_later)
    return or_(deadlines, Case.id.in_(_with_timers(versions)))


def _has_deadline(
    versions: list[Deployed], wanted: Callable[[Deadline], bool], *more: ColumnElement[bool]
) -> ColumnElement[bool]:
    by_version = []
    for deployed in versions:
        codes = [code for code, deadline in deployed.model.deadlines.items() if wanted(deadline)]
        if codes:
            by_version.append(and_(Case.model_version_id == deployed.id, DeadlineRow.code.in_(codes)))
    mine = (DeadlineRow.case_id == Case.id, DeadlineRow.met_on.is_(None), or_(false(), *by_version), *more)
    return exists().where(*mine)


def _with_timers(versions: list[Deployed]) -> Select[int]:
    """Cases in which a timer waits, of a drawing that counts working days somewhere."""
    counting = [deployed.id for deployed in versions if b"working_days" in deployed.folder.drawing]
    waits = (Instance.status == "running", Instance.next_due.is_not(None))
    return select(Instance.case_id).where(Instance.model_version_id.in_(counting), *waits)
