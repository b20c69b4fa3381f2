"""The views of the list of cases that somebody saved."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from processes.base.actor import Actor
from processes.storage.asked_ahead import answer
from processes.storage.fast import PreparedQuery
from processes.storage.tables import SavedView


@dataclass(frozen=True, slots=True)
class ViewLine:
    """`query` stands behind the question mark of the address of the list."""

    id: int
    name: str
    query: str


def views_of(session: Session, actor: Actor) -> tuple[ViewLine, ...]:
    """By name; nobody sees those of somebody else."""
    return tuple(ViewLine(*row) for row in answer(session, saved_views(), staff=actor.subject))


@cache
def saved_views() -> PreparedQuery:
    """The question of `views_of`, by the number `staff`."""
    columns = (SavedView.id, SavedView.name, SavedView.query)
    return PreparedQuery(select(*columns).where(SavedView.staff == bindparam("staff")).order_by(SavedView.name))
