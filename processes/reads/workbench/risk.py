"""Pages and counts of lists that cost the same at a million cases: an index is read from its beginning, and counting stops where
a person stops caring.

A list is one query, or several parts that each have an index of their own, such as the case types of a team.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Integer, Select, func, literal, literal_column, select, union_all
from sqlalchemy.orm import Session

PAGE = 50
MOST = 1000  # counts stop here: nobody turns to page twenty-one, and counting a million takes a second

Parts = Sequence[Select[Any]]


def counted(session: Session, *lists: Select[Any] | Parts) -> list[int]:
    """The number of rows of each list, at most MOST + 1. One statement."""
    return at_most(session.execute(counting(*lists)).one())


def counting(*lists: Select[Any] | Parts) -> Select[Any]:
    """The question of `counted`: one row with a number for each list, to be taken `at_most`."""
    return select(*(_sum([one.order_by(None)] if isinstance(one, Select) else one) for one in lists))


def at_most(counts: Iterable[int]) -> list[int]:
    """Counts of lists, which stop at MOST + 1."""
    return [min(count, MOST + 1) for count in counts]


def _sum(parts: Parts) -> Any:
    # parts keep their order, so that the index which serves it is read: also while so few match that nothing else would be
    limited = [part.limit(literal_column(str(MOST + 1))).subquery() for part in parts]
    counts = [select(func.count()).select_from(rows).scalar_subquery() for rows in limited]
    return sum(counts[1:], start=counts[0]) if counts else literal(0, Integer)


def pages_of(count: int) -> int:
    """The number of pages of PAGE rows that can be turned to, at least one."""
    return max(1, -(-min(count, MOST) // PAGE))


def first_rows(session: Session, parts: Parts, order: Sequence[str], offset: int, size: int) -> list[Any]:
    """Rows of a list from `offset`. Each part selects the same columns and is sorted as `order` says, by names of columns, a
    hyphen in front of one that goes down. One statement; none for a list without parts.
    """
    if not parts or size < 1:
        return []
    if len(parts) == 1:
        return list(session.execute(parts[0].limit(size).offset(offset)))
    taken = [select(part.limit(offset + size).subquery()) for part in parts]
    found = union_all(*taken).subquery()
    columns = [found.c[name[1:]].desc() if name.startswith("-") else found.c[name] for name in order]
    return list(session.execute(select(found).order_by(*columns).limit(size).offset(offset)))
