"""The destruction list: a sweep fills it, one person proposes what may go, and a second one approves; either keeps a case.

Every step computes the term again, with the retention class as it holds on that day. Approval does not destroy: it stores
the order, which is carried out after the commit (`processes.jobs.destroying`).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import Select, exists, select

from processes.access.clearance import is_above
from processes.access.guards import only_staff
from processes.actions.holds import HoldTerms, end_all_holds, hold, read_terms
from processes.base.actor import Actor, StaffRole
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound, NotNow
from processes.execution.holding import is_held, why_held
from processes.execution.keeping import keep_as_long_as_now, term_is_over
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, DestructionRow
from processes.storage.words import CaseState, DestructionState, OutboxKind

BATCH = 200  # cases locked and listed in one transaction
UNKNOWN = "Deze zaak staat niet op de vernietigingslijst."
MOST_AT_ONCE = 500  # cases in one form: what a person can still look through


@dataclass(frozen=True, slots=True)
class ListDue:
    """Put closed cases whose term is over, and that no related case holds, on the list, at most `limit` in one go."""

    limit: int = BATCH


def list_due(work: UnitOfWork, action: ListDue) -> str:
    """List the oldest first; the answer is how many. Less than the limit means that the list is complete."""
    _only_archive(work.actor, StaffRole.ARCHIVIST, system=True)
    cases = work.session.scalars(_due(work, action.limit)).all()
    # looked up after the lock: another sweep may have listed them just before
    known = select(DestructionRow.case_id).where(DestructionRow.case_id.in_([case.id for case in cases]))
    listed = set(work.session.scalars(known))
    for case in cases:
        keep_as_long_as_now(work, case)
        if case.id not in listed and case.destroy_from is not None and case.destroy_from <= work.today:
            _list(work, case)
    return str(len(cases))


def _due(work: UnitOfWork, limit: int) -> Select[Case]:
    on_list = exists().where(DestructionRow.case_id == Case.id)
    due = select(Case).where(
        Case.state == CaseState.CLOSED, Case.destroy_from <= work.today, ~on_list, ~is_held(work.today)
    )
    # in the order of their terms, not of their ids: so never wait for a lock, and leave that case to the next sweep
    return due.order_by(Case.destroy_from, Case.id).limit(limit).with_for_update(skip_locked=True, of=Case)


def _list(work: UnitOfWork, case: Case) -> None:
    row = DestructionRow(
        case_id=case.id, case_number=case.number, case_type=case.case_type, result=case.result or "",
        retention_class=case.retention_class or "", due_on=case.destroy_from, listed_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.audit(case.id, "destruction_listed", destruction=row.id)


@dataclass(frozen=True, slots=True)
class ExceptCase:
    """Take a case off the list for now, for example because a court still needs the dossier: it is held until somebody judges it
    on `until` (a day as text). The rest of the list goes on. `reviewer` is the number of who judges it.
    """

    destruction_id: int
    reason: str
    until: str
    reviewer: str


def except_case(work: UnitOfWork, action: ExceptCase) -> str:
    """The answer is the case number. Raises Invalid per field, NotNow for a case that is no longer listed."""
    _only_archive(work.actor, StaffRole.ARCHIVIST, StaffRole.ADMIN)
    wrong: dict[str, str] = {}
    terms = HoldTerms(action.reason, action.until, action.reviewer)
    until = read_terms(work, terms, wrong)
    if wrong or until is None:
        raise Invalid(wrong)
    row, case = _locked(work, action.destruction_id)
    if case is None or row.state not in {DestructionState.LISTED, DestructionState.PROPOSED}:
        raise NotNow(f"Zaak {row.case_number} staat niet meer open op de vernietigingslijst.")
    hold(work, case, terms, until)
    work.audit(row.case_id, "destruction_excepted", destruction=row.id)
    return row.case_number


@dataclass(frozen=True, slots=True)
class RelistCase:
    """Put a case back on the list: the reason to keep it is gone, or the proposal to destroy it is taken back."""

    destruction_id: int


def relist_case(work: UnitOfWork, action: RelistCase) -> str:
    """The answer is the case number. Raises NotNow for a case that was neither excepted nor proposed."""
    _only_archive(work.actor, StaffRole.ARCHIVIST, StaffRole.ADMIN)
    row, case = _locked(work, action.destruction_id)
    if case is None or row.state not in {DestructionState.EXCEPTED, DestructionState.PROPOSED}:
        raise NotNow(f"Zaak {row.case_number} is niet uitgezonderd en niet voorgesteld.")
    end_all_holds(work, case, "Weer op de vernietigingslijst gezet.")
    row.state, row.exception = DestructionState.LISTED, None
    row.proposed_by, row.proposed_at = None, None
    work.audit(row.case_id, "destruction_relisted", destruction=row.id)
    return row.case_number


@dataclass(frozen=True, slots=True)
class ProposeDestruction:
    """Propose to destroy these listed cases: all of them, or none when one of them may not be destroyed."""

    ids: tuple[int, ...]


def propose_destruction(work: UnitOfWork, action: ProposeDestruction) -> str:
    """The first of the two people. The answer is the case numbers, one a line."""
    _only_archive(work.actor, StaffRole.ARCHIVIST, StaffRole.ADMIN)
    return _each(work, action.ids, _propose)


def _propose(work: UnitOfWork, row: DestructionRow, case: Case) -> None:
    if row.state == DestructionState.PROPOSED:
        raise AlreadyDone(f"De vernietiging van zaak {row.case_number} is al voorgesteld.")
    _may_go(work, row, case, DestructionState.LISTED)
    row.state, row.proposed_by, row.proposed_at = DestructionState.PROPOSED, work.actor.subject, work.now
    work.audit(case.id, "destruction_proposed", destruction=row.id)


@dataclass(frozen=True, slots=True)
class ApproveDestruction:
    """Destroy these proposed cases: all of them, or none when one of them may not be destroyed."""

    ids: tuple[int, ...]


def approve_destruction(work: UnitOfWork, action: ApproveDestruction) -> str:
    """The second person. The answer is the case numbers, one a line.

    Raises NotAllowed when the archivist proposed or handled one of the cases: destroying takes two people.
    """
    _only_archive(work.actor, StaffRole.ARCHIVIST)
    return _each(work, action.ids, _approve)


def _approve(work: UnitOfWork, row: DestructionRow, case: Case) -> None:
    _may_go(work, row, case, DestructionState.PROPOSED)
    if row.proposed_by == work.actor.subject:
        raise NotAllowed(
            f"U stelde de vernietiging van zaak {row.case_number} zelf voor. Een ander moet die goedkeuren."
        )
    if case.handler == work.actor.subject:
        raise NotAllowed(
            f"U behandelde zaak {row.case_number} zelf. Vraag een andere archivaris om de vernietiging goed te keuren."
        )
    row.state, row.approved_by, row.approved_at = DestructionState.APPROVED, work.actor.subject, work.now
    # no case id: this row must outlive the case, or a crash half way would find no order to go on with
    work.enqueue(OutboxKind.DESTROY, f"destroy:{row.id}", {"destruction": row.id})
    work.audit(case.id, "destruction_approved", destruction=row.id)


def _may_go(work: UnitOfWork, row: DestructionRow, case: Case, state: str) -> None:
    """Raises the sentence that says why this case may not go, or not from this state."""
    if row.state in {DestructionState.APPROVED, DestructionState.DESTROYED}:
        raise AlreadyDone(f"De vernietiging van zaak {row.case_number} is al goedgekeurd.")
    if row.state == DestructionState.EXCEPTED:
        raise NotNow(f"Zaak {row.case_number} is uitgezonderd van vernietiging.")
    if row.state != state:
        raise NotNow(f"De vernietiging van zaak {row.case_number} is nog niet voorgesteld.")
    if case.state != CaseState.CLOSED or not term_is_over(work, case):
        raise NotNow(f"De bewaartermijn van zaak {row.case_number} is nog niet voorbij.")
    if held := why_held(work.session, case.id, work.today):
        raise NotNow(held)


def _each(work: UnitOfWork, ids: Collection[int], change: Callable[[UnitOfWork, DestructionRow, Case], None]) -> str:
    """Change each row, in the order in which every lock of cases is taken: that of their ids."""
    if not ids:
        raise Invalid({"ids": "Kies eerst een of meer zaken."})
    if len(set(ids)) > MOST_AT_ONCE:
        raise Invalid({"ids": f"Kies hoogstens {MOST_AT_ONCE} zaken tegelijk."})
    wanted = select(DestructionRow.id).where(DestructionRow.id.in_(ids)).order_by(DestructionRow.case_id)
    known = work.session.scalars(wanted).all()
    if len(known) < len(set(ids)):
        raise NotFound(UNKNOWN)
    numbers = []
    for destruction_id in known:
        row, case = _locked(work, destruction_id)
        if case is None:
            raise AlreadyDone(f"Zaak {row.case_number} is al vernietigd.")
        change(work, row, case)
        numbers.append(row.case_number)
    return "\n".join(numbers)


def _only_archive(actor: Actor, *roles: str, system: bool = False) -> None:
    # listing may be done by the system; proposing and approving take a person
    only_staff(actor, roles, system=system, sentence="Hiervoor is de rol archivaris nodig.")


def _locked(work: UnitOfWork, destruction_id: int) -> tuple[DestructionRow, Case | None]:
    """The row with its case, which is locked first: every change takes its locks in that order. No case: destroyed."""
    row = work.session.get(DestructionRow, destruction_id)
    if row is None:
        raise NotFound(UNKNOWN)
    case = work.session.scalar(select(Case).where(Case.id == row.case_id).with_for_update())
    if case is not None and is_above(work.session, work.actor, case):
        raise NotFound(UNKNOWN)
    work.session.refresh(row)
    return row, case
