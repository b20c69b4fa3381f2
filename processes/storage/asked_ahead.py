"""The questions of a page, asked together before the functions that need their answers ask them.

A page that knows what will be asked says so once (`ask_ahead`): it all goes to the database in one round trip. A function asks its own
question (`answer`), wherever it is called from: it gets what was asked ahead, else it asks the database.

Only for sessions that read: an answer is that of the moment of `ask_ahead`, for as long as the session is open.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from processes.storage.fast import PreparedQuery, fetch_together

KEPT = "answers asked ahead"  # in the `info` of a session

Question = tuple[PreparedQuery, Mapping[str, Any]]


def ask_ahead(session: Session, questions: Iterable[Question]) -> None:
    """Ask these together. The values that go with each must be what `answer` is called with; a list is given as a tuple."""
    asked = list(questions)
    kept = session.info.setdefault(KEPT, {})
    for (query, values), rows in zip(asked, fetch_together(session, asked), strict=True):
        kept[_which(query, values)] = rows


def answer(session: Session, query: PreparedQuery, **values: Any) -> list[Any]:
    """The rows of this question: objects of the session, or tuples, as the query says."""
    kept: dict[Any, list[Any]] = session.info.get(KEPT, {})
    found = kept.get(_which(query, values))
    return fetch_together(session, [(query, values)])[0] if found is None else found


def _which(query: PreparedQuery, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return query, *sorted(values.items())
