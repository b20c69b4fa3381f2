"""Who carries out the outbox: a doorbell that carries only ids, and the actor that does the work behind an id.

The broker may be down, wiped or twice as eager: the outbox row decides what is done, and the sweep rings again.
"""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, Final

import structlog
from dramatiq import Broker, Message, Worker, actor
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.brokers.stub import StubBroker
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from processes import correlation, metrics, outbox
from processes.crash_points import reach
from processes.database.session import read_only
from processes.database.tables import OutboxRow
from processes.errors import Busy
from processes.house import House
from processes.outbox_kinds import KINDS
from processes.settings import Settings

QUEUE: Final = "zaakspoor"
ACTOR: Final = "carry_out"
THREADS = 2
AMQP_SECONDS = 2  # for one try at a broker that does not answer
QUIET_SECONDS = 10.0  # and then no try at all for a while
RING_AGAIN_SECONDS = 30.0

log = structlog.get_logger(__name__)


class Doorbell:
    """Puts ids on the queue. Never raises: a broker that is down is left alone for a while, and the sweep makes up."""

    def __init__(self, broker: Broker, aside: Executor | None = None) -> None:
        """`aside`: where ringing happens when the broker is elsewhere, so that no page waits for it."""
        self.broker = broker
        self._aside = aside
        self._quiet_until = 0.0
        self._rung: dict[int, float] = {}

    def ring(self, ids: Iterable[int]) -> None:
        known = list(ids)
        if not known or time.monotonic() < self._quiet_until:
            return
        if self._aside is None:
            self._ring(known)
        else:
            self._aside.submit(self._ring, known)

    def close(self) -> None:
        if self._aside is not None:
            self._aside.shutdown(wait=False, cancel_futures=True)
        self.broker.close()

    def _ring(self, ids: list[int]) -> None:
        try:
            for row_id in ids:
                if time.monotonic() >= self._quiet_until:
                    self.broker.enqueue(Message(QUEUE, ACTOR, (row_id,), {}, {}))
        except Exception as error:  # noqa: BLE001 - the row is safe in the database: no fault of a broker may fail a page
            self._quiet_until = time.monotonic() + QUIET_SECONDS
            log.warning("bell.silent", error=type(error).__name__)

    def ring_again(self, ids: Iterable[int]) -> None:
        """Ring for rows that wait, but for each only once in a while: they may stand in a long queue."""
        now = time.monotonic()
        self._rung = {row_id: at for row_id, at in self._rung.items() if at > now - RING_AGAIN_SECONDS}
        missed = [row_id for row_id in ids if row_id not in self._rung]
        self._rung.update(dict.fromkeys(missed, now))
        self.ring(missed)


def make_doorbell(settings: Settings) -> Doorbell:
    """The bell of the settings: in this process (`embedded`) or on RabbitMQ (`amqp://...`)."""
    if settings.broker == "embedded":
        broker = StubBroker(middleware=[])
        broker.declare_queue(QUEUE)
        return Doorbell(broker)
    limits = f"socket_timeout={AMQP_SECONDS}&stack_timeout={AMQP_SECONDS}&connection_attempts=1"
    joined = f"{settings.broker}{'&' if '?' in settings.broker else '?'}{limits}&blocked_connection_timeout=2"
    # no middleware: time limits and repeats are the outbox's; one thread keeps one connection for the whole process
    rabbit = RabbitmqBroker(url=joined, confirm_delivery=True, middleware=[])
    return Doorbell(rabbit, ThreadPoolExecutor(1, "doorbell"))


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
