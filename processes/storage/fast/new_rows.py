"""New rows whose ids are asked for together, so that each need not be inserted before the next can refer to it.

`asks_ids` among the first questions of a change, `keep` for the answer, then `store` for each object. Where nothing was reserved (SQLite, whose ids cost
no round trip, or more rows than were expected) the ORM inserts at once and gives the id.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, func, literal_column, select, union_all
from sqlalchemy.orm import Session

from processes.storage.base import Base, BigId
from processes.storage.fast.reads import PreparedQuery
from processes.storage.fast.writes import insert_new

RESERVED = "reserved ids"  # in the `info` of a session


def asks_ids(session: Session, wanted: Mapping[type[Base], int]) -> list[tuple[PreparedQuery, Mapping[str, int]]]:
    """The question for so many ids of each class; `keep` takes its answer. Nothing where it would save nothing."""
    if session.get_bind().dialect.name != "postgresql":
        return []
    return [(_next_ids(tuple(wanted)), {f"many_{of.__tablename__}": many for of, many in wanted.items()})]


def keep(session: Session, ids: Iterable[tuple[str, int]]) -> None:
    """Have these ids (each with its table) ready for new rows."""
    reserved: dict[str, list[int]] = {}
    for table, number in ids:
        reserved.setdefault(table, []).insert(0, number)
    session.info[RESERVED] = reserved


def store(session: Session, row: Base) -> None:
    """Add a new object to the session with its id."""
    ids = session.info.get(RESERVED, {}).get(row.__tablename__)
    if ids:
        row.id = ids.pop()  # type: ignore[attr-defined]
        insert_new(session, row)
    else:
        session.add(row)
        session.flush()


def store_all(session: Session, rows: Sequence[Base], first: Callable[[Any], bool]) -> None:
    """As `store` for several, with ids in this order; those that are `first` go in before others refer to them."""
    ids = session.info.get(RESERVED, {}).get(rows[0].__tablename__, []) if rows else []
    if len(ids) < len(rows):
        session.add_all(rows)
        session.flush()
        return
    for row in rows:
        row.id = ids.pop()  # type: ignore[attr-defined]
    for row in sorted(rows, key=lambda one: not first(one)):
        insert_new(session, row)


@cache
def _next_ids(wanted: tuple[type[Base], ...]) -> PreparedQuery:
    return PreparedQuery(select(union_all(*map(_ids_of, wanted)).subquery()))


def _ids_of(of: type[Base]) -> Select[Any]:
    name = of.__tablename__
    many = func.generate_series(literal_column("1"), bindparam(f"many_{name}", type_=Integer())).table_valued("value")
    next_id = literal_column(f"nextval('{name}_id_seq')", BigId)
    columns: list[Any] = [literal_column(f"'{name}'", String()).label("of"), next_id.label("id")]
    return select(*columns).select_from(many)
