"""Workers: the dramatiq actor that carries out the work behind the id of an outbox row.

The broker may be down, wiped or twice as eager: the outbox row decides what is done, and the sweep tells again. Which kinds
of work there are stands in `processes.jobs.outbox_kinds`, how long a row is leased and how it waits in `processes.storage.outbox`.
"""

from collections.abc import Callable
from typing import Any

import structlog
from dramatiq import Worker, actor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from processes.base import correlation, metrics
from processes.base.crash_points import crash_point
from processes.base.errors import Busy
from processes.jobs.outbox_kinds import KINDS
from processes.storage import outbox
from processes.storage.dispatcher import ACTOR, QUEUE
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import OutboxRow

THREADS = 2

log = structlog.get_logger(__name__)


def carry_out(services: Services, row_id: int) -> bool:
    """Do the work of one outbox row: lease it, do it, close it. False when there is nothing to do (any more)."""
    with services.sessions.begin() as session:
        rows = outbox.claim(session, only=row_id)
    if not rows:
        return False
    row = rows[0]
    crash_point("claimed")
    with correlation.resumed(row.payload):
        return _done(services, row)


def _done(services: Services, row: OutboxRow) -> bool:
    row_id = row.id
    try:
        with metrics.timed(metrics.WORK, row.kind):
            KINDS[row.kind](services, row.payload)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong must stand on the row, and no other row may suffer
        log.warning("outbox.failed", id=row_id, kind=row.kind, attempts=row.attempts, error=type(error).__name__)
        with services.sessions.begin() as session:
            outbox.fail(session, row_id, f"{type(error).__name__}: {error}")
        return False
    with services.sessions.begin() as session:
        outbox.close(session, row_id)
    log.info("outbox.done", id=row_id, kind=row.kind, attempts=row.attempts)
    return True


def sweep_outbox(services: Services) -> int:
    """Send the workers again the rows that none of them took or finished; returns how many rows wait."""
    with services.sessions() as session:
        ids = outbox.waiting(read_only(session))
    if services.dispatcher is not None:
        services.dispatcher.dispatch_again(ids)
    return len(ids)


def start_embedded(services: Services) -> Worker:
    """Start workers in this process; they stop with `stop`. Also what `zaakspoor worker` runs on RabbitMQ."""
    if services.dispatcher is None:
        raise ValueError("services without a dispatcher have no work to hand out")
    if ACTOR not in services.dispatcher.broker.actors:
        actor(actor_name=ACTOR, queue_name=QUEUE, broker=services.dispatcher.broker)(_heard(services))
    worker = Worker(services.dispatcher.broker, worker_threads=THREADS, worker_timeout=200)
    worker.start()
    return worker


def stop(worker: Worker) -> None:
    """Stop workers after what they are doing; what still waits stays in the outbox."""
    worker.stop(timeout=10_000)


def drain(services: Services, rounds: int = 20) -> int:
    """Carry out all that is open, here and now, without a broker; says how many. For commands, rehearsals and tests."""
    done = 0
    for _ in range(rounds):
        with services.sessions() as session:
            ids = outbox.open_now(read_only(session))
        finished = sum(carry_out(services, row_id) for row_id in ids)
        done += finished
        if not finished:
            break
    return done


def _heard(services: Services) -> Callable[[int], Any]:
    def carry_out_heard(row_id: int) -> None:
        try:
            carry_out(services, row_id)
        except (Busy, DBAPIError, PoolTimeout) as error:
            log.warning("outbox.no_database", id=row_id, error=type(error).__name__)  # the sweep tells again

    return carry_out_heard
