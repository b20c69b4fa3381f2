"""The outbox: work that must leave the transaction, stored in it, and carried out after the commit at least once.

A row is leased to one worker for a while; only the worker that did the work closes it. All times here are real time:
the demo's clock moves no lease and no wait.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from processes.base.correlation import carried
from processes.storage.services import Services
from processes.storage.tables import OutboxRow
from processes.storage.upsert import insert_into

LEASE = timedelta(
    minutes=2
)  # longer than work takes, or than it takes to `keep_lease`; a killed worker's row waits this long
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
DISPATCHED_BY_COMMIT = timedelta(seconds=3)  # a fresh row was just told of; the sweep leaves it to that


def enqueue(
    session: Session,
    kind: str,
    key: str,
    payload: Mapping[str, Any],
    case_id: int | None,
    now: datetime,
    not_before: datetime | None = None,
) -> int:
    """Store work for after the commit and give its id. The same key again gives the row that is already there.

    `now` is business time, kept for reading back; `not_before` is real time.
    """
    earlier = session.scalar(select(OutboxRow.id).where(OutboxRow.key == key))
    if earlier is not None:
        return earlier
    row = OutboxRow(kind=kind, key=key, payload={**payload, **carried()}, case_id=case_id, created_at=now)
    row.not_before = not_before or datetime.now(UTC)
    session.add(row)
    session.flush()
    return row.id


def enqueue_again(session: Session, kind: str, key: str, payload: Mapping[str, Any], now: datetime) -> int:
    """Work that comes back under one key, such as a look at a mailbox: its row is opened again once it is done, so that there is
    never more than one. Gives its id. Of two that come at once the second waits, and finds the row of the first.
    """
    made = {
        "kind": kind,
        "key": key,
        "payload": {**payload, **carried()},
        "created_at": now,
        "not_before": datetime.now(UTC),
    }
    session.execute(insert_into(session, OutboxRow).values(made).on_conflict_do_nothing(index_elements=["key"]))
    row = session.scalars(select(OutboxRow).where(OutboxRow.key == key).with_for_update()).one()
    if row.done_at is not None:
        row.done_at, row.lease_until, row.error, row.attempts = None, None, None, 0
        row.not_before, row.created_at = datetime.now(UTC), now
    return row.id


def dispatch(services: Services, ids: Sequence[int]) -> None:
    """Tell the workers after the commit. Never fails: the sweep sends again what no worker took."""
    if services.dispatcher is not None:
        services.dispatcher.dispatch(ids)


def claim(session: Session, limit: int = 1, *, only: int | None = None) -> list[OutboxRow]:
    """Lease open rows (`only`: that one) to the caller; a row under someone's lease is passed over."""
    now = datetime.now(UTC)
    wanted = select(OutboxRow).where(*_open(now)).order_by(OutboxRow.not_before, OutboxRow.id).limit(limit)
    if only is not None:
        wanted = wanted.where(OutboxRow.id == only)
    # SQLite drops the clause and needs none: there a transaction is alone
    rows = list(session.scalars(wanted.with_for_update(skip_locked=True)))
    for row in rows:
        row.lease_until = now + LEASE
        row.attempts += 1
    return rows


def keep_lease(session: Session, key: str) -> None:
    """Lease the open work of this key anew: who does work that takes longer than a lease says so now and then."""
    mine = update(OutboxRow).where(OutboxRow.key == key, OutboxRow.done_at.is_(None))
    session.execute(mine.values(lease_until=datetime.now(UTC) + LEASE))


def close(session: Session, row_id: int) -> None:
    """The work is done. A row that is already closed, or was destroyed with its case, stays as it is."""
    row = session.get(OutboxRow, row_id)
    if row is not None and row.done_at is None:
        row.done_at, row.lease_until, row.error = datetime.now(UTC), None, None


def fail(session: Session, row_id: int, error: str) -> None:
    """The work failed: note why, and try again after a wait that doubles up to an hour."""
    row = session.get(OutboxRow, row_id)
    if row is not None and row.done_at is None:
        wait = min(FIRST_WAIT * 2 ** min(row.attempts - 1, 20), LONGEST_WAIT)
        row.not_before, row.lease_until, row.error = datetime.now(UTC) + wait, None, error[:2000]


def waiting(session: Session, limit: int = 500) -> list[int]:
    """Ids of rows that are due and that no worker has: never taken, waits that passed, leases that ran out."""
    now = datetime.now(UTC)
    missed = or_(OutboxRow.not_before <= now - DISPATCHED_BY_COMMIT, OutboxRow.attempts > 0)
    due = select(OutboxRow.id).where(*_open(now), missed).order_by(OutboxRow.not_before).limit(limit)
    return list(session.scalars(due))


def open_now(session: Session, limit: int = 500) -> list[int]:
    """Ids of every row that could be carried out at this moment."""
    due = select(OutboxRow.id).where(*_open(datetime.now(UTC))).order_by(OutboxRow.not_before, OutboxRow.id)
    return list(session.scalars(due.limit(limit)))


def retry(session: Session, row_id: int) -> None:
    """Try a failed row again at once, at an administrator's word."""
    row = session.get(OutboxRow, row_id)
    if row is not None and row.done_at is None:
        row.not_before, row.lease_until = datetime.now(UTC) - DISPATCHED_BY_COMMIT, None


def _open(now: datetime) -> tuple[Any, ...]:
    free = or_(OutboxRow.lease_until.is_(None), OutboxRow.lease_until < now)
    return (OutboxRow.done_at.is_(None), OutboxRow.not_before <= now, free)
