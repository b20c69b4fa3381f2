"""One task with its form, what is known so far, and the case beside it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Element, Model
from engine.words import Side
from processes.access.document_scope import NONE_KEPT, kept_documents
from processes.access.staff_scope import case_for, handles, kept_from, works_on
from processes.base.actor import Actor
from processes.base.checklist import SaidOfDocument, in_words, told_from
from processes.base.clock import local_date
from processes.base.errors import NotFound, NotNow
from processes.execution.court_only import COURT_ONLY
from processes.execution.deliveries import deliveries_to_judge
from processes.execution.facts import ANSWERS, to_fact
from processes.execution.forms import FormPage, component_of, form_of
from processes.execution.given_answers import changes_mark
from processes.execution.hearings import heard_in_session
from processes.execution.other_outcome import outcome_choices
from processes.execution.parts import part_of
from processes.execution.requested import promised, requested
from processes.execution.sent_back import kept_files
from processes.reads.in_words import values_in_words
from processes.reads.opening import reading
from processes.reads.workbench.agenda_lines import needs_in_words
from processes.reads.workbench.answers import Answer, answers_of
from processes.reads.workbench.asked_departments import with_departments
from processes.reads.workbench.came_back import CameBack, came_back
from processes.reads.workbench.co_filers import not_confirmed_in
from processes.reads.workbench.colleague_tasks import open_in
from processes.reads.workbench.disclosing import (
    AskedConcern,
    AskedDocument,
    ChangedParty,
    ViewToAnswer,
    changed_parties,
    concerns_of,
    inventory_of,
    redactions_for,
    views_to_answer,
)
from processes.reads.workbench.documents import WorkerDocumentLine, document_lines
from processes.reads.workbench.groups import GroupOfCase, group_of_case
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.in_time import DecisionInTime, decisions_in_time
from processes.reads.workbench.inspection import PaperToInspect, papers_to_inspect
from processes.reads.workbench.joined import JoinedStep, joined_steps
from processes.reads.workbench.known import known_values
from processes.reads.workbench.legal import Due, due_of
from processes.reads.workbench.outcomes import OutcomeToChoose, outcomes_to_choose
from processes.reads.workbench.overview import ContestedDecision, contested
from processes.reads.workbench.paper import LapsedQuestion, lapsed_question
from processes.reads.workbench.sessions import SessionLine, free_sessions
from processes.reads.workbench.who_may import why_not_do
from processes.reads.workbench.words import named, role_in_words
from processes.storage import staff
from processes.storage.looks import opened_by
from processes.storage.model_cache import Deployed
from processes.storage.root_instance import root_of
from processes.storage.services import Services
from processes.storage.tables import (
    Case,
    Delivery,
    DepartmentRow,
    DocumentRequestRow,
    DocumentRow,
    Dossier,
    Instance,
    Party,
    TaskRow,
)
from processes.storage.words import DocumentState, TaskState

OF_DOCUMENTS: Final = (
    "inventory",
    "redactions",
    "concerns",
    "inspection",
    COURT_ONLY,
)  # parts of a form that list documents


@dataclass(frozen=True, slots=True)
class DeliveryToJudge:
    """A delivery that waits for a judgement: of whom, with what remark, and which documents. `opened`: the ids of those that
    this reader opened.
    """

    id: int
    department: str
    receipt: str
    sent_at: datetime
    remark: str
    documents: tuple[WorkerDocumentLine, ...]
    opened: frozenset[str] = frozenset()
    by: str = ""
    said: tuple[SaidOfDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class Promises:
    """`words`: what the department wrote that still comes, each with its day; `until`: the term of the request when one waits for it."""

    words: str
    until: date


@dataclass(frozen=True, slots=True)
class WorkerTaskPage:
    """`whose`: the task is not of staff but of the party that is called so. `persons`: role and name of those who are
    confidential, for who works on the case. `receipt`: of an answer on paper, the day it came in and the date of its postmark;
    `lapsed`: it lapsed, and an answer may still be entered. `state` is open, done or cancelled; `form` is None when the drawing asks only for a press of the button.
    `concerns`: the documents of which is asked whom they are about, and the third parties (id and name); `part`: the number of the
    part decision that the task belongs to; `missing`: what a delivery that is judged here leaves open; `views`: those that a decision answers; `changed`: the third parties who may be asked again;
    `why_not`: why this reader may look but not do the task, empty for who may. `sessions`: those that have time to hear the case;
    `needs`: what each party needs at the hearing that is planned here.
    `answers_seen`: the mark of the answers of citizens as they are now (`changes_mark`).
    `came_back`: what a colleague said who sent the task back; `explained`: what the citizen will read of the result, where it is written already.
    `kept`: by document type the files of before it was sent back, which stay where no other is chosen.
    `not_confirmed`: name and last day of who was named as filing along and did not confirm it.
    `group`: that of the case, where the step is open in others of it too; `exceptions`: the outcomes from which such a case may take another.
    """

    id: str
    name: str
    explanation: str
    state: str
    side: str
    who: str | None
    assignee: str
    mine: bool
    done_by: str | None
    done_at: datetime | None
    due: Due
    head: Head
    form: FormPage | None
    deliveries: tuple[DeliveryToJudge, ...]
    decisions: tuple[ContestedDecision, ...]
    documents: tuple[WorkerDocumentLine, ...]
    known: tuple[tuple[str, str], ...]
    inventory: tuple[AskedDocument, ...]
    redactions: tuple[AskedDocument, ...]
    in_time: tuple[DecisionInTime, ...]
    inspection: tuple[PaperToInspect, ...]
    outcomes: tuple[OutcomeToChoose, ...]
    joined: tuple[JoinedStep, ...]
    group: GroupOfCase | None
    exceptions: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...]
    whose: str | None
    persons: tuple[tuple[str, str], ...]
    receipt: tuple[date | None, date | None]
    lapsed: LapsedQuestion | None
    today: date
    concerns: tuple[tuple[AskedConcern, ...], tuple[tuple[int, str], ...]] = ((), ())
    part: int | None = None
    views: tuple[ViewToAnswer, ...] = ()
    changed: tuple[ChangedParty, ...] = ()
    missing: tuple[str, ...] = ()
    promised: Promises | None = None
    why_not: str = ""
    not_confirmed: tuple[tuple[str, date], ...] = ()
    asked_of_colleagues: int = 0
    answers_seen: str = ""
    sessions: tuple[SessionLine, ...] = ()
    needs: tuple[str, ...] = ()
    came_back: CameBack | None = None
    explained: str = ""
    kept: Mapping[str, tuple[WorkerDocumentLine, ...]] = field(default_factory=dict)


def read_task(services: Services, actor: Actor, task_id: str) -> WorkerTaskPage:
    """Raises NotFound, also for a task of a case that this reader may not see."""
    with reading(services) as (session, now):
        task = session.get(TaskRow, task_id)
        case = session.get(Case, task.case_id) if task else None
        if task is None or case is None or not _may_open(actor, task):
            raise NotFound("Deze taak bestaat niet.")
        case_for(session, actor, case.number)
        return _page(session, services, actor, task, case, now)


def _may_open(actor: Actor, task: TaskRow) -> bool:
    if task.side == Side.DEPARTMENT:  # of one person, who may have answered on paper
        return handles(actor) and task.party_role is not None
    return task.side == Side.COMMITTEE or (handles(actor) and task.side in {Side.WORKER, Side.CITIZEN})


def _page(
    session: Session, services: Services, actor: Actor, task: TaskRow, case: Case, now: datetime
) -> WorkerTaskPage:
    instance = session.get_one(Instance, task.instance_id)
    deployed, part = services.models.version(session, instance.model_version_id), part_of(session, instance)
    root = services.models.version(session, case.model_version_id)
    element = _element_of(deployed, task)
    names = staff.names_of(session, [task.assignee, task.done_by])
    lines = document_lines(session, actor, case, root.model)
    form = form_of(session, deployed, task.element, task.instance_id)
    joined = joined_steps(session, actor, case, task, deployed)
    group = group_of_case(session, actor, case) if joined else None
    whole = works_on(session, actor, case)
    asks = not whole and any(component_of(deployed, task.element, one) for one in OF_DOCUMENTS)
    kept = kept_documents(session, actor, case) if asks else NONE_KEPT
    return WorkerTaskPage(
        id=task.id, name=task.name, explanation=element.documentation, state=task.state, side=task.side,
        who=names.get(task.assignee or ""), assignee=task.assignee or "", mine=task.assignee == actor.subject,
        done_by=None if task.side == Side.DEPARTMENT else names.get(task.done_by or ""), done_at=task.done_at, due=due_of(task.due, now),
        head=head_of(session, services, actor, case, now),
        form=with_departments(session, case, _of_case(form, root.model)) if form else None,
        deliveries=_deliveries(session, actor, task, lines), decisions=contested(session, case, root.model),
        documents=tuple(line for line in lines if line.state == DocumentState.ACCEPTED), **_left_open(session, task),
        known=(*_own_values(session, actor, task, deployed), *known_values(session, actor, root_of(session, case.id), root, whole=whole)),
        came_back=came_back(session, actor, task, deployed, whole=whole) if handles(actor) else None, explained=_explained(case, deployed, task),
        inventory=inventory_of(session, case, deployed, root.model, task.element, part, kept),
        redactions=redactions_for(session, case, deployed, root.model, task.element, part, kept),
        concerns=concerns_of(session, case, deployed, root.model, task.element, part, kept), part=part.number if part else None,
        changed=changed_parties(session, case, deployed, root.model, task.element),
        views=views_to_answer(session, services, deployed, root.model, task),
        outcomes=outcomes_to_choose(session, case, deployed, task.element),
        joined=joined, group=group, exceptions=outcome_choices(deployed, task.element)[1] if group else (),
        inspection=papers_to_inspect(session, case, deployed, root.model, task.element, kept),
        in_time=decisions_in_time(session, case, services.law.book(session)) if component_of(deployed, task.element, "in-time") else (),
        answers=answers_of(session, services, actor, case),
        whose=_whose(session, task, root.model, kept_from(session, actor, case)), persons=_persons(session, actor, case, root.model),
        receipt=(task.received_on, task.postmarked_on),
        lapsed=lapsed_question(session, case, task) if handles(actor) else None, today=local_date(now),
        why_not=why_not_do(session, actor, task, element),
        not_confirmed=not_confirmed_in(session, case) if handles(actor) and task.state == TaskState.OPEN else (),
        answers_seen=changes_mark(session, case.id), asked_of_colleagues=open_in(session, case), sessions=_sessions(session, services, actor, task, case, now),
        kept=_kept(session, deployed, task, lines),
        needs=needs_in_words(session, actor, [(case, root)]).get(case.id, ()) if element.session else (),
    )  # fmt: skip


def _explained(case: Case, deployed: Deployed, task: TaskRow) -> str:
    """Empty where the form itself asks for it."""
    asks = component_of(deployed, task.element, "result-explanation")
    return "" if asks or task.state != TaskState.OPEN else case.result_explanation or ""


def _kept(
    session: Session, deployed: Deployed, task: TaskRow, lines: Iterable[WorkerDocumentLine]
) -> dict[str, tuple[WorkerDocumentLine, ...]]:
    """Those that this reader sees."""
    shown, found = {line.id: line for line in lines}, dict[str, tuple[WorkerDocumentLine, ...]]()
    for row in kept_files(session, deployed, task) if task.state == TaskState.OPEN else ():
        if row.id in shown:
            found[row.type] = (*found.get(row.type, ()), shown[row.id])
    return found


def _sessions(
    session: Session, services: Services, actor: Actor, task: TaskRow, case: Case, now: datetime
) -> tuple[SessionLine, ...]:
    """The sessions that could plan this task, when it is one that a session plans."""
    if task.state != TaskState.OPEN or not handles(actor):
        return ()
    fitting = heard_in_session(session, services.models, [(task, case)], now)
    return free_sessions(services, session, case.case_type, now) if fitting else ()


def _of_case(form: FormPage, root: Model) -> FormPage:
    """The form with its values as facts; a called process files documents of the types of its case."""
    return replace(form, current=_typed(form), document_types=form.document_types or root.document_types)


def _element_of(deployed: Deployed, task: TaskRow) -> Element:
    """The task as it is drawn. Raises NotNow when the drawing does not know it: nobody can fill it in then."""
    element = deployed.model.elements.get(task.element)
    if element is None:
        raise NotNow(f"De taak '{task.name}' staat niet in de tekening van dit zaaktype. Meld dit aan de beheerder.")
    return element


def _own_values(session: Session, actor: Actor, task: TaskRow, deployed: Deployed) -> tuple[tuple[str, str], ...]:
    """The values filled in the called process that the task stands in, such as where a department searched."""
    if deployed.model.case_type or not handles(actor):
        return ()
    return values_in_words(session, task.instance_id, {**deployed.model.inputs, **deployed.model.values})


def _whose(session: Session, task: TaskRow, model: Model, kept: Collection[int]) -> str | None:
    """Whose task it is that staff may fill in from paper; a name where it is for one of several."""
    if task.side == Side.CITIZEN:
        one = session.get(Party, task.party_id) if task.party_id else None
        return one.name if one and not one.confidential else "de indiener"
    if task.side != Side.DEPARTMENT or not task.party_role:
        return None
    role = f"de {role_in_words(task.party_role, model).lower()}"
    one = session.get(Party, task.party_id) if task.party_id else None
    return f"{role} {named(one, model, kept)}" if one and one.id not in kept else role


def _persons(session: Session, actor: Actor, case: Case, model: Model) -> tuple[tuple[str, str], ...]:
    rows = session.scalars(select(Party).where(Party.case_id == case.id, Party.confidential).order_by(Party.id)).all()
    kept = kept_from(session, actor, case) if rows else frozenset()
    hint = "Pak deze taak op om de naam te zien."
    return tuple((role_in_words(row.role, model), hint if row.id in kept else row.name) for row in rows)


def _typed(form: FormPage) -> Mapping[str, Any]:
    """The values so far as facts; what several people answered stays as it is stored, for conditions of the form."""
    given = {code: stored for code, stored in form.current.items() if code.startswith(ANSWERS)}
    facts = {code: to_fact(form.values[code], stored) for code, stored in form.current.items() if code in form.values}
    return {**given, **facts}


def _deliveries(
    session: Session, actor: Actor, task: TaskRow, lines: list[WorkerDocumentLine]
) -> tuple[DeliveryToJudge, ...]:
    found = session.scalars(deliveries_to_judge(task.instance_id)).all()
    return tuple(_judged(session, actor, delivery, lines) for delivery in found)


def _judged(session: Session, actor: Actor, delivery: Delivery, lines: list[WorkerDocumentLine]) -> DeliveryToJudge:
    name = session.scalar(
        select(DepartmentRow.name)
        .join(Dossier, Dossier.department == DepartmentRow.code)
        .where(Dossier.id == delivery.dossier_id)
    )
    offered = select(DocumentRow.id).where(
        DocumentRow.delivery_id == delivery.id, DocumentRow.state == DocumentState.OFFERED
    )
    ids = set(session.scalars(offered))
    return DeliveryToJudge(
        delivery.id, name or "de afdeling", delivery.receipt, delivery.sent_at, delivery.remark,
        tuple(line for line in lines if line.id in ids), opened_by(session, actor, ids),
        delivery.delivered_by, told_from(delivery.said),
    )  # fmt: skip


def _left_open(session: Session, task: TaskRow) -> dict[str, Any]:
    """`missing` and `promised` of the page: of the request that this task judges, if there is one."""
    request = session.scalar(select(DocumentRequestRow).where(DocumentRequestRow.instance_id == task.instance_id))
    if request is None:
        return {}
    told = promised(session, request)
    days = [one.expected for one in told if one.expected]
    promises = Promises(in_words(told), max(request.due, *days)) if days else None
    return {"missing": _missing(session, request), "promised": promises}


def _missing(session: Session, request: DocumentRequestRow) -> tuple[str, ...]:
    """The pieces of the request that were neither accepted before nor offered now."""
    offered = (
        select(DocumentRow.type)
        .join(Delivery, DocumentRow.delivery_id == Delivery.id)
        .where(Delivery.request_id == request.id, DocumentRow.state == DocumentState.OFFERED)
    )
    coming = set(session.scalars(offered))
    return tuple(one.in_words for one in requested(session, request).missing if one.type not in coming)
