"""The page Toegang: what the reader asked to see, what waits for a decision, and who may see cases above their clearance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from processes.access.clearance import is_open
from processes.access.staff_scope import seen_cases
from processes.base.actor import Actor, StaffRole
from processes.reads.opening import reading
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import Case, CaseAccess

MOST: Final = 50  # of each list: a question that waits longer than fifty others was answered another way


class AccessState(StrEnum):
    """How it stands with a question."""

    ASKED = "wacht op antwoord"
    GIVEN = "mag deze zaak zien"
    REFUSED = "geweigerd"
    ENDED = "voorbij"


@dataclass(frozen=True, slots=True)
class AccessLine:
    """`who` asked; `by` decided. The number of a case is shown to who asked, as they typed it, and to who may see the case."""

    id: int
    number: str
    who: str
    reason: str
    asked_at: datetime
    state: AccessState
    by: str
    until: date | None
    answer: str


@dataclass(frozen=True, slots=True)
class AccessPage:
    """`mine`: what the reader asked and somebody answered; before that it would tell that there is such a case. `decides`: whether the reader answers questions. `given`: in cases that the reader handles, for who decides in all."""

    mine: tuple[AccessLine, ...]
    asked: tuple[AccessLine, ...]
    given: tuple[AccessLine, ...]
    decides: bool


def read_access(services: Services, actor: Actor) -> AccessPage:
    """Raises NotAllowed for who has no role in the workbench."""
    decides = actor.has(StaffRole.DECIDER)
    seen, other = seen_cases(actor), CaseAccess.staff != actor.subject
    with reading(services) as (session, _):
        waiting = _lines(session, other, CaseAccess.decided_at.is_(None), seen) if decides else ()
        own = true() if decides else Case.handler == actor.subject
        return AccessPage(
            _lines(session, ~other, CaseAccess.decided_at.is_not(None)), waiting, _lines(session, other, is_open(), seen, own), decides
        )  # fmt: skip


def _lines(session: Session, *which: ColumnElement[bool]) -> tuple[AccessLine, ...]:
    found = select(CaseAccess, Case.number).join(Case, Case.id == CaseAccess.case_id).where(*which)
    rows = session.execute(found.order_by(CaseAccess.id.desc()).limit(MOST)).all()
    names = staff.names_of(session, (number for row, _ in rows for number in (row.staff, row.decided_by)))
    return tuple(_line(row, number, names) for row, number in rows)


def _line(row: Any, number: str, names: Mapping[str, str]) -> AccessLine:
    return AccessLine(
        row.id, number, names[row.staff], row.reason, row.asked_at, _state(row), names.get(row.decided_by or "", ""),
        row.until, row.answer or "",
    )  # fmt: skip


def _state(row: CaseAccess) -> AccessState:
    if row.decided_at is None:
        return AccessState.ASKED
    if row.until is None:
        return AccessState.REFUSED
    return AccessState.ENDED if row.ended_at else AccessState.GIVEN
