"""All rows of a database as lines of JSON, and back: the same for SQLite and PostgreSQL, so a backup of one fits the other.

For each table a line `{"table": name, "columns": [[name, kind], ...]}`, then a list per row. Kinds say how a value that JSON does not
know is written. The table for searching is left out: it follows from the others.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

import orjson
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    LargeBinary,
    MetaData,
    Table,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.schema import AddConstraint, DropConstraint
from sqlalchemy.types import NullType, TypeEngine

from processes.storage.base import Base, Moment

LEFT_OUT: Final = frozenset({"search"})
AT_ONCE: Final = 1000
KINDS: Final[Mapping[str, TypeEngine[Any]]] = {
    "moment": Moment(), "date": Date(), "bytes": LargeBinary(),
    "json": JSON(none_as_null=True),  # else what was NULL would become the word null
    "plain": NullType(),
}  # fmt: skip
WRITTEN: Final[Mapping[str, Callable[[Any], Any]]] = {
    "moment": datetime.isoformat, "date": date.isoformat, "bytes": lambda value: b64encode(value).decode(),
}  # fmt: skip
READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    "moment": datetime.fromisoformat, "date": date.fromisoformat, "bytes": b64decode,
}  # fmt: skip


def dumped(connection: Connection) -> Iterator[bytes]:
    """Every row, as the connection sees the database; the caller sees to it that this is one moment."""
    for table in Base.metadata.sorted_tables:
        if table.name not in LEFT_OUT:
            yield from _dumped(connection, table)


def _dumped(connection: Connection, table: Table) -> Iterator[bytes]:
    kinds = [_kind(column) for column in table.columns]
    yield (
        orjson.dumps(
            {"table": table.name, "columns": [[c.name, kind] for c, kind in zip(table.columns, kinds, strict=True)]}
        )
        + b"\n"
    )
    rows = connection.execution_options(yield_per=AT_ONCE).execute(select(table).order_by(*table.primary_key))
    for row in rows:
        yield orjson.dumps([_changed(value, WRITTEN.get(kind)) for value, kind in zip(row, kinds, strict=True)]) + b"\n"


def _kind(column: Column[Any]) -> str:
    return next((kind for kind, of in KINDS.items() if kind != "plain" and isinstance(column.type, type(of))), "plain")


def _changed(value: Any, change: Callable[[Any], Any] | None) -> Any:
    return value if value is None or change is None else change(value)


def load(connection: Connection, lines: Iterable[bytes], tell: Callable[[str, int], None]) -> None:
    """Put rows into tables that are empty. `tell` gets the name of a table and how many of its rows are in.

    The keys between tables are taken away meanwhile and put back: that checks them too. Raises IntegrityError.
    """
    keys = _without_keys(connection)
    table: Table | None = None
    waiting: list[dict[str, Any]] = []
    reads: list[tuple[str, Callable[[Any], Any] | None]] = []
    done = 0
    for line in lines:
        found = orjson.loads(line)
        if isinstance(found, dict):
            _insert(connection, table, waiting)
            table, reads, done = _table(found), [(name, READ.get(kind)) for name, kind in found["columns"]], 0
            continue
        waiting.append({name: _changed(value, read) for (name, read), value in zip(reads, found, strict=True)})
        if len(waiting) == AT_ONCE and table is not None:
            done += len(waiting)
            _insert(connection, table, waiting)
            tell(table.name, done)
    _insert(connection, table, waiting)
    _with_keys(connection, keys)
    _count_on(connection)


def _table(head: Mapping[str, Any]) -> Table:
    return Table(head["table"], MetaData(), *(Column(name, KINDS[kind]) for name, kind in head["columns"]))


def _insert(connection: Connection, table: Table | None, waiting: list[dict[str, Any]]) -> None:
    if table is not None and waiting:
        connection.execute(insert(table), waiting)
        waiting.clear()


def _without_keys(connection: Connection) -> list[Any]:
    if connection.dialect.name != "postgresql":
        return []  # SQLite was opened without checking them
    there = MetaData()
    there.reflect(connection)
    keys = [key for table in there.tables.values() for key in table.foreign_key_constraints]
    for key in keys:
        connection.execute(DropConstraint(key))
    return keys


def _with_keys(connection: Connection, keys: Iterable[Any]) -> None:
    for key in keys:
        connection.execute(AddConstraint(key))


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL number new rows after those that are there."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        key = table.autoincrement_column
        if key is not None:
            highest = connection.scalar(select(func.max(key)))
            sequence = connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :key)"), {"table": f'"{table.name}"', "key": key.name}
            )
            if highest and sequence:
                connection.execute(
                    text("SELECT setval(CAST(:sequence AS regclass), :highest)"),
                    {"sequence": sequence, "highest": highest},
                )
