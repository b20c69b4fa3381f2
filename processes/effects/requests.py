"""Document requests: what is asked of whom before which date, and the mail with the link to its dossier."""

from collections.abc import Collection

from sqlalchemy import or_, select

from engine import DocumentRequest, Element, add_duration, compile_expression
from engine.words import Recipient
from processes.access.links import marker
from processes.base.errors import NotNow
from processes.effects.giving import put_in_dossier
from processes.execution.case_execution import CaseExecution
from processes.execution.facts import FactMap
from processes.post.department_mail import mail_department
from processes.post.dossier_links import department_dossier
from processes.post.queue import queue_mail
from processes.post.standard.departments import ASKED
from processes.post.task_text import task_text
from processes.post.templates import render
from processes.storage.departments import departments_of, standing_for, standing_for_each
from processes.storage.tables import (
    CoFiler,
    DepartmentRow,
    DocumentRequestRow,
    DocumentRow,
    Dossier,
    FiledRow,
    Instance,
)
from processes.storage.words import DocumentState


def ask_by_link(run: CaseExecution, instance: Instance, task: str, element: Element) -> None:
    """A form in a department's lane, outside a document request (B5): the department of the decision gets its link, and what
    the drawing explains at the task, such as the day and the place of a hearing (P16).

    Without a known department the handler reads on the timeline that somebody must be asked.
    """
    work, facts, name = run.work, run.facts(instance), element.name or element.id
    if facts.get("request.department"):
        return
    department = standing_for(work.session, facts.get("decision.department"))
    if department is None:
        text = f"De taak '{name}' is voor een afdeling, maar bij het besluit staat geen afdeling."
        work.system_note(run.case.id, text)
        return
    dossier = department_dossier(work, run.case, department.code)
    words = {"case.number": run.case.number, "recipient.name": department.name, "task": name, "link": marker(dossier)}
    words["explanation"] = task_text(run.work.deployed(instance.model_version_id).model, element.id, facts)
    made = render(ASKED, words)
    queue_mail(work, run.case, "department-task", department.email, made.subject, made.body, f"{instance.id}:{task}")


def departments_asked(run: CaseExecution, asked: DocumentRequest, facts: FactMap) -> list[DepartmentRow]:
    """Everybody who is asked, each once: the departments that the drawing names, else those that took the decisions of the case (P11).
    Raises NotNow when one of them is unknown, or there is none.
    """
    named = compile_expression(asked.department).evaluate(facts, run.work.now)
    return standing_for_each(run.work.session, named or departments_of(run.work.session, run.case.id))


def open_request(
    run: CaseExecution,
    child: Instance,
    asked: DocumentRequest,
    department: DepartmentRow,
    without: Collection[str] = (),
) -> None:
    """Record what is asked of this department before which date, and mail the link. `without`: the types that are not asked of it."""
    work = run.work
    dossier = department_dossier(work, run.case, department.code)
    work.session.add(
        DocumentRequestRow(
            case_id=run.case.id,
            instance_id=child.id,
            dossier_id=dossier.id,
            due=add_duration(work.today, asked.term, asked.calendar, run.data.book().equalised),
            wanted=[
                {"type": item.type, "description": item.description, "required": item.required}
                for item in asked.documents
                if item.type not in without
            ],
            party_fields=list(asked.party_fields),
            asked_at=work.now,
            department=department.code,
            handler=run.case.handler,
        )
    )
    work.session.flush()
    if asked.with_filed:
        show_filed(run, dossier)
    run.data.request_opened(child)
    mail_department(run, child, asked.mail, to=Recipient.DEPARTMENT, key=f"{child.id}:request")


def show_filed(run: CaseExecution, dossier: Dossier) -> None:
    """Let the department read what the case was started with, in the version for others: the mail of the request tells of it."""
    started = select(DocumentRow).join(FiledRow, FiledRow.document_id == DocumentRow.id)
    later = select(CoFiler.party_id).where(CoFiler.case_id == run.case.id, CoFiler.party_id.is_not(None))
    began = or_(FiledRow.party_id.is_(None), FiledRow.party_id.not_in(later))  # not that somebody files along
    here = (FiledRow.case_id == run.case.id, FiledRow.task_id.is_(None), FiledRow.delivery_id.is_(None), began)
    for document in run.work.session.scalars(started.where(*here, DocumentRow.state == DocumentState.ACCEPTED)).all():
        try:
            put_in_dossier(run.work, run.case, document, dossier)
        except NotNow as missing:
            run.work.system_note(run.case.id, f"De afdeling krijgt '{document.title}' niet te lezen. {missing}")
