"""Colleagues who may have nothing to do with a case (Awb 9:7), for who works on it: nobody else may know who they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.access.staff_scope import handles, works_on
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.storage import staff
from processes.storage.tables import Bar, Case, Party


@dataclass(frozen=True, slots=True)
class BarLine:
    """`who`: the colleague; empty while nobody here has the `address` of `party`. `by`: who shut this one out; empty when the address did."""

    id: int
    who: str
    address: str
    party: str
    since: date
    by: str
    reason: str
    lifted_on: date | None
    lifted_by: str
    lifted_reason: str


@dataclass(frozen=True, slots=True)
class ShutOut:
    """`lines` oldest first. `unknown`: the parties whom no colleague may be, and of whom none was found. `choices`: number and name of who can be
    shut out. `may_lift`: the reader may let somebody in again.
    """

    lines: tuple[BarLine, ...]
    unknown: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    may_lift: bool


def bars_of(
    session: Session, actor: Actor, case: Case, model: Model, parties: Sequence[Party], names: Mapping[int, str]
) -> ShutOut | None:
    """None for who does not work on the case. `names`: of its parties, by id."""
    if not handles(actor) or not works_on(session, actor, case):
        return None
    rows = session.scalars(select(Bar).where(Bar.case_id == case.id).order_by(Bar.id)).all()
    people = staff.everybody(session)
    held = [row for row in rows if row.lifted_at is None and row.staff]
    closed = {row.staff for row in held}
    return ShutOut(
        tuple(_line(row, names, dict(people)) for row in rows),
        _unknown(held, model, parties, names),
        tuple(one for one in people if one[0] not in closed),
        actor.has(StaffRole.DECIDER),
    )


def _line(row: Bar, names: Mapping[int, str], people: Mapping[str, str]) -> BarLine:
    return BarLine(
        row.id, people.get(row.staff, row.staff) if row.staff else "", row.address or "", names.get(row.party_id or 0, ""), local_date(row.made_at),
        people.get(row.made_by or "", ""), row.reason, local_date(row.lifted_at) if row.lifted_at else None, people.get(row.lifted_by or "", ""),
        row.lifted_reason or "",
    )  # fmt: skip


def _unknown(held: Sequence[Bar], model: Model, parties: Sequence[Party], names: Mapping[int, str]) -> tuple[str, ...]:
    """Once somebody chose a colleague, that one is taken to be who was looked for."""
    if any(row.made_by for row in held):
        return ()
    found = {row.party_id for row in held}
    roles = model.barred_roles()
    return tuple(names[one.id] for one in parties if one.role in roles and not one.left_on and one.id not in found)
