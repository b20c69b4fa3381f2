"""Pages in order of legal risk that cost the same at a million cases: the index on dates is read from its beginning,
and counting stops where a person stops caring.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Join, Select, and_, exists, func, inspect, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session, aliased

from processes.reads.workbench.legal import is_legal, legal_due
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, DeadlineRow, TaskRow

PAGE = 50
MOST = 1000  # counts stop here: nobody turns to page twenty-one, and counting a million takes a second


def counted(session: Session, *queries: Select[Any]) -> list[int]:
    """The number of rows of each query, at most MOST + 1. One statement."""
    limited = [query.order_by(None).limit(MOST + 1).subquery() for query in queries]
    counts = (select(func.count()).select_from(rows).scalar_subquery() for rows in limited)
    return list(session.execute(select(*counts)).one())


def pages_of(count: int) -> int:
    """The number of pages of PAGE rows that can be turned to, at least one."""
    return max(1, -(-min(count, MOST) // PAGE))


def dated(what: Any, conditions: Sequence[ColumnElement[bool]], types: Sequence[Deployed]) -> Select[Any]:
    """`what` and the earliest legal date, of cases that have one: read from the index on dates, first date first."""
    earlier = aliased(DeadlineRow)
    before = or_(earlier.due < DeadlineRow.due, and_(earlier.due == DeadlineRow.due, earlier.id < DeadlineRow.id))
    another = select(earlier.id).where(
        earlier.case_id == DeadlineRow.case_id, earlier.met_on.is_(None), is_legal(types, earlier), before
    )
    rows = FromTheLeft(inspect(DeadlineRow).local_table, inspect(Case).local_table, DeadlineRow.case_id == Case.id)
    if what.class_ is TaskRow:
        rows = FromTheLeft(rows, inspect(TaskRow).local_table, TaskRow.case_id == Case.id)
    return (
        select(what, DeadlineRow.due)
        .select_from(rows)
        .where(DeadlineRow.met_on.is_(None), DeadlineRow.due.is_not(None), is_legal(types, DeadlineRow), *conditions)
        .where(~exists(another).correlate(DeadlineRow, Case))
        .order_by(DeadlineRow.due)
    )


def by_risk(
    session: Session, what: Any, conditions: Sequence[ColumnElement[bool]], types: Sequence[Deployed], page: int
) -> list[tuple[Any, date | None]]:
    """One page of ids of tasks or cases (`what`): by legal date, and at the end those of cases that have none.

    One statement, or two when the dated ones do not fill the page.
    """
    offset, end = (page - 1) * PAGE, page * PAGE
    first = session.execute(dated(what, conditions, types).order_by(what).limit(end)).all()
    shown: list[tuple[Any, date | None]] = [(id_, due) for id_, due in first[offset:]]
    if len(first) < end:
        rest = from_cases(what).where(*conditions, legal_due(types).element.is_(None)).order_by(what)
        rest = rest.limit(PAGE - len(shown)).offset(max(0, offset - len(first)))
        shown += [(id_, None) for id_ in session.scalars(rest)]
    return shown


def from_cases(what: Any) -> Select[Any]:
    """Ids of cases, or of tasks with their case."""
    found = select(what)
    return found.join(Case, Case.id == TaskRow.case_id) if what.class_ is TaskRow else found


class FromTheLeft(Join):
    """A join that SQLite must read from the left, so that the order of the index holds and a page ends the reading.

    Without statistics it would begin at the tasks and sort all of them; PostgreSQL sees this by itself.
    """

    inherit_cache = True


@compiles(FromTheLeft, "sqlite")
def _from_the_left(join: FromTheLeft, compiler: Any, **more: Any) -> str:
    return re.sub(r"(?<!CROSS) JOIN ", " CROSS JOIN ", compiler.visit_join(join, **more))
