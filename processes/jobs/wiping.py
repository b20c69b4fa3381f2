"""Wipes what a database file still holds of deleted rows: old pages and the write-ahead log of SQLite.

PostgreSQL reuses the room of deleted rows by itself (autovacuum) and keeps its files to itself; that its planner takes
no samples of what people wrote, which could be read long after, is set where the tables are made (migration 0002).
"""

import sqlite3
from typing import Any, Final

from sqlalchemy import Engine, select

from processes.base.errors import Busy
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import DestructionRow
from processes.storage.words import DestructionState

LATER: Final = "De zaak is vernietigd. Oude resten in het databasebestand worden straks gewist."


def wipe_leftovers(services: Services) -> None:
    """Rebuild the database file and empty its log. Raises Busy when a long read is in the way; then try again later.

    Rebuilding costs time in proportion to the file, so of a batch of destructions only the last one does it.
    """
    engine: Engine = services.sessions.kw["bind"]
    if engine.dialect.name != "sqlite" or _more_to_come(services):
        return
    try:
        done = _rebuild(engine.raw_connection())
    except sqlite3.OperationalError as error:  # someone else writes for longer than we may wait
        raise Busy(LATER) from error
    if not done:
        raise Busy(LATER)


def _rebuild(connection: Any) -> bool:
    """On the driver's own connection: inside a transaction SQLite rebuilds nothing. False when a reader is in the way."""
    try:
        cursor = connection.cursor()
        # the full text index marks what was deleted, and lets it go when its parts are merged into one
        cursor.execute("INSERT INTO search_words(search_words) VALUES ('optimize')")
        cursor.execute("VACUUM")
        (blocked, *_), *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
    return not blocked


def _more_to_come(services: Services) -> bool:
    with transaction(services.sessions) as session:
        approved = select(DestructionRow.id).where(DestructionRow.state == DestructionState.APPROVED).limit(1)
        return session.scalar(approved) is not None
