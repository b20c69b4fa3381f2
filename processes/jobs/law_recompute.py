"""After an edit of the law: the dates of the running cases that it may touch, computed again, batch by batch.

Each case is recomputed under its own lock in a transaction of its own; a batch that was broken off is done again without
harm. A case in which it fails is parked, and the others go on.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from processes.actions import act
from processes.actions.law import RecomputeCase
from processes.base.actor import SYSTEM
from processes.base.errors import Busy
from processes.execution.parking import park_after
from processes.execution.touched_by_law import touched_cases
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.law.edits import Saved
from processes.storage import outbox
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import LawRuleRow

BATCH = 50  # cases in one piece of work: a few seconds, far within its lease
# A change that began with the old law and was not yet committed when its case was looked for. None lives this long:
# the database ends a transaction that stands idle for a minute.
AGAIN_AFTER = timedelta(minutes=3)
UNFORESEEN = "De termijnen van deze zaak zijn niet opnieuw uit te rekenen na een wijziging van de wet."


def recompute_batch(services: Services, payload: Mapping[str, Any]) -> None:
    """The next cases after case `after` that row `row` may touch. Raises Busy when a case must be tried again.

    `again`: when there are no more, everything is looked at once more after a while. `round` sets the work apart from that of
    an earlier round about the same row: a setting that was saved ahead, on the day from which it holds.
    """
    with services.sessions() as session:
        read_only(session)
        saved = _saved(session, payload["row"])
        cases = touched_cases(session, services, saved, after=payload["after"], limit=BATCH)
    later = [case_id for case_id in cases if not _recomputed(services, case_id)]
    if later:
        raise Busy
    _go_on(services, payload, cases)


def _saved(session: Session, row_id: int) -> Saved:
    row = session.get_one(LawRuleRow, row_id)
    return Saved(row.kind, row.valid_from, row.record, row.code, row.variant)


def _recomputed(services: Services, case_id: int) -> bool:
    """False when the database was in trouble, or somebody worked on the case for too long."""
    try:
        act(services, SYSTEM, RecomputeCase(case_id))
    except Exception as cause:  # noqa: BLE001 - whatever is wrong with one case, the others go on
        return park_after(services, case_id, cause, UNFORESEEN)
    return True


def _go_on(services: Services, payload: Mapping[str, Any], cases: list[int]) -> None:
    about: dict[str, Any] = {"row": payload["row"], "round": payload.get("round", "")}
    if len(cases) == BATCH:
        _order(services, {**about, "after": cases[-1], "again": bool(payload["again"])}, datetime.now(UTC))
    elif payload["again"]:
        _order(services, {**about, "after": 0, "again": False}, datetime.now(UTC) + AGAIN_AFTER)


def _order(services: Services, payload: dict[str, Any], moment: datetime) -> None:
    """The next piece of work. A repeat of this one finds it there already."""
    which = payload["round"] or ("first" if payload["again"] else "again")
    key = f"law:{payload['row']}:{which}:{payload['after']}"

    def order(work: UnitOfWork) -> str:
        work.outbox_ids.append(outbox.enqueue(work.session, "law", key, payload, None, work.now, moment))
        return ""

    transact(services, SYSTEM, order)
