"""Counts in a window of time, as rows that every process sees: what the strategies of the library `limits` count with.

A window begins at the first thing that is counted and is over when its time has passed, in real time. Counting is one
statement in a transaction of its own, so that it holds nobody up and stays when what was counted is refused.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from limits.storage import Storage
from sqlalchemy import case, delete, select
from sqlalchemy.orm import Session

from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import RateRow
from processes.storage.upsert import insert_into


class RateStorage(Storage):
    """The table `rate` as a storage of `limits`. Raises Busy or NoRoom for a database in trouble."""

    STORAGE_SCHEME = None  # made by hand, never from an address

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        return ()  # none is turned into an error of the library

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and give the count of this window. A window that is over begins anew."""
        now = datetime.now(UTC)
        with transaction(self._services.sessions) as session:
            counted = self._counted(session, key, amount, now, now + timedelta(seconds=expiry))
            count: int = session.execute(counted).scalar_one()
            return count

    def get(self, key: str) -> int:
        row = self._row(key)
        return row.count if row else 0

    def get_expiry(self, key: str) -> float:
        """The moment at which the window ends, in seconds since 1970; now when there is none."""
        row = self._row(key)
        return row.until.timestamp() if row else time.time()

    def check(self) -> bool:
        with transaction(self._services.sessions) as session:
            read_only(session).scalar(select(RateRow.key).limit(1))
        return True

    def reset(self) -> int | None:
        with transaction(self._services.sessions) as session:
            session.execute(delete(RateRow))
        return None

    def clear(self, key: str) -> None:
        with transaction(self._services.sessions) as session:
            session.execute(delete(RateRow).where(RateRow.key == self._digest(key)))

    def _row(self, key: str) -> RateRow | None:
        """The window that is still going on."""
        with transaction(self._services.sessions) as session:
            row = read_only(session).get(RateRow, self._digest(key))
            return row if row and row.until > datetime.now(UTC) else None

    def _counted(self, session: Session, key: str, amount: int, now: datetime, until: datetime) -> Any:
        new = insert_into(session, RateRow).values(key=self._digest(key), count=amount, until=until)
        over = RateRow.until <= now
        counted = new.on_conflict_do_update(
            index_elements=[RateRow.key],
            set_={
                "count": case((over, amount), else_=RateRow.count + amount),
                "until": case((over, until), else_=RateRow.until),
            },
        )
        return counted.returning(RateRow.count)

    def _digest(self, key: str) -> str:
        return self._services.secrets.digest(f"rate:{key}")
