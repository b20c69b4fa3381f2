"""The requests of a dossier: what was asked, what came of each document, and how far a request is."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine import Model
from processes.access.dossier_link import tasks_of
from processes.base.checklist import EXPLAINED, SaidAnswer, SaidOfDocument, said_from
from processes.base.dutch import days_left_in_words
from processes.base.errors import LinkGone
from processes.base.written import OwnWords, composed
from processes.reads.department.delivered import Tone, deliveries_of, documents_in
from processes.reads.department.door import Inside, inside
from processes.reads.department.messages import MessagePage, mails_of, message_of
from processes.storage.document_versions import STANDS
from processes.storage.services import Services
from processes.storage.tables import (
    Case,
    Delivery,
    DepartmentRow,
    DocumentRequestRow,
    DocumentRow,
    Dossier,
    Instance,
    MailRow,
    RequestReply,
)
from processes.storage.words import DocumentState, InstancePhase

HERE = frozenset({DocumentState.OFFERED, *STANDS})


@dataclass(frozen=True, slots=True)
class Wanted:
    """`here`: a document of this type was delivered and not refused; `said`: what was last said of one that is not."""

    type: str
    type_name: str
    description: str
    required: bool
    here: bool
    said: SaidOfDocument | None = None

    @property
    def state(self) -> tuple[str, Tone]:
        """How it stands, in words and with a tone."""
        if self.here:
            return "Is er", "ok"
        if self.said is None:
            return "Moet nog komen", "warning"
        return ("Is er niet", "neutral") if self.said.answer == SaidAnswer.ABSENT else ("Komt later", "neutral")


@dataclass(frozen=True, slots=True)
class RequestState:
    """A request of the dossier. `at` is when this department was asked; `task` the task that waits, empty when none does."""

    row: DocumentRequestRow
    title: str
    at: datetime
    state: str
    tone: Tone
    task: str = ""


@dataclass(frozen=True, slots=True)
class RequestPage:
    title: str
    at: datetime
    due: date
    left: str
    state: str
    tone: Tone
    wanted: tuple[Wanted, ...]
    task: str
    message: MessagePage | None


def wanted_of(session: Session, row: DocumentRequestRow, model: Model) -> tuple[Wanted, ...]:
    """Every document of a request, with what came of it so far, whichever department delivered."""
    sent = session.scalars(select(Delivery).where(Delivery.request_id == row.id).order_by(Delivery.id)).all()
    kept = select(DocumentRow.type).join(Delivery, Delivery.id == DocumentRow.delivery_id)
    here = set(session.scalars(kept.where(Delivery.request_id == row.id, DocumentRow.state.in_(HERE))))
    last = {at: one for delivery in sent for at, one in enumerate(said_from(delivery.said)) if one.answer in EXPLAINED}
    return tuple(_wanted(at, item, model, here, last) for at, item in enumerate(row.wanted))


def _wanted(at: int, item: dict[str, object], model: Model, here: set[str], last: dict[int, SaidOfDocument]) -> Wanted:
    kind = str(item["type"])
    name = model.document_types[kind].name if kind in model.document_types else kind
    return Wanted(
        kind,
        name,
        str(item["description"]),
        bool(item["required"]),
        kind in here,
        None if kind in here else last.get(at),
    )


def requests_of(session: Session, dossier: Dossier, today: date) -> tuple[RequestState, ...]:
    """The requests to this department, those that were passed on too, in the order in which they were asked."""
    passed = select(RequestReply.request_id).where(RequestReply.dossier_id == dossier.id)
    mine = or_(DocumentRequestRow.dossier_id == dossier.id, DocumentRequestRow.id.in_(passed))
    query = (
        select(DocumentRequestRow, Instance.phase)
        .join(Instance, Instance.id == DocumentRequestRow.instance_id)
        .where(DocumentRequestRow.case_id == dossier.case_id, mine)
        .order_by(DocumentRequestRow.id)
    )
    rows = session.execute(query).all()
    came = _passed_to(session, dossier)
    tasks = {task.instance_id: task.id for task in session.scalars(tasks_of(session, dossier))}
    answered = {one.request_id for one in deliveries_of(session, dossier)}
    found = []
    for place, (row, phase) in enumerate(rows, 1):
        title = "Verzoek om stukken" + (f" {place}" if place > 1 else "")
        task = tasks.get(row.instance_id, "") if row.dossier_id == dossier.id else ""
        state, tone = _state(session, dossier, row, phase, task, today, answered=row.id in answered)
        found.append(RequestState(row, title, came.get(row.id, row.asked_at), state, tone, task))
    return tuple(found)


def _state(
    session: Session, dossier: Dossier, row: DocumentRequestRow, phase: str, task: str, today: date, *, answered: bool
) -> tuple[str, Tone]:
    if row.dossier_id != dossier.id:
        name = select(DepartmentRow.name).join(Dossier, Dossier.department == DepartmentRow.code)
        passed_to = session.scalar(name.where(Dossier.id == row.dossier_id))
        return composed("Doorgegeven aan ", OwnWords(passed_to or "")), "neutral"
    if task:
        return ("Te laat", "error") if row.due < today else ("Wij wachten op u", "warning")
    if row.stopped_at is not None:
        return "Gestopt", "neutral"
    if phase == InstancePhase.RUNNING:
        return "Wordt bekeken", "neutral"
    return ("Klaar", "ok") if answered else ("Gestopt", "neutral")


def _passed_to(session: Session, dossier: Dossier) -> dict[int, datetime]:
    """When a request of another department was passed on to this one, by its id."""
    granted = select(RequestReply.request_id, RequestReply.decided_at).where(
        RequestReply.case_id == dossier.case_id,
        RequestReply.granted.is_(True),
        RequestReply.department == dossier.department,
    )
    return {request: at for request, at in session.execute(granted) if at is not None}


def request_mails(session: Session, dossier: Dossier, requests: tuple[RequestState, ...]) -> dict[int, MailRow]:
    """The mail by which each request was made, by the id of the request: it was written in the same change."""
    left, found = mails_of(session, dossier), dict[int, MailRow]()
    for one in requests:
        mail = next((row for row in left if row.created_at == one.at), None)
        if mail is not None:
            left.remove(mail)
            found[one.row.id] = mail
    return found


def read_request(services: Services, token: str, request: int) -> RequestPage:
    """One request of this dossier. Anything else is LinkGone."""
    with inside(services, token) as at:
        requests = requests_of(at.session, at.dossier, at.today)
        found = next((one for one in requests if one.row.id == request), None)
        if found is None:
            raise LinkGone
        return _page(services, at, requests, found)


def _page(services: Services, at: Inside, requests: tuple[RequestState, ...], one: RequestState) -> RequestPage:
    case = at.session.get_one(Case, at.dossier.case_id)
    wanted = wanted_of(at.session, one.row, services.models.version(at.session, case.model_version_id).model)
    if one.row.dossier_id != at.dossier.id:  # what another department says of it is not for this one
        wanted = tuple(replace(item, here=False, said=None) for item in wanted)
    mail = request_mails(at.session, at.dossier, requests).get(one.row.id)
    left = days_left_in_words(one.row.due, at.today) if one.task else ""
    return RequestPage(
        one.title, one.at, one.row.due, left, one.state, one.tone, wanted, one.task, message_of(mail) if mail else None
    )


def last_delivery(session: Session, dossier: Dossier, row: DocumentRequestRow) -> Delivery | None:
    """The last delivery of this department for a request."""
    sent = [one for one in deliveries_of(session, dossier) if one.request_id == row.id]
    return sent[-1] if sent else None


def refused_in(session: Session, delivery: Delivery) -> list[DocumentRow]:
    """The documents of a delivery that were refused."""
    return [one for one in documents_in(session, delivery) if one.state == DocumentState.REFUSED]
