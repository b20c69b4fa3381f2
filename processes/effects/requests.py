"""Document requests: what is asked of whom before which date, and the mail with the link to its dossier."""

from sqlalchemy import select

from engine import DocumentRequest, add_duration, compile_expression
from engine.words import Recipient
from processes.access.links import marker
from processes.base.errors import NotNow
from processes.effects.giving import put_in_dossier
from processes.execution.case_execution import CaseExecution
from processes.execution.dossiers import ensure_dossier
from processes.execution.facts import FactMap
from processes.post.department_mail import mail_department
from processes.post.queue import queue_mail
from processes.post.standard import ASKED
from processes.post.templates import render
from processes.storage.tables import DepartmentRow, DocumentRequestRow, DocumentRow, Dossier, FiledRow, Instance
from processes.storage.words import DocumentState


def ask_by_link(run: CaseExecution, instance: Instance, task: str, name: str) -> None:
    """A form in a department's lane, outside a document request (B5): the department of the decision gets its link.

    Without a known department the handler reads on the timeline that somebody must be asked.
    """
    work, facts = run.work, run.facts(instance)
    if facts.get("request.department"):
        return
    department = work.session.get(DepartmentRow, facts.get("decision.department") or "")
    if department is None:
        text = f"De taak '{name}' is voor een afdeling, maar bij het besluit staat geen afdeling."
        work.system_note(run.case.id, text)
        return
    dossier = ensure_dossier(work, run.case, department.code)
    words = {"case.number": run.case.number, "recipient.name": department.name, "task": name, "link": marker(dossier)}
    made = render(ASKED, words)
    queue_mail(work, run.case, "department-task", department.email, made.subject, made.body, f"{instance.id}:{task}")


def open_request(run: CaseExecution, child: Instance, asked: DocumentRequest, facts: FactMap) -> None:
    """Record what is asked of whom before which date, and mail the link. Raises NotNow without a known department."""
    work = run.work
    department = compile_expression(asked.department).evaluate(facts, work.now) or facts.get("decision.department")
    if not department or work.session.get(DepartmentRow, department) is None:
        raise NotNow("Kies eerst een afdeling die in de lijst van afdelingen staat.")
    dossier = ensure_dossier(work, run.case, str(department))
    work.session.add(
        DocumentRequestRow(
            case_id=run.case.id,
            instance_id=child.id,
            dossier_id=dossier.id,
            due=add_duration(work.today, asked.term, asked.calendar, run.data.book().equalised),
            wanted=[
                {"type": item.type, "description": item.description, "required": item.required}
                for item in asked.documents
            ],
            party_fields=list(asked.party_fields),
            asked_at=work.now,
        )
    )
    work.session.flush()
    if asked.with_filed:
        _show_filed(run, dossier)
    run.data.request_opened(child)
    mail_department(run, child, asked.mail, to=Recipient.DEPARTMENT, key=f"{child.id}:request")


def _show_filed(run: CaseExecution, dossier: Dossier) -> None:
    """Let the department read what the case was started with, in the version for others: the mail of the request tells of it."""
    started = select(DocumentRow).join(FiledRow, FiledRow.document_id == DocumentRow.id)
    here = (FiledRow.case_id == run.case.id, FiledRow.task_id.is_(None), FiledRow.delivery_id.is_(None))
    for document in run.work.session.scalars(started.where(*here, DocumentRow.state == DocumentState.ACCEPTED)).all():
        try:
            put_in_dossier(run.work, run.case, document, dossier)
        except NotNow as missing:
            run.work.system_note(run.case.id, f"De afdeling krijgt '{document.title}' niet te lezen. {missing}")
