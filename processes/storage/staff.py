"""Staff as sign-on last showed them: names for pages and letters, and who can take over a case. Each is known by number."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, case, exists, select
from sqlalchemy.orm import Session, aliased

from processes.base.actor import Actor
from processes.storage.tables import StaffRow

NOBODY = "een medewerker"


def remember(session: Session, actor: Actor, email: str | None = None, username: str | None = None) -> StaffRow:
    """Keep the name, roles and mail address of a member of staff under the number that is the subject of the actor."""
    known = {"name": actor.name, "roles": sorted(actor.roles), "email": email}
    return session.merge(StaffRow(number=actor.subject, username=username or actor.subject, **known))


def shown_name() -> ColumnElement[str]:
    """The name of a row of staff as pages show it: with the user name where another one has the same name."""
    other = aliased(StaffRow)
    shared = exists().where(other.name == StaffRow.name, other.number != StaffRow.number)
    return case((shared, StaffRow.name + " (" + StaffRow.username + ")"), else_=StaffRow.name)


def names_of(session: Session, numbers: Iterable[str | None]) -> Mapping[str, str]:
    """Names by number; who is not known keeps what stands there. One statement."""
    wanted = {number for number in numbers if number}
    found = select(StaffRow.number, shown_name()).where(StaffRow.number.in_(wanted))
    return {**{number: number for number in wanted}, **dict(session.execute(found).all())}


def email_of(session: Session, number: str | None) -> str | None:
    """The mail address of a member of staff; None when sign-on gave none."""
    row = session.get(StaffRow, number) if number else None
    return row.email if row else None


def name_of(session: Session, number: str | None) -> str:
    """The name of a member of staff; a neutral word when nobody is meant or known."""
    found: Any = session.scalar(select(shown_name()).where(StaffRow.number == number)) if number else None
    return found or NOBODY


def everybody(session: Session) -> list[tuple[str, str]]:
    """Number and name of everybody who ever signed in, also of who may not come in any more, by name."""
    found = select(StaffRow.number, shown_name()).order_by(StaffRow.name, StaffRow.username)
    return [(number, name) for number, name in session.execute(found)]


def with_role(session: Session, roles: Collection[str]) -> list[tuple[str, str]]:
    """Number and name of everybody with one of these roles who may come in, by name."""
    rows = session.execute(
        select(StaffRow.number, shown_name(), StaffRow.roles)
        .where(StaffRow.blocked_at.is_(None))
        .order_by(StaffRow.name, StaffRow.username)
    )
    return [(number, name) for number, name, held in rows if set(held) & set(roles)]
