"""The views of the list of cases that somebody saved."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.actor import Actor
from processes.storage.tables import SavedView


@dataclass(frozen=True, slots=True)
class ViewLine:
    """`query` stands behind the question mark of the address of the list."""

    id: int
    name: str
    query: str


def views_of(session: Session, actor: Actor) -> tuple[ViewLine, ...]:
    """By name; nobody sees those of somebody else."""
    rows = session.scalars(select(SavedView).where(SavedView.staff == actor.subject).order_by(SavedView.name))
    return tuple(ViewLine(row.id, row.name, row.query) for row in rows)
