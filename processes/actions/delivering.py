"""A department delivers through its link: to an open request, or as a late supplement (O17-O22, O27-O29)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from engine import Complete
from processes.access.dossier_link import open_dossier, tasks_of, was_asked
from processes.actions.filed import file_answer, file_delivery
from processes.actions.filing import NewDocument, file_document
from processes.base.checklist import EXPLAINED, SaidAt, SaidOfDocument, said_from, with_delivered, wrong_said
from processes.base.errors import AlreadyDone, Invalid, LinkGone, NotNow
from processes.base.uploads import Upload
from processes.execution.case_execution import CaseExecution
from processes.execution.colleagues import involved, tell_colleagues
from processes.execution.deliveries import deliveries_to_judge, request_with_nothing_left
from processes.execution.forms import asks_documents
from processes.execution.listed_columns import keep_waiting
from processes.execution.unit_of_work import UnitOfWork
from processes.execution.values import store_values
from processes.post.receipts import mail_answer_receipt, mail_receipt
from processes.storage.base import new_id
from processes.storage.document_versions import STANDS
from processes.storage.tables import (
    Case,
    Delivery,
    DepartmentRow,
    DocumentRequestRow,
    DocumentRow,
    Dossier,
    FiledRow,
    Instance,
    TaskRow,
)
from processes.storage.words import DocumentState, NewsKind, TaskState

LONGEST_NAME: Final = 200  # what the column holds
FIELDS: Final = {"reason": "waarom", "expected": "wanneer"}  # of the answer about a document, with its place behind it


@dataclass(frozen=True, slots=True)
class Deliver:
    """`token` is the last part of the link. Every file has been hashed on arrival.

    `task` names the request that is answered; empty takes the oldest. When it has been answered or stopped in the
    meantime, what was sent is a late supplement; but what comes after every file was taken back, is judged in their place. `values`: what the form of the request asks beside documents; `said`: of each
    requested document, in the order of the request; `by`: the name of who delivers.
    """

    token: str
    documents: tuple[NewDocument, ...]
    remark: str = ""
    task: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    said: tuple[SaidAt, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class AnswerByLink:
    """Another form than a delivery of documents, in the department's lane (B5). `values` by code of the model."""

    token: str
    task: str
    values: Mapping[str, Any] = field(default_factory=dict)
    documents: tuple[NewDocument, ...] = ()


def deliver(work: UnitOfWork, action: Deliver) -> str:
    """Store what was sent and let the process go on. The answer is the number of the receipt.

    Raises LinkGone for a wrong, revoked or expired link and Invalid when there is nothing to send.
    """
    dossier = open_dossier(work.session, work.services, action.token, work.today)
    if dossier.department is None:
        raise LinkGone  # one person answers forms; documents of a department come from a department
    case = work.lock_case_id(dossier.case_id)
    _only_with_something(action)
    task = _waiting_task(work, dossier, action.task)
    department = work.session.get_one(DepartmentRow, dossier.department)  # held here, so that it is asked for once
    again = request_with_nothing_left(work.session, dossier) if task is None else None
    delivery, words = _store(work, case, dossier, action, task, again)
    keep_waiting(work.session, delivery.request_id)
    run = CaseExecution.of(work, case)
    if task is not None:
        _complete(run, task, action)
    elif again is not None:
        _judged_with_the_rest(run, again, delivery)
    else:
        _start_supplement(run, delivery)
    run.settle()
    mail_receipt(work, case, department, delivery, _sent(action.documents), words)
    tell_colleagues(work, case, dict.fromkeys(involved(work, case), NewsKind.DELIVERY), delivery=delivery)
    return delivery.receipt


def _sent(documents: Sequence[NewDocument]) -> list[Upload]:
    """Every file that came in: of one that was made into a PDF also the file that was chosen."""
    return [file for one in documents for file in (one.original, one.upload) if file is not None]


def _only_with_something(action: Deliver) -> None:
    """Raises Invalid for nothing at all, and for a name that is too long."""
    if len(action.by) > LONGEST_NAME:
        raise Invalid({"naam": f"Maak de naam korter: hoogstens {LONGEST_NAME} tekens."})
    explained = any(one.answer in EXPLAINED for one in action.said)
    if not action.documents and not action.remark.strip() and not explained:
        raise Invalid({"files": "Kies minstens één bestand, of schrijf een opmerking."})


def _refuse_half(said: Sequence[SaidOfDocument], today: date) -> None:
    """Raises Invalid for an answer about a document that is not whole, at the field of its place."""
    found = {at: wrong for at, one in enumerate(said) if (wrong := wrong_said(one, today))}
    if found:
        raise Invalid({f"{FIELDS[part]}-{at}": sentence for at, (part, sentence) in found.items()})


def deliver_answer(work: UnitOfWork, action: AnswerByLink) -> str:
    """Store what the form filled and let the process go on. The answer is the case number.

    Raises LinkGone for a link that does not work or a task of others, AlreadyDone for a task that was closed.
    """
    dossier = open_dossier(work.session, work.services, action.token, work.today)
    case = work.lock_case_id(dossier.case_id)
    task = _own_task(work, dossier, action.task)
    instance = work.session.get_one(Instance, task.instance_id)
    run = CaseExecution.of(work, case)
    rows = [
        file_document(work, case, document, party_id=dossier.party_id, on_portal=False) for document in action.documents
    ]
    words = file_answer(
        work, case, work.deployed(instance.model_version_id), task, action.values, action.documents, rows,
        party_id=dossier.party_id, by=_department_of(work, dossier), dossier_id=dossier.id,
    )  # fmt: skip
    store_values(run, instance, action.values)
    work.audit(case.id, "complete", task=task.id, element=task.element)
    run.ask(instance, Complete(task.id))
    run.settle()
    if dossier.party_id is not None:
        mail_answer_receipt(work, case, dossier.party_id, task, [one.upload for one in action.documents], words)
    return case.number


def _own_task(work: UnitOfWork, dossier: Dossier, task_id: str) -> TaskRow:
    for task in work.session.scalars(tasks_of(work.session, dossier)):
        if task.id == task_id and not _asks_documents(work, task):
            return task
    known = work.session.get(TaskRow, task_id)
    if known is None or not was_asked(work.session, dossier, known) or known.state == TaskState.OPEN:
        raise LinkGone
    raise AlreadyDone(f"'{known.name}' is al gedaan, of is niet meer nodig. Uw invoer is niet opgeslagen.")


def _waiting_task(work: UnitOfWork, dossier: Dossier, task_id: str) -> TaskRow | None:
    waiting = work.session.scalars(tasks_of(work.session, dossier))
    return next((one for one in waiting if task_id in {"", one.id} and _asks_documents(work, one)), None)


def _asks_documents(work: UnitOfWork, task: TaskRow) -> bool:
    instance = work.session.get_one(Instance, task.instance_id)
    return asks_documents(work.deployed(instance.model_version_id), task.element)


def _store(
    work: UnitOfWork, case: Case, dossier: Dossier, action: Deliver, task: TaskRow | None, again: DocumentRequestRow | None
) -> tuple[Delivery, FiledRow]:  # fmt: skip
    request = (
        work.session.scalar(select(DocumentRequestRow).where(DocumentRequestRow.instance_id == task.instance_id))
        if task
        else again
    )
    wanted = request.wanted if request else ()
    here = {one.type for one in action.documents} | (_here_already(work, request) if request else set())
    said = with_delivered(wanted, action.said, here)
    _refuse_half(said, work.today)
    delivery = Delivery(
        case_id=case.id, dossier_id=dossier.id, request_id=request.id if request else None,
        instance_id=task.instance_id if task else again.instance_id if again else None, receipt=f"ONT-{new_id()[:10].upper()}",
        remark=action.remark.strip(), said=[one.stored() for one in said], delivered_by=action.by.strip(), sent_at=work.now,
    )  # fmt: skip
    work.session.add(delivery)
    work.session.flush()
    rows = [
        file_document(work, case, document, delivery_id=delivery.id, state=DocumentState.OFFERED, on_portal=False)
        for document in action.documents
    ]
    deployed = work.deployed(work.session.get_one(Instance, task.instance_id).model_version_id) if task else None
    words = file_delivery(
        work, case, delivery, task, deployed, action.values, action.documents, rows,
        wanted=wanted, by=_department_of(work, dossier),
    )  # fmt: skip
    work.audit(case.id, "deliver", delivery=delivery.id, documents=len(action.documents))
    return delivery, words


def _here_already(work: UnitOfWork, request: DocumentRequestRow) -> set[str]:
    """The types of which a document came with an earlier delivery for the same request, and was not refused."""
    kept = DocumentRow.state.in_((DocumentState.OFFERED, *STANDS))
    earlier = select(DocumentRow.type).join(Delivery, Delivery.id == DocumentRow.delivery_id)
    return set(work.session.scalars(earlier.where(Delivery.request_id == request.id, kept)))


def _department_of(work: UnitOfWork, dossier: Dossier) -> str:
    """The name of the department behind the link; empty for the link of one person."""
    return work.session.get_one(DepartmentRow, dossier.department).name if dossier.department else ""


def _complete(run: CaseExecution, task: TaskRow, action: Deliver) -> None:
    instance = run.work.session.get_one(Instance, task.instance_id)
    declared = run.work.deployed(instance.model_version_id).model.values
    remark = {"remark": action.remark} if "remark" in declared else {}
    store_values(run, instance, {**action.values, **remark})
    run.facts_changed = True
    run.ask(instance, Complete(task.id))


def _judged_with_the_rest(run: CaseExecution, request: DocumentRequestRow, delivery: Delivery) -> None:
    """The task of the worker goes on with what came now; of what was taken back, an empty remark needs no judgement."""
    for one in run.work.session.scalars(deliveries_to_judge(request.instance_id)).all():
        if one is not delivery and not one.remark and not any(said.answer in EXPLAINED for said in said_from(one.said)):
            one.judged_at = run.work.now
    run.facts_changed = True
    run.work.system_note(run.case.id, f"Na het terughalen zijn er nieuwe stukken: aanlevering {delivery.receipt}.")


def _start_supplement(run: CaseExecution, delivery: Delivery) -> None:
    """A late supplement is judged by a small process of its own, which the case type names."""
    case_type = run.root.model.case_type
    if case_type is None or case_type.supplement is None:
        raise NotNow("Deze zaak neemt geen nagezonden stukken meer aan. Neem contact op met de behandelaar.")
    instance = run.begin(run.work.services.models.current(run.work.session, case_type.supplement))
    delivery.instance_id = instance.id
    run.launch(instance)
