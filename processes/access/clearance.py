"""Confidentiality and clearance (W17): a case above somebody's clearance is not there for them, unless they handle it or were given
access to it for a time.

Sign-on gives the clearance as one of the roles: `clearance-geheim` for who may see cases up to and including `geheim`.
"""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true
from sqlalchemy.orm import Session, aliased

from engine.words import Confidentiality
from processes.base.actor import CLEARANCE, Actor, ActorKind
from processes.storage.tables import Case, CaseAccess

LEVELS: Final = tuple(Confidentiality)  # from low to high
WITHOUT: Final = Confidentiality.VERTROUWELIJK  # the clearance of whom sign-on gave none


def clearance_of(roles: frozenset[str]) -> Confidentiality:
    """The highest clearance among these roles; WITHOUT when there is none."""
    given = [level for level in LEVELS if f"{CLEARANCE}{level}" in roles]
    return given[-1] if given else WITHOUT


def levels_of(roles: frozenset[str]) -> tuple[Confidentiality, ...]:
    """The levels of confidentiality that these roles may see."""
    return LEVELS[: LEVELS.index(clearance_of(roles)) + 1]


def within_clearance(actor: Actor) -> ColumnElement[bool]:
    """A condition on Case. Nobody but staff has a clearance: what others see is told elsewhere."""
    if actor.kind != ActorKind.STAFF or len(levels_of(actor.roles)) == len(LEVELS):
        return true()
    given = select(CaseAccess.case_id).where(CaseAccess.staff == actor.subject, is_open())
    return or_(Case.confidentiality.in_(levels_of(actor.roles)), Case.handler == actor.subject, Case.id.in_(given))


def of_case_within_clearance(actor: Actor, case_id: Any) -> ColumnElement[bool]:
    """The same for a row with the id of its case in the column `case_id`, in a query that does not read the case."""
    if actor.kind != ActorKind.STAFF or len(levels_of(actor.roles)) == len(LEVELS):
        return true()
    one = aliased(Case)
    mine = or_(one.confidentiality.in_(levels_of(actor.roles)), one.handler == actor.subject, _given_to(actor, one.id))
    return exists().where(one.id == case_id, mine)


def _given_to(actor: Actor, case_id: Any) -> ColumnElement[bool]:
    return exists().where(CaseAccess.case_id == case_id, CaseAccess.staff == actor.subject, is_open())


def is_open() -> ColumnElement[bool]:
    """A condition on CaseAccess: was given, and did not end."""
    return and_(CaseAccess.until.is_not(None), CaseAccess.ended_at.is_(None))


def is_above(session: Session, actor: Actor, case: Case) -> bool:
    """Whether this case is hidden from an actor. No statement for a case within the clearance."""
    return actor.kind == ActorKind.STAFF and is_above_roles(session, actor.subject, actor.roles, case)


def is_above_roles(session: Session, number: str, roles: frozenset[str], case: Case) -> bool:
    """Whether this case is hidden from the member of staff with this number and these roles."""
    if case.handler == number or case.confidentiality in levels_of(roles):
        return False
    given: Select[int] = select(CaseAccess.id).where(
        CaseAccess.case_id == case.id, CaseAccess.staff == number, is_open()
    )
    return session.scalar(given.limit(1)) is None
