"""The law and the settings that hold from a day on: what comes along, and what administrators saved since.

A process keeps both until it sees a newer row. Which row is the newest rides along in statements that are made
anyway (`newest`, then `note`), so that an edit in one process holds at once in all, and costs a change nothing.
"""

from collections.abc import Sequence
from contextlib import suppress
from time import monotonic

import structlog
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from processes.dated import SettingShelf, read_record, shelved, with_settings
from processes.law import LawBook, default_book
from processes.law.edits import Saved, overlaid
from processes.storage.session import read_only
from processes.storage.tables import LawRuleRow

NOTED = "law.newest"
FRESH = 300.0  # seconds; a change of the name or of a size may take as long to reach every process
log = structlog.get_logger(__name__)


class LawCache:
    """The newest book and shelf that this process has seen."""

    def __init__(self) -> None:
        self._kept: tuple[int, LawBook, SettingShelf] = (0, default_book(), shelved())
        self._look_at = 0.0  # when the newest row must be asked again, by the clock of the machine

    def book(self, session: Session) -> LawBook:
        """The book as this transaction sees it."""
        return self._seen(session)[1]

    def shelf(self, session: Session) -> SettingShelf:
        """The settings that hold from a day on, as this transaction sees them."""
        return self._seen(session)[2]

    def last_shelf(self, sessions: sessionmaker[Session]) -> SettingShelf:
        """The settings for what has no transaction, such as the name above a page: at most FRESH seconds old, or as they were
        before the database could not be reached: the page that says so needs them too.
        """
        if monotonic() >= self._look_at:
            self._look_at = monotonic() + FRESH
            with suppress(SQLAlchemyError), sessions() as session:
                self._seen(read_only(session))
        return self._kept[2]

    def look_again(self) -> None:
        """Something was saved in this process: the next `last_shelf` asks for the newest row."""
        self._look_at = 0.0

    def _seen(self, session: Session) -> tuple[int, LawBook, SettingShelf]:
        row_id = _noted(session)
        if row_id is None:
            row_id = note(session, session.scalar(select(newest())))
            self._look_at = monotonic() + FRESH
        kept = self._kept  # read together: another thread may just put a newer one here
        if kept[0] != row_id:
            kept = (row_id, *_read(session, row_id))
            self._kept = max(self._kept, kept, key=lambda one: one[0])
        return kept

    def unreadable(self, session: Session) -> list[Saved]:
        """The edits that cannot be read, and so do not count; the administrator saves them again."""
        return broken_rows(saved_rows(session))


def _read(session: Session, row_id: int) -> tuple[LawBook, SettingShelf]:
    saved = saved_rows(session, up_to=row_id)
    broken = broken_rows(saved)
    for one in broken:
        log.error("law.unreadable", record=one.in_words, alert=True)
    whole = [one for one in saved if one not in broken]
    shelf = shelved(whole)
    return with_settings(overlaid(default_book(), whole), shelf), shelf


def broken_rows(saved: Sequence[Saved]) -> list[Saved]:
    """Those of the edits that cannot be read: one of them may not take the law away from every case."""
    return [one for one in saved if not _can_be_read(one)]


def _can_be_read(one: Saved) -> bool:
    try:
        one.read()
        read_record(one)
    except Exception:  # noqa: BLE001 - a damaged record raises whatever it meets
        return False
    return True


def newest() -> ColumnElement[int | None]:
    """The id of the newest row, to ask along with something else. Rows become visible in the order of their ids."""
    return select(func.max(LawRuleRow.id)).scalar_subquery()


def note(session: Session, row_id: int | None) -> int:
    """Remember for this transaction what `newest` gave; what was read under a lock is newer than what was read before."""
    found = max(row_id or 0, _noted(session) or 0)
    session.info[NOTED] = (session.get_transaction(), found)
    return found


def saved_rows(session: Session, up_to: int | None = None) -> list[Saved]:
    """The saved edits of the law, up to and including row `up_to` when it is given, oldest first."""
    columns = (LawRuleRow.kind, LawRuleRow.valid_from, LawRuleRow.record, LawRuleRow.code, LawRuleRow.variant)
    wanted = select(*columns).order_by(LawRuleRow.id)
    return [Saved(*row) for row in session.execute(wanted if up_to is None else wanted.where(LawRuleRow.id <= up_to))]


def _noted(session: Session) -> int | None:
    """The row id of the law noted in this transaction, else None: a later transaction may see more."""
    transaction, row_id = session.info.get(NOTED, (None, 0))
    return row_id if transaction is not None and transaction is session.get_transaction() else None
