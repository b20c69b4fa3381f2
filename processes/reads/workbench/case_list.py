"""The list of cases: one search box, a few filters, counts. A fixed number of statements, whatever the size."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, literal_column, select
from sqlalchemy.orm import Session

from processes.access.staff_scope import HANDLES, seen_cases
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.dated import Team, teams_on
from processes.reads.opening import reading
from processes.reads.workbench.legal import Due, case_types, legal_of, titles
from processes.reads.workbench.risk import PAGE, counted, first_rows, pages_of
from processes.reads.workbench.search import found_by
from processes.reads.workbench.words import objectors
from processes.storage import staff
from processes.storage.base import NEVER
from processes.storage.model_cache import Deployed
from processes.storage.search_query import is_among
from processes.storage.services import Services
from processes.storage.tables import Case, DepartmentRow, DocumentRequestRow
from processes.storage.words import CaseState

Conditions = Sequence[ColumnElement[bool]]
ORDERED: Sequence[Any] = (Case.id, Case.legal_on)
NOBODY = "-"  # the value of the filter for cases without a handler; no number of staff looks like this


@dataclass(frozen=True, slots=True)
class Filter:
    """The filter of the case list. Empty texts do not filter; `state` is running, closed or empty. `late`: a term of the law or
    of a court is over; `court`: a term of a court runs; `department`: its code, of whom something is asked that is still open;
    `team`: the name of one that handles the case type.
    """

    text: str = ""
    case_type: str = ""
    status: str = ""
    handler: str = ""
    state: str = CaseState.RUNNING
    page: int = 1
    team: str = ""
    department: str = ""
    late: bool = False
    court: bool = False


@dataclass(frozen=True, slots=True)
class CaseLine:
    number: str
    title: str
    subject: str
    objector: str
    status: str
    state: str
    handler: str | None
    received_on: date
    legal: Due
    alarm: bool


@dataclass(frozen=True, slots=True)
class CaseList:
    """`counts` holds how many cases of this search are running, closed and together (key `''`)."""

    lines: tuple[CaseLine, ...]
    counts: Mapping[str, int]
    page: int
    pages: int
    case_types: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[str, str], ...]
    handlers: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str], ...]
    departments: tuple[tuple[str, str], ...]


def read_cases(services: Services, actor: Actor, wanted: Filter) -> CaseList:
    """Raises NotAllowed for anybody without a role in the workbench."""
    shelf = services.law.last_shelf(services.sessions)
    with reading(services) as (session, now):
        types, today = case_types(session, services), local_date(now)
        teams = teams_on(shelf, today).values()
        found = Found(_parts(session, actor, wanted, types, teams, today))
        counts = found.counts(session)
        pages = pages_of(counts.get(wanted.state, 0))
        page = min(max(wanted.page, 1), pages)
        ids = found.page(session, wanted.state, counts, (page - 1) * PAGE)
        return CaseList(
            lines=_lines(session, services, ids, now), counts=counts, page=page, pages=pages, case_types=titles(types),
            statuses=_status_choices(types), handlers=tuple(staff.with_role(session, HANDLES)),
            teams=tuple((team.name, team.name) for team in teams), departments=_departments(session),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """The cases of a search: conditions on Case, of which several give the parts of a list (see risk.py)."""

    parts: Sequence[Conditions]

    def counts(self, session: Session) -> dict[str, int]:
        """By state, at most MOST + 1 of each, which the page shows as "meer dan"."""
        running, closed = counted(session, self._running(), self._closed())
        return {CaseState.RUNNING: running, CaseState.CLOSED: closed, "": running + closed}

    def page(self, session: Session, state: str, counts: Mapping[str, int], offset: int, size: int = PAGE) -> list[int]:
        """Ids of one page: running cases by legal risk, then closed ones, the newest first."""
        found, running = list[int](), counts[CaseState.RUNNING]
        if state != CaseState.CLOSED and offset < running:
            rows = first_rows(session, self._running(), ("legal_on", "id"), offset, size)
            found += [row.id for row in rows]
        if state != CaseState.RUNNING and len(found) < size:
            before = max(0, offset - running) if not state else offset
            rows = first_rows(session, self._closed(), ("-legal_on", "-id"), before, size - len(found))
            found += [row.id for row in rows]
        return found

    def _running(self) -> list[Select[Any]]:
        return [self._of(part, CaseState.RUNNING).order_by(Case.legal_on, Case.id) for part in self.parts]

    def _closed(self) -> list[Select[Any]]:
        """No term runs in them, so that the same index has them in the order of their ids."""
        order = (Case.legal_on.desc(), Case.id.desc())
        return [self._of(part, CaseState.CLOSED).order_by(*order) for part in self.parts]

    @staticmethod
    def _of(part: Conditions, state: str) -> Select[Any]:
        return select(*ORDERED).where(Case.state == state, *part)


def _parts(
    session: Session, actor: Actor, wanted: Filter, types: Sequence[Deployed], teams: Iterable[Team], today: date
) -> list[list[ColumnElement[bool]]]:
    conditions = [seen_cases(actor), *_conditions(session, actor, wanted, types, today)]
    if not wanted.team:
        return [conditions]
    handled = {one for team in teams if team.name == wanted.team for one in team.case_types}
    codes = [kind.identification for one in types if (kind := one.model.case_type) and one.model.process in handled]
    return [[*conditions, Case.case_type == code] for code in codes]


def _conditions(
    session: Session, actor: Actor, wanted: Filter, types: Sequence[Deployed], today: date
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        found.append(found_by(session, actor, wanted.text, types))
    if wanted.case_type:
        found.append(Case.case_type == wanted.case_type)
    if wanted.status:
        found.append(Case.status == wanted.status)
    if wanted.handler:
        found.append(Case.handler.is_(None) if wanted.handler == NOBODY else Case.handler == wanted.handler)
    if wanted.department:
        found.append(is_among(session, Case.id, _asked(wanted.department)))
    if wanted.late:
        found.append(Case.legal_on < today)
    if wanted.court:
        found.append(Case.court_on < literal_column(f"'{NEVER}'"))  # as its index says it
    return found


def _asked(department: str) -> Select[int]:
    """Cases with an open request for documents at this department: an index has those."""
    return select(DocumentRequestRow.case_id).where(
        DocumentRequestRow.department == department, DocumentRequestRow.closed_at.is_(None)
    )


def _departments(session: Session) -> tuple[tuple[str, str], ...]:
    rows = session.execute(select(DepartmentRow.code, DepartmentRow.name).order_by(DepartmentRow.name))
    return tuple((code, name) for code, name in rows)


def _lines(session: Session, services: Services, shown: Sequence[int], now: datetime) -> tuple[CaseLine, ...]:
    rows = {row.id: row for row in session.scalars(select(Case).where(Case.id.in_(shown)))}
    filed = objectors(session, rows)
    names = staff.names_of(session, (row.handler for row in rows.values()))
    return tuple(
        CaseLine(
            number=row.number, title=row.title, subject=row.subject, objector=filed.get(row.id, ""),
            status=status_name(session, services, row), state=row.state, handler=names.get(row.handler or ""),
            received_on=row.received_on, legal=legal_of(row, now), alarm=bool(row.alarm),
        )
        for id_ in shown
        if (row := rows.get(id_))
    )  # fmt: skip


def status_name(session: Session, services: Services, case: Case) -> str:
    """The name of the current status, from the case's own version of the drawing (which stays in the cache)."""
    deployed = services.models.find(session, case.model_version_id)
    if deployed is None:
        return "zaaktype niet te lezen"
    return next((status.name for status in deployed.model.statuses() if status.code == case.status), "nog geen status")


def _status_choices(types: Sequence[Deployed]) -> tuple[tuple[str, str], ...]:
    names = {status.code: status.name for deployed in types for status in deployed.model.statuses()}
    return tuple(sorted(names.items(), key=lambda item: item[1]))
