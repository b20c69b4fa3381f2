"""Verzoeken of a case: what was asked of which department, what came in, and how the link stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.access.staff_scope import handled_case, kept_from
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.execution.deliveries import JUDGEMENT
from processes.execution.forms import REMARK
from processes.reads.in_words import values_in_words
from processes.reads.opening import reading
from processes.reads.workbench.documents import STATES
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.legal import Due, due_of
from processes.reads.workbench.overview import Button, buttons_of
from processes.reads.workbench.words import role_in_words
from processes.storage.services import Services
from processes.storage.tables import (
    Case,
    Delivery,
    DepartmentRow,
    DocumentRequestRow,
    DocumentRow,
    Dossier,
    Instance,
    Party,
)
from processes.storage.words import InstancePhase

SHOWN_APART = {REMARK, JUDGEMENT}  # with the delivery


@dataclass(frozen=True, slots=True)
class DeliveredDocument:
    id: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """`late`: sent after the requests, without one (nazending)."""

    receipt: str
    sent_at: datetime
    remark: str
    judged_at: datetime | None
    late: bool
    files: tuple[DeliveredDocument, ...]


@dataclass(frozen=True, slots=True)
class RequestLine:
    id: int
    asked_at: datetime
    due: Due
    open: bool
    wanted: tuple[str, ...]
    buttons: tuple[Button, ...]
    answers: tuple[tuple[str, str], ...]  # what the form of the department filled, by title


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One department, or one person. `link` says in words how its link stands; `alive` whether it can still be revoked."""

    id: int
    department: str
    personal: bool
    link: str
    alive: bool
    requests: tuple[RequestLine, ...]
    deliveries: tuple[DeliveryLine, ...]


@dataclass(frozen=True, slots=True)
class RequestsPage:
    head: Head
    today: date
    dossiers: tuple[DossierLine, ...]
    remark: str
    asking: tuple[Button, ...]


def read_requests(services: Services, actor: Actor, number: str) -> RequestsPage:
    """Raises NotFound, or NotAllowed for the committee."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        model = services.models.version(session, case.model_version_id).model
        asking = [button for button in buttons_of(model.on_demand, case.state) if button.asks_documents]
        return RequestsPage(
            head=head_of(session, services, actor, case, now),
            today=local_date(now),
            dossiers=_dossiers(session, services, actor, case, now),
            remark=case.department_remark or "",
            asking=tuple(asking),
        )


def _dossiers(session: Session, services: Services, actor: Actor, case: Case, now: datetime) -> tuple[DossierLine, ...]:
    requests = _requests(session, services, case, now)
    deliveries = _deliveries(session, case)
    query = (
        select(Dossier, DepartmentRow.name, Party)
        .outerjoin(DepartmentRow, DepartmentRow.code == Dossier.department)
        .outerjoin(Party, Party.id == Dossier.party_id)
        .where(Dossier.case_id == case.id)
        .order_by(Dossier.id)
    )
    model, kept = services.models.version(session, case.model_version_id).model, kept_from(session, actor, case)
    lines = []
    for dossier, department, person in session.execute(query):
        alive, words = _link(case, dossier, now)
        mine = requests.get(dossier.id, ()), deliveries.get(dossier.id, ())
        name = _person(person, model, kept) if person else department
        lines.append(DossierLine(dossier.id, name, person is not None, words, alive, tuple(mine[0]), tuple(mine[1])))
    return tuple(lines)


def _person(person: Party, model: Model, kept: Collection[int]) -> str:
    role = role_in_words(person.role, model)
    return role if person.id in kept else f"{role}: {person.name}"


def _link(case: Case, dossier: Dossier, now: datetime) -> tuple[bool, str]:
    if dossier.revoked_at:
        return False, "ingetrokken: hiermee kan niemand er nog in"
    until = case.departments_until
    if until and local_date(now) > until:
        return False, "verlopen, omdat de zaak is afgerond"
    return True, "werkt"


def _requests(session: Session, services: Services, case: Case, now: datetime) -> Mapping[int, Sequence[RequestLine]]:
    query = (
        select(DocumentRequestRow, Instance)
        .join(Instance, Instance.id == DocumentRequestRow.instance_id)
        .where(DocumentRequestRow.case_id == case.id)
        .order_by(DocumentRequestRow.id)
    )
    found: dict[int, list[RequestLine]] = {}
    for row, instance in session.execute(query):
        found.setdefault(row.dossier_id, []).append(_request(session, services, case, row, instance, now))
    return found


def _request(
    session: Session, services: Services, case: Case, row: DocumentRequestRow, instance: Instance, now: datetime
) -> RequestLine:
    running = instance.phase == InstancePhase.RUNNING
    model = services.models.version(session, instance.model_version_id).model
    return RequestLine(
        id=row.id, asked_at=row.asked_at, due=due_of(row.due, now), open=running,
        wanted=tuple(f"{item['description']}{'' if item['required'] else ' (als het er is)'}" for item in row.wanted),
        buttons=buttons_of(model.on_demand, case.state, instance.id) if running else (),
        answers=values_in_words(session, instance.id, {code: one for code, one in model.values.items() if code not in SHOWN_APART}),
    )  # fmt: skip


def _deliveries(session: Session, case: Case) -> Mapping[int, Sequence[DeliveryLine]]:
    files: dict[int, list[DeliveredDocument]] = {}
    documents = select(DocumentRow).where(DocumentRow.case_id == case.id, DocumentRow.delivery_id.is_not(None))
    for document in session.scalars(documents.order_by(DocumentRow.added_at, DocumentRow.id)):
        delivered = DeliveredDocument(document.id, document.title, STATES.get(document.state, document.state))
        files.setdefault(document.delivery_id or 0, []).append(delivered)
    found: dict[int, list[DeliveryLine]] = {}
    for row in session.scalars(select(Delivery).where(Delivery.case_id == case.id).order_by(Delivery.id)):
        line = DeliveryLine(
            row.receipt, row.sent_at, row.remark, row.judged_at, row.request_id is None, tuple(files.get(row.id, ()))
        )
        found.setdefault(row.dossier_id, []).append(line)
    return found
