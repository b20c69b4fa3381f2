"""Changes to a running term that the law allows and for which the drawing has no element: force majeure (Awb 4:15,
7:14), and a later date by extension or with consent (7:10, 9:11, Woo 4.2a, 8:42). Every change is told in writing.
"""

from dataclasses import dataclass
from datetime import date

from engine import DrawnDeadline as Setting
from engine.words import DeadlineVerb
from processes.access.guards import only_staff, reason_wrong
from processes.base.dutch import date_in_words
from processes.base.errors import Invalid, NotFound, NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.terms import BY_HAND, request_of, variant_of
from processes.execution.unit_of_work import UnitOfWork
from processes.law import DeadlineError, DeadlineRequest, Extension, Suspension, check_extension, check_suspension
from processes.law.suspending import FORCE_MAJEURE
from processes.post.notices import send_standard
from processes.post.standard.citizens import TERM_CHANGED
from processes.post.wording import Words
from processes.storage.tables import DeadlineRow

LONGEST_NAME = 200
FUTURE = "Deze datum ligt in de toekomst. Vul een datum tot en met vandaag in."


@dataclass(frozen=True, slots=True)
class SuspendTerm:
    """Force majeure since a day: the day after it is the first that stands still."""

    case: str
    deadline: str
    since: date
    reason: str


@dataclass(frozen=True, slots=True)
class EndSuspension:
    """The force majeure is over; `until` is the first day that counts again."""

    case: str
    deadline: str
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class LengthenTerm:
    """A later date. With `consent`: agreed on the day `on` by `agreed_by` (the parties, or the court).

    Without: as long as the law allows, or until `until`. `tell` counts for a term that is an agreement of ours; a
    change of a term of the law is always told.
    """

    case: str
    deadline: str
    until: date | None
    reason: str
    consent: bool = False
    on: date | None = None
    agreed_by: str = ""
    tell: bool = True


@dataclass(frozen=True, slots=True)
class _Open:
    """A term that still counts, in a locked case."""

    run: CaseExecution
    row: DeadlineRow
    setting: Setting

    @property
    def request(self) -> DeadlineRequest:
        run = self.run
        chosen = variant_of(self.setting, run.facts(run.root_instance()), run.work.now)
        return request_of(self.row, self.setting, chosen)


def suspend_term(work: UnitOfWork, action: SuspendTerm) -> str:
    """Raises Invalid with the reason of the law where the term may not stand still, NotNow for one that was met."""
    term = _opened(work, action.case, action.deadline)
    _refuse(reason_wrong(action.reason) | ({"since": FUTURE} if action.since > work.today else {}))
    try:
        suspension = Suspension(action.since, None, FORCE_MAJEURE)
        check_suspension(term.request, suspension, term.run.data.book())
    except DeadlineError as refused:
        raise Invalid({"since": str(refused)}) from refused
    term.row.suspensions = [*term.row.suspensions, {**suspension.to_dict(), BY_HAND: True}]
    return _changed(
        term, DeadlineVerb.SUSPEND, f"staat stil door overmacht sinds {date_in_words(action.since)}", action.reason
    )


def end_suspension(work: UnitOfWork, action: EndSuspension) -> str:
    """Raises NotNow for a term that does not stand still by force majeure, Invalid for a day that cannot be."""
    term = _opened(work, action.case, action.deadline)
    running = next((one for one in term.row.suspensions if one.get(BY_HAND) and one["until"] is None), None)
    if running is None:
        raise NotNow("Deze termijn staat niet stil door overmacht.")
    wrong = reason_wrong(action.reason)
    if action.until > work.today:
        wrong["until"] = FUTURE
    elif action.until.isoformat() <= running["from"]:
        wrong["until"] = "Deze dag ligt niet na het begin van de overmacht."
    _refuse(wrong)
    ended = {**running, "until": action.until.isoformat()}
    term.row.suspensions = [ended if one is running else one for one in term.row.suspensions]
    return _changed(term, DeadlineVerb.RESUME, f"loopt weer vanaf {date_in_words(action.until)}", action.reason)


def lengthen_term(work: UnitOfWork, action: LengthenTerm) -> str:
    """Raises Invalid with the reason of the law (check_extension) where it may not be given."""
    term = _opened(work, action.case, action.deadline)
    _refuse(_lengthen_wrong(work, action))
    on = action.on if action.consent and action.on else work.today
    try:
        extension = Extension(on, action.until, consent=action.consent)
        check_extension(term.request, extension, term.run.data.book())
    except DeadlineError as refused:
        raise Invalid({"until": str(refused)}) from refused
    agreed = {"agreed_by": action.agreed_by.strip()} if action.consent else {}
    term.row.extensions = [*term.row.extensions, {**extension.to_dict(), **agreed}]
    if action.consent:
        words = f"is verlengd met instemming van {action.agreed_by.strip()}, gegeven op {date_in_words(on)}"
        return _changed(term, DeadlineVerb.CONSENT, words, action.reason, tell=action.tell)
    return _changed(term, DeadlineVerb.EXTEND, "is verlengd", action.reason, tell=action.tell)


def _lengthen_wrong(work: UnitOfWork, action: LengthenTerm) -> dict[str, str]:
    wrong = reason_wrong(action.reason)
    if not action.consent:
        return wrong
    if action.until is None:
        wrong["until"] = "Vul in tot welke datum er uitstel is afgesproken."
    if action.on is None:
        wrong["on"] = "Vul in wanneer dit is afgesproken."
    elif action.on > work.today:
        wrong["on"] = FUTURE
    if not action.agreed_by.strip():
        wrong["agreed_by"] = "Vul in wie instemde."
    elif len(action.agreed_by) > LONGEST_NAME:
        wrong["agreed_by"] = f"Maak dit korter: hoogstens {LONGEST_NAME} tekens."
    return wrong


def _opened(work: UnitOfWork, number: str, code: str) -> _Open:
    only_staff(work.actor)
    run = CaseExecution.of(work, work.lock_case(number, running=True))
    row = run.data.deadlines().get(code)
    if row is None:
        raise NotFound("Deze termijn loopt niet in deze zaak.")
    if row.met_on is not None:
        raise NotNow("Deze termijn is al afgerond.")
    return _Open(run, row, run.root.model.deadlines[code])


def _refuse(wrong: dict[str, str]) -> None:
    if wrong:
        raise Invalid(wrong)


def _changed(term: _Open, kind: str, what: str, reason: str, *, tell: bool = True) -> str:
    """Compute again, tell everybody with the new date, note it for staff, and let timers look again."""
    run, row, work = term.run, term.row, term.run.work
    was = row.due
    run.facts_changed = True
    run.facts(run.root_instance())
    if tell or term.setting.rule:
        words: Words = {"deadline": term.setting.title, "due": row.due, "reason": reason.strip()}
        send_standard(run, f"term-{kind}", TERM_CHANGED[kind], words)
    now = f"Nieuwe datum: {date_in_words(row.due)}." if row.due else "Er is nu geen datum."
    text = f"Termijn '{term.setting.title}' {what}. {now}\nReden: {reason.strip()}"
    work.own_note(run.case.id, text)
    work.audit(run.case.id, "change_term", code=row.code, verb=kind, was=_text(was), now=_text(row.due))
    run.settle()
    return run.case.number


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
