"""Confidentiality and clearance (W17): a case above somebody's clearance is not there for them, unless they handle it or were given
access to it for a time.

Sign-on gives the clearance as one of the roles: `clearance-geheim` for who may see cases up to and including `geheim`.
"""

from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true
from sqlalchemy.orm import Session, aliased

from engine.words import Confidentiality
from processes.access.barred import barred_from
from processes.access.same_roles import SameRoles
from processes.base.actor import CLEARANCE, Actor, ActorKind
from processes.storage.tables import Case, CaseAccess, TaskRow

LEVELS: Final = tuple(Confidentiality)  # from low to high
TYPE_ABOVE: Final = "Zaken van dit zaaktype zijn vertrouwelijker dan u mag zien. Vraag een collega die dat mag om de zaak te registreren."
HIDDEN_NUMBER: Final = "een zaak die u niet mag zien"
WITHOUT: Final = Confidentiality.VERTROUWELIJK  # the clearance of whom sign-on gave none


def clearance_of(roles: frozenset[str]) -> Confidentiality:
    """The highest clearance among these roles; WITHOUT when there is none."""
    given = [level for level in LEVELS if f"{CLEARANCE}{level}" in roles]
    return given[-1] if given else WITHOUT


def levels_of(roles: frozenset[str]) -> tuple[Confidentiality, ...]:
    """The levels of confidentiality that these roles may see, from high to low: most cases are of a high one, which a list of cases compares first."""
    return LEVELS[LEVELS.index(clearance_of(roles)) :: -1]


def may_see_level(actor: Actor, level: str) -> bool:
    """Whether a case of this confidentiality, which nobody handles yet, is within the clearance."""
    return actor.kind != ActorKind.STAFF or level in levels_of(actor.roles)


def within_clearance(actor: Actor | SameRoles, case_id: Any = None) -> ColumnElement[bool]:
    """A condition on Case; with a column `case_id` on a row that has the id of its case there, in a query that does not read the case.

    Nobody but staff has a clearance: what others see is told elsewhere.
    """
    if _sees_all(actor):
        return true()
    if case_id is None:
        return _open_to(actor, Case, Case.id)
    one = aliased(Case)  # the query around it may look at cases too
    return exists().where(one.id == case_id, _open_to(actor, one, one.id))


def open_task_within_clearance(actor: Actor | SameRoles) -> ColumnElement[bool]:
    """A condition on TaskRow, for open tasks: these know the level and the handler of their case, which is not asked."""
    return true() if _sees_all(actor) else _open_to(actor, TaskRow, TaskRow.case_id)


def of_no_case_or_within(actor: Actor, case_id: Any, no_case: int | None = None) -> ColumnElement[bool]:
    """The same for a row that need not belong to a case, and holds `no_case` then.

    Asked per row, as a value: beside another condition PostgreSQL would read all cases for an EXISTS.
    """
    if _sees_all(actor):
        return true()
    one = aliased(Case)
    found = select(one.id).where(one.id == case_id, _open_to(actor, one, one.id)).limit(1)
    return or_(case_id.is_(None) if no_case is None else case_id == no_case, found.scalar_subquery().is_not(None))


def _sees_all(actor: Actor | SameRoles) -> bool:
    return actor.kind != ActorKind.STAFF or len(levels_of(actor.roles)) == len(LEVELS)


def _open_to(actor: Actor | SameRoles, one: Any, case_id: Any) -> ColumnElement[bool]:
    """`one`: a table with the level and the handler of a case, of which the id stands in `case_id`."""
    access = aliased(CaseAccess)
    given = exists().where(access.case_id == case_id, access.staff == actor.subject, is_open(access, actor.day))
    return or_(one.confidentiality.in_(levels_of(actor.roles)), one.handler == actor.subject, given)


def number_for(session: Session, actor: Actor, case: Case) -> str:
    """The number of a case in a list that counts every case: what stands for it when it is hidden from the reader."""
    return HIDDEN_NUMBER if is_above(session, actor, case) else case.number


def is_kept_in(session: Session, case: Case, other: Case) -> bool:
    """Whether somebody may see a case and not the other one, of which its pages then should not tell by name: it is more confidential, or it is
    about a colleague whom the first is not about (Awb 9:7).
    """
    its, own = (LEVELS.index(Confidentiality(one.confidentiality)) for one in (other, case))
    if its > own:
        return True
    return bool({*session.scalars(barred_from(other.id))} - {*session.scalars(barred_from(case.id))})


def called_in(session: Session, case: Case, other: Case, *, title: bool = False) -> str:
    """How the pages of a case call another one: by its number, unless who sees the first may not see the other."""
    if is_kept_in(session, case, other):
        return "een andere zaak"
    return f"zaak {other.number} ({other.title})" if title else f"zaak {other.number}"


def is_open(access: Any = CaseAccess, day: date | None = None) -> ColumnElement[bool]:
    """A condition on CaseAccess: was given, and did not end; with a `day` also not over then, whether or not a sweep came by."""
    return and_(access.until.is_not(None) if day is None else access.until >= day, access.ended_at.is_(None))


def is_above(session: Session, actor: Actor, case: Case) -> bool:
    """Whether this case is hidden from an actor. No statement for a case within the clearance."""
    return actor.kind == ActorKind.STAFF and is_above_roles(session, actor.subject, actor.roles, case, actor.day)


def is_above_roles(session: Session, number: str, roles: frozenset[str], case: Case, day: date | None = None) -> bool:
    """Whether this case is hidden from the member of staff with this number and these roles."""
    if case.handler == number or case.confidentiality in levels_of(roles):
        return False
    given: Select[int] = select(CaseAccess.id).where(
        CaseAccess.case_id == case.id, CaseAccess.staff == number, is_open(day=day)
    )
    return session.scalar(given.limit(1)) is None
