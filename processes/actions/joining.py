"""One press fills the same form in several cases: the own task first, then each other case by itself, after the commit.

Of cases in a group is kept how far that is in each, what each has of its own, and why it was refused (`CaseGroupStep`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from processes.access.clearance import called_in
from processes.access.staff_scope import seen_cases
from processes.actions.filing import NewDocument
from processes.actions.group_steps import as_typed, begin_group_steps, end_step
from processes.actions.tasks import CompleteTask, complete_task
from processes.base.errors import AlreadyDone, Invalid, NotFound, NotNow
from processes.base.uploads import Upload
from processes.execution.forms import components_of
from processes.execution.groups import members_now, step_of_task
from processes.execution.hearings import values_of
from processes.execution.hidden import looked_before
from processes.execution.joined import MOST, may_be_joined, same_step
from processes.execution.other_outcome import with_outcome
from processes.execution.sent_back import kept_files
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.model_cache import Deployed
from processes.storage.root_instance import root_of
from processes.storage.services import Services
from processes.storage.tables import Case, CaseGroupStep, CaseValue, Decision, DocumentRow, Instance, TaskRow
from processes.storage.words import DocumentOrigin, DocumentState, GroupStepState, HiddenState, OutboxKind, TaskState

FILES, EXPLANATION, OUTCOMES = "filepicker", "result-explanation", "outcomes"
NOT_OPEN = "Deze stap staat in de andere zaak niet meer open, of de zaak gaat niet meer over hetzelfde besluit."


@dataclass(frozen=True, slots=True)
class CompleteTogether:
    """`first` is the own task as its form was filled in; `others` are the ids of the same step in other cases. `exceptions`: another
    outcome for some of these, by the id of the task.
    """

    first: CompleteTask
    others: tuple[str, ...]
    exceptions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CompleteAlike:
    """`task` is filled in as the task `like` was, which the same person did in another case."""

    task: str
    like: str


def complete_together(work: UnitOfWork, action: CompleteTogether) -> str:
    """Do the own task, and note for after the commit in which cases the same is done. The answer is the number of the own case.

    Raises what `complete_task` raises, and Invalid for more than MOST cases or a form that is of one case alone.
    """
    task = work.session.get(TaskRow, action.first.task)
    if task is None:
        raise NotFound("Deze taak bestaat niet.")
    if len(set(action.others)) > MOST:
        raise Invalid({"together": f"Kies hoogstens {MOST} zaken tegelijk."})
    if not may_be_joined(_deployed(work, task), task):
        raise Invalid({"together": "Deze stap doet u in elke zaak apart."})
    others = sorted(set(action.others))
    first = begin_group_steps(work, task, action.first, others, action.exceptions)
    number = complete_task(work, first)
    for other in others:
        payload = {"like": task.id, "task": other, "by": work.actor.subject}
        key = f"joined:{task.id}:{other}"
        work.enqueue(OutboxKind.JOINED, key, payload, task.case_id)
    return number


def complete_alike(work: UnitOfWork, action: CompleteAlike) -> str:
    """Fill in a task with the answers, files and outcomes of the same step of another case. The answer is the case number.

    Raises what `complete_task` raises (role, mandate, Awb 10:3), NotFound, NotNow, Invalid and AlreadyDone.
    """
    first, from_case = _first(work, action.like)
    work.lock_case_of(action.task)  # it may be leaving the group at this moment
    step = step_of_task(work.session, action.task)
    if step and (step.first_task != first.id or step.state == GroupStepState.DONE):
        raise AlreadyDone(NOT_OPEN)
    among = members_now(step.group_id) if step else None
    found = work.session.execute(
        same_step(first, from_case, among).where(TaskRow.id == action.task, seen_cases(work.actor))
    ).first()
    if found is None:
        raise AlreadyDone(NOT_OPEN)
    task, case = found
    deployed = _deployed(work, first)
    if not may_be_joined(deployed, first):
        raise NotNow("Deze stap doet u in elke zaak apart.")
    if components_of(_deployed(work, task), task.element) != components_of(deployed, first.element):
        raise NotNow("In deze zaak is het formulier van deze stap anders, door een andere versie van het zaaktype.")
    answers = replace(_answers(work, deployed, first, from_case, case, step), task=task.id)
    there = {(row.type, row.sha256) for row in kept_files(work.session, deployed, task)}
    files = [row for row in _documents(work, deployed, first) if (row.type, row.sha256) not in there]
    why = {row.sha256: row.hidden_found["why"] for row in files if row.hidden == HiddenState.KEPT and row.hidden_found}
    with _copies(work.services, files) as copied:
        complete_task(work, replace(answers, documents=copied, unseen=why))
    work.system_note(
        case.id, f"De stap '{task.name}' is samen gedaan met die in {called_in(work.session, case, from_case)}."
    ).read_by_handler = True
    if step:
        end_step(work, step)
    return case.number


def _first(work: UnitOfWork, task_id: str) -> tuple[TaskRow, Case]:
    """The task that was done, and its case. Raises NotFound when this actor did not do it or may not see that case."""
    mine = (TaskRow.id == task_id, TaskRow.state == TaskState.DONE, TaskRow.done_by == work.actor.subject)
    found = work.session.execute(
        select(TaskRow, Case).join(Case, Case.id == TaskRow.case_id).where(*mine, seen_cases(work.actor))
    ).first()
    if found is None:
        raise NotFound("De zaak waarin u deze stap deed, is er niet meer.")
    return found[0], found[1]


def _deployed(work: UnitOfWork, task: TaskRow) -> Deployed:
    return work.deployed(work.session.get_one(Instance, task.instance_id).model_version_id)


def _answers(
    work: UnitOfWork, deployed: Deployed, first: TaskRow, from_case: Case, case: Case, step: CaseGroupStep | None
) -> CompleteTask:
    """The answers of the first form, for the other case: outcomes per decision by the number of the decision, and what `step` says of it."""
    parts = components_of(deployed, first.element)
    asked = [str(part["key"]) for part in parts if part.get("key") and part.get("type") not in {FILES, EXPLANATION}]
    codes = [code for code in asked if code in deployed.model.values]
    wanted = (CaseValue.instance_id == first.instance_id, CaseValue.code.in_(codes))
    stored: dict[str, Any] = dict(work.session.execute(select(CaseValue.code, CaseValue.value).where(*wanted)).all())
    explains = any(part.get("type") == EXPLANATION for part in parts)
    each = next((str(part["key"]) for part in parts if part.get("type") == OUTCOMES), None)
    values = {code: stored.get(code) for code in codes}
    explanation = from_case.result_explanation if explains else None
    if step and step.typed:
        values, explanation = as_typed(work, case, step.typed, values, explanation)
    if step is None or not step.outcome:
        outcomes = _outcomes(work, each, from_case, case) if each else {}
        return CompleteTask("", values, explanation=explanation, outcomes=outcomes)
    known = values_of(work.session, root_of(work.session, case.id))
    values = with_outcome(deployed, first.element, values, step.outcome, known, work.now)
    outcomes = {row.id: step.outcome for row in _decisions(work, case)} if each else {}
    return CompleteTask("", values, explanation=explanation, outcomes=outcomes)


def _outcomes(work: UnitOfWork, code: str, from_case: Case, case: Case) -> Mapping[int, str]:
    """Outcomes by the id of a decision of the other case. Cases that share no decision take the outcome that the first case has for
    all of its own. Raises Invalid for a decision of which the first case says nothing.
    """
    said = {_named(row): str((row.outcomes or {}).get(code) or "") for row in _decisions(work, from_case)}
    rows = _decisions(work, case)
    shared = any(_named(row) in said for row in rows)
    for_all = "" if shared or len(set(said.values())) != 1 else next(iter(said.values()))
    given = {row.id: said.get(_named(row)) or for_all for row in rows}
    if said and not all(given.values()):
        raise Invalid({code: "Deze zaak gaat ook over een ander besluit. Kies daar zelf de uitkomst per besluit."})
    return {decision: outcome for decision, outcome in given.items() if outcome}


def _decisions(work: UnitOfWork, case: Case) -> list[Decision]:
    return list(work.session.scalars(select(Decision).where(Decision.case_id == case.id).order_by(Decision.id)))


def _named(row: Decision) -> tuple[str, str | None]:
    return row.number, row.department


def _documents(work: UnitOfWork, deployed: Deployed, first: TaskRow) -> list[DocumentRow]:
    """The files of the first form: added in the same change by who did the task, and those that stayed when it was sent back. Raises NotNow when one was
    taken away since.
    """
    parts = components_of(deployed, first.element)
    types = {str(part.get("documentType")) for part in parts if part.get("type") == FILES}
    mine = (DocumentRow.case_id == first.case_id, DocumentRow.added_at == first.done_at, DocumentRow.type.in_(types))
    by_staff = (DocumentRow.origin == DocumentOrigin.WORKER, DocumentRow.redacts.is_(None))
    rows = list(work.session.scalars(select(DocumentRow).where(*mine, *by_staff).order_by(DocumentRow.id)))
    if any(row.state != DocumentState.ACCEPTED for row in rows):
        raise NotNow("Een bestand bij deze stap is in de eerste zaak weggehaald. Doe de stap hier zelf.")
    return [*(row for row in kept_files(work.session, deployed, first) if row not in rows), *rows]


@contextmanager
def _copies(services: Services, rows: list[DocumentRow]) -> Iterator[tuple[NewDocument, ...]]:
    """Each file once more in the store, since every case destroys its own. Thrown away when the step is refused."""
    made: list[Upload] = []
    try:
        made.extend(_copy(services, row) for row in rows)
        yield tuple(
            NewDocument(upload, row.type, row.title, looked=looked_before(row))
            for row, upload in zip(rows, made, strict=True)
        )
    except Exception:
        for upload in made:
            services.files.delete(upload.blob)
        raise


def _copy(services: Services, row: DocumentRow) -> Upload:
    copied = services.files.add(row.file_name, row.media_type, services.files.read(row.blob, row.file_key))
    return replace(copied, locked=row.locked)
