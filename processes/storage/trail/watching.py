"""Sessions that see themselves which held rows they write, so that no action can forget to have them digested.

Digests go into the last row of the trail that the change records for a chain; a change that records none gets a row of its own.
New rows, and what was read together with the lock of its case, are digested as the session holds them; every other row is read
again at the end: it may have been read before the lock.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Update, and_, event, inspect, or_, select
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker

from processes.storage import audit
from processes.storage.fast import TOLD, changed_columns, hear_rows
from processes.storage.trail.digests import row_digest, row_key
from processes.storage.trail.hashing import KEYS, Keys
from processes.storage.trail.held import BY_CLASS, BY_NAME, HeldTable

WRITTEN: Final = "held rows that were written"  # in the `info` of a session
NOW: Final = "the moment of a change"  # in the `info` of a session
PAGE: Final = 200  # rows per question

Place = tuple[HeldTable, tuple[Any, ...]]
"""A row: its table and the values of its key."""


@dataclass(eq=False)
class _Written:
    """The held rows that one transaction has written: objects (true: a new one), whole rows, rows to read again with their chain."""

    transaction: object
    objects: dict[Any, bool] = field(default_factory=dict)
    rows: dict[Place, Mapping[str, Any]] = field(default_factory=dict)
    gone: dict[Place, int] = field(default_factory=dict)
    again: dict[Place, int | None] = field(default_factory=dict)
    locked: set[int] = field(default_factory=set)
    unheard: bool = False


def watch_rows(sessions: sessionmaker[Session], keys: Keys, now: Callable[[Session], datetime]) -> None:
    """Digest from now on what sessions of this factory write. `now` tells the moment of a change that does not say it."""
    sessions.configure(info={**sessions.kw.get("info", {}), KEYS: keys, NOW: now})
    hear_rows(sessions, _heard)
    event.listen(sessions, "pending_to_persistent", _stored)
    event.listen(sessions, "before_flush", _changed, insert=True)  # before the fast path takes the changes
    event.listen(sessions, "do_orm_execute", _asked)
    event.listen(sessions, "before_commit", _write_along)  # the registry keeps it for ever, so it may hold no services


def read_under_lock(session: Session, chain: int) -> None:
    """Say that the rows of this case were read together with its lock, so that the session holds them as they are."""
    _written(session).locked.add(chain)


@contextmanager
def unheard(session: Session) -> Iterator[None]:
    """Statements that end a whole chain: what they delete need not be named row by row."""
    written = _written(session)
    written.unheard = True
    try:
        yield
    finally:
        written.unheard = False


def _written(session: Session) -> _Written:
    transaction = session.get_transaction() or session.begin()
    kept: _Written | None = session.info.get(WRITTEN)
    if kept is None or kept.transaction is not transaction:
        kept = session.info[WRITTEN] = _Written(transaction)
    return kept


def _stored(session: Session, row: Any) -> None:
    if type(row) in BY_CLASS:
        _written(session).objects[row] = True


def _changed(session: Session, *_: object) -> None:
    for row in session.dirty:
        held = BY_CLASS.get(type(row))
        if held and _moved(row, held):
            _written(session).objects.setdefault(row, False)
    for row in session.deleted:
        if held := BY_CLASS.get(type(row)):
            written, values = _written(session), inspect(row).dict
            written.objects.pop(row, None)
            written.gone[_place(held, values)] = held.chain_of(values)


def _moved(row: Any, held: HeldTable) -> bool:
    return any(name in held.columns for name in changed_columns(row))


def _place(held: HeldTable, values: Mapping[str, Any]) -> Place:
    return held, tuple(values[name] for name in held.key)


def _heard(session: Session, table: Any, rows: Sequence[Mapping[str, Any]], statement: Any = None) -> None:
    """Rows that the fast path inserts or updates, or a statement whose rows nobody knows: that one sets only what is not held."""
    held = BY_NAME.get(table.name)
    if held is None or (isinstance(statement, Update) and not _sets_held(held, statement, ())):
        return
    if not rows or any(name not in row for name in held.key for row in rows):
        raise NotImplementedError(f"the trail does not see what such a statement does to the table {table.name}")
    written = _written(session)
    for row in rows:
        if all(name in row for name in held.columns):
            written.rows[_place(held, row)] = row
        else:
            written.again[_place(held, row)] = None


def _asked(state: ORMExecuteState) -> None:
    """A statement that changes rows without their objects: which ones, is asked before it goes."""
    if not (state.is_update or state.is_delete or state.is_insert) or TOLD in state.execution_options:
        return
    statement: Any = state.statement
    held = BY_NAME.get(getattr(statement.table, "name", ""))
    written = _written(state.session)
    if held is None or written.unheard:
        return
    given: Any = state.parameters or {}
    if state.is_insert:
        rows = given if isinstance(given, list) else [{**statement.compile().params, **given}]
        _heard(state.session, held.table, rows)
        return
    many = given if isinstance(given, list) else [given]
    if state.is_update and not _sets_held(held, statement, many):
        return
    if all(name in one for name in held.key for one in many):  # an update of many rows, each by its key
        written.again.update({_place(held, one): None for one in many})
        return
    columns = [held.table.c[name] for name in (*held.key, *([held.chain_column] if held.chain_column else []))]
    wanted = select(*columns).where(*statement._where_criteria)  # noqa: SLF001 - the same rows
    for one in many:
        for found in state.session.execute(wanted, one).mappings():
            row: Any = found
            written.again[_place(held, row)] = held.chain_of(row)


def _sets_held(held: HeldTable, statement: Any, given: Sequence[Mapping[str, Any]]) -> bool:
    return bool(_sets(statement, given) & (set(held.columns) - set(held.key)))


def _sets(statement: Any, given: Sequence[Mapping[str, Any]]) -> set[str]:
    """The names of the columns that an update may set, and perhaps more names."""
    named = {str(getattr(column, "key", column)) for column in statement._values or ()}  # noqa: SLF001 - no other way to ask
    return named.union(*given)


def _write_along(session: Session) -> None:
    session.flush()
    written: _Written | None = session.info.pop(WRITTEN, None)
    if written is not None and written.transaction is not session.get_transaction():
        written = None
    digests = _digests(session, written) if written else {}
    audit.write_along(session, digests, session.info[NOW])


def _digests(session: Session, written: _Written) -> audit.Digests:
    key = next(iter(session.info[KEYS].values()))
    found: audit.Digests = {}
    again = dict(written.again)

    def note(held: HeldTable, values: Mapping[str, Any], digest: str | None) -> None:
        if not held.exempt(values):
            rows = found.setdefault(held.chain_of(values), {}).setdefault(held.name, {})
            rows[row_key(held, values, key)] = digest

    for row, new in written.objects.items():
        held = BY_CLASS[type(row)]
        values = _known(held, row, new=new)
        if values is not None and (new or held.chain_of(values) in written.locked):
            note(held, values, row_digest(held, values, key))
        else:
            again.setdefault(_of_object(held, row), None)
    for (held, _), row in written.rows.items():
        note(held, row, row_digest(held, row, key))
    for place, was in written.gone.items():
        again.setdefault(place, was)
    for held, chain, values, there in _read_again(session, again):
        if there:
            note(held, values, row_digest(held, values, key))
        elif chain is not None:
            note(held, {**values, **({held.chain_column: chain} if held.chain_column else {})}, None)
    return {
        chain: {name: dict(sorted(rows.items())) for name, rows in sorted(tables.items())}
        for chain, tables in found.items()
    }


def _known(held: HeldTable, row: Any, *, new: bool) -> Mapping[str, Any] | None:
    """The values of a row as the session holds them; None when that is not all of it."""
    state: Any = inspect(row)
    values: Mapping[str, Any] = state.dict
    missing = [name for name in held.columns if name not in values]
    if not missing:
        return values
    if not new or state.expired_attributes.intersection(missing):
        return None
    return {**dict.fromkeys(missing), **values}  # columns that a new row does not name are empty


def _of_object(held: HeldTable, row: Any) -> Place:
    return held, tuple(getattr(row, name) for name in held.key)


def _read_again(
    session: Session, places: Mapping[Place, int | None]
) -> Iterator[tuple[HeldTable, int | None, Any, bool]]:
    """Each row as it stands, or the values of its key and that it is gone."""
    keys: dict[HeldTable, list[tuple[Any, ...]]] = {}
    for held, key in places:
        keys.setdefault(held, []).append(key)
    for held, wanted in keys.items():
        for start in range(0, len(wanted), PAGE):
            part = wanted[start : start + PAGE]
            rows = {
                tuple(row[name] for name in held.key): row for row in session.execute(_select(held, part)).mappings()
            }
            for key in part:
                row = rows.get(key)
                yield held, places[held, key], row or dict(zip(held.key, key, strict=True)), row is not None


def _select(held: HeldTable, keys: Sequence[tuple[Any, ...]]) -> Any:
    columns = [held.table.c[name] for name in held.key]
    found = select(held.table)
    if len(columns) == 1:
        return found.where(columns[0].in_([key[0] for key in keys]))
    return found.where(or_(*(and_(*(c == v for c, v in zip(columns, key, strict=True))) for key in keys)))
