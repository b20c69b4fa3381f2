"""Deferred writes: what a change inserts and updates goes to the database as one batch, and at the end with the commit.

These writes need no answer of the database, so on PostgreSQL all of them cost one round trip. Before every other
statement of the transaction the deferred ones are carried out: no read misses them, and the order of writes stays.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import (
    Connection,
    Delete,
    Dialect,
    Engine,
    FromClause,
    Insert,
    Table,
    Update,
    bindparam,
    event,
    insert,
    inspect,
    update,
)
from sqlalchemy.orm import Session, make_transient_to_detached

from processes.storage.fast.pipeline import CompiledStatement, compiled, in_one_go

DEFERRED = "deferred writes"  # in the `info` of a connection
NEW = "new rows among them"

Ready = tuple[str, Any]
Deferred = list[Callable[[], Ready]]  # read when they go: a new row may still change until then


def insert_rows(session: Session, table: FromClause, rows: Sequence[Mapping[str, Any]]) -> None:
    _defer(session, _insert(table, tuple(rows[0]), session.connection().dialect), rows)


def update_rows(session: Session, table: FromClause, by: tuple[str, ...], rows: Sequence[Mapping[str, Any]]) -> None:
    changed = tuple(name for name in rows[0] if name not in by)
    keyed = [{**row, **{f"key_{name}": row[name] for name in by}} for row in rows]
    _defer(session, _update(table, changed, by, session.connection().dialect), keyed)


def execute_later(session: Session, statement: Insert | Update | Delete, values: Mapping[str, Any]) -> None:
    _defer(session, _once(statement, session.connection().dialect), [values])


def defer_new(session: Session, row: Any) -> None:
    """Defer the insert of a new object that has its id, with what it will hold by then; it is the session's from now on.

    Defaults of its columns are filled in now.
    """
    state = inspect(row)
    for column in state.mapper.local_table.c:
        if column.key not in state.dict:
            setattr(row, column.key, _default(column))
    make_transient_to_detached(row)
    session.add(row)
    connection = session.connection()
    statement = _insert(state.mapper.local_table, tuple(state.mapper.local_table.c.keys()), connection.dialect)
    new: set[Any] = connection.info.setdefault(NEW, set())
    new.add(row)

    def ready() -> Ready:
        new.discard(row)
        values = statement.parameters(state.dict)
        state._commit_all(state.dict, session.identity_map)  # noqa: SLF001 - as a flush does when it has inserted
        return statement.text, values

    connection.info.setdefault(DEFERRED, []).append(ready)
    session.dispatch.pending_to_persistent(session, state)  # as a flush tells who listens


def _default(column: Any) -> Any:
    if column.default is None:
        return None
    return column.default.arg(None) if column.default.is_callable else column.default.arg


def changed_columns(row: Any) -> list[str]:
    state = inspect(row)
    known = state.dict
    return [key for key, old in state.committed_state.items() if key in known and known[key] != old]


def defer_changes(session: Session, *_: object) -> None:
    """Before a flush: the changed columns of rows that were read, so that nothing is left for the ORM to update."""
    new = session.connection().info.get(NEW, ())
    for row in session.dirty:
        state = inspect(row)
        known = state.dict
        changed = changed_columns(row)
        if changed and row not in new:
            by = tuple(column.key for column in state.mapper.primary_key)
            values = {**dict(zip(by, state.identity, strict=True)), **{key: known[key] for key in changed}}
            update_rows(session, state.mapper.local_table, by, [values])
        state._commit_all(known, session.identity_map)  # noqa: SLF001 - what a flush itself calls at its end


def watch(engine: Engine) -> None:
    """Carry out the batch before each other statement and with the commit; forget it when the transaction is rolled back."""
    event.listen(engine, "before_cursor_execute", _before_another)
    event.listen(engine, "commit", _with_the_commit)
    event.listen(engine, "rollback", _rolled_back)


@lru_cache(maxsize=256)
def _once(statement: Insert | Update | Delete, dialect: Dialect) -> CompiledStatement:
    return compiled(statement, dialect)


@lru_cache(maxsize=256)  # a process has one or two databases; a test run many
def _insert(table: Table, columns: tuple[str, ...], dialect: Dialect) -> CompiledStatement:
    return compiled(insert(table).inline(), dialect, keys=columns)


@lru_cache(maxsize=256)
def _update(table: Table, columns: tuple[str, ...], by: tuple[str, ...], dialect: Dialect) -> CompiledStatement:
    mine = [table.c[name] == bindparam(f"key_{name}", type_=table.c[name].type) for name in by]
    return compiled(update(table).where(*mine), dialect, keys=columns)


def _defer(session: Session, statement: CompiledStatement, rows: Sequence[Mapping[str, Any]]) -> None:
    deferred: Deferred = session.connection().info.setdefault(DEFERRED, [])
    deferred += [partial(tuple, (statement.text, statement.parameters(row))) for row in rows]


def _before_another(connection: Connection, *_: object) -> None:
    if deferred := connection.info.pop(DEFERRED, None):
        in_one_go(connection, [ready() for ready in deferred])


def _with_the_commit(connection: Connection) -> None:
    if deferred := connection.info.pop(DEFERRED, None):
        in_one_go(connection, [ready() for ready in deferred], commit=True)


def _rolled_back(connection: Connection) -> None:
    if connection.invalidated:
        return  # cut off: what it held went with it, and asking for it would ask for a new connection
    connection.info.pop(DEFERRED, None)
    connection.info.pop(NEW, None)
