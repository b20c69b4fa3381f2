"""Substitution (W6): a colleague stands in for somebody who is away. Set by oneself, or for somebody else with a reason; ended early."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from processes.access.guards import only_staff, reason_wrong
from processes.access.leading import led_by
from processes.access.staff_scope import HANDLES
from processes.access.substitution import FOR_OTHERS
from processes.base.actor import StaffRole
from processes.base.dutch import long_date
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from processes.base.typed_values import read_date
from processes.execution.done_before import done_before
from processes.execution.unit_of_work import UnitOfWork
from processes.storage import staff
from processes.storage.tables import StaffRow, Substitution

LONGEST: Final = timedelta(days=366)  # who is away for longer hands the cases over
OPEN_TO: Final = (*HANDLES, StaffRole.ADMIN, StaffRole.LEAD)
NOT_YOURS: Final = "Vervanging van een ander regelt een beslisser, een beheerder of de teamleider van diens team."


@dataclass(frozen=True, slots=True)
class SetSubstitute:
    """`staff`: the number of who is away, empty for oneself. `first` and `last`: the days, as typed, both included. `reason`: only
    for somebody else.
    """

    substitute: str
    first: str
    last: str
    staff: str = ""
    reason: str = ""


def set_substitute(work: UnitOfWork, action: SetSubstitute) -> str:
    """The answer is the id of the row. Raises NotAllowed, and Invalid per field; periods of one person never overlap."""
    away = action.staff or work.actor.subject
    _may_arrange(work, away, action.substitute)
    own = away == work.actor.subject
    wrong = {} if own else reason_wrong(action.reason, "Schrijf op waarom u dit voor een ander regelt.")
    people = dict(staff.with_role(work.session, HANDLES))
    if away not in people:
        wrong["staff"] = "Kies wie er weg is: iemand die zaken behandelt."
    if action.substitute not in people or action.substitute == away:
        wrong["substitute"] = "Kies een andere collega die zaken behandelt."
    first, last = _days(work, action, wrong)
    if wrong:
        raise Invalid(wrong)
    work.session.get(
        StaffRow, away, with_for_update=True
    )  # two periods of one person at one moment wait for each other
    if other := _overlapping(work, away, first, last):
        days = f"van {long_date(other.first_on)} tot en met {long_date(other.last_on)}"
        raise Invalid({"first": f"Er is al vervanging {days}. Kies andere dagen, of beëindig die eerst."})
    row = Substitution(
        staff=away, substitute=action.substitute, first_on=first, last_on=last, reason="" if own else action.reason.strip(),
        set_by=work.actor.subject, set_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    days_of_it = {"first": first.isoformat(), "last": last.isoformat()}
    work.audit(0, "substitute_set", person=away, substitute=action.substitute, **days_of_it)
    return str(row.id)


@dataclass(frozen=True, slots=True)
class EndSubstitute:
    """End a substitution before its last day, or one that did not begin."""

    substitution: int


def end_substitute(work: UnitOfWork, action: EndSubstitute) -> str:
    """Raises NotAllowed, NotFound, and AlreadyDone for one that is over."""
    row = work.session.get(Substitution, action.substitution, with_for_update=True)
    if row is None:
        raise NotFound
    _may_arrange(work, row.staff, row.staff)
    if row.ended_at is not None:
        raise done_before(work.session, "Deze vervanging is al beëindigd", row.ended_by, row.ended_at)
    if row.last_on < work.today:
        raise AlreadyDone("Deze vervanging is al voorbij.")
    row.ended_by, row.ended_at = work.actor.subject, work.now
    work.audit(0, "substitute_ended", person=row.staff, substitute=row.substitute)
    return ""


def _may_arrange(work: UnitOfWork, away: str, substitute: str) -> None:
    """The head of a team arranges it among the people of the team."""
    only_staff(work.actor, OPEN_TO, system=False)
    if away == work.actor.subject or work.actor.has(*FOR_OTHERS):
        return
    if not {away, substitute} <= led_by(work.services.law.shelf(work.session), work.actor, work.today).members:
        raise NotAllowed(NOT_YOURS)


def _days(work: UnitOfWork, action: SetSubstitute, wrong: dict[str, str]) -> tuple[date, date]:
    """The first and last day; what is wrong with them goes into `wrong`."""
    first = _day(action.first, "first", wrong)
    last = _day(action.last, "last", wrong)
    if "first" not in wrong and first < work.today:
        wrong["first"] = f"Kies een dag vanaf vandaag, zoals {long_date(work.today)}."
    if not {"first", "last"} & wrong.keys() and not first <= last <= first + LONGEST:
        wrong["last"] = f"Kies een dag van {long_date(first)} tot en met {long_date(first + LONGEST)}."
    return first, last


def _day(typed: str, field: str, wrong: dict[str, str]) -> date:
    try:
        return read_date(typed)
    except ValueError as error:
        wrong[field] = str(error)
        return date.min


def _overlapping(work: UnitOfWork, away: str, first: date, last: date) -> Substitution | None:
    same = select(Substitution).where(Substitution.staff == away, Substitution.ended_at.is_(None))
    inside = same.where(Substitution.first_on <= last, Substitution.last_on >= first)
    return work.session.scalar(inside.order_by(Substitution.first_on).limit(1))
