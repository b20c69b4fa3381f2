"""Dates that were typed wrong are corrected; every term that counts from them moves along, and so do its timers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from processes.access.guards import only_staff, reason_wrong
from processes.base.dutch import long_date
from processes.base.errors import AlreadyDone, Invalid
from processes.execution.case_execution import CaseExecution
from processes.execution.dates import CaseDates, date_without_term, dates_of, dates_wrong, follow_receipt
from processes.execution.unit_of_work import UnitOfWork
from processes.law import DeadlineError
from processes.storage.tables import Case, Decision

UNKNOWN = "niet bekend"


@dataclass(frozen=True, slots=True)
class CorrectDates:
    """`seen` is the mark of the dates that stood on the page, so that two people do not undo each other's work."""

    case: str
    dates: CaseDates
    reason: str
    seen: str


def correct_dates(work: UnitOfWork, action: CorrectDates) -> str:
    """The answer is the case number. Raises CaseClosed, AlreadyDone when somebody was first, Invalid per field."""
    only_staff(work.actor)
    case = work.lock_case(action.case, running=True)
    was = dates_of(work.session, case)
    if was.seen != action.seen or [one.id for one in was.decisions] != [one.id for one in action.dates.decisions]:
        raise AlreadyDone("Iemand anders heeft deze datums intussen verbeterd. Bekijk eerst hoe ze nu zijn.")
    _check(work, action, was)
    run = CaseExecution.of(work, case)
    before = {code: row.due for code, row in run.data.deadlines().items()}
    _store(run, action.dates)
    try:
        run.settle()
    except DeadlineError as cause:
        raise Invalid(date_without_term(action.dates.decisions)) from cause
    after = {code: row.due for code, row in run.data.deadlines().items()}
    _tell(run, action, was, _moves(run, before, after))
    return case.number


def _check(work: UnitOfWork, action: CorrectDates, was: CaseDates) -> None:
    wrong = {**dates_wrong(work.session, action.dates, work.today), **reason_wrong(action.reason)}
    if wrong:
        raise Invalid(wrong)
    if action.dates == was:
        raise Invalid({"": "U heeft geen datum veranderd."})


def _store(run: CaseExecution, dates: CaseDates) -> None:
    case, session = run.case, run.work.session
    case.received_on, case.postmark_on = dates.received_on, dates.postmark_on
    for one in dates.decisions:
        row = session.get_one(Decision, one.id)
        row.taken_on, row.announced_on = (None, None) if one.missing else (one.taken_on, one.announced_on)
        row.department, row.missing, row.woo = one.department, one.missing, one.woo
    session.flush()
    run.data.decisions_changed()
    facts = run.facts(run.root_instance())
    follow_receipt(run.data.deadlines().values(), run.root.model, facts, dates.received_on, run.work.now)
    run.facts_changed = True


def _moves(run: CaseExecution, before: Mapping[str, date | None], after: Mapping[str, date | None]) -> list[str]:
    return [
        f"Termijn '{run.root.model.deadlines[code].title}': {_changed(before[code], after[code], 'staat stil')}"
        for code in before
        if before[code] != after[code]
    ]


def _tell(run: CaseExecution, action: CorrectDates, was: CaseDates, moves: list[str]) -> None:
    """An internal note with old and new; the audit trail keeps the dates of receipt and how much moved."""
    work, case = run.work, run.case
    lines = [*_differences(was, action.dates), *moves, f"Reden: {action.reason.strip()}"]
    text = "\n".join(["Datums verbeterd.", *lines])
    work.own_note(case.id, text)
    _audit(work, case, was, len(moves))


def _audit(work: UnitOfWork, case: Case, was: CaseDates, moved: int) -> None:
    work.audit(case.id, "correct_dates", was=was.received_on.isoformat(), now=case.received_on.isoformat(), moved=moved)


def _differences(was: CaseDates, now: CaseDates) -> Iterator[str]:
    if was.received_on != now.received_on:
        yield f"Ontvangen op: {_changed(was.received_on, now.received_on)}"
    if was.postmark_on != now.postmark_on:
        yield f"Poststempel: {_changed(was.postmark_on, now.postmark_on)}"
    for at, (old, new) in enumerate(zip(was.decisions, now.decisions, strict=True), start=1):
        if old.taken_on != new.taken_on:
            yield f"Besluit {at}, genomen op: {_changed(old.taken_on, new.taken_on)}"
        if old.announced_on != new.announced_on:
            yield f"Besluit {at}, bekendgemaakt op: {_changed(old.announced_on, new.announced_on)}"
        if old.department != new.department:
            yield f"Besluit {at}, afdeling: was {old.department or UNKNOWN}, is nu {new.department or UNKNOWN}."
        if old.missing != new.missing:
            yield f"Besluit {at}: {'er is niet op tijd beslist' if new.missing else 'er is toch een besluit'}."
        if old.woo != new.woo:
            yield f"Besluit {at}: dit is {'een' if new.woo else 'geen'} besluit op een Woo-verzoek."


def _changed(old: date | None, new: date | None, without: str = UNKNOWN) -> str:
    return f"was {long_date(old) if old else without}, is nu {long_date(new) if new else without}."
