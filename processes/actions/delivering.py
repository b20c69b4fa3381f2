"""A department delivers through its link: to an open request, or as a late supplement (O17-O22, O27-O29)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine import Complete
from processes.access.dossier_link import open_dossier, tasks_of, was_asked
from processes.actions.filed import file_answer, file_delivery
from processes.actions.filing import NewDocument, file_document
from processes.base.errors import AlreadyDone, Invalid, LinkGone, NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.forms import asks_documents
from processes.execution.unit_of_work import UnitOfWork
from processes.execution.values import store_values
from processes.post.receipts import mail_answer_receipt, mail_receipt
from processes.storage.base import new_id
from processes.storage.tables import (
    Case,
    Delivery,
    DepartmentRow,
    DocumentRequestRow,
    Dossier,
    FiledRow,
    Instance,
    TaskRow,
)
from processes.storage.words import DocumentState, TaskState


@dataclass(frozen=True, slots=True)
class Deliver:
    """`token` is the last part of the link. Every file has been hashed on arrival.

    `task` names the request that is answered; empty takes the oldest. When it has been answered or stopped in the
    meantime, what was sent is a late supplement. `values`: what the form of the request asks beside documents.
    """

    token: str
    documents: tuple[NewDocument, ...]
    remark: str = ""
    task: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


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
    if not action.documents and not action.remark.strip():
        raise Invalid({"files": "Kies minstens één bestand, of schrijf een opmerking."})
    task = _waiting_task(work, dossier, action.task)
    delivery, words = _store(work, case, dossier, action, task)
    run = CaseExecution.of(work, case)
    if task is not None:
        _complete(run, task, action)
    else:
        _start_supplement(run, delivery)
    run.settle()
    mail_receipt(work, case, str(dossier.department), delivery, [one.upload for one in action.documents], words)
    return delivery.receipt


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


def _store(work: UnitOfWork, case: Case, dossier: Dossier, action: Deliver, task: TaskRow | None) -> tuple[Delivery, FiledRow]:  # fmt: skip
    request = (
        work.session.scalar(select(DocumentRequestRow).where(DocumentRequestRow.instance_id == task.instance_id))
        if task
        else None
    )
    delivery = Delivery(
        case_id=case.id, dossier_id=dossier.id, request_id=request.id if request else None,
        instance_id=task.instance_id if task else None, receipt=f"ONT-{new_id()[:10].upper()}",
        remark=action.remark.strip(), sent_at=work.now,
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
        wanted=request.wanted if request else (), by=_department_of(work, dossier),
    )  # fmt: skip
    work.audit(case.id, "deliver", delivery=delivery.id, documents=len(action.documents))
    return delivery, words


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


def _start_supplement(run: CaseExecution, delivery: Delivery) -> None:
    """A late supplement is judged by a small process of its own, which the case type names."""
    case_type = run.root.model.case_type
    if case_type is None or case_type.supplement is None:
        raise NotNow("Deze zaak neemt geen nagezonden stukken meer aan. Neem contact op met de behandelaar.")
    instance = run.begin(run.work.services.models.current(run.work.session, case_type.supplement))
    delivery.instance_id = instance.id
    run.launch(instance)
