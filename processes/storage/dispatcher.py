"""Telling the workers that there is work: puts ids of outbox rows on the queue, in this process or on RabbitMQ.

Only ids travel. The broker may be down or wiped: the outbox row decides what is done, and the sweep tells again.
"""

import time
from collections.abc import Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Final

import structlog
from dramatiq import Broker, Message
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.brokers.stub import StubBroker

from processes.base.settings import Settings

QUEUE: Final = "zaakspoor"
ACTOR: Final = "carry_out"
AMQP_SECONDS = 2  # for one try at a broker that does not answer
QUIET_SECONDS = 10.0  # and then no try at all for a while
DISPATCH_AGAIN_SECONDS = 30.0

log = structlog.get_logger(__name__)


class Dispatcher:
    """Puts ids on the queue. Never raises: a broker that is down is left alone for a while, and the sweep makes up."""

    def __init__(self, broker: Broker, aside: Executor | None = None) -> None:
        """`aside`: where ringing happens when the broker is elsewhere, so that no page waits for it."""
        self.broker = broker
        self._aside = aside
        self._quiet_until = 0.0
        self._dispatched: dict[int, float] = {}

    def dispatch(self, ids: Iterable[int]) -> None:
        known = list(ids)
        if not known or time.monotonic() < self._quiet_until:
            return
        if self._aside is None:
            self._dispatch(known)
        else:
            self._aside.submit(self._dispatch, known)

    def close(self) -> None:
        if self._aside is not None:
            # what it publishes at this moment comes first: its connection may not be closed while it waits for an answer
            self._aside.shutdown(wait=True, cancel_futures=True)
        self.broker.close()

    def _dispatch(self, ids: list[int]) -> None:
        try:
            for row_id in ids:
                if time.monotonic() >= self._quiet_until:
                    self.broker.enqueue(Message(QUEUE, ACTOR, (row_id,), {}, {}))
        except Exception as error:  # noqa: BLE001 - the row is safe in the database: no fault of a broker may fail a page
            self._quiet_until = time.monotonic() + QUIET_SECONDS
            log.warning("dispatcher.silent", error=type(error).__name__)

    def dispatch_again(self, ids: Iterable[int]) -> None:
        """Tell of rows that wait, but of each only once in a while: they may stand in a long queue."""
        now = time.monotonic()
        self._dispatched = {row_id: at for row_id, at in self._dispatched.items() if at > now - DISPATCH_AGAIN_SECONDS}
        missed = [row_id for row_id in ids if row_id not in self._dispatched]
        self._dispatched.update(dict.fromkeys(missed, now))
        self.dispatch(missed)


def make_dispatcher(settings: Settings) -> Dispatcher:
    """The dispatcher of the settings: in this process (`embedded`) or on RabbitMQ (`amqp://...`)."""
    if settings.broker == "embedded":
        broker = StubBroker(middleware=[])
        broker.declare_queue(QUEUE)
        return Dispatcher(broker)
    limits = f"socket_timeout={AMQP_SECONDS}&stack_timeout={AMQP_SECONDS}&connection_attempts=1"
    joined = f"{settings.broker}{'&' if '?' in settings.broker else '?'}{limits}&blocked_connection_timeout=2"
    # no middleware: time limits and repeats are the outbox's; one thread keeps one connection for the whole process
    rabbit = RabbitmqBroker(url=joined, confirm_delivery=True, middleware=[])
    return Dispatcher(rabbit, ThreadPoolExecutor(1, "dispatcher"))
