"""A contested decision is added to a running case later, or corrected: its subject, dates, department, and who took it.

Every term that counts from it moves along, with its timers.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from processes.access.guards import only_staff, reason_wrong
from processes.actions.registering import NewDecision, decision_row, new_decision_wrong
from processes.base.dutch import long_date
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.execution.case_execution import CaseExecution
from processes.execution.contested import decision_of
from processes.execution.corrections import changed, record_correction
from processes.execution.dates import date_without_term, follow_receipt
from processes.execution.unit_of_work import UnitOfWork
from processes.law import DeadlineError
from processes.storage.tables import Case, Decision, DepartmentRow
from processes.storage.words import CorrectionKind

AT: Final = 0  # the number of the one decision on the page, whose fields are named as on the page that registers


@dataclass(frozen=True, slots=True)
class AddDecision:
    """A decision against which the case turns out to be directed as well."""

    case: str
    decision: NewDecision
    reason: str


def add_decision(work: UnitOfWork, action: AddDecision) -> str:
    """The answer is the case number. Raises CaseClosed, and Invalid with fields such as `decision-0-announced_on`."""
    only_staff(work.actor)
    case = work.lock_case(action.case, running=True)
    _check(work, action.decision, action.reason)
    row = decision_row(case, action.decision)
    work.session.add(row)
    work.session.flush()
    moves = _terms_follow(work, case, action.decision)
    became = {name: value for name, value in asdict(decision_of(row)).items() if value}
    record_correction(work, case, CorrectionKind.DECISION_ADDED, {}, became, action.reason, decision=row)
    _tell(work, case, moves)
    return case.number


@dataclass(frozen=True, slots=True)
class CorrectDecision:
    """`seen` is the mark of the decision as it stood on the page, so that two people do not undo each other's work."""

    case: str
    id: int
    decision: NewDecision
    reason: str
    seen: str


def correct_decision(work: UnitOfWork, action: CorrectDecision) -> str:
    """The answer is the case number. Raises CaseClosed, NotFound, AlreadyDone when somebody was first, Invalid per field."""
    only_staff(work.actor)
    case = work.lock_case(action.case, running=True)
    row = work.session.get(Decision, action.id)
    if row is None or row.case_id != case.id:
        raise NotFound("Dit besluit hoort niet bij de zaak.")
    before = decision_of(row)
    if before.seen != action.seen:
        raise AlreadyDone("Iemand anders heeft dit besluit intussen verbeterd. Bekijk eerst hoe het nu is.")
    _check(work, action.decision, action.reason)
    typed = decision_of(decision_row(case, action.decision))
    was = changed(asdict(before), asdict(typed))
    if not was:
        raise Invalid({"": "U heeft niets veranderd."})
    for name in was:
        setattr(row, name, getattr(typed, name))
    if case.subject == before.subject:  # the first decision named the case
        case.subject = row.subject
    work.session.flush()
    moves = _terms_follow(work, case, action.decision)
    became = {name: getattr(typed, name) for name in was}
    record_correction(work, case, CorrectionKind.DECISION, was, became, action.reason, decision=row)
    _tell(work, case, moves)
    return case.number


def _check(work: UnitOfWork, decision: NewDecision, reason: str) -> None:
    departments = set(work.session.scalars(select(DepartmentRow.code)))
    wrong = {**new_decision_wrong(AT, decision, work.today, departments), **reason_wrong(reason)}
    if wrong:
        raise Invalid(wrong)


def _terms_follow(work: UnitOfWork, case: Case, decision: NewDecision) -> list[str]:
    """Let all that hangs on the decisions move. The answer is a sentence for each term with another date."""
    run = CaseExecution.of(work, case)
    before = {code: row.due for code, row in run.data.deadlines().items()}
    run.data.decisions_changed()
    facts = run.facts(run.root_instance())
    follow_receipt(run.data.deadlines().values(), run.root.model, facts, case.received_on, work.now)
    run.facts_changed = True
    try:
        run.settle()
    except DeadlineError as cause:
        raise Invalid(date_without_term([decision])) from cause
    after = {code: row.due for code, row in run.data.deadlines().items()}
    titles = {code: setting.title for code, setting in run.root.model.deadlines.items()}
    return _moves(titles, before, after)


def _moves(titles: Mapping[str, str], before: Mapping[str, date | None], after: Mapping[str, date | None]) -> list[str]:
    return [
        f"Termijn '{titles[code]}': was {_day(before.get(code))}, is nu {_day(day)}."
        for code, day in after.items()
        if day != before.get(code)
    ]


def _day(day: date | None) -> str:
    return long_date(day) if day else "staat stil"


def _tell(work: UnitOfWork, case: Case, moves: list[str]) -> None:
    if moves:
        work.own_note(case.id, "\n".join(["Bestreden besluit verbeterd of toegevoegd.", *moves]))
