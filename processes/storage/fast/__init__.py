"""The fast path to the database: what a change reads goes there together, and what it writes goes with the commit.

Only this module is imported from outside the package. It has two implementations with the same results: batched, and
one statement after another with plain SQLAlchemy (`one_by_one`). `set_up` chooses for all sessions of a factory; the
second one serves every other session. What is promised, what it uses of others' private parts and how to leave it:
docs/fast-path.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Delete, FromClause, Insert, Update
from sqlalchemy.orm import Session, sessionmaker

from processes.storage.base import Base
from processes.storage.fast.deferred_writes import changed_columns as _changed_columns
from processes.storage.fast.one_by_one import TOLD
from processes.storage.fast.prepared_query import PreparedQuery
from processes.storage.fast.ways import BATCHED, ONE_BY_ONE, WAY, Way, watch

Rows = Sequence[Mapping[str, Any]]
Listener = Callable[[Session, Any, Rows, Insert | Update | Delete | None], None]

__all__ = [
    "TOLD",
    "PreparedQuery",
    "add_row",
    "add_rows",
    "changed_columns",
    "execute_later",
    "fetch_together",
    "hear_rows",
    "id_queries",
    "insert_rows",
    "keep_ids",
    "set_up",
    "update_rows",
]


HEARS = "who hears of rows that are written"  # in the `info` of a session


def set_up(sessions: sessionmaker[Session], *, fast: bool) -> None:
    """Choose the way of every session that this factory will make: batched when `fast`, else one by one."""
    sessions.configure(info={**(sessions.kw.get("info") or {}), WAY: BATCHED if fast else ONE_BY_ONE})
    if fast:
        watch(sessions)


def hear_rows(sessions: sessionmaker[Session], listener: Listener) -> None:
    """Tell a listener of every call of `insert_rows` and `update_rows`: session, table, rows. It hears of a statement of
    `execute_later` with the statement in place of rows, since nobody knows which ones it changes.
    """
    sessions.configure(info={**(sessions.kw.get("info") or {}), HEARS: listener})


def changed_columns(row: Base) -> list[str]:
    """The names of the attributes of an object that a flush would write: those with another value than they had."""
    return _changed_columns(row)


def fetch_together(session: Session, asked: Iterable[tuple[PreparedQuery, Mapping[str, Any]]]) -> list[list[Any]]:
    """The rows of each query, in the order of the queries: tuples, or objects of the session.

    With each query go the values that it names. What the session still had to write is written first, and each query sees
    what an earlier one locked. An object that the session already held is brought up to date. Raises SQLAlchemy's errors.
    """
    return _way(session).fetch_together(session, asked)


def insert_rows(session: Session, table: FromClause, rows: Rows) -> None:
    """Insert rows that all name the same columns, among them each column with a default: defaults are not filled in.

    Values are converted as the columns say. What the rows refer to must have been flushed. An error may come now, at the
    next statement or with the commit.
    """
    _tell(session, table, rows)
    _way(session).insert_rows(session, table, rows)


def update_rows(session: Session, table: FromClause, by: tuple[str, ...], rows: Rows) -> None:
    """Update rows that are found by the columns `by`; each mapping names these and what changes.

    Objects that the session holds for these rows are not changed along. Errors come as with `insert_rows`.
    """
    _tell(session, table, rows)
    _way(session).update_rows(session, table, by, rows)


def execute_later(session: Session, statement: Insert | Update | Delete, values: Mapping[str, Any]) -> None:
    """Carry out a statement that was made once and kept, with the values that it names; errors as with `insert_rows`.

    Objects that the session holds are not changed along.
    """
    _tell(session, statement.table, (), statement)
    _way(session).execute_later(session, statement, values)


def id_queries(session: Session, wanted: Mapping[type[Base], int]) -> list[tuple[PreparedQuery, Mapping[str, int]]]:
    """A query for so many new ids of each class, to ask among others with `fetch_together`; `keep_ids` takes its rows.

    An empty list where the database gives ids only with the rows themselves.
    """
    return _way(session).id_queries(session, wanted)


def keep_ids(session: Session, ids: Iterable[tuple[str, int]]) -> None:
    """Have these ids (each with the name of its table) ready for `add_row` and `add_rows`."""
    _way(session).keep_ids(session, ids)


def add_row(session: Session, row: Base) -> None:
    """Add a new object to the session. It has its id at once; it may still be changed until the commit.

    Columns that it does not name get their defaults now. Errors come as with `insert_rows`.
    """
    _way(session).add_row(session, row)


def add_rows(session: Session, rows: Sequence[Base], first: Callable[[Any], bool]) -> None:
    """Add several rows of one class, as `add_row` does, with ids in this order; those for which `first` is true are
    inserted before the others, which may refer to them.
    """
    _way(session).add_rows(session, rows, first)


def _tell(session: Session, table: Any, rows: Rows, statement: Insert | Update | Delete | None = None) -> None:
    listener = session.info.get(HEARS)
    if listener is not None:
        listener(session, table, rows, statement)


def _way(session: Session) -> Way:
    way: Way = session.info.get(WAY, ONE_BY_ONE)
    return way
