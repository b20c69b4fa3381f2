"""The package's functions with plain SQLAlchemy: each statement goes at once, and objects go by a flush."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Delete, Insert, Update, bindparam, insert, select, update
from sqlalchemy.orm import Session

from processes.storage.base import Base
from processes.storage.fast.prepared_query import PreparedQuery

TOLD = "told"  # an option of statements that the package itself has told of
APART = {
    "synchronize_session": False,
    "autoflush": False,
    TOLD: True,
}  # the statement alone, without the objects of the session


def fetch_together(session: Session, asked: Iterable[tuple[PreparedQuery, Mapping[str, Any]]]) -> list[list[Any]]:
    session.flush()
    return [_fetch(session, query, values) for query, values in asked]


def _fetch(session: Session, query: PreparedQuery, values: Mapping[str, Any]) -> list[Any]:
    if query.of is None:
        return [tuple(row) for row in session.execute(query.statement, values)]
    objects = select(query.of).from_statement(query.statement)
    return list(session.scalars(objects, values, execution_options={"populate_existing": True}))


def insert_rows(session: Session, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    session.execute(insert(table), rows, execution_options={TOLD: True})


def update_rows(session: Session, table: Any, by: tuple[str, ...], rows: Sequence[Mapping[str, Any]]) -> None:
    changed = [name for name in rows[0] if name not in by]
    found = [table.c[name] == bindparam(f"key_{name}") for name in by]
    statement = update(table).where(*found).values({name: bindparam(f"new_{name}") for name in changed})
    keys = [{f"key_{name}": row[name] for name in by} for row in rows]
    news = [{f"new_{name}": row[name] for name in changed} for row in rows]
    session.execute(statement, [key | new for key, new in zip(keys, news, strict=True)], execution_options={TOLD: True})


def execute_later(session: Session, statement: Insert | Update | Delete, values: Mapping[str, Any]) -> None:
    session.execute(statement, values, execution_options=APART)


def id_queries(session: Session, wanted: Mapping[type[Base], int]) -> list[tuple[PreparedQuery, Mapping[str, int]]]:
    del session, wanted
    return []  # each id comes with its row


def keep_ids(session: Session, ids: Iterable[tuple[str, int]]) -> None:
    """Do nothing: no ids were asked for."""
    del session, ids


def add_row(session: Session, row: Base) -> None:
    session.add(row)
    session.flush()


def add_rows(session: Session, rows: Sequence[Base], first: Callable[[Any], bool]) -> None:
    del first  # one flush, which itself orders what refers to what
    session.add_all(rows)
    session.flush()
