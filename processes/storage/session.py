"""Sessions: a database address in, a session factory out; `upgrade` brings the database to the newest schema,
`downgrade` back to an older one.

Addresses are SQLAlchemy's: `sqlite:///folder/file.db` or `postgresql+psycopg://user@host/name`.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker

from processes.base.errors import Busy, NoRoom
from processes.base.private_files import make_private_folder, touch_private
from processes.storage.fast import set_up
from processes.storage.search_table import watch_search
from processes.storage.turn import Tell, log_it, turn_beside, turn_on_postgres

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MILLISECONDS = 5000
POOL_SECONDS = 2  # waiting for a connection and then making one must together stay under the promised five seconds
CONNECT_SECONDS = 2
IDLE_SECONDS = 1
READS = "only reads"  # in the `info` of a session
LOCK_MILLISECONDS = 2400  # who is third in line waits twice: for its place in the line, and then for the row
# parallel workers and compiled plans take some ten milliseconds to begin: more than a question of a page may take. PostgreSQL would use
# them for a word of which it guesses that many rows have it
POSTGRES_OPTIONS = (
    f"-c timezone=UTC -c lock_timeout={LOCK_MILLISECONDS} -c idle_in_transaction_session_timeout=60000"
    " -c max_parallel_workers_per_gather=0 -c jit=off"
)


def make_sessions(address: str, *, fast: bool = True) -> sessionmaker[Session]:
    """A session factory. On SQLite each transaction is one of writing from its start, unless `read_only` says not.

    `fast` is the setting `fast_database`: changes send their statements together, else one by one.
    """
    sessions = sessionmaker(make_engine(address), expire_on_commit=False)
    watch_search(sessions)
    set_up(sessions, fast=fast)
    return sessions


@contextmanager
def transaction(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """One transaction: commits at the end, rolls back on any error. Raises Busy or NoRoom for a database in trouble."""
    try:
        with sessions.begin() as session:
            yield session
    except (DBAPIError, PoolTimeout) as error:
        known = trouble(error)
        if known is None:
            raise  # not `from error`: an error that is its own cause sends whoever follows the causes round for ever
        raise known from error


def read_only(session: Session) -> Session:
    """Say at the start of a session that it only reads: on SQLite it then waits for no writer."""
    session.info[READS] = True
    session.connection(execution_options={"only_reads": True})
    return session


def one_by_one(session: Session) -> Session:
    """Say, as with `read_only`, that a session only reads, and that each question may stand alone: PostgreSQL is then not told where
    the transaction begins and ends, for which a page would wait as long as for a question.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.info[READS] = True
        session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        return session
    return read_only(session)


def at_one_moment(session: Session) -> Session:
    """Say, as with `read_only`, that a session only reads, and all of it as it was at its first question."""
    if session.get_bind().dialect.name == "postgresql":
        session.info[READS] = True
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        return session
    return read_only(session)  # SQLite reads so anyway


def only_reads(session: Session) -> bool:
    """Whether one of these three was said of this session."""
    return READS in session.info


def overwrite_deleted(session: Session) -> None:
    """Let SQLite write zeros over deleted rows, from here to the end of this transaction."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete=ON")


def trouble(error: Exception) -> Busy | NoRoom | None:
    """The error that people see for a database error: Busy (try again), NoRoom, or None for a mistake of ours."""
    if isinstance(error, PoolTimeout):
        return Busy()
    if not isinstance(error, DBAPIError):
        return None
    words = str(error.orig).lower()
    if "disk is full" in words or getattr(error.orig, "sqlstate", "") == "53100":
        return NoRoom()
    if isinstance(error.orig, sqlite3.Error):
        return Busy() if "locked" in words or "unable to open" in words or "busy" in words else None
    return Busy() if isinstance(error, OperationalError) or error.connection_invalidated else None


def upgrade(address: str, schema: str = "head", *, tell: Tell = log_it) -> None:
    """Bring the database to the newest schema, or to an earlier one. Processes that start together wait for each other,
    however long it takes; `tell` then gets a Dutch sentence about it.
    """
    _migrate(address, command.upgrade, schema, tell)


def downgrade(address: str, schema: str, *, tell: Tell = log_it) -> None:
    """Bring the database back to an older schema, such as `0002`: rows and columns that it does not have are lost."""
    _migrate(address, command.downgrade, schema, tell)


def _migrate(address: str, way: Callable[[Config, str], None], schema: str, tell: Tell) -> None:
    engine = make_engine(address, foreign_keys=False)  # SQLite changes a table by copying it, which keys would refuse
    try:
        if engine.dialect.name == "postgresql":
            with engine.begin() as connection:
                turn_on_postgres(connection, tell)
                _to_schema(connection, way, schema)
        else:
            with turn_beside(Path(str(engine.url.database)), tell):
                _migrate_sqlite(engine, way, schema)
    finally:
        engine.dispose()


def know_the_rows(sessions: sessionmaker[Session]) -> None:
    """Have PostgreSQL look through all tables, after very many rows came in at once: until then it plans as if they were empty, and a list of
    a million cases takes half a second. It does so itself later.
    """
    engine: Engine = sessions.kw["bind"]
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def may_lack(connection: Connection) -> bool:
    """Whether the database lacks what this program works with: it was never migrated, or by an older release only.

    A newer release may have migrated it already: then this program still knows all that it needs.
    """
    known = {one.revision for one in _scripts().walk_revisions()}
    return not is_newest(connection) and set(MigrationContext.configure(connection).get_current_heads()) <= known


def is_newest(connection: Connection) -> bool:
    """Whether the database has the schema that this program was made for."""
    newest = set(_scripts().get_heads())
    return set(MigrationContext.configure(connection).get_current_heads()) == newest


@cache
def _scripts() -> ScriptDirectory:
    """Every migration, read once in a process: none comes while the program runs, and whether it is ready is asked again and again."""
    return ScriptDirectory(str(MIGRATIONS))


def _migrate_sqlite(engine: Engine, way: Callable[[Config, str], None], schema: str) -> None:
    # first only a look: the process that went before may be writing by now, and would have to be waited for
    with engine.connect().execution_options(only_reads=True) as looking:
        if schema == "head" and is_newest(looking):
            return
    with engine.begin() as connection:
        _to_schema(connection, way, schema)


def _to_schema(connection: Connection, way: Callable[[Config, str], None], schema: str) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS))
    way(config, schema)


def make_engine(address: str, *, foreign_keys: bool = True) -> Engine:
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(address, foreign_keys=foreign_keys)
    engine = create_engine(
        url,
        pool_size=10,
        max_overflow=10,
        pool_timeout=POOL_SECONDS,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "options": POSTGRES_OPTIONS,
            # psycopg throws away all that is prepared at each rollback, with which every reading ends; storage.fast prepares
            "prepare_threshold": None,
        },
    )
    _ping_who_was_idle(engine)
    return engine


def _ping_who_was_idle(engine: Engine) -> None:
    """A connection that lay idle may have been cut off meanwhile; asking one that was just used costs a round trip."""

    @event.listens_for(engine, "checkin")
    def used(_connection: object, record: Any) -> None:
        record.info["used"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ping(connection: Any, record: Any, _proxy: object) -> None:
        if time.monotonic() - record.info.get("used", 0) < IDLE_SECONDS:
            return
        try:
            alive = engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error
        if not alive:
            raise DisconnectionError


def _sqlite_engine(address: str, *, foreign_keys: bool) -> Engine:
    database = make_url(address).database
    if not database or database == ":memory:":
        raise ValueError("a SQLite database needs a file")
    make_private_folder(Path(database).parent)
    touch_private(Path(database))  # SQLite gives its log and shared memory the rights of this file
    engine = create_engine(address, pool_timeout=POOL_SECONDS, connect_args={"timeout": BUSY_MILLISECONDS / 1000})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late and leads to "database is locked"
        for pragma in ("journal_mode=WAL", "synchronous=FULL", f"foreign_keys={'ON' if foreign_keys else 'OFF'}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        only_reads = connection.get_execution_options().get("only_reads")
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    return engine
