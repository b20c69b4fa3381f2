"""Access to a case above somebody's clearance (W17): asked with a reason, given until a day by who decides, ended early or by itself.

Whether there is such a case is told to nobody who may not see it: a question about a number that names nothing is answered alike.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from processes.access.barred import cases_closed_to
from processes.access.clearance import is_above
from processes.access.guards import LONGEST_REASON, only_staff
from processes.access.staff_scope import HANDLES
from processes.base.actor import ActorKind, StaffRole
from processes.base.dutch import long_date
from processes.base.errors import Invalid, NotAllowed, NotFound, NotNow
from processes.base.typed_values import case_number, read_date
from processes.execution.colleagues import tell_colleagues
from processes.execution.done_before import done_before
from processes.execution.unit_of_work import UnitOfWork
from processes.storage import staff
from processes.storage.tables import Case, CaseAccess
from processes.storage.words import NewsKind

LONGEST: Final = timedelta(days=92)  # who needs to see a case for longer asks again
ENTITLED: Final = (StaffRole.DECIDER,)


@dataclass(frozen=True, slots=True)
class AskAccess:
    """Ask to see the case with this number, for this reason."""

    case: str
    reason: str


def ask_access(work: UnitOfWork, action: AskAccess) -> str:
    """The handler hears of it. Raises Invalid, also for a case that can be seen already."""
    only_staff(work.actor, (*HANDLES, StaffRole.COMMITTEE), system=False)
    wrong = {} if action.case.strip() else {"case": "Vul het zaaknummer in."}
    if not 0 < len(action.reason.strip()) <= LONGEST_REASON:
        wrong["reason"] = f"Schrijf waarom u deze zaak moet zien, in hoogstens {LONGEST_REASON} tekens."
    if wrong:
        raise Invalid(wrong)
    case = _case(work, action.case)
    if case is None or _asked_before(work, case):
        return ""
    if not is_above(work.session, work.actor, case):
        raise Invalid({"case": "Deze zaak kunt u al openen."})
    work.session.add(
        CaseAccess(case_id=case.id, staff=work.actor.subject, reason=action.reason.strip(), asked_at=work.now)
    )
    _tell(work, case, f"{work.actor.name} vraagt deze zaak te mogen zien.\n{action.reason.strip()}", case.handler)
    work.audit(case.id, "access_asked")
    return ""


@dataclass(frozen=True, slots=True)
class GiveAccess:
    """Let who asked see the case, up to and including this day, as text."""

    access: int
    until: str


def give_access(work: UnitOfWork, action: GiveAccess) -> str:
    """Raises Invalid for a day that is no day to come or too far off, NotAllowed, NotFound and AlreadyDone."""
    row, case = _to_decide(work, action.access)
    until = _day(action.until)
    if until is None or not work.today <= until <= work.today + LONGEST:
        last = long_date(work.today + LONGEST)
        raise Invalid({"until": f"Kies een dag van vandaag tot en met {last}, zoals {long_date(work.today)}."})
    row.decided_by, row.decided_at, row.until = work.actor.subject, work.now, until
    work.session.flush()
    name = staff.name_of(work.session, row.staff)
    _tell(work, case, f"{name} mag deze zaak zien tot en met {long_date(until)}.", row.staff, case.handler)
    work.audit(case.id, "access_given", access=row.id, until=until.isoformat())
    return case.number


@dataclass(frozen=True, slots=True)
class RefuseAccess:
    """Say no, with the reason that who asked reads."""

    access: int
    answer: str


def refuse_access(work: UnitOfWork, action: RefuseAccess) -> str:
    """Raises Invalid without a reason, NotAllowed, NotFound and AlreadyDone."""
    row, case = _to_decide(work, action.access)
    if not 0 < len(action.answer.strip()) <= LONGEST_REASON:
        raise Invalid({"answer": f"Schrijf waarom niet, in hoogstens {LONGEST_REASON} tekens."})
    row.decided_by, row.decided_at, row.answer = work.actor.subject, work.now, action.answer.strip()
    work.own_note(case.id, f"{staff.name_of(work.session, row.staff)} mag deze zaak niet zien.\n{row.answer}")
    work.audit(case.id, "access_refused", access=row.id)
    return case.number


@dataclass(frozen=True, slots=True)
class EndAccess:
    """Take access back, or let it end because its day is over."""

    access: int


def end_access(work: UnitOfWork, action: EndAccess) -> str:
    """By the handler, who decides, or by itself. Raises NotAllowed, NotFound and AlreadyDone."""
    row, case = _of(work, action.access)
    own = case.handler == work.actor.subject
    if work.actor.kind != ActorKind.SYSTEM and not (own or work.actor.has(*ENTITLED)):
        raise NotAllowed("Toegang intrekken kan de behandelaar van de zaak, of een beslisser.")
    if row.until is None:
        raise NotNow("Deze toegang is niet gegeven.")
    if row.ended_at is not None:
        raise done_before(work.session, "Deze toegang is al beëindigd", row.ended_by, row.ended_at)
    row.ended_at = work.now
    row.ended_by = None if work.actor.kind == ActorKind.SYSTEM else work.actor.subject
    name = staff.name_of(work.session, row.staff)
    work.own_note(case.id, f"{name} mag deze zaak niet meer zien.")
    work.audit(case.id, "access_ended", access=row.id)
    return case.number


def _case(work: UnitOfWork, typed: str) -> Case | None:
    """The locked case with this number, above the clearance or not; never one that is about who asks (Awb 9:7)."""
    mine = Case.id.in_(cases_closed_to(work.actor.subject))
    return work.session.scalar(select(Case).where(Case.number == case_number(typed), ~mine).with_for_update())


def _asked_before(work: UnitOfWork, case: Case) -> bool:
    waiting = select(CaseAccess.id).where(
        CaseAccess.case_id == case.id, CaseAccess.staff == work.actor.subject, CaseAccess.decided_at.is_(None)
    )
    return work.session.scalar(waiting.limit(1)) is not None


def _of(work: UnitOfWork, access: int) -> tuple[CaseAccess, Case]:
    """The question and its locked case, which the actor may see. Raises NotFound."""
    found = work.session.scalar(select(CaseAccess.case_id).where(CaseAccess.id == access))
    if found is None:
        raise NotFound
    case = work.lock_case_id(found)
    return work.session.get_one(CaseAccess, access), case


def _to_decide(work: UnitOfWork, access: int) -> tuple[CaseAccess, Case]:
    only_staff(work.actor, ENTITLED, system=False, sentence="Over toegang beslist iemand met de rol beslisser.")
    row, case = _of(work, access)
    if row.staff == work.actor.subject:
        raise NotAllowed("Over uw eigen vraag beslist een ander.")
    if row.decided_at is not None:
        raise done_before(work.session, "Deze vraag is al beantwoord", row.decided_by, row.decided_at)
    return row, case


def _day(typed: str) -> date | None:
    try:
        return read_date(typed)
    except ValueError:
        return None


def _tell(work: UnitOfWork, case: Case, text: str, *numbers: str | None) -> None:
    """An internal note, news for these members of staff; of them the actor, and who may not see the case, hear nothing."""
    note = work.own_note(case.id, text)
    work.session.flush()
    tell_colleagues(work, case, dict.fromkeys((one for one in numbers if one), NewsKind.NOTE), note)
