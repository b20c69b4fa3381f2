"""The work of a team for its head, who hands it out: whose a case is, what kind it is and how it stands with its term. Nothing that is in a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select

from processes.access.guards import only_staff
from processes.access.leading import led_by, listed_for_head
from processes.access.staff_scope import HANDLES
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.reads.opening import reading
from processes.reads.workbench.case_list import NOBODY
from processes.reads.workbench.legal import Due, case_types, legal_of
from processes.reads.workbench.risk import PAGE, counted, first_rows, pages_of
from processes.storage import staff
from processes.storage.among import in_text
from processes.storage.services import Services
from processes.storage.tables import Case
from processes.storage.words import CaseState

COLUMNS: Final = (Case.id, Case.number, Case.title, Case.received_on, Case.state, Case.legal_on, Case.court_on)


@dataclass(frozen=True, slots=True)
class LedCase:
    number: str
    title: str
    received_on: date
    legal: Due


@dataclass(frozen=True, slots=True)
class LedWork:
    """`people`: number, name and how many running cases each has (at most MOST + 1), at the end NOBODY. `whose`: of whom these are, one of them.
    `targets`: number and name of who can get a case. `teams`: names of those that the reader leads.
    """

    teams: tuple[str, ...]
    people: tuple[tuple[str, str, int], ...]
    whose: str
    lines: tuple[LedCase, ...]
    targets: tuple[tuple[str, str], ...]
    page: int
    pages: int


def read_led_work(services: Services, actor: Actor, whose: str = "", page: int = 1) -> LedWork:
    """`whose`: the number of somebody of the team, or NOBODY, which is read for anybody else. A fixed number of statements. Raises NotAllowed for who
    leads no team by role.
    """
    only_staff(actor, (StaffRole.LEAD,), system=False)
    shelf = services.law.last_shelf(services.sessions)
    with reading(services) as (session, now):
        led = led_by(shelf, actor, local_date(now))
        known = case_types(session, services) if led.processes else []
        codes = [
            kind.identification for one in known if (kind := one.model.case_type) and one.model.process in led.processes
        ]
        people = tuple(one for one in staff.with_role(session, HANDLES) if one[0] in led.members)
        lists = {number: [_list(actor, Case.handler == number)] for number, _ in people}
        # together: an index has the few cases that nobody handles, whatever their type
        lists[NOBODY] = [_list(actor, Case.handler.is_(None), Case.case_type.in_(codes))]
        counts = dict(zip(lists, counted(session, *lists.values()), strict=True))
        whose = whose if whose in lists else NOBODY
        page = min(max(page, 1), pages := pages_of(counts[whose]))
        rows = first_rows(session, lists[whose], ("legal_on", "id"), (page - 1) * PAGE, PAGE)
        lines = tuple(LedCase(row.number, row.title, row.received_on, legal_of(row, now)) for row in rows)
    named = (*people, (NOBODY, "Nog niemand"))
    return LedWork(
        led.names, tuple((number, name, counts[number]) for number, name in named), whose, lines,
        tuple(one for one in people if one[0] != whose), page, pages,
    )  # fmt: skip


def _list(actor: Actor, *which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Running cases in the order of their legal day, which an index has."""
    running: Sequence[ColumnElement[bool]] = (Case.state == in_text(CaseState.RUNNING), *which)
    return select(*COLUMNS).where(*running, listed_for_head(actor)).order_by(Case.legal_on, Case.id)
