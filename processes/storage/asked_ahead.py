"""The questions of a page, asked together before the functions that need their answers ask them.

A page that knows what will be asked says so once (`ask_ahead`): it all goes to the database in one round trip. A function asks its own
question (`answer`), wherever it is called from: it gets what was asked ahead, else it asks the database.

Only for sessions that read: an answer is that of the moment of `ask_ahead`, for as long as the session is open.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from processes.storage.base import Base
from processes.storage.fast import PreparedQuery, fetch_together
from processes.storage.session import only_reads

KEPT = "answers asked ahead"  # in the `info` of a session

Question = tuple[PreparedQuery, Mapping[str, Any]]


def ask_ahead(session: Session, questions: Iterable[Question]) -> None:
    """Ask these together, without those that were asked before. The values that go with each must be what `answer` is called with; a
    list is given as a tuple. Raises ValueError in a session of which nobody said that it only reads: a change would act on old answers.
    """
    if not only_reads(session):
        raise ValueError("only a session that reads asks ahead: say read_only, one_by_one or at_one_moment of it first")
    kept = session.info.setdefault(KEPT, {})
    asked = [one for one in questions if _which(*one) not in kept]
    if not asked:
        return
    for (query, values), rows in zip(asked, fetch_together(session, asked), strict=True):
        kept[_which(query, values)] = rows


def answer(session: Session, query: PreparedQuery, **values: Any) -> list[Any]:
    """The rows of this question: objects of the session, or tuples, as the query says."""
    found = asked_before(session, query, **values)
    return fetch_together(session, [(query, values)])[0] if found is None else found


def asked_before(session: Session, query: PreparedQuery, **values: Any) -> list[Any] | None:
    """The same for what changes ask too, each in its own way; None for what was not asked ahead, which in a change is everything."""
    kept: dict[Any, list[Any]] = session.info.get(KEPT, {})
    return kept.get(_which(query, values))


def as_objects(statement: Select[Any], of: type[Base]) -> PreparedQuery:
    """A question for rows of one table, as objects of the session."""
    return PreparedQuery(statement.with_only_columns(*of.__table__.c), of)


def _which(query: PreparedQuery, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return query, *sorted(values.items())
