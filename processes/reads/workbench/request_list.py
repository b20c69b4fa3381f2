"""The document requests of all cases that a worker may see (P11): those with an answer to decide on first, then by date.

Every condition and order is of columns of the request that an index has (`processes.execution.listed_columns`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from processes.access.staff_scope import HANDLES, handles, rows_of_seen_cases
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import NotAllowed
from processes.execution.forms import departments
from processes.reads.opening import reading
from processes.reads.workbench.legal import Due, due_of
from processes.reads.workbench.replies import TITLES
from processes.reads.workbench.request_state import (
    IN_WORDS,
    Reminder,
    RequestStanding,
    reminders_of,
    standing_of,
    waiting_kinds,
)
from processes.reads.workbench.risk import PAGE, counted, pages_of
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import Case, DepartmentRow, DocumentRequestRow, Dossier, Instance


class RequestsShown(StrEnum):
    """Which requests the list shows."""

    OPEN = "lopend"
    REPLIED = "te-beslissen"
    JUDGE = "te-beoordelen"
    LATE = "te-laat"
    ENDED = "klaar"


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Empty texts do not filter. `department` is a code, `handler` a number of staff."""

    shown: RequestsShown = RequestsShown.OPEN
    department: str = ""
    handler: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class ListedRequest:
    """`age`: days since it was asked; `reminder`: the next one that comes, None when none waits; `asks`: what its department wrote
    instead of sending documents, while somebody must decide on it; `has_link`: the link of its department works, without which no reminder leaves.
    """

    id: int
    number: str
    subject: str
    department: str
    handler: str | None
    asked_at: datetime
    age: int
    due: Due
    open: bool
    state: str
    tone: str
    stop_reason: str
    reminder: Reminder | None
    asks: str
    has_link: bool = True


@dataclass(frozen=True, slots=True)
class RequestList:
    """`counts`: how many there are of each kind with these filters, by `RequestsShown`."""

    lines: tuple[ListedRequest, ...]
    counts: dict[str, int]
    page: int
    pages: int
    departments: tuple[tuple[str, str], ...]
    handlers: tuple[tuple[str, str], ...]


ROW: Final = DocumentRequestRow
OPEN: Final = ROW.closed_at.is_(None)
BY_DATE: Final = (ROW.due, ROW.id)
ORDER: Final[Mapping[RequestsShown, tuple[Any, ...]]] = {
    RequestsShown.OPEN: (ROW.quiet, *BY_DATE),
    RequestsShown.REPLIED: BY_DATE,
    RequestsShown.JUDGE: BY_DATE,
    RequestsShown.LATE: BY_DATE,
    RequestsShown.ENDED: (ROW.closed_at.desc(), ROW.id.desc()),
}


def read_request_list(services: Services, actor: Actor, wanted: RequestFilter) -> RequestList:
    """Raises NotAllowed for who does not handle cases."""
    if not handles(actor):
        raise NotAllowed("De lijst van verzoeken is alleen voor behandelaars.")
    with reading(services) as (session, now):
        common = [rows_of_seen_cases(actor, ROW.case_id), *_conditions(wanted)]
        kinds = _kinds(now)
        numbers = counted(session, *(select(ROW.id).where(*common, *which) for which in kinds.values()))
        counts = dict(zip(map(str, kinds), numbers, strict=True))
        pages = pages_of(counts[wanted.shown])
        page = min(max(wanted.page, 1), pages)
        here = select(ROW.id).where(*common, *kinds[wanted.shown]).order_by(*ORDER[wanted.shown])
        ids = session.scalars(here.limit(PAGE).offset((page - 1) * PAGE)).all()
        return RequestList(
            lines=_lines(session, services, ids, now), counts=counts, page=page, pages=pages,
            departments=departments(session), handlers=tuple(staff.with_role(session, HANDLES)),
        )  # fmt: skip


def _kinds(now: datetime) -> dict[RequestsShown, list[ColumnElement[bool]]]:
    return {
        RequestsShown.OPEN: [OPEN],
        RequestsShown.REPLIED: [OPEN, ~ROW.quiet],
        RequestsShown.JUDGE: [OPEN, ROW.to_judge.is_(True)],
        RequestsShown.LATE: [OPEN, ROW.due < local_date(now)],
        RequestsShown.ENDED: [~OPEN],
    }


def _conditions(wanted: RequestFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.department:
        found.append(ROW.department == wanted.department)
    if wanted.handler:
        found.append(ROW.handler == wanted.handler)
    return found


def _lines(
    session: Session, services: Services, ids: Sequence[int], now: datetime
) -> tuple[ListedRequest, ...]:  # in the order of `ids`
    query = (
        select(ROW, Instance, Case, DepartmentRow.name, Dossier.revoked_at)
        .join(Case, Case.id == ROW.case_id)
        .join(Instance, Instance.id == ROW.instance_id)
        .join(Dossier, Dossier.id == ROW.dossier_id)
        .outerjoin(DepartmentRow, DepartmentRow.code == ROW.department)
        .where(ROW.id.in_(ids))
    )
    rows = {row[0].id: row for row in session.execute(query)} if ids else {}
    names = staff.names_of(session, [row.handler for row, *_ in rows.values()])
    kinds = waiting_kinds(session, [row.id for row, *_ in rows.values() if not row.quiet])
    asks = {request: TITLES[kind] for request, kind in kinds.items()}
    found = []
    for row, instance, case, name, revoked in (rows[one] for one in ids if one in rows):
        handler = names.get(row.handler or "")
        line = _line(session, services, row, instance, case, name, handler, now, asks.get(row.id, ""))
        found.append(replace(line, reminder=None, has_link=False) if revoked else line)
    return tuple(found)


def _line(
    session: Session, services: Services, row: DocumentRequestRow, instance: Instance, case: Case, department: str | None,
    handler: str | None, now: datetime, asks: str,
) -> ListedRequest:  # fmt: skip
    standing = standing_of(row, instance)
    deployed = services.models.find(session, instance.model_version_id)
    waiting = standing in {RequestStanding.WAITING, RequestStanding.REPLY, RequestStanding.JUDGE}
    reminders = reminders_of(instance, deployed.model) if deployed and waiting else ()
    state, tone = IN_WORDS[standing]
    return ListedRequest(
        row.id, case.number, case.subject, department or "één persoon", handler, row.asked_at,
        (local_date(now) - local_date(row.asked_at)).days, due_of(row.due, now), row.closed_at is None, state, tone,
        row.stop_reason or "", reminders[0] if reminders else None, asks if standing == RequestStanding.REPLY else "",
    )  # fmt: skip
