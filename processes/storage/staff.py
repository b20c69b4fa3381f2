"""Staff as sign-on last showed them: names for pages and letters, and who can take over a case."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.actor import Actor
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import StaffRow

NOBODY = "een medewerker"


def remember(session: Session, actor: Actor, email: str | None = None) -> None:
    """Keep the name, roles and mail address of someone who signs in."""
    session.merge(StaffRow(username=actor.subject, name=actor.name, roles=sorted(actor.roles), email=email))


def signed_in(services: Services, actor: Actor, email: str | None = None) -> None:
    """Remember a member of staff who signed in, in a transaction of its own; sign-on calls it. Raises Busy."""
    with transaction(services.sessions) as session:
        remember(session, actor, email)


def email_of(session: Session, username: str | None) -> str | None:
    """The mail address of a user; None when sign-on gave none."""
    row = session.get(StaffRow, username) if username else None
    return row.email if row else None


def name_of(session: Session, username: str | None) -> str:
    """The name of a user; a neutral word when nobody is meant or known."""
    row = session.get(StaffRow, username) if username else None
    return row.name if row else NOBODY


def with_role(session: Session, roles: Collection[str]) -> list[tuple[str, str]]:
    """User name and name of everybody with one of these roles, by name."""
    rows = session.scalars(select(StaffRow).order_by(StaffRow.name)).all()
    return [(row.username, row.name) for row in rows if set(row.roles) & set(roles)]
