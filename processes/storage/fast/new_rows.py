"""New rows whose ids are asked for together, so that each need not be inserted before the next can refer to it.

`id_queries` among the first queries of a change, `keep_ids` for its rows, then `add_row` for each object. Where nothing was
reserved (SQLite, whose ids cost no round trip, or more rows than were expected) the ORM inserts at once and gives the id.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, func, literal_column, select, union_all
from sqlalchemy.orm import Session

from processes.storage.base import Base, BigId
from processes.storage.fast.deferred_writes import defer_new
from processes.storage.fast.prepared_query import PreparedQuery

RESERVED = "reserved ids"  # in the `info` of a session


def id_queries(session: Session, wanted: Mapping[type[Base], int]) -> list[tuple[PreparedQuery, Mapping[str, int]]]:
    if session.get_bind().dialect.name != "postgresql":
        return []
    return [(_next_ids(tuple(wanted)), {f"many_{of.__tablename__}": many for of, many in wanted.items()})]


def keep_ids(session: Session, ids: Iterable[tuple[str, int]]) -> None:
    reserved: dict[str, list[int]] = {}
    for table, number in ids:
        reserved.setdefault(table, []).insert(0, number)
    session.info[RESERVED] = reserved


def add_row(session: Session, row: Base) -> None:
    ids = session.info.get(RESERVED, {}).get(row.__tablename__)
    if ids:
        row.id = ids.pop()  # type: ignore[attr-defined]
        defer_new(session, row)
    else:
        session.add(row)
        session.flush()


def add_rows(session: Session, rows: Sequence[Base], first: Callable[[Any], bool]) -> None:
    ids = session.info.get(RESERVED, {}).get(rows[0].__tablename__, []) if rows else []
    if len(ids) < len(rows):
        session.add_all(rows)
        session.flush()
        return
    for row in rows:
        row.id = ids.pop()  # type: ignore[attr-defined]
    for row in sorted(rows, key=lambda one: not first(one)):
        defer_new(session, row)


@cache
def _next_ids(wanted: tuple[type[Base], ...]) -> PreparedQuery:
    return PreparedQuery(select(union_all(*map(_ids_of, wanted)).subquery()))


def _ids_of(of: type[Base]) -> Select[Any]:
    name = of.__tablename__
    many = func.generate_series(literal_column("1"), bindparam(f"many_{name}", type_=Integer())).table_valued("value")
    next_id = literal_column(f"nextval('{name}_id_seq')", BigId)
    columns: list[Any] = [literal_column(f"'{name}'", String()).label("of"), next_id.label("id")]
    return select(*columns).select_from(many)
