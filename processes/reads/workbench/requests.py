"""Verzoeken of a case: what was asked of which department, what came in, and how the link stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from engine.words import Side
from processes.access.document_scope import KeptDocuments, kept_documents
from processes.access.staff_scope import handled_case
from processes.base.actor import Actor
from processes.base.checklist import SaidOfDocument, told_from
from processes.base.clock import local_date
from processes.base.marks import mark_of
from processes.execution.deliveries import JUDGEMENT
from processes.execution.forms import REMARK, choosable_departments
from processes.execution.requested import sent_in, split
from processes.post.reminding import asked_lately, why_no_reminder
from processes.reads.file_to_send import scan_in_words
from processes.reads.in_words import values_in_words
from processes.reads.mail_answers import LATEST, MailWord, mail_words
from processes.reads.opening import reading
from processes.reads.workbench.documents import STATES
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.legal import Due, due_of
from processes.reads.workbench.link_openings import NONE_YET, Openings, openings_of
from processes.reads.workbench.overview import Button, buttons_of, useful_buttons
from processes.reads.workbench.replies import ReplyLine, replies_of
from processes.reads.workbench.request_state import IN_WORDS, Reminder, reminders_of, standing_of
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
    TaskRow,
)
from processes.storage.words import InstancePhase, TaskState

SHOWN_APART = {REMARK, JUDGEMENT}  # with the delivery


@dataclass(frozen=True, slots=True)
class DeliveredDocument:
    id: str
    title: str
    state: str
    readable: bool = True


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """`late`: sent after the requests, without one (nazending). `by`: the name that was typed; `said`: of each requested document (P1)."""

    receipt: str
    sent_at: datetime
    remark: str
    judged_at: datetime | None
    refusal: str
    late: bool
    files: tuple[DeliveredDocument, ...]
    by: str = ""
    said: tuple[SaidOfDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestLine:
    """`state` and `tone`: how it stands in words, and its badge. `here` and `missing`: what was asked and is in the dossier by
    now, and what is not. `task`: the id of the task in which somebody judges what came in. `stops`: it can be stopped now.
    `answers`: what the form of the department filled, by title. `no_reminder`: why the department cannot be reminded by hand now.
    """

    id: int
    asked_at: datetime
    due: Due
    open: bool
    state: str
    tone: str
    here: tuple[str, ...]
    missing: tuple[str, ...]
    buttons: tuple[Button, ...]
    answers: tuple[tuple[str, str], ...]
    reminders: tuple[Reminder, ...] = ()
    stopped: tuple[datetime, str] | None = None
    task: str | None = None
    no_reminder: str = ""

    @property
    def stops(self) -> bool:
        return bool(self.buttons)


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One department, or one person. `link` says in words how its link stands; `alive` whether it can still be revoked,
    `renewable` whether its owner can get another one by mail.
    """

    id: int
    department: str
    personal: bool
    link: str
    alive: bool
    renewable: bool
    openings: Openings
    requests: tuple[RequestLine, ...]
    deliveries: tuple[DeliveryLine, ...]
    mails: tuple[MailWord, ...]  # what did not arrive, and what came back of itself


@dataclass(frozen=True, slots=True)
class RequestsPage:
    head: Head
    today: date
    dossiers: tuple[DossierLine, ...]
    remark: str
    remark_seen: str
    asking: tuple[Button, ...]
    replies: tuple[ReplyLine, ...] = ()
    departments: tuple[tuple[str, str], ...] = ()


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
            remark_seen=mark_of(case.department_remark or ""),
            asking=tuple(asking),
            replies=replies_of(session, case, local_date(now)),
            departments=choosable_departments(session),
        )


def _dossiers(session: Session, services: Services, actor: Actor, case: Case, now: datetime) -> tuple[DossierLine, ...]:
    requests = _requests(session, services, case, now)
    papers = kept_documents(session, actor, case)
    deliveries = _deliveries(session, case, papers)
    query = (
        select(Dossier, DepartmentRow, Party)
        .outerjoin(DepartmentRow, DepartmentRow.code == Dossier.department)
        .outerjoin(Party, Party.id == Dossier.party_id)
        .where(Dossier.case_id == case.id)
        .order_by(Dossier.id)
    )
    model, kept = services.models.version(session, case.model_version_id).model, papers.parties
    lines, told, rows = [], mail_words(session, case), session.execute(query).all()
    opened = openings_of(session, [dossier.id for dossier, *_ in rows])
    for dossier, department, person in rows:
        alive, words = _link(case, dossier, now)
        renewable = not _is_over(case, now) and (person is None or bool(person.email))
        mine = requests.get(dossier.id, ()), deliveries.get(dossier.id, ())
        name = _person(person, model, kept) if person else department.name
        mails = [word for address in _addresses(department, person, kept) for word in told.get(address, ())]
        lines.append(
            DossierLine(
                dossier.id,
                name,
                person is not None,
                words,
                alive,
                renewable,
                opened.get(dossier.id, NONE_YET),
                tuple(mine[0]),
                tuple(mine[1]),
                _latest(mails),
            )
        )
    return tuple(lines)


def _latest(words: Collection[MailWord]) -> tuple[MailWord, ...]:
    return tuple(sorted(words, key=lambda word: word.at, reverse=True)[:LATEST])


def _addresses(department: DepartmentRow | None, person: Party | None, kept: Collection[int]) -> set[str]:
    """Where its mails go; none of a person whom this reader may not know."""
    if person is not None:
        return {person.email} if person.email and person.id not in kept else set()
    boxes = (department.email, department.manager_email, department.fallback_email) if department else ()
    return {box for box in boxes if box}


def _person(person: Party, model: Model, kept: Collection[int]) -> str:
    role = role_in_words(person.role, model)
    return role if person.id in kept else f"{role}: {person.name}"


def _link(case: Case, dossier: Dossier, now: datetime) -> tuple[bool, str]:
    if dossier.revoked_at:
        return False, "ingetrokken: hiermee kan niemand er nog in, en herinneringen gaan niet weg"
    if _is_over(case, now):
        return False, "verlopen, omdat de zaak is afgerond"
    return True, "werkt"


def _is_over(case: Case, now: datetime) -> bool:
    return case.departments_until is not None and local_date(now) > case.departments_until


def _requests(session: Session, services: Services, case: Case, now: datetime) -> Mapping[int, Sequence[RequestLine]]:
    query = (
        select(DocumentRequestRow, Instance, Dossier)
        .join(Instance, Instance.id == DocumentRequestRow.instance_id)
        .join(Dossier, Dossier.id == DocumentRequestRow.dossier_id)
        .where(DocumentRequestRow.case_id == case.id)
        .order_by(DocumentRequestRow.id)
    )
    lately = asked_lately(session, services.models, case.id, now)
    known = _Known(sent_in(session, case.id), _judging_tasks(session, case), lately)
    found: dict[int, list[RequestLine]] = {}
    for row, instance, dossier in session.execute(query):
        line = _request(session, services, case, (row, instance, dossier), now, known)
        found.setdefault(row.dossier_id, []).append(replace(line, reminders=()) if dossier.revoked_at else line)
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """Read once for all requests of a case: what was sent for each, the task of a worker by instance, and the dossiers asked in the last day."""

    sent: Mapping[int, Sequence[tuple[str, str]]]
    tasks: Mapping[int, str]
    asked: Collection[int]


def _judging_tasks(session: Session, case: Case) -> dict[int, str]:
    mine = (TaskRow.case_id == case.id, TaskRow.state == TaskState.OPEN, TaskRow.side == Side.WORKER)
    return dict(session.execute(select(TaskRow.instance_id, TaskRow.id).where(*mine)).all())


def _request(
    session: Session, services: Services, case: Case, asked: tuple[DocumentRequestRow, Instance, Dossier], now: datetime, known: _Known,
) -> RequestLine:  # fmt: skip
    row, instance, dossier = asked
    running = instance.phase == InstancePhase.RUNNING
    deployed = services.models.version(session, instance.model_version_id)
    model, found = deployed.model, split(row.wanted, known.sent.get(row.id, ()))
    state, tone = IN_WORDS[standing_of(row, instance)]
    return RequestLine(
        id=row.id, asked_at=row.asked_at, due=due_of(row.due, now), open=running, state=state, tone=tone,
        here=tuple(one.in_words for one in found.here), missing=tuple(one.in_words for one in found.missing),
        buttons=useful_buttons(deployed, instance, case.state, now) if running else (),
        answers=values_in_words(session, instance.id, {code: one for code, one in model.values.items() if code not in SHOWN_APART}),
        reminders=reminders_of(instance, model) if running else (),
        stopped=(row.stopped_at, row.stop_reason or "") if row.stopped_at else None,
        task=known.tasks.get(instance.id) if row.to_judge else None,
        no_reminder=why_no_reminder(row, instance, dossier, missing=bool(found.missing), lately=known.asked) if running else "",
    )  # fmt: skip


def _deliveries(session: Session, case: Case, kept: KeptDocuments) -> Mapping[int, Sequence[DeliveryLine]]:
    files: dict[int, list[DeliveredDocument]] = {}
    documents = select(DocumentRow).where(DocumentRow.case_id == case.id, DocumentRow.delivery_id.is_not(None))
    for document in session.scalars(documents.order_by(DocumentRow.added_at, DocumentRow.id)):
        if document in kept:
            continue
        state = scan_in_words(document) or STATES.get(document.state, document.state)
        delivered = DeliveredDocument(document.id, document.title, state, document.is_readable)
        files.setdefault(document.delivery_id or 0, []).append(delivered)
    found: dict[int, list[DeliveryLine]] = {}
    for row in session.scalars(select(Delivery).where(Delivery.case_id == case.id).order_by(Delivery.id)):
        line = DeliveryLine(
            row.receipt, row.sent_at, row.remark, row.judged_at, row.refusal or "", row.request_id is None,
            tuple(files.get(row.id, ())), row.delivered_by, told_from(row.said),
        )  # fmt: skip
        found.setdefault(row.dossier_id, []).append(line)
    return found
