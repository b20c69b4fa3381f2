"""Tells a web process that counters of staff may have changed, over one connection of its own.

PostgreSQL notifies (the triggers of migration 0058). SQLite cannot: there we look whether anybody else wrote in the file.
"""

import sqlite3
import time
from dataclasses import dataclass
from typing import Any, Final

import structlog
from sqlalchemy import Connection, Engine, NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from processes.storage.services import Services

LISTEN: Final = "LISTEN zaakspoor_desk"
LOOK_SECONDS: Final = 5.0  # how often the file of SQLite is looked at
CONNECT_SECONDS: Final = 2

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Rung:
    """Whose counters may have changed: these numbers of staff, whoever is involved in these cases, or `everybody`."""

    staff: frozenset[str] = frozenset()
    cases: frozenset[int] = frozenset()
    everybody: bool = False


QUIET: Final = Rung()
EVERYBODY: Final = Rung(everybody=True)


class DeskBell:
    """For one thread, that closes it. A database that cannot be reached is silence; when it is back, it is EVERYBODY."""

    def __init__(self, services: Services) -> None:
        engine: Engine = services.sessions.kw["bind"]
        self._line = _Notified(engine) if engine.dialect.name == "postgresql" else _Watched(engine)
        self._broken = False

    def wait(self, seconds: float) -> Rung:
        """Wait for what rings, at most so long."""
        began = time.monotonic()
        try:
            rung = self._line.wait(seconds)
        except (DBAPIError, sqlite3.Error, self._line.error) as error:
            if not self._broken:
                log.warning("desk_bell.silent", error=type(error).__name__)
            self._broken = True
            self.close()
            time.sleep(max(0.0, began + seconds - time.monotonic()))
            return QUIET
        back, self._broken = self._broken, False
        return EVERYBODY if back else rung

    def close(self) -> None:
        self._line.close()


class _Notified:
    """A connection outside the pool that listens; nothing is asked over it."""

    def __init__(self, engine: Engine) -> None:
        self.error: type[Exception] = engine.dialect.loaded_dbapi.Error
        self._engine = create_engine(
            engine.url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args={"connect_timeout": CONNECT_SECONDS},
        )
        self._connection: Connection | None = None

    def wait(self, seconds: float) -> Rung:
        if self._connection is None:
            self._connection = self._engine.connect()
            self._connection.exec_driver_sql(LISTEN)
            return EVERYBODY  # what was told before nobody heard
        driver: Any = self._connection.connection.dbapi_connection
        return _read([told.payload for told in driver.notifies(timeout=seconds, stop_after=1)])

    def close(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()  # never given back: it may be broken, and no pool is behind it
            self._connection.close()
            self._connection = None


class _Watched:
    """SQLite says with one number whether another connection changed the file since this one last looked."""

    error: type[Exception] = sqlite3.Error

    def __init__(self, engine: Engine) -> None:
        self._file = str(engine.url.database)
        self._connection: sqlite3.Connection | None = None
        self._seen, self._looked = -1, 0.0

    def wait(self, seconds: float) -> Rung:
        if self._connection is None:
            self._connection = sqlite3.connect(self._file, timeout=CONNECT_SECONDS)
        time.sleep(max(0.0, min(seconds, self._looked + LOOK_SECONDS - time.monotonic())))
        if time.monotonic() - self._looked < LOOK_SECONDS:
            return QUIET
        self._looked = time.monotonic()
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        changed, self._seen = version != self._seen, version
        return EVERYBODY if changed else QUIET

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection, self._seen = None, -1


def _read(words: list[str]) -> Rung:
    pairs = [word.partition(":") for word in words]
    return Rung(
        frozenset(what for kind, _, what in pairs if kind == "staff"),
        frozenset(int(what) for kind, _, what in pairs if kind == "case" and what.isdecimal()),
    )
