"""A request for documents goes to another department, which gets a link of its own; its reminders follow (P4)."""

from collections.abc import Iterator

from sqlalchemy import select

from engine import DocumentRequest
from engine.words import Recipient
from processes.access.links import marker
from processes.base.errors import NotNow
from processes.effects.requests import show_filed
from processes.execution.case_execution import CaseExecution
from processes.execution.dossiers import ensure_dossier
from processes.execution.requested import drawn_requests
from processes.execution.values import store_values
from processes.post.department_mail import mail_department
from processes.storage.tables import DepartmentRow, DocumentRequestRow, Dossier, Instance, MailRow


def pass_on(run: CaseExecution, instance: Instance, request: DocumentRequestRow, department: DepartmentRow) -> None:
    """Ask this department what the other was asked, with the same mail. Raises NotNow when that mail cannot be found."""
    work = run.work
    template = _template(run, request)
    dossier = ensure_dossier(work, run.case, department.code)
    request.dossier_id, request.department = dossier.id, department.code
    _forget_answers(run, instance)
    work.session.flush()
    run.data.request_opened(instance)
    asked = next((one for one in _drawn(run, instance) if one.mail == template), None)
    if asked is not None and asked.with_filed:
        show_filed(run, dossier)
    mail_department(
        run, instance, template, to=Recipient.DEPARTMENT, key=f"{instance.id}:passed:{dossier.id}:{work.now}"
    )


def _forget_answers(run: CaseExecution, instance: Instance) -> None:
    """Empty the answers of the other department, and why they were refused: they are not about this one."""
    model = run.work.deployed(instance.model_version_id).model
    answered = {code for code, value in run.data.values(instance).items() if value is not None} & set(model.values)
    store_values(run, instance, dict.fromkeys(answered))


def _template(run: CaseExecution, request: DocumentRequestRow) -> str:
    """The name of the mail by which the request was made: it was written in the same change, with the same link."""
    link = marker(run.work.session.get_one(Dossier, request.dossier_id)).partition(":")[0]
    about = MailRow.body.contains(f"{link}:{request.dossier_id}:", autoescape=True)
    sent = select(MailRow.template).where(MailRow.case_id == run.case.id, about).order_by(MailRow.id)
    found = run.work.session.scalars(sent).all()
    known = {one.mail for one in _drawn(run, run.work.session.get_one(Instance, request.instance_id))}
    template = next((name for name in found if name in known), None)
    if template is None:
        raise NotNow("De mail van dit verzoek is niet te vinden. Stop dit verzoek, en vraag de andere afdeling zelf.")
    return template


def _drawn(run: CaseExecution, instance: Instance) -> Iterator[DocumentRequest]:
    """Every document request that the drawings around this instance know."""
    models = [run.root.model]
    if instance.parent_id is not None:
        parent = run.work.session.get_one(Instance, instance.parent_id)
        models.append(run.work.deployed(parent.model_version_id).model)
    for model in models:
        yield from drawn_requests(model)
