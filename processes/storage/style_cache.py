"""The house style of now, as a process keeps it: every page asks for it, and the database is asked once in some seconds.

A change in this process holds at once (`forget`); other processes see it within `OLDEST`. When the database cannot be asked, the
pages stay as they were: an error page looks like all others.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from processes.base.errors import ZaakspoorError
from processes.house_style.style import BadStyle, HouseStyle, StyleFile, style_from
from processes.storage.session import read_only, transaction
from processes.storage.tables import HouseStyleFile, HouseStyleRow

OLDEST: Final = 3.0  # seconds; an administrator who looks in another process sees the change when the next page loads
OLDEST_IN_LETTERS: Final = (
    60.0  # what letters and mails take of it (the logo) costs a change no statement most of the time
)
AFTER_TROUBLE: Final = 10.0  # while the database is away, pages do not wait for it each time
MOST: Final = 200  # of the versions that are read: those before them were replaced long ago
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class StyleInUse:
    """A style with the id of its row, under which it is served."""

    id: int
    style: HouseStyle


class StyleCache:
    """The versions that this process last read."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._read_at = self._not_before = float("-inf")
        self._versions: tuple[tuple[date, StyleInUse | None], ...] = ()

    def on(self, sessions: sessionmaker[Session], day: date) -> StyleInUse | None:
        """The style that holds on a day; None: the pages are as the program brings them along."""
        if self._is_old(OLDEST):
            self._read(sessions)
        return self._held(day)

    def within(self, session: Session, day: date) -> StyleInUse | None:
        """The same inside a transaction that is open, where it may be a minute old."""
        if self._is_old(OLDEST_IN_LETTERS):
            self._keep(versions_in_use(session))
        return self._held(day)

    def _held(self, day: date) -> StyleInUse | None:
        return next((style for since, style in self._versions if since <= day), None)

    def _is_old(self, seconds: float) -> bool:
        return self._clock() >= max(self._read_at + seconds, self._not_before)

    def forget(self) -> None:
        """After a change: the next page reads again."""
        self._read_at = self._not_before = float("-inf")

    def _keep(self, versions: tuple[tuple[date, StyleInUse | None], ...]) -> None:
        self._versions, self._read_at = versions, self._clock()

    def _read(self, sessions: sessionmaker[Session]) -> None:
        try:
            with transaction(sessions) as session:
                self._keep(versions_in_use(read_only(session)))
        except (SQLAlchemyError, ZaakspoorError):
            log.warning("house_style.not_read")
            self._not_before = self._clock() + AFTER_TROUBLE


def versions_in_use(session: Session) -> tuple[tuple[date, StyleInUse | None], ...]:
    """Every version with the day from which it holds, the one that counts first. A damaged one does not count."""
    wanted = select(HouseStyleRow.id, HouseStyleRow.style, HouseStyleRow.valid_from)
    wanted = wanted.where(HouseStyleRow.valid_from.is_not(None), HouseStyleRow.withdrawn_at.is_(None))
    wanted = wanted.order_by(HouseStyleRow.valid_from.desc(), HouseStyleRow.id.desc()).limit(MOST)
    found = list[tuple[date, StyleInUse | None]]()
    for number, record, since in session.execute(wanted):
        try:
            found.append((since, StyleInUse(number, style_from(record)) if record else None))
        except BadStyle:
            log.error("house_style.unreadable", row=number, alert=True)  # noqa: TRY400 - the row says all
    return tuple(found)


def style_of_row(session: Session, number: int) -> HouseStyle | None:
    """The style of one row, also of the proposal; None when there is none."""
    row = session.get(HouseStyleRow, number)
    try:
        return style_from(row.style) if row and row.style else None
    except BadStyle:
        return None


def style_file(session: Session, digest: str) -> StyleFile | None:
    """A logo or font by its digest."""
    row = session.get(HouseStyleFile, digest)
    return StyleFile(row.media_type, row.content) if row else None
