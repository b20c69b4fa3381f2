"""Staff as sign-on last showed them: names for pages and letters, and who can take over a case. Each is known by number."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, case, exists, select, update
from sqlalchemy.orm import Session, aliased

from processes.base.actor import Actor
from processes.base.folding import fold
from processes.storage.asked_ahead import answer
from processes.storage.fast import PreparedQuery
from processes.storage.tables import Bar, Case, StaffRow
from processes.storage.tables.cases import BY_SIGN, NOBODY_LAST

NOBODY = "een medewerker"


def remember(session: Session, actor: Actor, email: str | None = None, username: str | None = None) -> StaffRow:
    """Keep the name, roles and mail address of a member of staff under the number that is the subject of the actor."""
    before = session.get(StaffRow, actor.subject)
    if before is None or before.name != actor.name:
        _sort_by(session, actor)
    was = (before.username, before.email) if before else ()
    _fix_bars(session, actor.subject, *was, username or actor.subject, email)
    known = {"name": actor.name, "roles": sorted(actor.roles), "email": email}
    return session.merge(StaffRow(number=actor.subject, username=username or actor.subject, **known))


def _fix_bars(session: Session, number: str, *sign_ins: str | None) -> None:
    """Bars of an address that this person has, or had until now, are of the person from here on: another address takes none off."""
    own = {one.strip().lower() for one in sign_ins if one}
    theirs = update(Bar).where(Bar.address.in_(own), Bar.staff.is_(None), Bar.lifted_at.is_(None)).values(staff=number)
    session.execute(theirs, execution_options={"synchronize_session": False})


def _sort_by(session: Session, actor: Actor) -> None:
    """Lists by handler go by the name: that of the cases of this person follows."""
    theirs = update(Case).where(Case.handler == actor.subject).values(handler_sort=_sorted_as(actor.name))
    session.execute(theirs, execution_options={"synchronize_session": False})


def sorted_by(session: Session, handler: str | None, actor: Actor | None = None) -> str:
    """`Case.handler_sort` for this handler; no statement for nobody, for the `actor`, and when the row of the handler is at hand."""
    if handler is None:
        return NOBODY_LAST
    if actor is not None and actor.subject == handler:
        return _sorted_as(actor.name)
    row = session.get(StaffRow, handler)
    return _sorted_as(row.name if row else handler)


def _sorted_as(name: str) -> str:
    return fold(name)[: BY_SIGN.length]


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


@dataclass(frozen=True, slots=True)
class Colleagues:
    """`names` of everybody by number, as pages show them; `with_role`: number and name of who may come in with one of the roles
    that were asked for, by name.
    """

    names: Mapping[str, str]
    with_role: tuple[tuple[str, str], ...]


def colleagues(session: Session, roles: Collection[str]) -> Colleagues:
    """For a page that offers colleagues and names others. One statement."""
    rows = answer(session, every_colleague())
    shared = {name for name, count in Counter(name for _, name, *_ in rows).items() if count > 1}
    names = {number: f"{name} ({username})" if name in shared else name for number, name, username, *_ in rows}
    offered = (row[0] for row in rows if row[4] is None and not set(roles).isdisjoint(row[3]))
    return Colleagues(names, tuple((number, names[number]) for number in offered))


@cache
def every_colleague() -> PreparedQuery:
    """The question of `colleagues`."""
    columns = (StaffRow.number, StaffRow.name, StaffRow.username, StaffRow.roles, StaffRow.blocked_at)
    return PreparedQuery(select(*columns).order_by(StaffRow.name, StaffRow.username))


def email_of(session: Session, number: str | None) -> str | None:
    """The mail address of a member of staff; None when sign-on gave none, and of who may not come in any more."""
    row = session.get(StaffRow, number) if number else None
    return row.email if row and row.blocked_at is None and row.roles else None


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
