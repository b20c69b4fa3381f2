"""Many statements in one round trip, compiled once per kind of database and past the bookkeeping of SQLAlchemy.

On PostgreSQL they go through libpq's pipeline: each sees what those before it did, and after a failure none of the rest
is carried out. On SQLite, which is in the same process, they go one by one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError

from processes.storage.fast.libpq import Prepared, Rows, carry_out

Convert = Callable[[Any], Any]
PREPARED = "prepared statements"  # in the `info` of a connection


@dataclass(frozen=True, slots=True)
class CompiledStatement:
    """`positional`: parameters go by place instead of by name. `columns`: names and converters of what comes back.

    `fixed`: values that the statement itself brings.
    """

    text: str
    converters: Sequence[tuple[str, Convert | None]]
    positional: bool
    columns: Sequence[tuple[str, Convert | None]] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)

    def parameters(self, row: Mapping[str, Any]) -> Any:
        known = {**self.fixed, **row} if self.fixed else row
        values = [(name, convert(known[name]) if convert else known[name]) for name, convert in self.converters]
        return tuple(value for _, value in values) if self.positional else dict(values)

    def read(self, rows: Sequence[tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:
        """The rows that came back, as the columns say."""
        if not any(convert for _, convert in self.columns):
            return rows
        ways = [convert for _, convert in self.columns]
        return [
            tuple(value if way is None else way(value) for way, value in zip(ways, row, strict=True)) for row in rows
        ]


def compiled(
    statement: Any, dialect: Dialect, columns: Sequence[Any] = (), keys: Sequence[str] | None = None
) -> CompiledStatement:
    """`keys`: the columns that an insert or update sets; `columns`: those that a select gives. A list in an IN must be known by now."""
    made = statement.compile(dialect=dialect, column_keys=list(keys) if keys is not None else None)
    binds = {name: bind for bind, name in made.bind_names.items()}
    types = {name: bind.type for name, bind in binds.items()}
    fixed = {name: bind.value for name, bind in binds.items() if not bind.required}
    if made.post_compile_params:
        made = _with_lists(statement, made)
        for name in (made.bind_names[bind] for bind in made.post_compile_params):
            # as SQLAlchemy numbers the values of a list
            each = {f"{name}_{at}": value for at, value in enumerate(fixed.pop(name), 1)}
            types |= dict.fromkeys(each, types.pop(name))
            fixed |= each
    names = made.positiontup or list(types)
    converters = [(name, types[name].dialect_impl(dialect).bind_processor(dialect)) for name in names]
    back = [(one.key, one.type.dialect_impl(dialect).result_processor(dialect, None)) for one in columns]
    return CompiledStatement(made.string, converters, made.positional, back, fixed)


def _with_lists(statement: Any, made: Any) -> Any:
    """The same with a parameter for each value of a list: SQLAlchemy would leave that to the moment at which it is carried out."""
    named = {bind.key: None for bind in made.bind_names if bind.required}
    return statement.params(named).compile(dialect=made.dialect, compile_kwargs={"render_postcompile": True})


def in_one_go(connection: Connection, statements: Sequence[tuple[str, Any]], *, commit: bool = False) -> list[Rows]:
    """Carry them out in order, with the commit behind them; the rows that each gave. Errors are SQLAlchemy's."""
    raw: Any = connection.connection.driver_connection
    tell = connection.dispatch.before_cursor_execute
    for text, same in groupby(statements, key=itemgetter(0)):  # many rows at once count once, as with SQLAlchemy
        tell(connection, None, text, next(same)[1], None, False)
    try:
        if connection.dialect.name == "postgresql":
            return carry_out(raw, connection.info.setdefault(PREPARED, Prepared()), statements, commit=commit)
        return [raw.execute(text, parameters).fetchall() for text, parameters in statements]
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_known(connection, statements[0][0], error) from error


def _as_known(connection: Connection, text: str, error: Exception) -> BaseException:
    """The error as SQLAlchemy would have raised it, so that callers catch the same class for both implementations."""
    dialect: Any = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection, None)
    made = DBAPIError.instance(
        text, None, error, dialect.loaded_dbapi.Error, connection_invalidated=lost, dialect=dialect
    )
    if lost:
        connection.invalidate(error)
    return made
