"""The page behind the link: what is asked and before when, and everything of the case that the department may see."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import DocumentType, Model
from processes.access.dossier_link import tasks_of
from processes.base.dutch import days_left_in_words
from processes.execution.forms import FormPage, asks_documents, beside_delivery, form_of, remark_on, texts_on
from processes.reads.department.door import Inside, inside, owner_of
from processes.reads.department.history import (
    Entry,
    Publication,
    deliveries_of,
    documents_in,
    history_of,
    publications_of,
)
from processes.reads.department.people import DossierDecision, PartyShown, decisions_of, people_of
from processes.reads.in_words import values_in_words
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRequestRow, Instance, TaskRow
from processes.storage.words import CaseState, DocumentState

UNDERLYING = "underlying"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`here`: a document of this type was delivered and not refused."""

    type: str
    type_name: str
    description: str
    required: bool
    here: bool


@dataclass(frozen=True, slots=True)
class RefusedFile:
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A delivery of documents that is waited for. `texts` are the drawing's own words on its form. `due` is None when the
    drawing asks it outside a document request. `form` holds what it asks beside documents; `remark` is what it calls the
    remark, and its hint; `told` is what the case told the called process, by title.
    """

    task: str
    name: str
    texts: tuple[str, ...]
    due: date | None
    left: str
    late: bool
    wanted: tuple[Wanted, ...]
    refused: tuple[RefusedFile, ...]
    form: FormPage | None = None
    remark: tuple[str, str] = ("", "")
    told: tuple[tuple[str, str], ...] = ()

    def missing(self, types: set[str]) -> tuple[Wanted, ...]:
        """The required documents that are neither here nor among `types`."""
        return tuple(one for one in self.wanted if one.required and not one.here and one.type not in types)


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Another form that waits for the department, or the one person (B5)."""

    task: str
    name: str
    due: date | None


@dataclass(frozen=True, slots=True)
class DossierPage:
    """`personal`: of one person; then `department` is what that person's role is called. `types`: what a delivered file may be; `until`: the last day of this page, when that is known (O35)."""

    number: str
    case_type: str
    subject: str
    department: str
    personal: bool
    remark: str
    running: bool
    until: date | None
    people: tuple[PartyShown, ...]
    decisions: tuple[DossierDecision, ...]
    requests: tuple[OpenRequest, ...]
    tasks: tuple[OpenForm, ...]
    entries: tuple[Entry, ...]
    publications: tuple[Publication, ...]
    types: tuple[DocumentType, ...]
    may_supplement: bool

    def request(self, task: str) -> OpenRequest | None:
        return next((one for one in self.requests if one.task == task), None)


def read_dossier(services: Services, token: str) -> DossierPage:
    """Everything on the page of a dossier. Raises LinkGone."""
    with inside(services, token) as at:
        case = at.session.get_one(Case, at.dossier.case_id)
        deployed = services.models.version(at.session, case.model_version_id)
        requests, tasks = _waiting(services, at, deployed.model)
        personal = at.dossier.party_id is not None
        return DossierPage(
            number=case.number, case_type=case.title, subject=case.subject,
            department=owner_of(services, at.session, at.dossier), personal=personal,
            remark="" if personal else case.department_remark or "", running=case.state == CaseState.RUNNING, until=case.departments_until,
            people=people_of(at.session, at.dossier), decisions=decisions_of(at.session, at.dossier),
            requests=requests, tasks=tasks, entries=history_of(at.session, at.dossier),
            publications=publications_of(at.session, at.dossier), types=_types(at, deployed.model),
            may_supplement=not personal and bool(deployed.model.case_type and deployed.model.case_type.supplement),
        )  # fmt: skip


def _waiting(services: Services, at: Inside, model: Model) -> tuple[tuple[OpenRequest, ...], tuple[OpenForm, ...]]:
    requests, others = [], []
    for task in at.session.scalars(tasks_of(at.session, at.dossier)):
        deployed = _deployed(services, at.session, task)
        if asks_documents(deployed, task.element):
            requests.append(_with_form(at, task, deployed, _request(at, task, model, texts_on(deployed, task.element))))
        else:
            others.append(OpenForm(task.id, task.name, task.due))
    return tuple(requests), tuple(others)


def _with_form(at: Inside, task: TaskRow, deployed: Deployed, asked: OpenRequest) -> OpenRequest:
    form = form_of(at.session, deployed, task.element, task.instance_id)
    return replace(
        asked,
        form=beside_delivery(form) if form else None,
        remark=remark_on(deployed, task.element),
        told=values_in_words(at.session, task.instance_id, deployed.model.inputs),
    )


def _deployed(services: Services, session: Session, task: TaskRow) -> Deployed:
    return services.models.version(session, session.get_one(Instance, task.instance_id).model_version_id)


def _request(at: Inside, task: TaskRow, model: Model, texts: tuple[str, ...]) -> OpenRequest:
    asked = select(DocumentRequestRow).where(DocumentRequestRow.instance_id == task.instance_id)
    row = at.session.scalar(asked)
    due = row.due if row else task.due
    late = due is not None and due < at.today
    left = days_left_in_words(due, at.today) if due else ""
    if row is None:
        return OpenRequest(task.id, task.name, texts, due, left, late, (), ())
    sent = [one for one in deliveries_of(at.session, at.dossier) if one.request_id == row.id]
    documents = [document for one in sent for document in documents_in(at.session, one)]
    here = {
        document.type for document in documents if document.state in {DocumentState.OFFERED, DocumentState.ACCEPTED}
    }
    wanted = tuple(_wanted(item, model, here) for item in row.wanted)
    last = documents_in(at.session, sent[-1]) if sent else []
    refused = tuple(RefusedFile(one.file_name, one.refusal or "") for one in last if one.state == DocumentState.REFUSED)
    return OpenRequest(task.id, task.name, texts, due, left, late, wanted, refused)


def _wanted(item: dict[str, object], model: Model, here: set[str]) -> Wanted:
    kind = str(item["type"])
    name = model.document_types[kind].name if kind in model.document_types else kind
    return Wanted(kind, name, str(item["description"]), bool(item["required"]), kind in here)


def _types(at: Inside, model: Model) -> tuple[DocumentType, ...]:
    """The types that were ever asked of this department, and `underlying`; else all that a department may see."""
    rows = at.session.scalars(
        select(DocumentRequestRow.wanted)
        .where(DocumentRequestRow.dossier_id == at.dossier.id)
        .order_by(DocumentRequestRow.id)
    )
    asked = dict.fromkeys(item["type"] for wanted in rows for item in wanted)
    codes = [code for code in [*asked, UNDERLYING] if code in model.document_types]
    if not codes:
        codes = [code for code, kind in model.document_types.items() if "department" in kind.seen_by]
    return tuple(model.document_types[code] for code in dict.fromkeys(codes))
