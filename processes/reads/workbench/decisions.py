"""A contested decision to correct, or a new one to add; and which terms would move before anything is changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from processes.access.staff_scope import handled_case
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import CaseClosed, Invalid, NotFound
from processes.execution.contested import StoredDecision, decision_of
from processes.execution.dates import CaseDates, DecisionDates, date_without_term, dates_of, foreseen
from processes.execution.facts import facts_of
from processes.execution.forms import departments
from processes.execution.terms import rows_of
from processes.law import DeadlineError
from processes.reads.opening import reading
from processes.reads.workbench.correcting import Move
from processes.reads.workbench.corrections import CorrectionLine, corrections_of
from processes.reads.workbench.head import Head, head_of
from processes.storage import staff
from processes.storage.root_instance import root_of
from processes.storage.services import Services
from processes.storage.tables import Decision
from processes.storage.words import CaseState

NEW = 0  # the id of a decision that is not stored yet


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """`decision` is None for one that is added. `staff`: number and name of those who take decisions."""

    head: Head
    today: date
    id: int
    decision: StoredDecision | None
    departments: tuple[tuple[str, str], ...]
    staff: tuple[tuple[str, str], ...]
    corrections: tuple[CorrectionLine, ...]


def read_decision(services: Services, actor: Actor, number: str, decision: int = NEW) -> DecisionPage:
    """Raises NotFound, NotAllowed for the committee, CaseClosed."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        if case.state != CaseState.RUNNING:
            raise CaseClosed("Deze zaak is afgerond. De besluiten kunnen niet meer veranderen.")
        row = session.get(Decision, decision) if decision != NEW else None
        if decision != NEW and (row is None or row.case_id != case.id):
            raise NotFound("Dit besluit hoort niet bij de zaak.")
        return DecisionPage(
            head_of(session, services, actor, case, now), local_date(now), decision, decision_of(row) if row else None, departments(session),
            tuple(staff.with_role(session, (StaffRole.WORKER, StaffRole.DECIDER))),
            tuple(line for line in corrections_of(session, case) if row and line.decision == row.id),
        )  # fmt: skip


def foresee_decision(services: Services, actor: Actor, number: str, decision: DecisionDates) -> tuple[Move, ...]:
    """The deadlines that would move with these dates of one decision (`id` NEW: one more). Raises Invalid for a date that has
    no term.
    """
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        deployed = services.models.version(session, case.model_version_id)
        facts = facts_of(session, case, root_of(session, case.id), deployed, deployed, services.law)
        rows = rows_of(session, case.id)
        before: Mapping[str, date | None] = {row.code: row.due for row in rows}
        dates = _with(dates_of(session, case), decision)
        try:
            after = foreseen(rows, deployed.model, facts, dates, now, services.law.book(session))
        except DeadlineError as cause:
            raise Invalid(date_without_term([decision])) from cause
    titles = {code: setting.title for code, setting in deployed.model.deadlines.items()}
    return tuple(Move(titles[code], before[code], day) for code, day in after.items() if day != before[code])


def _with(dates: CaseDates, decision: DecisionDates) -> CaseDates:
    """The dates of the case with this decision in the place of the stored one, or behind all others."""
    others = [decision if one.id == decision.id else one for one in dates.decisions]
    return replace(dates, decisions=tuple(others) if decision in others else (*others, decision))
