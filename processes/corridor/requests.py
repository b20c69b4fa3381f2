"""Document requests and the dossiers they belong to: one dossier, and one link, per case and department or person."""

import secrets as random
from typing import Any

from sqlalchemy import ColumnElement, select

from engine import DocumentRequest, add_duration, compile_expression
from processes.corridor.advance import Run
from processes.corridor.facts import FactMap
from processes.corridor.work import Work
from processes.database.tables import Case, DepartmentRow, DocumentRequestRow, Dossier, Instance, NoteRow, Party
from processes.errors import NotNow
from processes.post.department_mail import mail_department
from processes.post.links import marker
from processes.post.queue import queue_mail
from processes.post.standard import ASKED
from processes.post.templates import render


def ensure_dossier(work: Work, case: Case, department: str) -> Dossier:
    """The dossier of a department in a case, made when there is none. Who is asked again after the link was revoked
    gets a new link: a mail with the dead one would be of no use, and the dead one stays dead.
    """
    return _with_link(work, case, Dossier.department == department, department=department)


def ensure_own_dossier(work: Work, case: Case, party: Party) -> Dossier:
    """As ensure_dossier, for one person: a dossier of nobody's department."""
    return _with_link(work, case, Dossier.party_id == party.id, party_id=party.id)


def _with_link(work: Work, case: Case, whose: ColumnElement[bool], **owner: Any) -> Dossier:
    dossier = work.session.scalar(select(Dossier).where(Dossier.case_id == case.id, whose))
    if dossier is not None and dossier.revoked_at is None:
        return dossier
    salt = random.token_bytes(32)
    token_hash = work.house.secrets.token_hash(work.house.secrets.link_token(salt))
    if dossier is None:
        dossier = Dossier(case_id=case.id, opened_at=work.now, **owner)
        work.session.add(dossier)
    else:
        work.audit(case.id, "new_link", dossier=dossier.id)
    dossier.salt, dossier.token_hash, dossier.revoked_at = salt, token_hash, None
    work.session.flush()
    return dossier


def ask_by_link(run: Run, instance: Instance, task: str, name: str) -> None:
    """A form in a department's lane, outside a document request (B5): the department of the decision gets its link.

    Without a known department the handler reads on the timeline that somebody must be asked.
    """
    work, facts = run.work, run.facts(instance)
    if facts.get("request.department"):
        return
    department = work.session.get(DepartmentRow, facts.get("decision.department") or "")
    if department is None:
        text = f"De taak '{name}' is voor een afdeling, maar bij het besluit staat geen afdeling."
        work.session.add(NoteRow(case_id=run.case.id, kind="note", author="Zaakspoor", text=text, at=work.now))
        return
    dossier = ensure_dossier(work, run.case, department.code)
    words = {"case.number": run.case.number, "recipient.name": department.name, "task": name, "link": marker(dossier)}
    made = render(ASKED, words)
    queue_mail(work, run.case, "department-task", department.email, made.subject, made.body, f"{instance.id}:{task}")


def open_request(run: Run, child: Instance, asked: DocumentRequest, facts: FactMap) -> None:
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
            due=add_duration(work.today, asked.term, asked.calendar, run.known.book().equalised),
            wanted=[
                {"type": item.type, "description": item.description, "required": item.required}
                for item in asked.documents
            ],
            party_fields=list(asked.party_fields),
            asked_at=work.now,
        )
    )
    work.session.flush()
    run.known.request_opened(child)
    mail_department(run, child, asked.mail, to="department", key=f"{child.id}:request")
