"""One delivery as its receipt shows it (B6), and what the case worker thought of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.base.checklist import SaidOfDocument, told_from
from processes.base.errors import LinkGone
from processes.base.written import TypedPair, TypedText
from processes.reads.department.door import inside
from processes.reads.filed import FiledPage, page_of
from processes.storage.document_versions import ORIGINAL
from processes.storage.services import Services
from processes.storage.tables import Case, Delivery, DepartmentRow, DocumentRow, Dossier, FiledRow
from processes.storage.words import DocumentState, ScanState

Tone = Literal["neutral", "ok", "warning", "error"]
DOCUMENT_STATES: dict[str, tuple[str, Tone]] = {
    DocumentState.OFFERED: ("Wordt bekeken", "neutral"),
    DocumentState.ACCEPTED: ("Akkoord", "ok"),
    DocumentState.REPLACED: ("Akkoord", "ok"),
    DocumentState.REFUSED: ("Niet akkoord", "error"),
    DocumentState.REMOVED: ("Niet meer in het dossier", "neutral"),
    DocumentState.ERASED: ("Niet meer in het dossier", "neutral"),
}


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """`reason` says why it was refused or taken back, `locked` whether it opens only with a password; `title` is what the department
    called it, empty when that is the name; `may_take_back`: nobody judged it yet; `chosen`: name and fingerprint of the file that this
    PDF was made of.
    """

    id: str
    name: TypedText
    title: TypedText
    type: str
    size: int
    sha256: str
    state: str
    tone: Tone
    reason: TypedText
    locked: bool
    recalled_at: datetime | None  # when the department itself took it back
    may_take_back: bool
    chosen: TypedPair = None


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    receipt: str
    title: str
    at: datetime
    state: str
    tone: Tone
    remark: TypedText
    by: TypedText
    said: tuple[SaidOfDocument, ...]
    files: tuple[DeliveredFile, ...]
    number: str
    department: TypedText
    email: TypedText
    words: FiledPage | None  # what was asked and answered; none of a delivery of before there were such documents

    @property
    def others(self) -> tuple[SaidOfDocument, ...]:
        """The requested documents that did not come along."""
        return tuple(one for one in self.said if not one.along)


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
            row.receipt, title_of(row, place), row.sent_at, state, tone, row.remark, row.delivered_by, told_from(row.said),
            _files(at.session, documents, model), case.number, department.name, department.email,
            _words(at.session, case, row),
        )  # fmt: skip


def deliveries_of(session: Session, dossier: Dossier) -> list[Delivery]:
    return list(session.scalars(select(Delivery).where(Delivery.dossier_id == dossier.id).order_by(Delivery.id)))


def documents_in(session: Session, delivery: Delivery) -> list[DocumentRow]:
    found = select(DocumentRow).where(DocumentRow.delivery_id == delivery.id)
    return list(session.scalars(found.order_by(DocumentRow.added_at, DocumentRow.reference)))


def state_of(delivery: Delivery, documents: list[DocumentRow]) -> tuple[str, Tone]:
    """The judgement of the case worker on a delivery, in words and with its tone."""
    back = [document for document in documents if document.recalled_at is not None]
    if documents and len(back) == len(documents):
        return "Teruggehaald", "neutral"
    if delivery.judged_at is None:
        return "Wordt bekeken", "neutral"
    if any(document.state == DocumentState.REFUSED for document in documents):
        return "Niet akkoord", "error"
    if delivery.refusal:
        return ("Akkoord, maar er ontbreekt nog iets", "warning") if documents else ("Opnieuw gevraagd", "error")
    return ("Akkoord", "ok") if documents else ("Gelezen", "ok")


def title_of(delivery: Delivery, place: int) -> str:
    return f"Aanlevering {place}" + ("" if delivery.request_id else " (nazending)")


def _words(session: Session, case: Case, delivery: Delivery) -> FiledPage | None:
    row = session.scalar(select(FiledRow).where(FiledRow.delivery_id == delivery.id))
    return page_of(session, case, row) if row else None


def _files(session: Session, documents: list[DocumentRow], model: Model) -> tuple[DeliveredFile, ...]:
    references = [f"{one.reference}{ORIGINAL}" for one in documents]
    cases = {one.case_id for one in documents}
    found = select(DocumentRow).where(DocumentRow.case_id.in_(cases), DocumentRow.reference.in_(references))
    originals = {row.reference: row for row in session.scalars(found)}
    return tuple(_file(one, model, originals.get(f"{one.reference}{ORIGINAL}")) for one in documents)


def _file(row: DocumentRow, model: Model, original: DocumentRow | None) -> DeliveredFile:
    state, tone = DOCUMENT_STATES[row.state]
    if row.state == DocumentState.OFFERED and not row.is_scanned:
        state = "Wordt gecontroleerd" if row.scan == ScanState.WAITING else "Nog niet gecontroleerd"
    if row.scan == ScanState.INFECTED:
        state, tone = "Virus gevonden", "error"
    if row.recalled_at is not None:
        state = "Teruggehaald"
    kind = model.document_types.get(row.type)
    # the reason of a removal by staff is for staff; that of a refusal was written for the department, that of taking back by it
    told = row.state == DocumentState.REFUSED or row.recalled_at is not None
    return DeliveredFile(
        row.id, row.file_name, "" if row.title == row.file_name else row.title, kind.name if kind else row.type, row.size, row.sha256,
        state, tone, (row.refusal or "") if told else "", row.locked, row.recalled_at, row.state == DocumentState.OFFERED,
        (original.file_name, original.sha256) if original else None,
    )  # fmt: skip
