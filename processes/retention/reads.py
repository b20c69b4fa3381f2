"""What the page /beheer/vernietiging shows: the destruction list and the certificates. For archivist and administrator."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Executable, func, select
from sqlalchemy.orm import Session

from processes.actor import Actor
from processes.database.session import read_only, transaction
from processes.database.tables import Case, DestructionRow, DocumentRow, StaffRow
from processes.errors import NotAllowed, NotFound
from processes.house import House
from processes.retention.certificate import certificate_pdf, certificate_text, counted, retention_ground

READERS = ("archivist", "admin")
PAGE = 100  # lines on one page
WORDS = {
    "listed": "Wacht op goedkeuring",
    "excepted": "Uitgezonderd",
    "approved": "Wordt vernietigd",
    "destroyed": "Vernietigd",
}


@dataclass(frozen=True, slots=True)
class DestructionLine:
    """A case on the list. `own_case` says that this reader handled it, so that another must approve it."""

    id: int
    case_number: str
    case_type: str
    result: str
    ground: str
    due_on: date
    handler: str | None
    documents: int
    state: str
    state_text: str
    exception: str | None
    own_case: bool
    may_approve: bool
    may_except: bool
    may_relist: bool


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A destroyed case. `destroyed` holds the counts as people read them, such as `3 documenten`."""

    id: int
    case_number: str
    case_type: str
    ground: str
    approved_by: str
    destroyed_at: datetime
    destroyed: tuple[str, ...]


def destruction_list(house: House, actor: Actor, page: int = 1) -> tuple[DestructionLine, ...]:
    """What is not destroyed yet, the oldest term first, PAGE lines a page. Raises NotAllowed."""
    _only_readers(actor)
    documents = select(func.count()).where(DocumentRow.case_id == DestructionRow.case_id).scalar_subquery()
    wanted = (
        select(DestructionRow, Case.title, Case.handler, StaffRow.name, documents)
        .join(Case, Case.id == DestructionRow.case_id)
        .outerjoin(StaffRow, StaffRow.username == Case.handler)
        .where(DestructionRow.state != "destroyed")
        .order_by(DestructionRow.due_on, DestructionRow.id)
    )
    with transaction(house.sessions) as session:
        rows = _page(session, wanted, page)
    return tuple(_line(actor, row, title, handler, name, count) for row, title, handler, name, count in rows)


def certificates(house: House, actor: Actor, page: int = 1) -> tuple[CertificateLine, ...]:
    """What was destroyed, the newest first, PAGE lines a page. Raises NotAllowed."""
    _only_readers(actor)
    wanted = (
        select(DestructionRow, StaffRow.name)
        .outerjoin(StaffRow, StaffRow.username == DestructionRow.approved_by)
        .where(DestructionRow.state == "destroyed")
        .order_by(DestructionRow.destroyed_at.desc(), DestructionRow.id.desc())
    )
    with transaction(house.sessions) as session:
        rows = _page(session, wanted, page)
    return tuple(_certificate_line(row, name) for row, name in rows)


def certificate(house: House, actor: Actor, destruction_id: int) -> str:
    """One certificate as text. Raises NotAllowed, and NotFound for what was not destroyed."""
    row, name = _destroyed(house, actor, destruction_id)
    return certificate_text(row, name)


def certificate_as_pdf(house: House, actor: Actor, destruction_id: int) -> bytes:
    """One certificate as an accessible PDF. Raises as `certificate`."""
    row, name = _destroyed(house, actor, destruction_id)
    return certificate_pdf(row, house.settings.organisation, name)


def _only_readers(actor: Actor) -> None:
    if actor.kind != "staff" or not actor.has(*READERS):
        raise NotAllowed("Hiervoor is de rol archivaris of beheerder nodig.")


def _page(session: Session, wanted: Any, page: int) -> list[Any]:
    cut: Executable = wanted.limit(PAGE).offset(PAGE * (max(page, 1) - 1))
    return list(read_only(session).execute(cut).all())


def _line(
    actor: Actor, row: DestructionRow, title: str, handler: str | None, name: str | None, documents: int
) -> DestructionLine:
    own = handler is not None and handler == actor.subject
    listed = row.state == "listed"
    return DestructionLine(
        id=row.id, case_number=row.case_number, case_type=title, result=row.result,
        ground=retention_ground(row.retention_class), due_on=row.due_on, handler=name or handler, documents=documents,
        state=row.state, state_text=WORDS[row.state], exception=row.exception, own_case=own,
        may_approve=listed and actor.has("archivist") and not own, may_except=listed,
        may_relist=row.state == "excepted",
    )  # fmt: skip


def _certificate_line(row: DestructionRow, name: str | None) -> CertificateLine:
    known = row.certificate or {}
    assert row.destroyed_at is not None  # noqa: S101 - set together with the state that was asked for
    return CertificateLine(
        id=row.id, case_number=row.case_number, case_type=known.get("case_type", row.case_type),
        ground=known.get("ground", ""), approved_by=name or row.approved_by or "", destroyed_at=row.destroyed_at,
        destroyed=tuple(counted(known.get("counts", {}))),
    )  # fmt: skip


def _destroyed(house: House, actor: Actor, destruction_id: int) -> tuple[DestructionRow, str | None]:
    _only_readers(actor)
    with transaction(house.sessions) as session:
        row = read_only(session).get(DestructionRow, destruction_id)
        if row is None or row.state != "destroyed":
            raise NotFound("Deze verklaring bestaat niet.")
        staff = session.get(StaffRow, row.approved_by) if row.approved_by else None
        return row, staff.name if staff else None
