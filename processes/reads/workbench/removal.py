"""Dit document hoort hier niet: what would go with a document, who saw it, and whether a second person must still agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.clearance import HIDDEN_NUMBER
from processes.access.document_scope import kept_documents
from processes.access.staff_scope import handled_case, seen_cases
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.execution.document_parts import DocumentParts, parts_of
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.look_lines import look_lines
from processes.reads.workbench.spread import SpreadLine, removal_of, spread_of
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.tables import Case, DocumentRow, LookRow, RemovalRow
from processes.storage.words import DocumentState


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal to take it away, waiting or carried out. `target`: the case that it goes to, in words, empty when it goes for good; `own` when that is the reader; `approver` and `approved_at` once it was carried out."""

    id: int
    kind: str
    target: str
    reason: str
    proposer: str
    proposed_at: datetime
    own: bool
    approver: str
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class RemovalPage:
    """`versions`, `inventories`, `letters`: what goes along, in words. `proposal` is the one that waits, or was carried out."""

    head: Head
    document: str
    reference: str
    title: str
    erased: bool
    versions: tuple[str, ...]
    inventories: tuple[str, ...]
    letters: tuple[str, ...]
    spread: tuple[SpreadLine, ...]
    proposal: Proposal | None


def read_removal(services: Services, actor: Actor, number: str, document_id: str) -> RemovalPage:
    """Raises NotFound, also for a document of another case, and NotAllowed for the committee."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        document = session.get(DocumentRow, document_id)
        if document is None or document.case_id != case.id or document in kept_documents(session, actor, case):
            raise NotFound
        removal = removal_of(session, document.id)
        parts = parts_of(session, document)
        return RemovalPage(
            head=head_of(session, services, actor, case, now), document=document.id, reference=document.reference,
            title=document.title, erased=document.state == DocumentState.ERASED,
            versions=_words(parts.versions), inventories=_words(parts.inventories), letters=_letters(parts),
            spread=tuple(_spread(session, services, case, document, removal)),
            proposal=_proposal(session, actor, removal) if removal else None,
        )  # fmt: skip


def target_types(services: Services, actor: Actor, number: str) -> tuple[tuple[str, str], ...]:
    """The types of documents of another case, to choose from; none for a case that this reader may not see."""
    with reading(services) as (session, _now):
        case = session.scalar(select(Case).where(Case.number == number.strip().upper(), seen_cases(actor)))
        if case is None:
            return ()
        kinds = services.models.version(session, case.model_version_id).model.document_types
        return tuple((kind.code, kind.name) for kind in kinds.values())


def _words(rows: Iterable[DocumentRow]) -> tuple[str, ...]:
    return tuple(f"{row.title} ({row.reference})" for row in rows)


def _letters(parts: DocumentParts) -> tuple[str, ...]:
    return tuple(
        f"{letter.subject}, {'verstuurd' if letter.sent_on else 'nog niet verstuurd: gaat niet meer uit'}"
        for letter in parts.letters
    )


def _spread(
    session: Session, services: Services, case: Case, document: DocumentRow, removal: RemovalRow | None
) -> list[SpreadLine]:
    """Everybody who brought it, was given it or opened it, oldest first."""
    looked = session.scalars(select(LookRow).where(LookRow.document_id == document.id).order_by(LookRow.at, LookRow.id))
    opened = (SpreadLine(one.at, one.who, "Opende het", one.address) for one in look_lines(session, looked.all()))
    lines = spread_of(session, services, case, document, removal)
    return sorted([*lines, *opened], key=lambda line: line.at)


def _proposal(session: Session, actor: Actor, row: RemovalRow) -> Proposal:
    seen = select(Case.id).where(Case.number == row.target, seen_cases(actor))
    known = row.target and session.scalar(seen) is not None
    target = f"zaak {row.target}" if known else HIDDEN_NUMBER if row.target else ""
    names = names_of(session, [row.proposed_by, *([row.approved_by] if row.approved_by else [])])
    return Proposal(
        id=row.id, kind=row.kind, target=target, reason=row.reason, proposer=names.get(row.proposed_by, row.proposed_by),
        proposed_at=row.proposed_at, own=row.proposed_by == actor.subject,
        approver=names.get(row.approved_by or "", row.approved_by or ""), approved_at=row.approved_at,
    )  # fmt: skip
