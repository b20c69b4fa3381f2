"""The documents that a task asks about: which become public and why not, and which need a redacted version."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.access.document_scope import NOT_READ, KeptDocuments
from processes.base.uploads import LOCKED
from processes.execution.asking_again import changed_for
from processes.execution.assessing import LATER, about, third_parties, to_assess
from processes.execution.forms import component_of, document_types_of
from processes.execution.parts import is_in_part
from processes.execution.views import answers_in, to_answer
from processes.law.disclosure_grounds import GROUNDS, PUBLIC
from processes.reads.workbench.words import role_in_words
from processes.storage.document_versions import IN_ORDER, is_public_in, redactions_of
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case, CaseValue, DocumentRow, Instance, PartDecision, Party, TaskRow
from processes.storage.words import DocumentState


@dataclass(frozen=True, slots=True)
class Said:
    """The assessment of a document so far, by code; empty while there is none."""

    public: str = ""
    grounds: tuple[str, ...] = ()
    dated: date | None = None
    note: str = ""

    @property
    def public_name(self) -> str:
        return PUBLIC.get(self.public, "")

    @property
    def ground_names(self) -> tuple[str, ...]:
        return tuple(GROUNDS[code].title for code in self.grounds if code in GROUNDS)


@dataclass(frozen=True, slots=True)
class AskedDocument:
    """`redacted` is the id and title of the redacted version that counts now."""

    id: str
    title: str
    detail: str
    said: Said
    redacted: tuple[str, str] | None = None


def said_of(row: DocumentRow) -> Said:
    known: Mapping[str, Any] = row.assessment or {}
    day = known.get("date")
    return Said(
        known.get("public", ""), tuple(known.get("grounds", ())), date.fromisoformat(day) if day else None,
        known.get("note") or "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChangedParty:
    """One third party, with a sentence for each document of which more becomes public since that party was asked."""

    party: int
    name: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ViewToAnswer:
    """The view of one third party, and the answer to it so far."""

    party: int
    name: str
    view: str
    answer: str


@dataclass(frozen=True, slots=True)
class AskedConcern:
    """One document of which is asked whom it is about; `chosen` are ids of parties."""

    id: str
    title: str
    detail: str
    chosen: tuple[int, ...]


def inventory_of(
    session: Session,
    case: Case,
    deployed: Deployed,
    root: Model,
    element: str,
    part: PartDecision | None,
    kept: KeptDocuments,
) -> tuple[AskedDocument, ...]:
    """The documents that the form of this element asks to assess; none when it does not ask. Those which a part decision leaves to
    the rest say so; of those that are `kept` from the reader there are no words.
    """
    component = component_of(deployed, element, "inventory")
    if component is None:
        return ()
    rows = session.scalars(to_assess(case.id, document_types_of(component), part))
    return tuple(
        AskedDocument(
            row.id, *_words(row, root, kept),
            _said_to(row, kept) if part is None or row.part_id == part.id else replace(_said_to(row, kept), public=LATER),
        )
        for row in rows
    )  # fmt: skip


def concerns_of(
    session: Session,
    case: Case,
    deployed: Deployed,
    root: Model,
    element: str,
    part: PartDecision | None,
    kept: KeptDocuments,
) -> tuple[tuple[AskedConcern, ...], tuple[tuple[int, str], ...]]:
    """The documents of which the form of this element asks whom they are about, and the third parties to choose from."""
    component = component_of(deployed, element, "concerns")
    if component is None:
        return (), ()
    rows = session.scalars(to_assess(case.id, document_types_of(component), part))
    documents = tuple(AskedConcern(row.id, *_words(row, root, kept), tuple(about(row))) for row in rows)
    parties = third_parties(session, case.id)
    names = ((one.id, role_in_words(one.role, root) if one.confidential else one.name) for one in parties)
    return documents, tuple(names)


def views_to_answer(
    session: Session, services: Services, deployed: Deployed, root: Model, task: TaskRow
) -> tuple[ViewToAnswer, ...]:
    """The views that the form of this task asks to answer, each of one third party."""
    if component_of(deployed, task.element, "view-answers") is None:
        return ()
    instance = session.get_one(Instance, task.instance_id)
    views = to_answer(session, services.models, instance)
    stored: dict[str, Any] = dict(
        session.execute(select(CaseValue.code, CaseValue.value).where(CaseValue.instance_id == instance.id)).all()
    )
    rows = session.scalars(select(Party).where(Party.id.in_(views)).order_by(Party.id))
    return tuple(
        ViewToAnswer(
            row.id, role_in_words(row.role, root) if row.confidential else row.name, views[row.id],
            answers_in(stored, row.id),
        )
        for row in rows
    )  # fmt: skip


def changed_parties(
    session: Session, case: Case, deployed: Deployed, root: Model, element: str
) -> tuple[ChangedParty, ...]:
    """The third parties whom the form of this element asks about, with what changed for each of them."""
    if component_of(deployed, element, "asked-again") is None:
        return ()
    changed = changed_for(session, case.id)
    return tuple(
        ChangedParty(row.id, role_in_words(row.role, root) if row.confidential else row.name, tuple(changed[row.id]))
        for row in third_parties(session, case.id)
        if row.id in changed
    )


def redactions_for(
    session: Session,
    case: Case,
    deployed: Deployed,
    root: Model,
    element: str,
    part: PartDecision | None,
    kept: KeptDocuments,
) -> tuple[AskedDocument, ...]:
    """The originals of which the form of this element asks a redacted version."""
    if component_of(deployed, element, "redactions") is None:
        return ()
    found = select(DocumentRow).where(DocumentRow.case_id == case.id, DocumentRow.state == DocumentState.ACCEPTED)
    rows = session.scalars(found.order_by(*IN_ORDER)).all()
    versions = redactions_of(rows)
    return tuple(
        AskedDocument(row.id, *_words(row, root, kept), _said_to(row, kept), _version(versions.get(row.id), kept))
        for row in rows
        if is_public_in(row, "deels") and is_in_part(row, part)
    )


def _version(row: DocumentRow | None, kept: KeptDocuments) -> tuple[str, str] | None:
    return (row.id, row.title) if row and row not in kept else None


def _words(row: DocumentRow, model: Model, kept: KeptDocuments) -> tuple[str, str]:
    """Title and detail as this reader may know them."""
    return (NOT_READ, row.reference) if row in kept else (row.title, _detail(row, model))


def _said_to(row: DocumentRow, kept: KeptDocuments) -> Said:
    """Without the note, of a document that the reader may not read."""
    return replace(said_of(row), note="") if row in kept else said_of(row)


def _detail(row: DocumentRow, model: Model) -> str:
    kind = model.document_types.get(row.type)
    return f"{kind.name if kind else row.type}, {row.reference}{LOCKED if row.locked else ''}"
