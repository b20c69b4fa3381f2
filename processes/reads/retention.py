"""The page /beheer/vernietiging: the destruction list and the certificates. For archivist and administrator."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Executable, Select, func, not_, select, union_all
from sqlalchemy.orm import Session

from processes.access.clearance import within_clearance
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.execution.holding import held_by
from processes.execution.keeping import ground_of
from processes.post.certificate import certificate_pdf, certificate_text, counted
from processes.reads.opening import reading
from processes.storage.current_settings import current_settings
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.staff import names_of
from processes.storage.tables import Case, DestructionRow, DocumentRow
from processes.storage.words import DestructionState

READERS = (StaffRole.ARCHIVIST, StaffRole.ADMIN)
PAGE = 100  # lines on one page
WORDS: Mapping[str, str] = {
    DestructionState.LISTED: "Wacht op een voorstel",
    DestructionState.EXCEPTED: "Uitgezonderd",
    DestructionState.PROPOSED: "Wacht op een tweede persoon",
    DestructionState.APPROVED: "Wordt vernietigd",
    DestructionState.DESTROYED: "Vernietigd",
}
WAITING: Final = tuple(state for state in WORDS if state != DestructionState.DESTROYED)


@dataclass(frozen=True, slots=True)
class DestructionLine:
    """A case on the list. `held`: why a related case holds it back. `own`: why this reader may not approve it."""

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
    proposed_by: str | None
    proposed_at: datetime | None
    held: str | None
    own: str | None
    may_propose: bool
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
    proposed_by: str
    approved_by: str
    destroyed_at: datetime
    destroyed: tuple[str, ...]


def destruction_list(services: Services, actor: Actor, page: int = 1) -> tuple[DestructionLine, ...]:
    """The dossiers not destroyed yet: those that wait for a second person, then the oldest term first, PAGE lines a
    page.

    Raises NotAllowed.
    """
    _only_readers(actor)
    # the first rows of each state come in order from the index; only those of the pages so far are merged
    firsts = (_of_state(state, actor).limit(PAGE * max(page, 1)).subquery() for state in WAITING)
    shown = union_all(*(select(first) for first in firsts)).subquery()
    with reading(services) as (session, now):
        wanted = select(shown.c.id).order_by(shown.c.state != DestructionState.PROPOSED, shown.c.due_on, shown.c.id)
        ids = [id_ for (id_,) in _page(session, wanted, page)]
        lines = _lines(session, services, actor, ids, local_date(now))
    return tuple(lines[id_] for id_ in ids if id_ in lines)


def hides_dossiers(services: Services, actor: Actor) -> bool:
    """Whether dossiers wait that are above the clearance of this reader: somebody else has to judge them. Raises NotAllowed."""
    _only_readers(actor)
    waits = (DestructionRow.state.in_(WAITING), not_(within_clearance(actor)))
    hidden = select(DestructionRow.id).join(Case, Case.id == DestructionRow.case_id).where(*waits)
    with reading(services) as (session, _now):
        return session.scalar(hidden.limit(1)) is not None


def destruction_lines(services: Services, actor: Actor, ids: Collection[int]) -> Mapping[int, DestructionLine]:
    """Those of these dossiers that were not destroyed yet, by id. Raises NotAllowed."""
    _only_readers(actor)
    with reading(services) as (session, now):
        return _lines(session, services, actor, ids, local_date(now))


def _of_state(state: str, actor: Actor) -> Select[int, str, date]:
    row = DestructionRow
    mine = (row.state == state, within_clearance(actor, row.case_id))
    return select(row.id, row.state, row.due_on).where(*mine).order_by(row.due_on, row.id)


def _lines(
    session: Session, services: Services, actor: Actor, ids: Collection[int], today: date
) -> dict[int, DestructionLine]:
    documents = select(func.count()).where(DocumentRow.case_id == DestructionRow.case_id).scalar_subquery()
    wanted = (
        select(DestructionRow, Case, documents)
        .join(Case, Case.id == DestructionRow.case_id)
        .where(DestructionRow.id.in_(ids), DestructionRow.state != DestructionState.DESTROYED, within_clearance(actor))
    )
    rows = session.execute(wanted).all()
    held = held_by(session, [row.case_id for row, *_ in rows], today)
    names = names_of(session, [*(row.proposed_by for row, *_ in rows), *(case.handler for _, case, _ in rows)])
    book = services.law.book(session)
    return {
        row.id: _line(actor, row, case, count, held, names, ground_of(case, book, today)) for row, case, count in rows
    }


def certificates(services: Services, actor: Actor, page: int = 1) -> tuple[CertificateLine, ...]:
    """The destroyed dossiers, the newest first, PAGE lines a page. Raises NotAllowed."""
    _only_readers(actor)
    wanted = (
        select(DestructionRow)
        .where(DestructionRow.state == DestructionState.DESTROYED)
        .order_by(DestructionRow.destroyed_at.desc(), DestructionRow.id.desc())
    )
    with transaction(services.sessions) as session:
        rows = [row for (row,) in _page(read_only(session), wanted, page)]
        names = names_of(session, [name for row in rows for name in (row.proposed_by, row.approved_by)])
    return tuple(_certificate_line(row, names) for row in rows)


def certificate(services: Services, actor: Actor, destruction_id: int) -> str:
    """One certificate as text. Raises NotAllowed, and NotFound for what was not destroyed."""
    row, names = _destroyed(services, actor, destruction_id)
    return certificate_text(row, names)


def certificate_as_pdf(services: Services, actor: Actor, destruction_id: int) -> bytes:
    """One certificate as an accessible PDF. Raises as `certificate`."""
    row, names = _destroyed(services, actor, destruction_id)
    return certificate_pdf(row, current_settings(services).organisation, names)


def _only_readers(actor: Actor) -> None:
    only_staff(actor, READERS, system=False, sentence="Hiervoor is de rol archivaris of beheerder nodig.")


def _page(session: Session, wanted: Any, page: int) -> list[Any]:
    cut: Executable = wanted.limit(PAGE).offset(PAGE * (max(page, 1) - 1))
    return list(session.execute(cut).all())


def _line(
    actor: Actor, row: DestructionRow, case: Case, documents: int, held: Mapping[int, str], names: Mapping[str, str],
    ground: str,
) -> DestructionLine:  # fmt: skip
    own, free = _own(actor, row, case.handler), row.case_id not in held
    return DestructionLine(
        id=row.id, case_number=row.case_number, case_type=case.title, result=row.result,
        ground=ground, due_on=row.due_on, handler=names.get(case.handler or ""),
        documents=documents, state=row.state, state_text=WORDS[row.state], exception=row.exception,
        proposed_by=names.get(row.proposed_by or ""), proposed_at=row.proposed_at, held=held.get(row.case_id), own=own,
        may_propose=row.state == DestructionState.LISTED and free,
        may_approve=row.state == DestructionState.PROPOSED and free and actor.has(StaffRole.ARCHIVIST) and own is None,
        may_except=row.state in {DestructionState.LISTED, DestructionState.PROPOSED}, may_relist=row.state in {DestructionState.EXCEPTED, DestructionState.PROPOSED},
    )  # fmt: skip


def _own(actor: Actor, row: DestructionRow, handler: str | None) -> str | None:
    if row.state == DestructionState.PROPOSED and row.proposed_by == actor.subject:
        return "eigen voorstel"
    return "eigen zaak" if handler == actor.subject else None


def _certificate_line(row: DestructionRow, names: Mapping[str, str]) -> CertificateLine:
    known = row.certificate or {}
    assert row.destroyed_at is not None  # noqa: S101 - set together with the state that was asked for
    return CertificateLine(
        id=row.id, case_number=row.case_number, case_type=known.get("case_type", row.case_type),
        ground=known.get("ground", ""), proposed_by=names.get(row.proposed_by or "", ""),
        approved_by=names.get(row.approved_by or "", ""), destroyed_at=row.destroyed_at,
        destroyed=tuple(counted(known.get("counts", {}))),
    )  # fmt: skip


def _destroyed(services: Services, actor: Actor, destruction_id: int) -> tuple[DestructionRow, Mapping[str, str]]:
    _only_readers(actor)
    with transaction(services.sessions) as session:
        row = read_only(session).get(DestructionRow, destruction_id)
        if row is None or row.state != DestructionState.DESTROYED:
            raise NotFound("Deze verklaring bestaat niet.")
        return row, names_of(session, [row.proposed_by, row.approved_by])
