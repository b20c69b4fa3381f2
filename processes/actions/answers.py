"""Answers that staff fill in for somebody: the day they came in (Awb 7:10, second paragraph: an omission is mended when it is, not
when that is entered), and one that is entered after its question lapsed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from processes.access.guards import only_staff, reason_wrong
from processes.access.visibility import is_for_others
from processes.actions.filed import file_answer
from processes.actions.filing import NewDocument, file_document
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.base.errors import AlreadyDone, Invalid, NotFound, NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.dates import receipt_wrong
from processes.execution.fact_days import ANSWERED, last_day_to_answer
from processes.execution.following_facts import follow
from processes.execution.unit_of_work import UnitOfWork
from processes.execution.values import store_values
from processes.storage.root_instance import asking_part
from processes.storage.tables import Case, TaskRow
from processes.storage.words import CaseState, InstancePhase, TaskState

FIELDS = {"received_on": "answer-received_on", "postmark_on": "answer-postmarked_on"}  # no code of a form has a hyphen
POST_WEEK = timedelta(weeks=1)  # Awb 6:9: posted in time and received within a week after is in time
GONE = "Het deel van de zaak waar dit antwoord bij hoort, is al klaar. Leg het antwoord vast als notitie of document."


@dataclass(frozen=True, slots=True)
class ReceiptDays:
    """The days of receipt of an answer on paper; `postmarked_on` is None when it did not come by post, or the mark cannot be read."""

    received_on: date
    postmarked_on: date | None = None


@dataclass(frozen=True, slots=True)
class EnterLateAnswer:
    """An answer to a question that lapsed. `values` and `documents` as for CompleteTask."""

    task: str
    received: ReceiptDays
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)
    documents: tuple[NewDocument, ...] = ()


def keep_received(work: UnitOfWork, case: Case, task: TaskRow, received: ReceiptDays | None) -> None:
    """Keep the days of an answer on paper; today where none was given. Raises Invalid."""
    found = received or ReceiptDays(work.today)
    wrong = received_wrong(case, task, found, work.today)
    if wrong:
        raise Invalid(wrong)
    task.received_on, task.postmarked_on = found.received_on, found.postmarked_on


def received_wrong(case: Case, task: TaskRow, received: ReceiptDays, today: date) -> dict[str, str]:
    """Mistakes in the days of an answer: it came in after the case and the question, and not in the future."""
    wrong = receipt_wrong(received.received_on, received.postmarked_on, today)
    if received.received_on < (asked := max(case.received_on, local_date(task.opened_at))):
        wrong["received_on"] = f"De vraag is pas gesteld op {long_date(asked)}. Vul een datum vanaf die dag in."
    return {FIELDS[name]: sentence for name, sentence in wrong.items()}


def withdrawal_wrong(case: Case, received: ReceiptDays, today: date) -> dict[str, str]:
    """Mistakes in the days of a withdrawal on paper: it came in after the case, and not in the future."""
    wrong = receipt_wrong(received.received_on, received.postmarked_on, today)
    if received.received_on < case.received_on:
        wrong["received_on"] = (
            f"De zaak kwam pas binnen op {long_date(case.received_on)}. Vul een datum vanaf die dag in."
        )
    return {FIELDS[name]: sentence for name, sentence in wrong.items()}


def in_time(received: ReceiptDays, last_day: date) -> bool:
    """Whether an answer came in time for a term that ended on `last_day` (Awb 6:9, also used for a repair term)."""
    if received.received_on <= last_day:
        return True
    posted = received.postmarked_on is not None and received.postmarked_on <= last_day
    return posted and received.received_on <= last_day + POST_WEEK


def enter_late_answer(work: UnitOfWork, action: EnterLateAnswer) -> str:
    """Keep an answer to a question that lapsed while it lay in the post room. The drawing does not go back: its values and files
    are there for the next step, what was answered is a document, and what stood still because of the question ends on the day the
    answer came.

    The answer is the case number. Raises NotFound, NotNow, AlreadyDone, Invalid.
    """
    run, task, instance = CaseExecution.at_task(work, action.task)
    case = run.case
    _may_enter(work, case, task)
    wrong = {**received_wrong(case, task, action.received, work.today), **reason_wrong(action.reason)}
    if wrong:
        raise Invalid(wrong)
    last_day = last_day_to_answer(run.data.deadlines().values(), task)
    task.received_on, task.postmarked_on = action.received.received_on, action.received.postmarked_on
    deployed = work.deployed(instance.model_version_id)
    rows = [file_document(work, case, document, party_id=task.party_id) for document in action.documents]
    file_answer(work, case, deployed, task, action.values, action.documents, rows, party_id=task.party_id)
    store_values(run, instance, dict(action.values))
    work.audit(case.id, "late_answer", task=task.id, element=task.element, received=str(task.received_on))
    lines = follow(run, ANSWERED, task.id)
    run.facts_changed = True
    run.settle()
    when = "op tijd" if in_time(action.received, last_day) else "te laat"
    told = f"Antwoord alsnog vastgelegd: {task.name}. Ontvangen op {long_date(action.received.received_on)}, {when}."
    work.own_note(case.id, "\n".join([told, *lines, f"Reden: {action.reason.strip()}"]))
    return case.number


def _may_enter(work: UnitOfWork, case: Case, task: TaskRow) -> None:
    only_staff(work.actor)
    if not is_for_others(task):
        raise NotFound("Deze taak bestaat niet.")
    if task.state != TaskState.CANCELLED:
        raise NotNow("Deze taak is niet vervallen. Vul het antwoord in bij de taak zelf.")
    if task.received_on is not None:
        raise AlreadyDone("Dit antwoord is al vastgelegd.")
    if case.state != CaseState.RUNNING or asking_part(work.session, task).phase != InstancePhase.RUNNING:
        raise NotNow(GONE)
