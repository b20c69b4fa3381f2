"""Holding a case or a document back from destruction: with a reason, until a day, with somebody who judges it then.

The day does not end it: the reviewer is asked, and then lengthens or ends it. So nothing goes because nobody looked.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from processes.access.clearance import is_above, within_clearance
from processes.access.guards import only_staff, reason_wrong
from processes.base.actor import StaffRole
from processes.base.dutch import long_date
from processes.base.errors import AlreadyDone, Invalid, NotFound, NotNow
from processes.base.typed_values import case_number, read_date
from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.standard.staff import HOLD_ENDS
from processes.post.templates import render
from processes.storage import staff
from processes.storage.tables import Case, DestructionHold, DestructionRow, DocumentRow
from processes.storage.words import CaseState, DestructionState, DocumentState

KEEPERS = (StaffRole.ARCHIVIST, StaffRole.ADMIN)
WHY = "Schrijf waarom dit nog niet vernietigd mag worden."


@dataclass(frozen=True, slots=True)
class HoldTerms:
    """The texts that somebody types to hold something back: the reason, the day as text, and the number of the reviewer."""

    reason: str
    until: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class PlaceHold:
    """`case` is a case number; `document` the reference of one document of it, empty for the whole case."""

    case: str
    terms: HoldTerms
    document: str = ""


def place_hold(work: UnitOfWork, action: PlaceHold) -> str:
    """The answer is the case number. Raises Invalid per field, and AlreadyDone when its destruction was approved."""
    only_staff(work.actor, KEEPERS, system=False)
    wrong: dict[str, str] = {}
    case = _case(work, action.case)
    if case is None:
        wrong["case"] = "Deze zaak is er niet. Controleer het zaaknummer."
    document = _document(work, case, action.document, wrong) if case else None
    until = read_terms(work, action.terms, wrong)
    if wrong or case is None or until is None:
        raise Invalid(wrong)
    check_not_going(work, case)
    hold(work, case, action.terms, until, document)
    return case.number


def hold(work: UnitOfWork, case: Case, terms: HoldTerms, until: date, document: DocumentRow | None = None) -> None:
    """Hold a locked case, or one document of it. Its line leaves those that wait for a proposal or approval."""
    row = DestructionHold(
        case_id=case.id, document_id=document.id if document else None, reason=terms.reason.strip(), until=until,
        reviewer=terms.reviewer, placed_by=work.actor.subject, placed_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    _mark_line(work, case, row.reason)
    work.audit(case.id, "hold", hold=row.id, until=until.isoformat(), document=row.document_id)


@dataclass(frozen=True, slots=True)
class LengthenHold:
    """The reviewer judged that it must be held longer."""

    hold: int
    terms: HoldTerms


def lengthen_hold(work: UnitOfWork, action: LengthenHold) -> str:
    """The answer is the case number. Raises NotFound, AlreadyDone, and Invalid per field."""
    only_staff(work.actor, KEEPERS, system=False)
    row, case = _open_hold(work, action.hold)
    wrong: dict[str, str] = {}
    until = read_terms(work, action.terms, wrong)
    if wrong or until is None:
        raise Invalid(wrong)
    _end(work, row, f"Verlengd tot {long_date(until)}.")
    document = work.session.get(DocumentRow, row.document_id) if row.document_id else None
    hold(work, case, action.terms, until, document)
    return case.number


@dataclass(frozen=True, slots=True)
class EndHold:
    """The reason to hold it is gone."""

    hold: int
    reason: str


def end_hold(work: UnitOfWork, action: EndHold) -> str:
    """The answer is the case number. Raises NotFound, AlreadyDone, and Invalid without a reason."""
    only_staff(work.actor, KEEPERS, system=False)
    row, case = _open_hold(work, action.hold)
    if wrong := reason_wrong(action.reason, "Schrijf waarom vasthouden niet meer nodig is."):
        raise Invalid(wrong)
    _end(work, row, action.reason.strip())
    release_line(work, case)
    return case.number


def end_all_holds(work: UnitOfWork, case: Case, reason: str) -> None:
    """End every hold of a locked case: somebody puts it back on the destruction list."""
    for row in work.session.scalars(_open_of(case.id)).all():
        _end(work, row, reason)


def release_line(work: UnitOfWork, case: Case) -> None:
    """The line of a case that nothing holds any more waits for a proposal again."""
    if work.session.scalars(_open_of(case.id)).first() is not None:
        return
    excepted = (DestructionRow.case_id == case.id, DestructionRow.state == DestructionState.EXCEPTED)
    row = work.session.scalar(select(DestructionRow).where(*excepted))
    if row is not None:
        row.state, row.exception = DestructionState.LISTED, None


@dataclass(frozen=True, slots=True)
class AskReviewer:
    """The end date of a hold has come: ask who judges it. Asked by the system, once for each hold."""

    hold: int


def ask_reviewer(work: UnitOfWork, action: AskReviewer) -> str:
    """Mails the reviewer, or the team when no address is known. Nothing when it was asked or ended."""
    only_staff(work.actor, ())
    row = work.session.get(DestructionHold, action.hold)
    case = work.session.scalar(select(Case).where(Case.id == row.case_id).with_for_update()) if row else None
    if row is None or case is None:
        return ""
    work.session.refresh(row)
    if row.ended_at is not None or row.asked_at is not None:
        return ""
    row.asked_at = work.now
    page = f"{work.services.settings.public_url}/beheer/vernietiging/vasthouden"
    made = render(HOLD_ENDS, {"case.number": case.number, "until": long_date(row.until), "link": page})
    address = staff.email_of(work.session, row.reviewer) or settings_of(work).team_mailbox
    if address:
        queue_mail(work, case, "hold-ends", address, made.subject, made.body, f"{case.id}:hold:{row.id}")
    work.audit(case.id, "hold_asked", hold=row.id)
    return case.number


def read_terms(work: UnitOfWork, terms: HoldTerms, wrong: dict[str, str]) -> date | None:
    """The end date; what is not good goes into `wrong`."""
    wrong |= reason_wrong(terms.reason, WHY)
    if terms.reviewer not in dict(staff.with_role(work.session, KEEPERS)):
        wrong["reviewer"] = "Kies wie dit op de einddatum beoordeelt."
    try:
        until = read_date(terms.until)
    except ValueError as error:
        wrong["until"] = str(error) if terms.until.strip() else "Vul in tot welke dag u dit vasthoudt."
        return None
    if until <= work.today:
        wrong["until"] = "Kies een dag na vandaag."
    return until


def check_not_going(work: UnitOfWork, case: Case) -> None:
    """Raises AlreadyDone for a locked case whose destruction was approved: its files may be gone already."""
    states = select(DestructionRow.state).where(DestructionRow.case_id == case.id)
    if work.session.scalar(states) in {DestructionState.APPROVED, DestructionState.DESTROYED}:
        raise AlreadyDone(f"De vernietiging van zaak {case.number} is al goedgekeurd.")


def check_document_free(work: UnitOfWork, document: DocumentRow) -> None:
    """Raises NotNow for a document that is held, by itself or with its case: nobody erases or moves it meanwhile."""
    held = _open_of(document.case_id).where(
        (DestructionHold.document_id == document.id) | DestructionHold.document_id.is_(None)
    )
    if (row := work.session.scalars(held).first()) is not None:
        raise NotNow(f"Dit document wordt vastgehouden tot {long_date(row.until)}. Een archivaris kan dat beëindigen.")


def _case(work: UnitOfWork, typed: str) -> Case | None:
    found = select(Case).where(Case.number == case_number(typed), Case.state != CaseState.DESTROYED)
    return work.session.scalar(found.where(within_clearance(work.actor)).with_for_update())


def _document(work: UnitOfWork, case: Case, reference: str, wrong: dict[str, str]) -> DocumentRow | None:
    if not reference.strip():
        return None
    gone = (DocumentState.ERASED,)
    found = select(DocumentRow).where(DocumentRow.case_id == case.id, DocumentRow.reference == case_number(reference))
    document = work.session.scalar(found.where(DocumentRow.state.not_in(gone)))
    if document is None:
        wrong["document"] = "Dit document is er niet in deze zaak. Controleer het kenmerk."
    return document


def _mark_line(work: UnitOfWork, case: Case, reason: str) -> None:
    waiting = {DestructionState.LISTED, DestructionState.PROPOSED}
    line = work.session.scalar(select(DestructionRow).where(DestructionRow.case_id == case.id))
    if line is not None and line.state in waiting:
        line.state, line.exception = DestructionState.EXCEPTED, reason
        line.proposed_by, line.proposed_at = None, None


def _open_of(case_id: int) -> Select[DestructionHold]:
    return select(DestructionHold).where(DestructionHold.case_id == case_id, DestructionHold.ended_at.is_(None))


def _open_hold(work: UnitOfWork, hold_id: int) -> tuple[DestructionHold, Case]:
    row = work.session.get(DestructionHold, hold_id)
    if row is None:
        raise NotFound("Dit staat niet (meer) in de lijst.")
    case = work.session.scalar(select(Case).where(Case.id == row.case_id).with_for_update())
    if case is not None and is_above(work.session, work.actor, case):
        raise NotFound("Dit staat niet (meer) in de lijst.")
    work.session.refresh(row)
    if row.ended_at is not None or case is None:
        raise AlreadyDone("Iemand heeft dit al beëindigd. Laad de pagina opnieuw.")
    return row, case


def _end(work: UnitOfWork, row: DestructionHold, reason: str) -> None:
    row.ended_at, row.ended_by, row.ended_reason = work.now, work.actor.subject, reason
    work.session.flush()
    work.audit(row.case_id, "hold_ended", hold=row.id)
