"""Overzicht of a case: statuses, terms with their reasons, open tasks, and the buttons that the drawing offers now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import EngineError, Model, OnDemand, begun_again, heard, standing
from engine.words import Side
from processes.access.staff_scope import HANDLES, case_for, handles, kept_from
from processes.access.withdrawal import filers_left, withdrawal_too_late
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.execution.deciding_each import outcome_names
from processes.execution.default_of_decision import takes_no_decision
from processes.execution.extending import why_not_press
from processes.execution.facts import FactMap, facts_of
from processes.execution.terms import rows_of
from processes.law import LawBook
from processes.reads.opening import reading
from processes.reads.penalties import PenaltyLine, penalty_lines
from processes.reads.statuses import StatusStep, timeline
from processes.reads.terms import ShownTerm, terms_of_case
from processes.reads.workbench.checklist import ChecklistPoint, checklist_of
from processes.reads.workbench.colleague_tasks import ColleagueTaskLine, colleague_tasks_in
from processes.reads.workbench.groups import GroupOfCase, group_of_case
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.joined import CaseToJoin, cases_to_join
from processes.reads.workbench.keeping import Kept, kept_of
from processes.reads.workbench.known import known_values
from processes.reads.workbench.letter_work import NO_WORK, LetterWork, letter_work
from processes.reads.workbench.open_tasks import OpenTask, open_tasks
from processes.reads.workbench.paper import paper_answers
from processes.reads.workbench.parts import PartLine, parts_in
from processes.reads.workbench.relations import KINDS, RelatedCase, advice_types, belonging_types, relations_of
from processes.reads.workbench.reopening import Reopened, reopened_of
from processes.reads.workbench.words import named
from processes.storage import staff
from processes.storage.model_cache import Deployed
from processes.storage.root_instance import root_of
from processes.storage.services import Services
from processes.storage.tables import Case, Decision, DepartmentRow, Instance, NoteRow
from processes.storage.words import CaseState, InstancePhase, NoteKind

OF_CITIZENS = (NoteKind.MESSAGE, NoteKind.UPLOAD)


@dataclass(frozen=True, slots=True)
class ContestedDecision:
    id: int
    subject: str
    number: str
    taken_on: object
    announced_on: object
    department: str | None
    missing: bool
    woo: bool
    outcome: str = ""  # of one of several, as drafted or decided


@dataclass(frozen=True, slots=True)
class Button:
    """A button of the drawing. `instance` is None for one on the case itself."""

    code: str
    label: str
    asks_documents: bool = False
    instance: int | None = None


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """`filers`: id and name of who filed the case and did not withdraw. `no_decision`: a bezwaar of an older version that is about a
    failure to decide, against which no bezwaar lies. `late_answers`: the case ended, and the day of an answer on paper can be corrected.
    """

    head: Head
    statuses: tuple[StatusStep, ...]
    terms: tuple[ShownTerm, ...]
    penalties: tuple[PenaltyLine, ...]
    tasks: tuple[OpenTask, ...]
    decisions: tuple[ContestedDecision, ...]
    buttons: tuple[Button, ...]
    handlers: tuple[tuple[str, str], ...]
    may_withdraw: bool
    filers: tuple[tuple[int, str], ...]
    related: tuple[RelatedCase, ...]
    kinds: tuple[tuple[str, str], ...]
    belonging: tuple[tuple[str, str], ...]
    to_join: tuple[CaseToJoin, ...]
    kept: Kept | None
    no_decision: bool
    late_answers: bool
    today: date
    unread: int = 0  # messages of citizens that nobody read
    letters: LetterWork = NO_WORK
    known: tuple[tuple[str, str], ...] = ()  # what the forms filled
    parts: tuple[PartLine, ...] = ()
    reopened: Reopened | None = None
    colleague_tasks: tuple[ColleagueTaskLine, ...] = ()
    advice: tuple[tuple[str, str], ...] = ()
    checklist: tuple[ChecklistPoint, ...] = ()
    group: GroupOfCase | None = None
    may_join: bool = False  # in a group, with other running cases


def read_overview(services: Services, actor: Actor, number: str) -> OverviewPage:
    """Raises NotFound for a case that this reader may not see."""
    with reading(services) as (session, now):
        case = case_for(session, actor, number)
        deployed = services.models.version(session, case.model_version_id)
        root = root_of(session, case.id)
        facts = facts_of(session, case, root, deployed, deployed, services.law)
        terms = _terms(session, case, deployed.model, facts, now, services.law.book(session))
        return OverviewPage(
            head=head_of(session, services, actor, case, now),
            statuses=timeline(session, case, deployed, facts, now),
            terms=terms,
            penalties=penalty_lines(session, case, deployed.model, local_date(now), services.law.book(session))
            if handles(actor)
            else (),
            tasks=open_tasks(session, services, actor, case, deployed.model, now),
            decisions=contested(session, case, deployed.model),
            buttons=useful_buttons(deployed, root, case.state, now, terms) if handles(actor) else (),
            handlers=tuple(staff.with_role(session, HANDLES)) if handles(actor) else (),
            may_withdraw=handles(actor) and _may_withdraw(session, case, root, deployed.model),
            filers=_filers(session, actor, case, deployed.model) if handles(actor) else (),
            related=relations_of(session, services, actor, case),
            kinds=tuple(KINDS.items()),
            belonging=belonging_types(session, services) if handles(actor) else (),
            may_join=handles(actor) and case.state == CaseState.RUNNING,
            group=group_of_case(session, actor, case) if handles(actor) else None,
            to_join=cases_to_join(session, actor, case) if handles(actor) and case.state == CaseState.RUNNING else (),
            kept=kept_of(session, case, services.law.book(session), local_date(now)),
            no_decision=takes_no_decision(deployed.model) and facts["decision.missing"] is True,
            late_answers=case.state != CaseState.RUNNING and handles(actor) and bool(paper_answers(session, case)),
            today=local_date(now),
            unread=unread_of(session, case) if handles(actor) else 0,
            letters=letter_work(session, case) if handles(actor) else NO_WORK,
            known=known_values(
                session, actor, root, deployed, whole=False
            ),  # a name that is kept stands in the tasks alone
            parts=parts_in(session, services, case, services.law.book(session)),
            advice=advice_types(session, services) if handles(actor) and case.state == CaseState.RUNNING else (),
            checklist=checklist_of(session, case) if handles(actor) else (),
            reopened=reopened_of(session, case, root, deployed.model) if handles(actor) else None,
            colleague_tasks=colleague_tasks_in(session, services.law.shelf(session), actor, case, now)
            if handles(actor)
            else (),
        )


def useful_buttons(
    deployed: Deployed, instance: Instance, state: str, now: datetime, terms: Sequence[ShownTerm] = ()
) -> tuple[Button, ...]:
    """The buttons on this process, without those that send a message for which the drawing does not wait now, those that would
    extend one of `terms` for which the law allows that no more, and those that begin again with a task that is open.
    """
    offered = deployed.model.on_demand
    sent = {button.message for button in offered.values() if button.message}
    running = instance.phase == InstancePhase.RUNNING
    listens = _heard(deployed, instance, sent, now) if sent and running else frozenset()
    here = frozenset(standing(deployed.compiled, instance.state, now)) if listens else frozenset()
    refused = {term.code: term.not_extended for term in terms}
    useful = {
        code: button
        for code, button in offered.items()
        if not button.message
        or (
            button.message in listens
            and not why_not_press(deployed, button.message, refused)
            and not here & begun_again(deployed.compiled, button.message)
        )
    }
    return buttons_of(useful, state, None if instance.is_root else instance.id)


def _heard(deployed: Deployed, instance: Instance, sent: set[str], now: datetime) -> frozenset[str]:
    """The messages for which the drawing waits; none of a state that cannot be read, which the next step parks with an alarm."""
    try:
        return heard(deployed.compiled, instance.state, sent, now)
    except EngineError:
        return frozenset()


def buttons_of(on_demand: Mapping[str, OnDemand], state: str, instance: int | None = None) -> tuple[Button, ...]:
    """The buttons of the drawing that may be pressed in this state of the case."""
    return tuple(
        Button(button.code, button.label, button.request is not None, instance)
        for button in on_demand.values()
        if button.when == state
    )


def contested(session: Session, case: Case, model: Model) -> tuple[ContestedDecision, ...]:
    """The contested decisions, with the department's name."""
    query = (
        select(Decision, DepartmentRow.name)
        .outerjoin(DepartmentRow, DepartmentRow.code == Decision.department)
        .where(Decision.case_id == case.id)
        .order_by(Decision.id)
    )
    found = session.execute(query).all()
    names = outcome_names(model, [row for row, _ in found]) or [""] * len(found)
    return tuple(
        ContestedDecision(
            d.id, d.subject, d.number, d.taken_on, d.announced_on, name or d.department, d.missing, d.woo, outcome
        )
        for (d, name), outcome in zip(found, names, strict=True)
    )


def _terms(
    session: Session, case: Case, model: Model, facts: FactMap, now: datetime, book: LawBook
) -> tuple[ShownTerm, ...]:
    terms = terms_of_case(rows_of(session, case.id), model, facts, now, book)
    return tuple(sorted(terms, key=_running_first))


def _running_first(term: ShownTerm) -> tuple[bool, bool, date]:
    """Running ones by their day, then those that stand still, last those that are over."""
    return term.met_on is not None, term.due is None, term.due or date.max


def unread_of(session: Session, case: Case) -> int:
    """How many messages and uploads of citizens nobody read yet."""
    came = (NoteRow.case_id == case.id, NoteRow.read_by_handler.is_(False), NoteRow.kind.in_(OF_CITIZENS))
    return session.scalar(select(func.count(NoteRow.id)).where(*came)) or 0


def _filers(session: Session, actor: Actor, case: Case, model: Model) -> tuple[tuple[int, str], ...]:
    kept = kept_from(session, actor, case)
    return tuple((party.id, named(party, model, kept)) for party in filers_left(session, case.id, model))


def _may_withdraw(session: Session, case: Case, root: Instance, model: Model) -> bool:
    setting = model.withdrawal
    if setting is None or Side.WORKER not in setting.by or case.state != CaseState.RUNNING:
        return False
    return not withdrawal_too_late(session, root, setting)
