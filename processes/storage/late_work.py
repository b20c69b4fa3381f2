"""The limits beyond which automatic work is late, and which mails are refused: one answer for everybody who asks.

The figures for Prometheus (`processes.jobs.gauges`) say how late, and leave the limit to those who watch.
"""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, select

from processes.storage.tables import Instance, MailRow, OutboxRow, PostItem
from processes.storage.words import InstancePhase

TIMER_LATE = timedelta(hours=1)  # business time; the sweep looks every few seconds
OUTBOX_LATE = timedelta(minutes=10)  # real time; longer than a lease and a few sweeps


def timer_is_late(now: datetime) -> ColumnElement[bool]:
    """A condition on Instance: its timer should have fired well before `now`, in business time."""
    return and_(Instance.phase == InstancePhase.RUNNING, Instance.next_due < now - TIMER_LATE)


def outbox_is_late() -> ColumnElement[bool]:
    """A condition on OutboxRow: not done, and due for longer than a worker and a few sweeps take."""
    return and_(OutboxRow.done_at.is_(None), OutboxRow.not_before < datetime.now(UTC) - OUTBOX_LATE)


def mail_is_refused() -> ColumnElement[bool]:
    """A condition on MailRow, which an index serves: refused for good, and nobody has settled it."""
    return and_(MailRow.error.is_not(None), MailRow.sent_at.is_(None), MailRow.settled_at.is_(None))


def oldest_post() -> Select[date]:
    """The day on which the post that waits longest in the post room was received; no row when none waits."""
    waits = select(PostItem.received_on).where(PostItem.handled_at.is_(None))
    return waits.order_by(PostItem.received_on, PostItem.id).limit(1)
