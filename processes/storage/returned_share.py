"""The share of the mails of the last days that did not arrive: many at once mean that something is wrong with our own sending."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from processes.storage.tables import MailRow

NOT_TRIED: Final = "Niet verstuurd: "  # begins the reason of a mail that we kept back ourselves
NEWEST: Final = 1000  # mails that are looked at, so that it costs the same in a large city
PERIOD: Final = timedelta(days=7)
FEWEST: Final = 20  # of less nobody can tell
MUCH: Final = 0.05  # providers begin to refuse a sender of whose mail about this share comes back


@dataclass(frozen=True, slots=True)
class ReturnedShare:
    """Counts of the newest mails of the last seven days: how many left or were refused, and how many of these nobody got."""

    mails: int
    returned: int

    @property
    def share(self) -> float:
        return self.returned / self.mails if self.mails else 0.0

    @property
    def is_much(self) -> bool:
        return self.mails >= FEWEST and self.share >= MUCH


def returned_share(session: Session, now: datetime) -> ReturnedShare:
    """`now` in business time, as a mail says when it was made."""
    newest = (
        select(MailRow.sent_at, MailRow.error, MailRow.created_at).order_by(MailRow.id.desc()).limit(NEWEST).subquery()
    )
    came_back = and_(newest.c.error.is_not(None), newest.c.error.not_like(f"{NOT_TRIED}%"))
    tried = and_(newest.c.created_at > now - PERIOD, or_(newest.c.sent_at.is_not(None), came_back))
    counted = select(func.count(), func.sum(case((came_back, 1), else_=0))).select_from(newest).where(tried)
    mails, returned = session.execute(counted).one()
    return ReturnedShare(mails, returned or 0)
