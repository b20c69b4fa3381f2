"""Several cases that somebody chose from the list, before one thing is done with all of them: what will happen, and what cannot and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from processes.access.barred import holds_for
from processes.access.staff_scope import HANDLES, INVOLVED, seen_cases, works_on
from processes.base.actor import Actor
from processes.reads.opening import reading
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import Bar, Case
from processes.storage.words import CaseState

MOST_AT_ONCE = 50  # cases of one page
NOT_FOUND = "Deze zaak bestaat niet, of u mag haar niet zien."


@dataclass(frozen=True, slots=True)
class ChosenCase:
    """`handler` is the name of who handles it now; `why_not` is empty when it can be done."""

    number: str
    title: str = ""
    subject: str = ""
    handler: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class ChosenCases:
    """In the order of their choice. `handlers`: number and name of everybody who may handle cases; `name` of the one who is meant."""

    lines: tuple[ChosenCase, ...]
    handlers: tuple[tuple[str, str], ...]
    name: str = ""

    @property
    def possible(self) -> tuple[ChosenCase, ...]:
        return tuple(line for line in self.lines if not line.why_not)

    @property
    def impossible(self) -> tuple[ChosenCase, ...]:
        return tuple(line for line in self.lines if line.why_not)


def read_chosen(services: Services, actor: Actor, numbers: Sequence[str], handler: str | None) -> ChosenCases:
    """`handler`: the number of staff who is to handle them, None for nobody, an empty text when that is not chosen yet."""
    wanted = tuple(dict.fromkeys(numbers))[:MOST_AT_ONCE]
    with reading(services) as (session, _now):
        seen = select(Case).where(Case.number.in_(wanted), seen_cases(actor))
        rows = {row.number: row for row in session.scalars(seen)}
        among = Bar.case_id.in_([row.id for row in rows.values()])
        about = {*session.scalars(select(Bar.case_id).where(among, holds_for(handler)))} if handler else set[int]()
        # told beforehand to who works on the case; to others the change itself says no, and that is written down
        barred = {row.id for row in rows.values() if row.id in about and works_on(session, actor, row)}
        handlers = tuple(staff.with_role(session, HANDLES))
        names = {**staff.names_of(session, (row.handler for row in rows.values())), **dict(handlers)}
    lines = (_line(rows.get(number), number, handler, barred, names) for number in wanted)
    return ChosenCases(tuple(lines), handlers, names.get(handler or "", ""))


def _line(row: Case | None, number: str, handler: str | None, barred: set[int], names: dict[str, str]) -> ChosenCase:
    if row is None:
        return ChosenCase(number, why_not=NOT_FOUND)
    why = _why_not(row, handler, barred, names)
    return ChosenCase(row.number, row.title, row.subject, names.get(row.handler or "", ""), why)


def _why_not(row: Case, handler: str | None, barred: set[int], names: dict[str, str]) -> str:
    if row.state != CaseState.RUNNING:
        return "Deze zaak is afgerond."
    if handler is None:
        return "" if row.handler else "Niemand behandelt deze zaak: zij is al van het team."
    if row.id in barred:
        return INVOLVED
    if handler and row.handler == handler:
        return f"{names.get(handler, 'Deze collega')} behandelt de zaak al."
    return ""
