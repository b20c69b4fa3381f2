"""Substitution: the periods that are there or come, and for whom somebody stands in today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.orm import Session

from processes.access.leading import led_by
from processes.access.staff_scope import HANDLES, handles
from processes.access.substitution import FOR_OTHERS, runs_on
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotAllowed
from processes.reads.opening import reading
from processes.storage import staff
from processes.storage.asked_ahead import Question, answer
from processes.storage.fast import PreparedQuery
from processes.storage.services import Services
from processes.storage.tables import StaffRow, Substitution

MOST: Final = 200  # periods on the page; nobody looks further ahead


@dataclass(frozen=True, slots=True)
class StandsIn:
    """The reader stands in for the member of staff with this `number` and `name`, up to and including `last`."""

    number: str
    name: str
    last: date


@dataclass(frozen=True, slots=True)
class SubstitutionLine:
    """`who` is away and `substitute` stands in, by name; `number` and `stands_in` are their numbers. `by` set it for `reason`, both
    empty for who set it themselves. `runs`: today.
    """

    id: int
    number: str
    who: str
    stands_in: str
    substitute: str
    first: date
    last: date
    by: str
    reason: str
    runs: bool


@dataclass(frozen=True, slots=True)
class SubstitutionPage:
    """`own`: periods in which the reader is away; `stands_in`: in which the reader stands in; `others`: of everybody else, for who may
    arrange them. `people`: numbers and names of who handles cases; `handles`: the reader is one of them.
    """

    own: tuple[SubstitutionLine, ...]
    stands_in: tuple[SubstitutionLine, ...]
    others: tuple[SubstitutionLine, ...]
    people: tuple[tuple[str, str], ...]
    for_others: bool
    handles: bool
    me: str


def standing_in(session: Session, actor: Actor, day: date) -> tuple[StandsIn, ...]:
    """For whom somebody stands in on a day, by name. One statement."""
    query, values = standing_in_ahead(actor, day)
    return tuple(StandsIn(number, name, last) for number, name, last in answer(session, query, **values))


def standing_in_ahead(actor: Actor, day: date) -> Question:
    """The question of `standing_in`."""
    return _standing_in(), {"substitute": actor.subject, "day": day}


@cache
def _standing_in() -> PreparedQuery:
    return PreparedQuery(
        select(Substitution.staff, staff.shown_name().label("name"), Substitution.last_on)
        .join(StaffRow, StaffRow.number == Substitution.staff)
        .where(Substitution.substitute == bindparam("substitute"), runs_on(bindparam("day", type_=Date())))
        .order_by(StaffRow.name, Substitution.staff)
    )


def read_substitution(services: Services, actor: Actor) -> SubstitutionPage:
    """Periods of today and later. Raises NotAllowed for who neither handles cases nor arranges for others."""
    everybody = actor.has(*FOR_OTHERS)
    if not handles(actor) and not everybody and not actor.has(StaffRole.LEAD):
        raise NotAllowed("Vervanging is alleen voor wie zaken behandelt.")
    shelf = services.law.last_shelf(services.sessions)
    with reading(services) as (session, now):
        today, me = local_date(now), actor.subject
        led = led_by(shelf, actor, today).members
        found = select(Substitution).where(Substitution.last_on >= today, Substitution.ended_at.is_(None))
        if not everybody:
            mine = or_(Substitution.staff == me, Substitution.substitute == me)
            found = found.where(or_(mine, Substitution.staff.in_(sorted(led))))
        rows = session.scalars(found.order_by(Substitution.first_on, Substitution.id).limit(MOST)).all()
        names = staff.names_of(session, (one for row in rows for one in (row.staff, row.substitute, row.set_by)))
        lines = [_line(row, names, today) for row in rows]
        people = tuple(staff.with_role(session, HANDLES))
        if led and not everybody and not handles(actor):
            people = tuple(one for one in people if one[0] in led)
    return SubstitutionPage(
        own=tuple(line for line in lines if line.number == me),
        stands_in=tuple(line for line in lines if line.stands_in == me),
        others=tuple(line for line in lines if me not in {line.number, line.stands_in}),
        people=people, for_others=everybody or bool(led), handles=handles(actor), me=me,
    )  # fmt: skip


def _line(row: Substitution, names: Mapping[str, str], today: date) -> SubstitutionLine:
    by = "" if row.set_by == row.staff else names[row.set_by]
    return SubstitutionLine(
        row.id, row.staff, names[row.staff], row.substitute, names[row.substitute], row.first_on, row.last_on, by, row.reason,
        row.first_on <= today,
    )  # fmt: skip
