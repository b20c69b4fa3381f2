"""Datums verbeteren: the dates as they are, and which terms would move to which date before anything is changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from processes.access.staff_scope import handled_case
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import CaseClosed, Invalid
from processes.execution.dates import CaseDates, date_without_term, dates_of, dates_wrong, foreseen
from processes.execution.deciding_each import decisions_in
from processes.execution.default_of_decision import refuses_no_decision
from processes.execution.facts import facts_of
from processes.execution.forms import departments
from processes.execution.terms import rows_of
from processes.law import DeadlineError
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.paper import LapsedQuestion, PaperAnswer, lapsed_questions, paper_answers
from processes.storage.root_instance import root_of
from processes.storage.services import Services
from processes.storage.words import CaseState


@dataclass(frozen=True, slots=True)
class CorrectPage:
    """`subjects` are the words of each decision, in the order of `dates.decisions`. `offers_missing`: somebody may say that
    there is no decision yet. `answers` came on paper, `lapsed` are questions to which no answer came in time; of a closed case
    there are only `answers`, for its own dates stay as they are.
    """

    head: Head
    dates: CaseDates
    subjects: tuple[str, ...]
    departments: tuple[tuple[str, str], ...]
    offers_missing: bool
    answers: tuple[PaperAnswer, ...]
    lapsed: tuple[LapsedQuestion, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A term before and after; None stands still."""

    title: str
    was: date | None
    now: date | None


def read_correcting(services: Services, actor: Actor, number: str) -> CorrectPage:
    """Raises NotFound, NotAllowed for the committee, CaseClosed when the case ended and no answer came on paper."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        answers = paper_answers(session, case)
        if case.state != CaseState.RUNNING and not answers:
            raise CaseClosed("Deze zaak is afgerond. De datums kunnen niet meer veranderen.")
        subjects = tuple(row.subject for row in session.scalars(decisions_in(case.id)))
        head = head_of(session, services, actor, case, now)
        dates, model = dates_of(session, case), services.models.version(session, case.model_version_id).model
        offers = any(one.missing for one in dates.decisions) or not refuses_no_decision(model)
        lapsed = lapsed_questions(session, case)
        return CorrectPage(head, dates, subjects, departments(session), offers, answers, lapsed)


def foresee(services: Services, actor: Actor, number: str, dates: CaseDates) -> tuple[Move, ...]:
    """The deadlines that these dates would move. Raises Invalid per field, with the rules of the action itself."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        if wrong := dates_wrong(session, dates, local_date(now)):
            raise Invalid(wrong)
        deployed = services.models.version(session, case.model_version_id)
        facts = facts_of(session, case, root_of(session, case.id), deployed, deployed, services.law)
        rows = rows_of(session, case.id)
        before: Mapping[str, date | None] = {row.code: row.due for row in rows}
        try:
            after = foreseen(rows, deployed.model, facts, dates, now, services.law.book(session))
        except DeadlineError as cause:
            raise Invalid(date_without_term(dates.decisions)) from cause
    titles = {code: setting.title for code, setting in deployed.model.deadlines.items()}
    return tuple(Move(titles[code], before[code], day) for code, day in after.items() if day != before[code])
