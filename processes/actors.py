"""Workers: the dramatiq actor that carries out the work behind the id of an outbox row.

The broker may be down, wiped or twice as eager: the outbox row decides what is done, and the sweep tells again.
"""

from collections.abc import Callable
from typing import Any

import structlog
from dramatiq import Worker, actor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from processes import correlation, metrics, outbox
from processes.crash_points import reach
from processes.database.session import read_only
from processes.database.tables import OutboxRow
from processes.dispatcher import ACTOR, QUEUE
from processes.errors import Busy
from processes.house import House
from processes.outbox_kinds import KINDS

THREADS = 2

log = structlog.get_logger(__name__)


def carry_out(house: House, row_id: int) -> bool:
    """Do the work of one outbox row: lease it, do it, close it. False when there is nothing to do (any more)."""
    with house.sessions.begin() as session:
        rows = outbox.claim(session, only=row_id)
    if not rows:
        return False
    row = rows[0]
    reach("claimed")
    with correlation.resumed(row.payload):
        return _done(house, row)


def _done(house: House, row: OutboxRow) -> bool:
    row_id = row.id
    try:
        with metrics.timed(metrics.WORK, row.kind):
            KINDS[row.kind](house, row.payload)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong must stand on the row, and no other row may suffer
        log.warning("outbox.failed", id=row_id, kind=row.kind, attempts=row.attempts, error=type(error).__name__)
        with house.sessions.begin() as session:
            outbox.fail(session, row_id, f"{type(error).__name__}: {error}")
        return False
    with house.sessions.begin() as session:
        outbox.close(session, row_id)
    log.info("outbox.done", id=row_id, kind=row.kind, attempts=row.attempts)
    return True


def sweep_outbox(house: House) -> int:
    """Ring again for what nobody heard or finished; says how many rows wait."""
    with house.sessions() as session:
        ids = outbox.waiting(read_only(session))
    if house.bell is not None:
        house.bell.ring_again(ids)
    return len(ids)


def start_embedded(house: House) -> Worker:
    """Start workers in this process; they stop with `stop`. Also what `zaakspoor worker` runs on RabbitMQ."""
    if house.bell is None:
        raise ValueError("a house without a bell has no work to hand out")
    if ACTOR not in house.bell.broker.actors:
        actor(actor_name=ACTOR, queue_name=QUEUE, broker=house.bell.broker)(_heard(house))
    worker = Worker(house.bell.broker, worker_threads=THREADS, worker_timeout=200)
    worker.start()
    return worker


def stop(worker: Worker) -> None:
    """Stop workers after what they are doing; what still waits stays in the outbox."""
    worker.stop(timeout=10_000)


def drain(house: House, rounds: int = 20) -> int:
    """Carry out all that is open, here and now, without a broker; says how many. For commands, rehearsals and tests."""
    done = 0
    for _ in range(rounds):
        with house.sessions() as session:
            ids = outbox.open_now(read_only(session))
        finished = sum(carry_out(house, row_id) for row_id in ids)
        done += finished
        if not finished:
            break
    return done


def _heard(house: House) -> Callable[[int], Any]:
    def carry_out_heard(row_id: int) -> None:
        try:
            carry_out(house, row_id)
        except (Busy, DBAPIError, PoolTimeout) as error:
            log.warning("outbox.no_database", id=row_id, error=type(error).__name__)  # the sweep rings again

    return carry_out_heard
