"""The list of cases: one search box, a few filters, counts. A fixed number of statements, whatever the size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, nulls_last, select, true
from sqlalchemy.orm import Session

from processes.access.staff_scope import HANDLES, seen_cases
from processes.base.actor import Actor
from processes.execution.reopened import statuses_of
from processes.reads.opening import reading
from processes.reads.workbench.legal import Due, case_types, due_of, legal_due
from processes.reads.workbench.risk import PAGE, by_risk, counted, pages_of
from processes.reads.workbench.search import found_by
from processes.reads.workbench.words import objectors
from processes.storage import staff
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case
from processes.storage.words import CaseState

Conditions = Sequence[ColumnElement[bool]]
NOBODY = "-"  # the value of the filter for cases without a handler; no number of staff looks like this


@dataclass(frozen=True, slots=True)
class Filter:
    """The filter of the case list. Empty texts do not filter; `state` is running, closed or empty."""

    text: str = ""
    case_type: str = ""
    status: str = ""
    handler: str = ""
    state: str = CaseState.RUNNING
    page: int = 1


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


def read_cases(services: Services, actor: Actor, wanted: Filter) -> CaseList:
    """Raises NotAllowed for anybody without a role in the workbench."""
    with reading(services) as (session, now):
        types = case_types(session, services)
        conditions = [seen_cases(actor), *_conditions(session, actor, wanted, types)]
        counts = _counts(session, conditions)
        pages = pages_of(counts.get(wanted.state, 0))
        page = min(max(wanted.page, 1), pages)
        lines = _lines(session, services, conditions, wanted, types, page, now)
        return CaseList(
            lines=tuple(lines), counts=counts, page=page, pages=pages, case_types=_type_choices(types),
            statuses=_status_choices(types), handlers=tuple(staff.with_role(session, HANDLES)),
        )  # fmt: skip


def _conditions(session: Session, actor: Actor, wanted: Filter, types: Sequence[Deployed]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        found.append(found_by(session, actor, wanted.text, types))
    if wanted.case_type:
        found.append(Case.case_type == wanted.case_type)
    if wanted.status:
        found.append(Case.status == wanted.status)
    if wanted.handler:
        found.append(Case.handler.is_(None) if wanted.handler == NOBODY else Case.handler == wanted.handler)
    return found


def _counts(session: Session, conditions: Conditions) -> dict[str, int]:
    """At most MOST + 1 of each, which the page shows as "meer dan"."""
    ids = select(Case.id).where(*conditions)
    running, closed = counted(
        session, *(ids.where(Case.state == state) for state in (CaseState.RUNNING, CaseState.CLOSED))
    )
    return {CaseState.RUNNING: running, CaseState.CLOSED: closed, "": running + closed}


def _lines(
    session: Session,
    services: Services,
    conditions: Conditions,
    wanted: Filter,
    types: Sequence[Deployed],
    page: int,
    now: datetime,
) -> list[CaseLine]:
    shown = _page(session, conditions, wanted, types, page)
    rows = {row.id: row for row in session.scalars(select(Case).where(Case.id.in_([id_ for id_, _ in shown])))}
    filed = objectors(session, rows)
    names = staff.names_of(session, (row.handler for row in rows.values()))
    return [
        CaseLine(
            number=row.number, title=row.title, subject=row.subject, objector=filed.get(row.id, ""),
            status=status_name(session, services, row), state=row.state, handler=names.get(row.handler or ""),
            received_on=row.received_on, legal=due_of(day, now, closed=row.state != CaseState.RUNNING), alarm=bool(row.alarm),
        )
        for id_, day in shown
        if (row := rows.get(id_))
    ]  # fmt: skip


def _page(
    session: Session, conditions: Conditions, wanted: Filter, types: Sequence[Deployed], page: int
) -> list[tuple[int, date | None]]:
    """Ids with their legal date. Running cases by legal risk, others with the newest first."""
    if wanted.state == CaseState.RUNNING and not (wanted.handler or wanted.text):
        return by_risk(session, Case.id, [*conditions, Case.state == CaseState.RUNNING], types, page)
    ids = select(Case.id).where(*conditions, Case.state == wanted.state if wanted.state else true())
    # what somebody handles or what a search finds is few: those are sorted after they are found
    due = legal_due(types)
    order: tuple[Any, ...] = (nulls_last(due), Case.id) if wanted.state == CaseState.RUNNING else (Case.id.desc(),)
    rows = session.execute(ids.add_columns(due).order_by(*order).limit(PAGE).offset((page - 1) * PAGE))
    return [(id_, day) for id_, day in rows]


def status_name(session: Session, services: Services, case: Case) -> str:
    """The name of the current status, from the case's own version of the drawing (which stays in the cache)."""
    deployed = services.models.find(session, case.model_version_id)
    if deployed is None:
        return "zaaktype niet te lezen"
    return next(
        (status.name for status in statuses_of(deployed.model) if status.code == case.status), "nog geen status"
    )


def _type_choices(types: Sequence[Deployed]) -> tuple[tuple[str, str], ...]:
    return tuple((kind.identification, kind.title) for deployed in types if (kind := deployed.model.case_type))


def _status_choices(types: Sequence[Deployed]) -> tuple[tuple[str, str], ...]:
    names = {status.code: status.name for deployed in types for status in statuses_of(deployed.model)}
    return tuple(sorted(names.items(), key=lambda item: item[1]))
