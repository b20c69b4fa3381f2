"""The timeline of the dossier (O29, O30, O33), and one delivery as its receipt shows it (B6)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.base.errors import LinkGone
from processes.reads.department.door import inside, published_to
from processes.reads.filed import FiledPage, page_of
from processes.storage.services import Services
from processes.storage.tables import (
    Case,
    Delivery,
    DepartmentRow,
    DocumentRequestRow,
    DocumentRow,
    Dossier,
    FiledRow,
    TaskRow,
)
from processes.storage.words import DocumentState

Tone = Literal["neutral", "ok", "warning", "error"]
DOCUMENT_STATES: dict[str, tuple[str, Tone]] = {
    DocumentState.OFFERED: ("Wordt bekeken", "neutral"),
    DocumentState.ACCEPTED: ("Akkoord", "ok"),
    DocumentState.REFUSED: ("Niet akkoord", "error"),
    DocumentState.REMOVED: ("Niet meer in het dossier", "neutral"),
    DocumentState.ERASED: ("Niet meer in het dossier", "neutral"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the left menu. `where` is the rest of the address, empty when there is nothing more to see."""

    kind: Literal["request", "delivery", "answer", "publication"]
    at: datetime
    title: str
    state: str
    tone: Tone
    where: str = ""


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """`reason` says why it was refused, `locked` whether it opens only with a password."""

    name: str
    type: str
    size: int
    sha256: str
    state: str
    tone: Tone
    reason: str
    locked: bool


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    receipt: str
    title: str
    at: datetime
    state: str
    tone: Tone
    remark: str
    files: tuple[DeliveredFile, ...]
    number: str
    department: str
    email: str
    words: FiledPage | None  # what was asked and answered; none of a delivery of before there were such documents


@dataclass(frozen=True, slots=True)
class Publication:
    id: str
    title: str
    name: str
    size: int
    at: datetime
    locked: bool
    made: bool


def history_of(session: Session, dossier: Dossier) -> tuple[Entry, ...]:
    """Requests, deliveries, answers of one person and publications, oldest first."""
    entries = [*_requests(session, dossier), *_deliveries(session, dossier), *_answers(session, dossier)]
    entries += [
        Entry("publication", one.at, f"Document voor u: {one.title}", "Te lezen", "neutral", f"stuk/{one.id}")
        for one in publications_of(session, dossier)
    ]
    return tuple(sorted(entries, key=lambda entry: entry.at))


def _requests(session: Session, dossier: Dossier) -> list[Entry]:
    rows = session.scalars(select(DocumentRequestRow).where(DocumentRequestRow.dossier_id == dossier.id))
    return [Entry("request", row.asked_at, "Verzoek om stukken", "", "neutral") for row in rows]


def _answers(session: Session, dossier: Dossier) -> list[Entry]:
    """Answers that were given by this link, with their words; of before there were such documents the tasks of one person only."""
    mine = select(FiledRow, TaskRow.name).join(TaskRow, TaskRow.id == FiledRow.task_id)
    here = mine.where(FiledRow.dossier_id == dossier.id, FiledRow.delivery_id.is_(None))
    rows = session.execute(here.order_by(FiledRow.filed_at)).all()
    found = [
        Entry("answer", row.filed_at, f"Uw antwoord: {asked}", "Verstuurd", "ok", f"ingestuurd/{row.id}")
        for row, asked in rows
    ]
    if dossier.party_id is None:
        return found
    tasks = select(TaskRow).where(TaskRow.case_id == dossier.case_id, TaskRow.done_by == f"department:{dossier.id}")
    known = {row.task_id for row, _ in rows}
    earlier = [row for row in session.scalars(tasks) if row.done_at and row.id not in known]
    return [
        *found,
        *(
            Entry("answer", row.done_at, f"Uw antwoord: {row.name}", "Verstuurd", "ok")
            for row in earlier
            if row.done_at
        ),
    ]


def _deliveries(session: Session, dossier: Dossier) -> list[Entry]:
    found = []
    for place, row in enumerate(deliveries_of(session, dossier), 1):
        state, tone = state_of(row, documents_in(session, row))
        found.append(Entry("delivery", row.sent_at, _title(row, place), state, tone, f"ontvangst/{row.receipt}"))
    return found


def deliveries_of(session: Session, dossier: Dossier) -> list[Delivery]:
    return list(session.scalars(select(Delivery).where(Delivery.dossier_id == dossier.id).order_by(Delivery.id)))


def documents_in(session: Session, delivery: Delivery) -> list[DocumentRow]:
    found = select(DocumentRow).where(DocumentRow.delivery_id == delivery.id)
    return list(session.scalars(found.order_by(DocumentRow.added_at, DocumentRow.reference)))


def state_of(delivery: Delivery, documents: list[DocumentRow]) -> tuple[str, Tone]:
    """The judgement of the case worker on a delivery, in words and with its tone."""
    if delivery.judged_at is None:
        return "Wordt bekeken", "neutral"
    if any(document.state == DocumentState.REFUSED for document in documents):
        return "Niet akkoord", "error"
    return ("Akkoord", "ok") if documents else ("Gelezen", "ok")


def _title(delivery: Delivery, place: int) -> str:
    return f"Aanlevering {place}" + ("" if delivery.request_id else " (nazending)")


def publications_of(session: Session, dossier: Dossier) -> tuple[Publication, ...]:
    """The documents published to this department or person and not taken back (O31-O34), in order of time."""
    rows = session.scalars(select(DocumentRow).where(DocumentRow.case_id == dossier.case_id))
    found = [
        Publication(row.id, row.title, row.file_name, row.size, datetime.fromisoformat(at), row.locked, row.is_made)
        for row in rows
        if (at := published_to(row, dossier))
    ]
    return tuple(sorted(found, key=lambda one: one.at))


def read_delivery(services: Services, token: str, receipt: str) -> DeliveryPage:
    """One delivery of this dossier. Raises LinkGone for a number that is not of this dossier."""
    with inside(services, token) as at:
        rows = deliveries_of(at.session, at.dossier)
        place, row = next(((n, one) for n, one in enumerate(rows, 1) if one.receipt == receipt), (0, None))
        if row is None:
            raise LinkGone
        case = at.session.get_one(Case, row.case_id)
        department = at.session.get_one(DepartmentRow, at.dossier.department)
        model = services.models.version(at.session, case.model_version_id).model
        documents = documents_in(at.session, row)
        state, tone = state_of(row, documents)
        return DeliveryPage(
            row.receipt, _title(row, place), row.sent_at, state, tone, row.remark,
            tuple(_file(document, model) for document in documents), case.number, department.name, department.email,
            _words(at.session, case, row),
        )  # fmt: skip


def _words(session: Session, case: Case, delivery: Delivery) -> FiledPage | None:
    row = session.scalar(select(FiledRow).where(FiledRow.delivery_id == delivery.id))
    return page_of(session, case, row) if row else None


def _file(row: DocumentRow, model: Model) -> DeliveredFile:
    state, tone = DOCUMENT_STATES[row.state]
    kind = model.document_types.get(row.type)
    # the reason of a removal is for staff; that of a refusal was written for the department
    reason = (row.refusal or "") if row.state == DocumentState.REFUSED else ""
    return DeliveredFile(
        row.file_name, kind.name if kind else row.type, row.size, row.sha256, state, tone, reason, row.locked
    )
