"""The turn to change the schema: one process at a time, for as long as that takes. And turns of short transactions.

SQLite itself lets a process wait for another for a fixed time only, which a slow machine exceeds. So who migrates a
SQLite database holds a lock on a file beside it. The system gives that lock back when its holder ends, however it ends.
PostgreSQL has a lock of its own for this, given back at the end of the transaction.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from processes.base.private_files import touch_private

WAITING: Final = "Een ander proces werkt de database bij. Dit proces wacht tot dat klaar is."
POSTGRES_LOCK: Final = 7412201  # a number of our own among the advisory locks of a database
CODES: Final = 7412203  # the next one: of who mails a code (7412202 is the chain of the installation)
INVITATIONS: Final = 7412205  # of who asks somebody by mail to file along
SESSIONS: Final = 7412204  # of who plans a session of a committee

Tell = Callable[[str], None]


def log_it(sentence: str) -> None:
    """Put a sentence in the log, for a program that has no screen."""
    structlog.get_logger(__name__).warning("migration.waits", sentence=sentence)


@contextmanager
def turn_beside(database: Path, tell: Tell) -> Iterator[None]:
    """The turn of this process on a SQLite file. `tell` gets a sentence when it must wait for it.

    The file `<database>.migrating` stays: removing it would let two processes lock two files of the same name.
    """
    place = database.with_name(f"{database.name}.migrating")
    touch_private(place)
    with place.open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell(WAITING)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def turn_on_postgres(connection: Connection, tell: Tell) -> None:
    """The turn of this process on PostgreSQL, until the transaction ends. `tell` gets a sentence when it must wait."""
    connection.execute(text("SELECT set_config('lock_timeout', '0', true)"))
    if not connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": POSTGRES_LOCK}):
        tell(WAITING)
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": POSTGRES_LOCK})


def wait_for_turn(session: Session, which: int) -> None:
    """Do one thing after the other, until the commit, where counting must see what everybody counted before. `which`: the number of
    the turn. On SQLite a transaction that writes is alone anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": which})
