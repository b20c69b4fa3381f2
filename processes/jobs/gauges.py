"""Gauges for Prometheus of the work that waits, read from the database: the same whichever process is asked."""

from collections.abc import Iterable
from datetime import UTC, datetime

from prometheus_client import REGISTRY, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector, CollectorRegistry
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from processes.base.clock import local_date
from processes.base.errors import ZaakspoorError
from processes.storage.business_time import business_now
from processes.storage.late_work import mail_is_refused, oldest_post
from processes.storage.returned_share import returned_share
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import Case, Instance, MailRow, OutboxRow, PostItem
from processes.storage.words import InstancePhase


def exposition(services: Services) -> bytes:
    """The text that Prometheus reads."""
    waiting = CollectorRegistry()
    waiting.register(WaitingWorkGauges(services))
    return generate_latest(REGISTRY) + generate_latest(waiting)


class WaitingWorkGauges(Collector):
    """The gauges that the database gives; without a database only `zaakspoor_database_up` at 0."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def collect(self) -> Iterable[GaugeMetricFamily]:
        try:
            with transaction(self._services.sessions) as session:
                figures = _figures(self._services, read_only(session))
        except (ZaakspoorError, SQLAlchemyError):
            yield GaugeMetricFamily("zaakspoor_database_up", "1 when the database answers", value=0)
            return
        yield GaugeMetricFamily("zaakspoor_database_up", "1 when the database answers", value=1)
        for name, (words, value) in figures.items():
            yield GaugeMetricFamily(f"zaakspoor_{name}", words, value=value)


def _figures(services: Services, session: Session) -> dict[str, tuple[str, float]]:
    real, business = datetime.now(UTC), business_now(services, session)
    waiting = OutboxRow.done_at.is_(None)
    due = Instance.next_due.is_not(None) & (Instance.next_due <= business) & (Instance.phase == InstancePhase.RUNNING)
    post = PostItem.handled_at.is_(None)
    oldest = session.scalar(oldest_post())
    return {
        "post_waiting": ("Pieces of post that nobody handled", _count(session, PostItem.id, post)),
        "post_oldest_days": (
            "Since how many days the oldest of these was received",
            max(0, (local_date(business) - oldest).days) if oldest else 0,
        ),
        "outbox_waiting": ("Pieces of outgoing work that are not done", _count(session, OutboxRow.id, waiting)),
        "outbox_lag_seconds": (
            "How long the oldest piece has been due",
            _lag(real, session.scalar(select(func.min(OutboxRow.not_before)).where(waiting))),
        ),
        "timers_due": ("Processes with a timer that should have fired", _count(session, Instance.id, due)),
        "timers_lag_seconds": (
            "How long ago the oldest of these was due",
            _lag(business, session.scalar(select(func.min(Instance.next_due)).where(due))),
        ),
        "cases_with_alarm": ("Cases that need an administrator", _count(session, Case.id, Case.alarm.is_not(None))),
        "processes_stuck": (
            "Processes that are parked",
            _count(session, Instance.id, Instance.phase == InstancePhase.STUCK),
        ),
        "mails_refused": (
            "Mails that the mail server refused for good",
            _count(session, MailRow.id, mail_is_refused()),
        ),
        "mails_returned_ratio": (
            "The share of the newest mails of the last seven days that nobody got, from 0 to 1",
            returned_share(session, business).share,
        ),
    }


def _count(session: Session, column: object, which: object) -> float:
    return float(session.scalar(select(func.count(column)).where(which)) or 0)  # type: ignore[arg-type]


def _lag(now: datetime, since: datetime | None) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
