"""After an edit of the law: the dates of the running cases that it may touch, computed again, batch by batch.

Each case is recomputed under its own lock in a transaction of its own; a batch that was broken off is done again without
harm. A case in which it fails is parked, and the others go on.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from processes import outbox
from processes.actions import act
from processes.actions.law import RecomputeCase
from processes.actor import SYSTEM
from processes.corridor.touched_by_law import touched_cases
from processes.corridor.work import Work, transact
from processes.database.session import read_only
from processes.database.tables import LawRuleRow
from processes.deadlines.overlay import Saved
from processes.errors import Busy
from processes.house import House
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
