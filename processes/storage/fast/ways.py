"""The two implementations of the package's functions: batched, or one statement after another."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Delete, FromClause, Insert, Update, event
from sqlalchemy.orm import Session, sessionmaker

from processes.storage.base import Base
from processes.storage.fast import deferred_writes, new_rows, one_by_one, queries
from processes.storage.fast.prepared_query import PreparedQuery

WAY = "way to the database"  # in the `info` of a session

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Way:
    """One implementation of each function of the package; the package's own docstrings say what they do."""

    fetch_together: Callable[[Session, Iterable[tuple[PreparedQuery, Mapping[str, Any]]]], list[list[Any]]]
    insert_rows: Callable[[Session, FromClause, Rows], None]
    update_rows: Callable[[Session, FromClause, tuple[str, ...], Rows], None]
    execute_later: Callable[[Session, Insert | Update | Delete, Mapping[str, Any]], None]
    id_queries: Callable[[Session, Mapping[type[Base], int]], list[tuple[PreparedQuery, Mapping[str, int]]]]
    keep_ids: Callable[[Session, Iterable[tuple[str, int]]], None]
    add_row: Callable[[Session, Base], None]
    add_rows: Callable[[Session, Sequence[Base], Callable[[Any], bool]], None]


BATCHED = Way(
    fetch_together=queries.fetch_together,
    insert_rows=deferred_writes.insert_rows,
    update_rows=deferred_writes.update_rows,
    execute_later=deferred_writes.execute_later,
    id_queries=new_rows.id_queries,
    keep_ids=new_rows.keep_ids,
    add_row=new_rows.add_row,
    add_rows=new_rows.add_rows,
)
ONE_BY_ONE = Way(
    fetch_together=one_by_one.fetch_together,
    insert_rows=one_by_one.insert_rows,
    update_rows=one_by_one.update_rows,
    execute_later=one_by_one.execute_later,
    id_queries=one_by_one.id_queries,
    keep_ids=one_by_one.keep_ids,
    add_row=one_by_one.add_row,
    add_rows=one_by_one.add_rows,
)


def watch(sessions: sessionmaker[Session]) -> None:
    """Let deferred writes go when they must, for the engine and the sessions of this factory."""
    deferred_writes.watch(sessions.kw["bind"])
    event.listen(sessions, "before_flush", deferred_writes.defer_changes)
