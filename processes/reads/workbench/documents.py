"""Documenten of a case, in every state; and one document to look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import DocumentType, Model
from engine.words import Audience
from processes.access.document_scope import kept_documents
from processes.access.readers import Readers, is_for_nobody, readers_of
from processes.access.staff_scope import case_for, handles, seen_cases
from processes.access.visibility import SHOWN, committee_reads
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.base.errors import NotFound
from processes.execution.corrections import can_correct
from processes.execution.forms import choosable_departments, departments, formats_of
from processes.execution.hidden import hides_only_names
from processes.execution.inspecting import is_withheld
from processes.reads.file_to_send import FileToSend, file_of, scan_in_words
from processes.reads.filed import filed_in, making_in_words, type_in_words
from processes.reads.opening import reading
from processes.reads.workbench.disclosing import Said, said_of
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.parties import readers
from processes.reads.workbench.words import named, role_in_words
from processes.storage.document_versions import IN_ORDER, first_of, redactions_of
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, Party, PublicationRow
from processes.storage.words import DocumentOrigin, DocumentState, ScanState

BY_ALL = (Audience.PARTIES, Audience.INITIATOR)  # whose documents are given to no single party
STATES: Mapping[str, str] = {
    DocumentState.OFFERED: "te beoordelen",
    DocumentState.ACCEPTED: "in het dossier",
    DocumentState.REFUSED: "niet aangenomen",
    DocumentState.REMOVED: "weggehaald",
    DocumentState.ERASED: "voorgoed verwijderd",
    DocumentState.REPLACED: "eerdere versie",
}
ORIGINS: Mapping[str, str] = {
    DocumentOrigin.CITIZEN: "indiener",
    DocumentOrigin.DEPARTMENT: "afdeling",
    DocumentOrigin.PERSON: "eigen link",
    DocumentOrigin.WORKER: "medewerker",
    DocumentOrigin.SYSTEM: "Zaakspoor",
}


@dataclass(frozen=True, slots=True)
class WorkerDocumentLine:
    """`state` is the code, `state_name` the word for it. `given_to` names the departments that may read it and persons by their role, `only_for` the
    one party that may. `said`: whether it becomes public and why not; `redacted`: id and title of the version beside it;
    `locked`: it opens only with a password; `personal`: others read the version beside it. `filed`: id of the words that somebody
    filed, of which the document is made; `making` says why there is no file (yet). `kept_back`: why it
    stays inside, so that it is neither shown to parties nor published.
    """

    id: str
    reference: str
    title: str
    type: str
    file_name: str
    size: int
    origin: str
    added_by: str
    added_at: datetime
    state: str
    state_name: str
    refusal: str | None
    on_portal: bool
    confidential: bool
    given_to: tuple[str, ...]
    only_for: str
    said: Said
    redacted: tuple[str, str] | None
    locked: bool = False
    personal: bool = False
    made: bool = True
    making: str = ""
    filed: str = ""
    kept_back: str = ""
    for_whom: bool = False  # for one party, and nobody said which
    after_closing: bool = False  # staff added it when the case had ended
    media_type: str = ""
    readers: tuple[tuple[str, str], ...] = ()
    correctable: bool = False  # type and title
    taken_back: tuple[str, ...] = ()  # by us, from departments that could read it: whom, when and why
    shows_at: datetime | None = None  # shown on the portal from this moment (real time), which can be undone until then
    hidden: str = ""  # HiddenState
    to_one: bool = (
        True  # it, or its version for others, can be given to one party, and is not of one or for all already
    )
    only_names: bool = False  # all that was found is names in the properties of the file, which a clean copy lacks
    version: int = 1
    version_why: str = ""
    first: str = ""  # id of the first version


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """A public page of the case; `withdrawn_on` and `reason` when it was taken away."""

    id: str
    title: str
    published_on: date
    withdrawn_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """`kinds` are the document types by code; `persons` those with a link of their own, by what their role is called."""

    head: Head
    documents: tuple[WorkerDocumentLine, ...]
    types: tuple[tuple[str, str], ...]
    formats: tuple[str, ...]
    departments: tuple[tuple[str, str], ...]
    parties: tuple[tuple[int, str], ...]
    persons: tuple[tuple[str, str], ...]
    publications: tuple[PublicationLine, ...] = ()
    kinds: Mapping[str, DocumentType] = field(default_factory=dict)


def read_documents(services: Services, actor: Actor, number: str) -> DocumentsPage:
    """Raises NotFound for a case that this reader may not see."""
    with reading(services) as (session, now):
        case = case_for(session, actor, number)
        model = services.models.version(session, case.model_version_id).model
        return DocumentsPage(
            head=head_of(session, services, actor, case, now),
            documents=tuple(document_lines(session, actor, case, model)),
            types=tuple((kind.code, kind.name) for kind in model.document_types.values()),
            formats=formats_of(model),
            departments=choosable_departments(session),
            parties=readers(session, case, model) if handles(actor) else (),
            persons=tuple(
                (str(person.id), role_in_words(person.role, model)) for person in _persons(session, case, model)
            ),
            publications=_publications(session, case),
            kinds=model.document_types,
        )


def _publications(session: Session, case: Case) -> tuple[PublicationLine, ...]:
    found = select(PublicationRow).where(PublicationRow.case_id == case.id).order_by(PublicationRow.published_at)
    return tuple(
        PublicationLine(
            row.id, row.title, row.published_on, local_date(row.withdrawn_at) if row.withdrawn_at else None,
            row.withdrawn_reason or "",
        )
        for row in session.scalars(found)
    )  # fmt: skip


def document_for(services: Services, actor: Actor, document_id: str) -> FileToSend:
    """A document to look at. Raises NotFound, also for one that this reader may not see."""
    with reading(services) as (session, _):
        found = session.execute(
            select(DocumentRow, Case)
            .join(Case, Case.id == DocumentRow.case_id)
            .where(DocumentRow.id == document_id, seen_cases(actor))
        ).first()
        if found is None:
            raise NotFound
        row, case = found
        model = services.models.version(session, case.model_version_id).model
        if (
            row.state == DocumentState.ERASED
            or not may_look(actor, row, model)
            or row in kept_documents(session, actor, case)
        ):
            raise NotFound
        return file_of(row, case.number)


def read_readers(services: Services, actor: Actor, document_id: str) -> Readers:
    """Whether anybody sees this document on the portal. Raises NotFound, also for one that this reader may not see."""
    with reading(services) as (session, _):
        wanted = (DocumentRow.id == document_id, seen_cases(actor))
        row = session.execute(
            select(DocumentRow, Case).join(Case, Case.id == DocumentRow.case_id).where(*wanted)
        ).first()
        if row is None:
            raise NotFound
        document, case = row
        if document in kept_documents(session, actor, case):
            raise NotFound
        model = services.models.version(session, case.model_version_id).model
        return readers_of(session, case, model, document)


def document_lines(session: Session, actor: Actor, case: Case, model: Model) -> list[WorkerDocumentLine]:
    """The documents of a case that this reader may see, oldest first; none that is kept from the reader. A fixed number of statements.

    A redacted version stands with its original; one that was replaced by another stands by itself.
    """
    receivers: dict[str | int, str] = dict(departments(session))
    receivers |= {person.id: role_in_words(person.role, model) for person in _persons(session, case, model)}
    kept = kept_documents(session, actor, case)
    rows_of_parties = session.scalars(select(Party).where(Party.case_id == case.id))
    # a list names nobody who is confidential, also not to who works on the case
    parties = {party.id: named(party, model, [party.id] if party.confidential else ()) for party in rows_of_parties}
    found = select(DocumentRow).where(DocumentRow.case_id == case.id).order_by(*IN_ORDER)
    rows = [row for row in session.scalars(found) if may_look(actor, row, model) and row not in kept]
    filed = filed_in(session, case) if handles(actor) else {}
    names = _Names(
        receivers,
        parties,
        filed,
        making_in_words(session, case) if any(not row.is_made and row.is_scanned for row in rows) else "",
    )
    return [_line(row, model, names, redactions_of(rows)) for row in rows]


def _persons(session: Session, case: Case, model: Model) -> Sequence[Party]:
    """Those with a link of their own."""
    mine = select(Party).where(Party.case_id == case.id, Party.role.in_(model.personal_roles()))
    return session.scalars(mine.order_by(Party.id)).all()


def may_look(actor: Actor, row: DocumentRow, model: Model) -> bool:
    """The committee sees accepted documents of the types that the drawing names, of one with contact details the version for others;
    those who handle cases see all.
    """
    return handles(actor) or committee_reads(row, model)


@dataclass(frozen=True, slots=True)
class _Names:
    receivers: Mapping[str | int, str]
    parties: dict[int, str]
    filed: Mapping[str, str]
    making: str


def _line(row: DocumentRow, model: Model, names: _Names, redacted: Mapping[str, DocumentRow]) -> WorkerDocumentLine:
    kind = model.document_types.get(row.type)
    version = redacted.get(row.id)
    return WorkerDocumentLine(
        id=row.id, reference=row.reference, title=row.title, type=type_in_words(row, kind),
        file_name=row.file_name, size=row.size, origin=ORIGINS.get(row.origin, row.origin), added_by=_added_by(row, names.receivers),
        added_at=row.added_at, state=row.state, state_name=STATES.get(row.state, row.state), refusal=row.refusal,
        on_portal=row.on_portal, confidential=row.confidentiality not in SHOWN,
        given_to=tuple(_receiver(item, names.receivers) for item in row.to_departments),
        only_for=names.parties.get(row.party_id or 0, "") if row.audience == Audience.OWN and row.origin != DocumentOrigin.CITIZEN else "",
        said=said_of(row), redacted=(version.id, version.title) if version else None,
        locked=row.locked, personal=row.personal, made=row.is_readable or row.state == DocumentState.ERASED, making=_making(row, names),
        filed=names.filed.get(row.id, ""), kept_back=(row.inspection or {})["why"] if is_withheld(row) else "",
        for_whom=is_for_nobody(row), after_closing=row.after_closing, media_type=row.media_type, readers=tuple((str(item["department"]), _receiver(item, names.receivers)) for item in row.to_departments if item.get("department")),
        shows_at=row.shows_at, hidden=row.hidden or "", only_names=hides_only_names(row), version=row.version or 1, version_why=row.version_why or "", first=first_of(row),
        to_one=_can_go_to_one(version if row.personal else row),
        correctable=can_correct(row), taken_back=tuple(_taken_back(item, names.receivers) for item in row.taken_back or ()),
    )  # fmt: skip


def _can_go_to_one(given: DocumentRow | None) -> bool:
    return given is not None and given.party_id is None and given.audience not in BY_ALL


def _added_by(row: DocumentRow, names: Mapping[str | int, str]) -> str:
    """A department acts under its code."""
    return names.get(row.added_by, row.added_by) if row.origin == DocumentOrigin.DEPARTMENT else row.added_by


def _making(row: DocumentRow, names: _Names) -> str:
    """Why there is no file to open; of one that was thrown away the refusal says it."""
    if row.scan == ScanState.INFECTED and row.state == DocumentState.REFUSED:
        return ""
    return scan_in_words(row) or ("" if row.is_made else names.making)


def _receiver(item: Mapping[str, Any], names: Mapping[str | int, str]) -> str:
    code: str | int = item["department"] or item["party"]
    return names.get(code, str(code))


def _taken_back(item: Mapping[str, Any], names: Mapping[str | int, str]) -> str:
    day = local_date(datetime.fromisoformat(item["at"]))
    return f"{names.get(item['department'], item['department'])}, op {long_date(day)}: {item['why']}"
