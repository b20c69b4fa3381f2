"""The page behind the link: what is asked and before when, and everything of the case that the department may see."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import DocumentType, Model
from processes.access.dossier_link import tasks_of
from processes.base.dutch import days_left_in_words
from processes.base.written import TypedText
from processes.execution.deliveries import request_with_nothing_left
from processes.execution.forms import FormPage, asks_documents, beside_delivery, form_of, remark_on, texts_on
from processes.reads.department.asked import Wanted, last_delivery, refused_in, wanted_of
from processes.reads.department.door import Inside, inside, owner_of
from processes.reads.department.history import Entry, Publication, history_of, publications_of
from processes.reads.department.people import DossierDecision, PartyShown, decisions_of, people_of, subject_for
from processes.reads.department.replies import ReplyPage, waiting_replies
from processes.reads.in_words import values_in_words
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case, DocumentRequestRow, Instance, TaskRow
from processes.storage.words import CaseState

UNDERLYING = "underlying"
MOST_ENTRIES = 14  # a longer history is folded, but for its newest
SHOWN_ENTRIES = 10


@dataclass(frozen=True, slots=True)
class FileSentBack:
    name: TypedText
    reason: TypedText


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A delivery of documents that is waited for. `texts` are the drawing's own words on its form. `due` is None when the
    drawing asks it outside a document request. `form` holds what it asks beside documents, `whole` all of it; `remark` is what it calls the
    remark, and its hint; `told` is what the case told the called process, by title; `request` is the id of the document request; `again` is
    why the last delivery was not enough.
    """

    task: str
    name: str
    texts: tuple[str, ...]
    due: date | None
    left: str
    late: bool
    wanted: tuple[Wanted, ...]
    refused: tuple[FileSentBack, ...]
    form: FormPage | None = None
    remark: tuple[str, str] = ("", "")
    told: tuple[tuple[str, str], ...] = ()
    request: int | None = None
    whole: FormPage | None = None
    again: TypedText = ""

    @property
    def said(self) -> int:
        """The number of documents of which nothing is left to say."""
        return sum(1 for one in self.wanted if one.here or one.said)


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Another form that waits for the department, or the one person (B5)."""

    task: str
    name: str
    due: date | None


@dataclass(frozen=True, slots=True)
class DossierPage:
    """`in_place`: all that was sent for a request was taken back, and what comes now is judged in its place. `personal`: of one person; then `department` is what that person's role is called. `types`: what a delivered file may be; `until`: the last day of this page, when that is known (O35);
    `requests`: what must come first stands first.
    """

    number: str
    case_type: str
    subject: TypedText
    department: TypedText
    personal: bool
    remark: TypedText
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
    in_place: bool
    waiting: tuple[ReplyPage, ...] = ()
    remark_at: datetime | None = None

    @property
    def may_send(self) -> bool:
        """Whether documents can be sent while nothing is asked."""
        return self.may_supplement or self.in_place

    @property
    def earlier(self) -> int:
        """How many of the entries are folded away, so that a long history leaves room for the page."""
        return max(0, len(self.entries) - SHOWN_ENTRIES) if len(self.entries) > MOST_ENTRIES else 0

    def waits_for(self, request: int | None) -> tuple[ReplyPage, ...]:
        """The other answers to this request on which nobody decided yet."""
        return tuple(one for one in self.waiting if one.request == request)

    def request(self, task: str) -> OpenRequest | None:
        return next((one for one in self.requests if one.task == task), None)


def read_dossier(services: Services, token: str) -> DossierPage:
    """Everything on the page of a dossier. Raises LinkGone."""
    with inside(services, token) as at:
        case = at.session.get_one(Case, at.dossier.case_id)
        deployed = services.models.version(at.session, case.model_version_id)
        requests, tasks = _waiting(services, at, deployed.model)
        personal, decisions = at.dossier.party_id is not None, decisions_of(at.session, at.dossier)
        return DossierPage(
            number=case.number, case_type=case.title, subject=subject_for(at.session, case, decisions),
            department=owner_of(services, at.session, at.dossier), personal=personal,
            remark="" if personal else case.department_remark or "", running=case.state == CaseState.RUNNING, until=case.departments_until,
            people=people_of(at.session, at.dossier), decisions=decisions,
            requests=requests, tasks=tasks, entries=history_of(at.session, at.dossier, at.today),
            waiting=waiting_replies(at.session, at.dossier), remark_at=_remark_at(at.session, case),
            publications=publications_of(at.session, at.dossier), types=_types(at, deployed.model),
            may_supplement=not personal and bool(deployed.model.case_type and deployed.model.case_type.supplement),
            in_place=not personal and not requests and request_with_nothing_left(at.session, at.dossier) is not None,
        )  # fmt: skip


def _remark_at(session: Session, case: Case) -> datetime | None:
    """When the remark for departments was written or last changed (O14); None when that was never by itself."""
    changed = select(AuditRow.at).where(AuditRow.chain == case.id, AuditRow.action == "remark")
    return session.scalar(changed.order_by(AuditRow.seq.desc()).limit(1))


def _waiting(services: Services, at: Inside, model: Model) -> tuple[tuple[OpenRequest, ...], tuple[OpenForm, ...]]:
    requests, others = [], []
    for task in at.session.scalars(tasks_of(at.session, at.dossier)):
        deployed = _deployed(services, at.session, task)
        if asks_documents(deployed, task.element):
            requests.append(_with_form(at, task, deployed, _request(at, task, model, texts_on(deployed, task.element))))
        else:
            others.append(OpenForm(task.id, task.name, task.due))
    return tuple(sorted(requests, key=lambda one: (one.due or date.max, one.task))), tuple(others)


def _with_form(at: Inside, task: TaskRow, deployed: Deployed, asked: OpenRequest) -> OpenRequest:
    form = form_of(at.session, deployed, task.element, task.instance_id)
    return replace(
        asked,
        form=beside_delivery(form) if form else None,
        remark=remark_on(deployed, task.element),
        told=values_in_words(at.session, task.instance_id, deployed.model.inputs),
        whole=form,
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
    wanted = wanted_of(at.session, row, model)
    last = last_delivery(at.session, at.dossier, row)
    refused = refused_in(at.session, last) if last else ()
    back = tuple(FileSentBack(one.file_name, one.refusal or "") for one in refused)
    again = (last.refusal or "") if last else ""
    return OpenRequest(task.id, task.name, texts, due, left, late, wanted, back, request=row.id, again=again)


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
