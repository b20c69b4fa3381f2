"""Inserts of the hottest tables: compiled once per kind of database, and without the bookkeeping of the ORM.

The ORM takes some four times as long to insert a row, and a step of a case inserts four or five of them. Rows go in at
once, so what they refer to must have been flushed. Values are converted as the columns say; defaults are not filled in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, FromClause, Table, insert
from sqlalchemy.orm import Session

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """`positional`: parameters go by place instead of by name."""

    text: str
    converters: Sequence[tuple[str, Convert | None]]
    positional: bool

    def parameters(self, row: Mapping[str, Any]) -> Any:
        values = {name: convert(row[name]) if convert else row[name] for name, convert in self.converters}
        return tuple(values.values()) if self.positional else values


def insert_rows(session: Session, table: FromClause, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns, in one statement."""
    connection = session.connection()
    compiled = _compiled(table, tuple(rows[0]), connection.dialect)
    parameters = [compiled.parameters(row) for row in rows]
    connection.exec_driver_sql(compiled.text, parameters[0] if len(parameters) == 1 else parameters)


@lru_cache(maxsize=256)  # a process has one or two databases; a test run many
def _compiled(table: Table, columns: tuple[str, ...], dialect: Dialect) -> Compiled:
    made = insert(table).inline().compile(dialect=dialect, column_keys=list(columns))
    order = made.positiontup or columns
    converters = [(name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in order]
    return Compiled(made.string, converters, made.positional)
