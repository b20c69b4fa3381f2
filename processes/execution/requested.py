"""A document request: the documents asked, those in the dossier by now, and those still missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import DocumentRequest, Model
from processes.base.checklist import SaidAnswer, SaidOfDocument, said_from
from processes.storage.document_versions import STANDS
from processes.storage.tables import Delivery, DocumentRequestRow, DocumentRow, Dossier
from processes.storage.words import DocumentState

NOT_REQUIRED: Final = "als het er is"


@dataclass(frozen=True, slots=True)
class WantedItem:
    """One piece that was asked for."""

    type: str
    description: str
    required: bool

    @property
    def in_words(self) -> str:
        """The words as a list for a reader has them."""
        return self.said(NOT_REQUIRED)

    def said(self, not_required: str) -> str:
        """The same with other words for what need not be there."""
        return self.description if self.required else f"{self.description} ({not_required})"


@dataclass(frozen=True, slots=True)
class Requested:
    """`here`: accepted and not refused since; `missing`: all the rest."""

    here: tuple[WantedItem, ...]
    missing: tuple[WantedItem, ...]


def drawn_requests(model: Model) -> Iterator[DocumentRequest]:
    """Every document request that a drawing knows: of its tasks, and of its buttons."""
    yield from (one.request for one in model.elements.values() if one.request is not None)
    yield from (one.request for one in model.on_demand.values() if one.request is not None)


def requested(session: Session, request: DocumentRequestRow) -> Requested:
    """The documents that are here and those that are missing. A piece of which the newest delivery with it was refused is missing again."""
    sent = (
        select(Delivery.id, DocumentRow.type, DocumentRow.state)
        .join(DocumentRow, DocumentRow.delivery_id == Delivery.id)
        .where(Delivery.request_id == request.id)
        .order_by(Delivery.id)
    )
    return split(request.wanted, ((kind, state) for _, kind, state in session.execute(sent)))


def came_from(session: Session, case_id: int, department: str) -> dict[str, datetime]:
    """By type of document when a department last sent one of it that is in the dossier of this case."""
    sent = (
        select(DocumentRow.type, func.max(Delivery.sent_at))
        .join(Delivery, Delivery.id == DocumentRow.delivery_id)
        .join(Dossier, Dossier.id == Delivery.dossier_id)
        .where(Dossier.case_id == case_id, Dossier.department == department)
        .where(DocumentRow.state.in_(STANDS))
        .group_by(DocumentRow.type)
    )
    return dict(session.execute(sent).all())


def promised(session: Session, request: DocumentRequestRow) -> tuple[SaidOfDocument, ...]:
    """The documents of which a department wrote that they, or the rest of them, come on a day, and that did not come since."""
    came = select(Delivery.id, DocumentRow.type).join(DocumentRow, DocumentRow.delivery_id == Delivery.id)
    files = set(map(tuple, session.execute(came.where(Delivery.request_id == request.id))))
    told = select(Delivery.id, Delivery.said).where(Delivery.request_id == request.id).order_by(Delivery.id)
    last: dict[int, SaidOfDocument] = {}
    for delivery, said in session.execute(told):
        for at, one in enumerate(said_from(said)):
            if one.expected is not None:
                last[at] = one
            elif one.answer == SaidAnswer.ABSENT or (delivery, one.type) in files:
                last.pop(at, None)
    return tuple(last[at] for at in sorted(last))


def sent_in(session: Session, case_id: int) -> dict[int, list[tuple[str, str]]]:
    """By id of each request of a case, type and state of what was sent for it, as `split` takes them."""
    sent = (
        select(Delivery.request_id, DocumentRow.type, DocumentRow.state)
        .join(DocumentRow, DocumentRow.delivery_id == Delivery.id)
        .where(Delivery.case_id == case_id)
        .order_by(Delivery.id)
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for request, kind, state in session.execute(sent):
        if request is not None:
            found.setdefault(request, []).append((kind, state))
    return found


def split(wanted: Iterable[Mapping[str, Any]], sent: Iterable[tuple[str, str]]) -> Requested:
    """`sent`: type and state of each document, in the order in which they came in."""
    items = [WantedItem(str(one["type"]), str(one["description"]), bool(one["required"])) for one in wanted]
    judged = {*STANDS, DocumentState.REFUSED}
    states = {kind: state for kind, state in sent if state in judged}  # of each type the newest counts
    here = {kind for kind, state in states.items() if state in STANDS}
    return Requested(
        tuple(one for one in items if one.type in here), tuple(one for one in items if one.type not in here)
    )
