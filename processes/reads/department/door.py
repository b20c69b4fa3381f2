"""Opens a dossier by its link: a token in, the actor behind it out; and reads its forms and documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.dossier_link import open_dossier, tasks_of, was_asked
from processes.access.visibility import whole_behind_link
from processes.base.actor import Actor, ActorKind
from processes.base.clock import local_date
from processes.base.errors import AlreadyDone, LinkGone
from processes.base.security_log import SecurityEvent, security_event
from processes.base.visitor import first_in_request
from processes.base.written import TypedText
from processes.execution.facts import facts_of
from processes.execution.forms import FormPage, form_of
from processes.post.task_text import task_text
from processes.reads.department.networks import only_after_code, only_from_own_network
from processes.reads.file_to_send import file_of
from processes.reads.filed import FiledPage, page_of
from processes.reads.opening import reading
from processes.storage.departments import mailbox_of
from processes.storage.document_versions import STANDS
from processes.storage.services import Services
from processes.storage.tables import Case, DepartmentRow, DocumentRow, Dossier, FiledRow, Instance, Party, TaskRow
from processes.storage.words import DocumentState, TaskState

log = structlog.get_logger("department")


@dataclass(frozen=True, slots=True)
class Inside:
    """An open dossier, for the length of one read."""

    session: Session
    dossier: Dossier
    today: date


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """`blob` is its address in the file store; `size` in bytes; `case` the number of the case that it belongs to."""

    name: TypedText
    media_type: str
    size: int
    blob: str
    case: str
    file_key: str | None = None


@dataclass(frozen=True, slots=True)
class AskedForm:
    """A form in the department's lane that is no delivery of documents."""

    task: str
    name: str
    number: str
    explanation: str
    form: FormPage | None


@contextmanager
def inside(services: Services, token: str) -> Iterator[Inside]:
    """Raises LinkGone, after the same work for every reason, OutsideNetwork and CodeNeeded."""
    with reading(services) as (session, now):
        dossier = _opened(session, services, token, local_date(now))
        only_from_own_network(session, dossier)
        only_after_code(session, dossier)
        _tell_of_use(session, dossier)
        yield Inside(session, dossier, local_date(now))


def _opened(session: Session, services: Services, token: str, today: date) -> Dossier:
    try:
        return open_dossier(session, services, token, today)
    except LinkGone:
        log.warning("department.link_gone")  # many of these are somebody who tries links; the link itself is not told
        raise


def _tell_of_use(session: Session, dossier: Dossier) -> None:
    """One line of the security log for each request that comes by the link, however often it opens the dossier."""
    if first_in_request(SecurityEvent.LINK_USED):
        number = session.scalar(select(Case.number).where(Case.id == dossier.case_id))
        security_event(SecurityEvent.LINK_USED, who=f"{ActorKind.DEPARTMENT}:{dossier.id}", whose_case=number)


def enter(services: Services, token: str) -> Actor:
    """The actor behind this link: the department or the one person. Raises LinkGone."""
    with inside(services, token) as at:
        name = owner_of(services, at.session, at.dossier)
        return Actor(ActorKind.DEPARTMENT, f"department:{at.dossier.id}", name, dossier=at.dossier.id)


def mailbox_behind(services: Services, token: str) -> str:
    """The mailbox of the department of this link, to mail a code to. Raises LinkGone, also for the link of one person, and OutsideNetwork."""
    with reading(services) as (session, now):
        dossier = _opened(session, services, token, local_date(now))
        only_from_own_network(session, dossier)
        if dossier.department is None:
            raise LinkGone
        return mailbox_of(session, session.get_one(DepartmentRow, dossier.department)).email


def only_department(services: Services, token: str) -> None:
    """Raises LinkGone for the link of one person, as for one that does not work."""
    with inside(services, token) as at:
        if at.dossier.department is None:
            raise LinkGone


def owner_of(services: Services, session: Session, dossier: Dossier) -> str:
    """The name of the dossier's owner: the department or person; a confidential person by the title of the role."""
    if dossier.party_id is None:
        return session.get_one(DepartmentRow, dossier.department).name
    party, case = session.get_one(Party, dossier.party_id), session.get_one(Case, dossier.case_id)
    role = services.models.version(session, case.model_version_id).model.parties.get(party.role)
    return role.title if party.confidential and role else party.name


def published_to(document: DocumentRow, dossier: Dossier) -> str | None:
    """The moment (ISO 8601) of publication to this department or person, or None (O31, O34)."""
    if document.state not in STANDS or not document.is_looked_into or not whole_behind_link(document, dossier):
        return None
    owner = "party" if dossier.party_id else "department"
    mine = dossier.party_id or dossier.department
    return next((item["at"] for item in document.to_departments if item.get(owner) == mine), None)


def read_publication(services: Services, token: str, document_id: str) -> PublishedFile:
    """A document that staff published to this department or person, or that is made of what was filed by this link. Anything else is
    LinkGone, as if the address were wrong. Raises NotMadeYet while it has no file.
    """
    with inside(services, token) as at:
        row = at.session.get(DocumentRow, document_id)
        if row is None or row.case_id != at.dossier.case_id:
            raise LinkGone
        if published_to(row, at.dossier) is None and not _filed_here(at, row):
            raise LinkGone
        made = file_of(row, at.session.get_one(Case, row.case_id).number)
        return PublishedFile(made.name, made.media_type, made.size, made.blob, made.case, made.file_key)


def _filed_here(at: Inside, document: DocumentRow) -> bool:
    filed = select(FiledRow.id).where(FiledRow.document_id == document.id, FiledRow.dossier_id == at.dossier.id)
    return document.state == DocumentState.ACCEPTED and at.session.scalar(filed) is not None


def read_filed_words(services: Services, token: str, filed_id: str) -> FiledPage:
    """An answer that was given by this link. Anything else is LinkGone."""
    with inside(services, token) as at:
        row = at.session.get(FiledRow, filed_id)
        if row is None or row.dossier_id != at.dossier.id:
            raise LinkGone
        page = page_of(at.session, at.session.get_one(Case, row.case_id), row)
        if page is None:
            raise LinkGone
        return page


def read_task(services: Services, token: str, task_id: str) -> AskedForm:
    """A form that waits for this department (B5). Raises LinkGone for another's task, AlreadyDone for a closed one."""
    with inside(services, token) as at:
        task = next((one for one in at.session.scalars(tasks_of(at.session, at.dossier)) if one.id == task_id), None)
        if task is None:
            raise _no_task(at, task_id)
        case = at.session.get_one(Case, at.dossier.case_id)
        instance = at.session.get_one(Instance, task.instance_id)
        deployed = services.models.version(at.session, instance.model_version_id)
        form = form_of(at.session, deployed, task.element, instance.id)
        root = services.models.version(at.session, case.model_version_id)
        facts = facts_of(at.session, case, instance, deployed, root, services.law)
        explanation = task_text(deployed.model, task.element, facts)
        return AskedForm(task.id, task.name, case.number, explanation, form)


def _no_task(at: Inside, task_id: str) -> Exception:
    task = at.session.get(TaskRow, task_id)
    if task is None or not was_asked(at.session, at.dossier, task) or task.state == TaskState.OPEN:
        return LinkGone()
    return AlreadyDone("Dit is al gedaan, of het is niet meer nodig. Kijk in het dossier wat de stand is.")
