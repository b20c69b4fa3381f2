"""A user task is done: by a citizen in the portal, by a worker or a committee member in the workbench."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine import Complete, Element
from engine.words import Side
from processes.access.assignments import SIDES, why_not_complete
from processes.access.guards import only_staff, own_agenda, own_case, own_party
from processes.access.own_tasks import is_own_task
from processes.access.visibility import is_for_others
from processes.actions.answers import ReceiptDays, keep_received
from processes.actions.decided_news import tell_decided
from processes.actions.disclosing import disclose
from processes.actions.filed import file_answer
from processes.actions.filing import NewDocument, file_document
from processes.actions.judging import Judgement, judge, with_typed_reason
from processes.actions.new_version import follow_kept
from processes.base.actor import ActorKind, StaffRole
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from processes.execution.assessing import Assessment
from processes.execution.case_execution import CaseExecution
from processes.execution.colleagues import tell_colleagues
from processes.execution.deciding import check_taken, decided_in_codes, taken_by_itself
from processes.execution.deciding_each import decide_each
from processes.execution.deliveries import JUDGEMENT
from processes.execution.forms import component_of
from processes.execution.given_answers import changes_mark
from processes.execution.hidden import refuse_unexplained
from processes.execution.inspecting import InspectionChoice
from processes.execution.listed_columns import hand_over
from processes.execution.sent_back import kept_files
from processes.execution.unit_of_work import UnitOfWork
from processes.execution.unseen import Unseen
from processes.execution.values import store_values
from processes.post.receipts import mail_citizen_receipt
from processes.post.standard.received import What
from processes.storage import staff
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, Instance, TaskRow
from processes.storage.words import NewsKind, TaskState

ANSWER_CHANGED: Final = (
    "Iemand heeft intussen een antwoord veranderd. Lees eerst het nieuwe antwoord bij de documenten van de zaak. "
    "Klopt wat u hieronder invulde dan nog? Rond de taak dan opnieuw af."
)


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """`values` by code of the model, `documents` from file fields, `judgements` as of judging.Judgements,
    `explanation` of the result for the citizen (None leaves it as it is), `assessments`, `redactions`
    and `inspection` by document id, `concerns` the ids of third parties by document id, `view_answers` the answer to each view by the id of the party, `asked_again` the ids of third parties, `outcomes` by the id of a contested decision.
    `received`: of an answer that staff fill in for somebody, the day it came in (None: today). `unseen`: why documents that hide something go
    out by this step, by the SHA-256 of the file; `asks_why`: somebody is there to write that, so nothing stays inside in silence.
    `answers_seen`: the mark of the answers of citizens as the page showed them (`changes_mark`); None where no page did.
    """

    task: str
    values: Mapping[str, Any] = field(default_factory=dict)
    documents: tuple[NewDocument, ...] = ()
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    explanation: str | None = None
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    redactions: Mapping[str, NewDocument] = field(default_factory=dict)
    inspection: Mapping[str, InspectionChoice] = field(default_factory=dict)
    outcomes: Mapping[int, str] = field(default_factory=dict)
    received: ReceiptDays | None = None
    concerns: Mapping[str, Collection[int]] = field(default_factory=dict)
    view_answers: Mapping[int, str] = field(default_factory=dict)
    asked_again: Collection[int] = ()
    unseen: Mapping[str, str] = field(default_factory=dict)
    asks_why: bool = False
    answers_seen: str | None = None


@dataclass(frozen=True, slots=True)
class TakeTask:
    """A worker takes a task on, or gives it back (`back`). `over_from`: the number of the colleague from whom it is knowingly taken over."""

    task: str
    back: bool = False
    over_from: str = ""


def complete_task(work: UnitOfWork, action: CompleteTask) -> str:
    """Store what the form filled and let the process go on. The answer is the case number.

    Raises AlreadyDone when a colleague or a timer was first, NotFound, NotAllowed, Invalid; AsksWhy, where it may, for what goes out and hides
    something.
    """
    run, task, instance = _open_at(work, action.task)
    run.unseen = Unseen(action.unseen, action.asks_why, _brought(action))
    case = run.case
    _is_open(work, case, task)
    _same_answers(work, case, action)
    deployed = work.deployed(instance.model_version_id)
    model = deployed.model
    element = model.elements[task.element]
    values = dict(action.values)
    party_id = _may_complete(work, case, task, element, values)
    if work.actor.kind == ActorKind.STAFF and is_for_others(task):
        keep_received(work, case, task, action.received)
    if JUDGEMENT in model.values or JUDGEMENT in model.outputs:
        judged = judge(run, instance, element, action.judgements, values.get(JUDGEMENT))
        values.update(with_typed_reason(judged, values))
    values.update(_disclosed(run, instance, deployed, task.element, action))
    values.update(_decide_each(run, deployed, task.element, action.outcomes, values))
    kept = kept_files(work.session, deployed, task) if action.documents else ()
    rows = [file_document(work, case, document, party_id=party_id) for document in action.documents]
    follow_kept(work, case, kept, rows, f"De taak '{task.name}' kwam terug.")
    if rows and (part := run.part(instance)):
        for row in rows:
            row.part_id = part.id
    if task.side in {Side.CITIZEN, Side.DEPARTMENT}:
        file_answer(work, case, deployed, task, action.values, action.documents, rows, party_id=party_id)
    if action.explanation is not None:
        case.result_explanation = action.explanation
    store_values(run, instance, values)
    if case.handler is None and task.side == Side.WORKER and work.actor.kind == ActorKind.STAFF:
        # who does the first work on a case handles it, until somebody takes it over
        hand_over(work.session, case, work.actor.subject, work.actor)
    work.audit(case.id, "complete", task=task.id, element=task.element)
    tell_decided(work, case, task, element, model, values)
    if work.actor.kind == ActorKind.CITIZEN:
        mail_citizen_receipt(work, case, own_party(work, case), What.ANSWER, f"task:{task.id}", task.name)
    if element.assignment and (decided := decided_in_codes(run, instance, element.assignment, values)):
        work.audit(case.id, "decided", task=task.id, **decided)
    run.ask(instance, Complete(task.id))
    run.settle()
    refuse_unexplained(run)
    return case.number


def _brought(action: CompleteTask) -> frozenset[str]:
    return frozenset(one.upload.blob for one in (*action.documents, *action.redactions.values()))


def _disclosed(
    run: CaseExecution, instance: Instance, deployed: Deployed, element: str, action: CompleteTask
) -> dict[str, Any]:
    said = (action.assessments, action.redactions, action.inspection, action.concerns, action.view_answers)
    return disclose(run, instance, deployed, element, *said, action.asked_again)


def _decide_each(
    run: CaseExecution, deployed: Deployed, element: str, given: Mapping[int, str], values: Mapping[str, Any]
) -> dict[str, Any]:
    component = component_of(deployed, element, "outcomes")
    if component is None:
        if given:
            raise NotFound("Deze taak vraagt hier niet om.")
        return {}
    code = str(component["key"])
    choices = [choice.value for choice in deployed.model.values[code].choices]
    return {code: decide_each(run, code, choices, given, values.get(code))}


def take_task(work: UnitOfWork, action: TakeTask) -> str:
    """Put the own name on a task, or take it off. Nothing when that is so already; the colleague from whom it is taken hears of it. Raises
    AlreadyDone when somebody else has it than who acts believed.
    """
    only_staff(work.actor, (StaffRole.WORKER, StaffRole.DECIDER, StaffRole.COMMITTEE))
    task, case = _lock(work, action.task)
    own_agenda(work, case)
    had, me = task.assignee, work.actor.subject
    if had == (None if action.back else me):
        return case.number
    if had not in {None, me} and (action.back or had != action.over_from):
        raise AlreadyDone(f"{staff.name_of(work.session, had)} heeft deze taak nu. Bekijk de taak opnieuw.")
    task.assignee = None if action.back else me
    if case.handler is None and task.side == Side.WORKER and task.assignee:
        hand_over(work.session, case, me, work.actor)
    if had and not action.back:
        note = work.own_note(case.id, f"{work.actor.name} nam de taak '{task.name}' over.")
        work.session.flush()
        tell_colleagues(work, case, {had: NewsKind.TASK}, note)
    work.audit(case.id, "give_back" if action.back else "take", task=task.id)
    return case.number


def _lock(work: UnitOfWork, task_id: str) -> tuple[TaskRow, Case]:
    case = _case_of(work, task_id)
    task = work.session.get_one(TaskRow, task_id, populate_existing=True)
    _is_open(work, case, task)
    return task, case


def _open_at(work: UnitOfWork, task_id: str) -> tuple[CaseExecution, TaskRow, Instance]:
    try:
        return CaseExecution.at_task(work, task_id)
    except NotFound as none:
        raise NotFound("Deze taak bestaat niet.") from none


def _case_of(work: UnitOfWork, task_id: str) -> Case:
    try:
        return work.lock_case_of(task_id)
    except NotFound as none:
        raise NotFound("Deze taak bestaat niet.") from none


def _is_open(work: UnitOfWork, case: Case, task: TaskRow) -> None:
    if work.actor.kind == ActorKind.CITIZEN:
        own_case(work, case)
    if task.state != TaskState.OPEN:
        raise AlreadyDone(_done_sentence(task))


def _same_answers(work: UnitOfWork, case: Case, action: CompleteTask) -> None:
    if action.answers_seen is not None and action.answers_seen != changes_mark(work.session, case.id):
        raise Invalid({"": ANSWER_CHANGED})


def _done_sentence(task: TaskRow) -> str:
    if task.state == TaskState.CANCELLED:
        return f"De taak '{task.name}' is vervallen. Uw invoer is niet opgeslagen; kijk in de zaak wat de stand is."
    return f"De taak '{task.name}' is al gedaan. Uw invoer is niet opgeslagen; kijk in de zaak wat de stand is."


def _may_complete(
    work: UnitOfWork, case: Case, task: TaskRow, element: Element, values: Mapping[str, Any]
) -> int | None:
    """The id of the party whose answer it is, when this actor may give it; None for a task that is of no party.

    Raises NotAllowed or NotFound, and Invalid for a decision of a body on a day that is unknown or still to come.
    """
    if work.actor.kind == ActorKind.CITIZEN:
        party = own_party(work, case)
        if task.side != Side.CITIZEN or not is_own_task(work, case, task, party):
            raise NotFound
        return party.id
    if is_for_others(task):
        # a paper answer: the worker fills in what the citizen, or the one person, wrote
        only_staff(work.actor)
        return task.party_id
    only_staff(work.actor, SIDES.get(task.side, (StaffRole.WORKER,)))
    own_agenda(work, case)
    if element.assignment:
        by_itself = taken_by_itself(element.assignment, values)
        if reason := why_not_complete(work.session, work.actor, task, element.assignment, by_itself=by_itself):
            raise NotAllowed(reason)
        check_taken(element.assignment, values, work.today)
    return None
