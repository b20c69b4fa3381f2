"""The destruction list: a sweep fills it, an archivist keeps a case off it or approves what stands on it.

Approval does not destroy: it stores the order, which is carried out after the commit (`processes.retention.destroying`).
"""

from dataclasses import dataclass

from sqlalchemy import Select, exists, select

from processes.actor import SYSTEM, Actor
from processes.corridor.work import Work
from processes.database.tables import Case, DestructionRow
from processes.errors import AlreadyDone, Invalid, NotAllowed, NotFound, NotNow

BATCH = 200  # cases locked and listed in one transaction
LONGEST_REASON = 2000
MOST_AT_ONCE = 500  # approvals in one form: what a person can still look through


@dataclass(frozen=True, slots=True)
class ListDue:
    """Put closed cases whose term is over on the list, at most `limit` in one go."""

    limit: int = BATCH


def list_due(work: Work, action: ListDue) -> str:
    """List the oldest first; the answer is how many. Less than the limit means that the list is complete."""
    _only(work.actor, "archivist", SYSTEM.kind)
    cases = work.session.scalars(_due(work, action.limit)).all()
    # looked up after the lock: another sweep may have listed them while this one waited
    known = select(DestructionRow.case_id).where(DestructionRow.case_id.in_([case.id for case in cases]))
    listed = set(work.session.scalars(known))
    for case in cases:
        if case.id not in listed:
            _list(work, case)
    return str(len(cases))


def _due(work: Work, limit: int) -> Select[Case]:
    on_list = exists().where(DestructionRow.case_id == Case.id)
    due = select(Case).where(Case.state == "closed", Case.destroy_from <= work.today, ~on_list)
    return due.order_by(Case.destroy_from, Case.id).limit(limit).with_for_update()


def _list(work: Work, case: Case) -> None:
    row = DestructionRow(
        case_id=case.id, case_number=case.number, case_type=case.case_type, result=case.result or "",
        retention_class=case.retention_class or "", due_on=case.destroy_from, listed_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.audit(case.id, "destruction_listed", destruction=row.id)


@dataclass(frozen=True, slots=True)
class ExceptCase:
    """Keep a listed case for now, for example because a court still needs the dossier."""

    destruction_id: int
    reason: str


def except_case(work: Work, action: ExceptCase) -> str:
    """The answer is the case number. Raises Invalid without a reason, NotNow for a case that is no longer listed."""
    _only(work.actor, "archivist", "admin")
    reason = action.reason.strip()
    if not reason:
        raise Invalid({"reason": "Schrijf waarom deze zaak nog niet vernietigd mag worden."})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": f"Schrijf hoogstens {LONGEST_REASON} tekens."})
    row = _locked(work, action.destruction_id)
    if row.state != "listed":
        raise NotNow(f"Zaak {row.case_number} staat niet meer open op de vernietigingslijst.")
    row.state, row.exception = "excepted", reason
    work.audit(row.case_id, "destruction_excepted", destruction=row.id)
    return row.case_number


@dataclass(frozen=True, slots=True)
class RelistCase:
    """Put an excepted case back on the list: the reason to keep it is gone."""

    destruction_id: int


def relist_case(work: Work, action: RelistCase) -> str:
    """The answer is the case number. Raises NotNow for a case that was not excepted."""
    _only(work.actor, "archivist", "admin")
    row = _locked(work, action.destruction_id)
    if row.state != "excepted":
        raise NotNow(f"Zaak {row.case_number} is niet uitgezonderd van vernietiging.")
    row.state, row.exception = "listed", None
    work.audit(row.case_id, "destruction_relisted", destruction=row.id)
    return row.case_number


@dataclass(frozen=True, slots=True)
class ApproveDestruction:
    """Destroy these listed cases: all of them, or none when one of them may not be destroyed."""

    ids: tuple[int, ...]


def approve_destruction(work: Work, action: ApproveDestruction) -> str:
    """The answer is the case numbers, one a line.

    Raises NotAllowed when the archivist handled one of the cases: destroying takes a second person.
    """
    _only(work.actor, "archivist")
    ids = sorted(set(action.ids))  # always in the same order, so that two approvals cannot wait on each other
    if not ids:
        raise Invalid({"ids": "Kies eerst een of meer zaken."})
    if len(ids) > MOST_AT_ONCE:
        raise Invalid({"ids": f"Kies hoogstens {MOST_AT_ONCE} zaken tegelijk."})
    return "\n".join(_approve(work, destruction_id) for destruction_id in ids)


def _approve(work: Work, destruction_id: int) -> str:
    row = _locked(work, destruction_id)
    case = work.lock_case_id(row.case_id)
    _check(work, row, case)
    row.state, row.approved_by, row.approved_at = "approved", work.actor.subject, work.now
    # no case id: this row must outlive the case, or a crash half way would find no order to go on with
    work.enqueue("destroy", f"destroy:{row.id}", {"destruction": row.id})
    work.audit(case.id, "destruction_approved", destruction=row.id)
    return row.case_number


def _check(work: Work, row: DestructionRow, case: Case) -> None:
    if row.state in {"approved", "destroyed"}:
        raise AlreadyDone(f"De vernietiging van zaak {row.case_number} is al goedgekeurd.")
    if row.state != "listed":
        raise NotNow(f"Zaak {row.case_number} is uitgezonderd van vernietiging.")
    if case.handler == work.actor.subject:
        raise NotAllowed(
            f"U behandelde zaak {row.case_number} zelf. Vraag een andere archivaris om de vernietiging goed te keuren."
        )
    if case.state != "closed" or case.destroy_from is None or case.destroy_from > work.today:
        raise NotNow(f"De bewaartermijn van zaak {row.case_number} is nog niet voorbij.")


def _only(actor: Actor, *allowed: str) -> None:
    # not `only_staff` of the other actions: that lets the system through everywhere, and approving takes a person
    if not (actor.kind == "staff" and actor.has(*allowed)) and actor.kind not in allowed:
        raise NotAllowed("Hiervoor is de rol archivaris nodig.")


def _locked(work: Work, destruction_id: int) -> DestructionRow:
    """The row, with its case locked first: every change takes its locks in that order."""
    row = work.session.get(DestructionRow, destruction_id)
    if row is None:
        raise NotFound("Deze zaak staat niet op de vernietigingslijst.")
    if row.state != "destroyed":
        work.lock_case_id(row.case_id)
        work.session.refresh(row)
    return row
