"""Documents on a case: added by citizen or worker, shown on the portal, given to a department, taken away."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.words import Audience
from processes.access.document_scope import kept_documents
from processes.access.guards import only_staff, own_party, reason_wrong
from processes.access.readers import is_for_nobody
from processes.access.visibility import SHOWN, version_for_others
from processes.actions.filing import NewDocument, file_document
from processes.base.actor import ActorKind
from processes.base.errors import Invalid, NotFound, NotNow
from processes.effects.giving import give
from processes.execution.court_only import is_court_only
from processes.execution.hidden import refuse_hidden
from processes.execution.unit_of_work import UnitOfWork
from processes.law.disclosure_grounds import WITH_GROUNDS
from processes.post.by_letter import reader_of, tell_by_letter
from processes.post.news import tell_readers
from processes.post.receipts import mail_citizen_receipt
from processes.post.standard.citizens import DOCUMENT_BY_POST
from processes.post.standard.received import What
from processes.storage.document_versions import is_public_in
from processes.storage.file_scans import refuse
from processes.storage.tables import Case, DepartmentRow, DestructionRow, DocumentRow, NoteRow, Party
from processes.storage.words import CaseState, DestructionState, DocumentState, NoteKind, PostChannel

FOR_WHOM = "Dit document is voor één betrokkene, en er is nog niet gekozen voor wie. Kies dat bij Documenten, onder Aan één betrokkene."


@dataclass(frozen=True, slots=True)
class AddDocuments:
    """A citizen on the own running case (D53-D60), or a worker on any case: of one that ended with the `reason`."""

    case: str
    documents: tuple[NewDocument, ...]
    reason: str = ""


def add_documents(work: UnitOfWork, action: AddDocuments) -> str:
    """The answer is the references, one a line. Raises Invalid, NotFound, CaseClosed (D54)."""
    case = work.lock_case(action.case)
    party = own_party(work, case) if work.actor.kind == ActorKind.CITIZEN else None
    if party is None:
        only_staff(work.actor)
    else:
        case = work.lock_case(action.case, running=True)
        _may_add(work, case, action)
    if not action.documents:
        raise Invalid({"files": "Kies eerst een bestand."})
    late = party is None and case.state == CaseState.CLOSED
    if late:
        _may_come_late(work, case, action.reason)
    rows = [file_document(work, case, item, party_id=party.id if party else None) for item in action.documents]
    if late:
        _mark_late(work, case, rows, action.reason)
    if party:
        titles = ", ".join(row.title for row in rows)
        work.session.add(
            NoteRow(
                case_id=case.id,
                kind=NoteKind.UPLOAD,
                party_id=party.id,
                author=work.actor.signed,
                text=titles,
                at=work.now,
            )
        )
        what = What.DOCUMENT if len(rows) == 1 else What.DOCUMENTS
        mail_citizen_receipt(work, case, party, what, f"document:{rows[0].id}", str(len(rows)))
    return "\n".join(row.reference for row in rows)


def _may_come_late(work: UnitOfWork, case: Case, reason: str) -> None:
    """Raises Invalid without a reason, NotNow once the destruction of the case was approved."""
    if wrong := reason_wrong(reason, "Schrijf op waarom dit document er na de afronding nog bij komt."):
        raise Invalid({"late_reason": wrong["reason"]})
    approved = select(DestructionRow.id).where(
        DestructionRow.case_id == case.id, DestructionRow.state == DestructionState.APPROVED
    )
    if work.session.scalar(approved) is not None:
        raise NotNow("De vernietiging van deze zaak is al goedgekeurd. Er kan niets meer bij.")


def _mark_late(work: UnitOfWork, case: Case, rows: Sequence[DocumentRow], reason: str) -> None:
    for row in rows:
        row.after_closing = True
    titles = ", ".join(row.title for row in rows)
    work.own_note(case.id, f"Toegevoegd na de afronding: {titles}\nReden: {reason.strip()}")


def _may_add(work: UnitOfWork, case: Case, action: AddDocuments) -> None:
    kinds = work.deployed(case.model_version_id).model.document_types
    for item in action.documents:
        if item.type not in kinds or not kinds[item.type].citizen_may_add:
            raise Invalid({"type": "Kies een soort document uit de lijst."})


@dataclass(frozen=True, slots=True)
class ShowOnPortal:
    """Tick or untick "Tonen op portaal" (D51), at once: what staff press on a page waits a minute (`processes.actions.showing`).
    Unticking tells who asked for news (D23).
    """

    document: str
    shown: bool


def show_on_portal(work: UnitOfWork, action: ShowOnPortal) -> str:
    only_staff(work.actor)
    document, case = lock_document(work, action.document)
    if document.state != DocumentState.ACCEPTED:
        raise NotNow("Alleen stukken die zijn aangenomen, kunnen op het portaal staan.")
    if action.shown:
        may_go_out(document)
    if document.on_portal != action.shown:
        was_seen, document.shows_at = document.is_shown, None
        put_on_portal(document, shown=action.shown)
        if case.published_at and (action.shown or was_seen):
            key = f"{document.id}:{case.row_version}:{action.shown}"
            tell_readers(work, case, document, "document" if action.shown else "removed", key)
        case.row_version += 1
        work.audit(case.id, "portal", document=document.id, shown=int(action.shown))
    return case.number


def put_on_portal(document: DocumentRow, *, shown: bool) -> None:
    """Tick or untick a document. Raises NotNow for one that is for a single party without being said for whom: nobody would see it."""
    if shown:
        will_be_read(document)
    document.on_portal = shown
    if shown and document.audience == Audience.NONE:
        document.audience = Audience.PARTIES  # ticking is the worker's explicit choice over the type's default


def will_be_read(document: DocumentRow) -> None:
    """Raises NotNow for a document that is for a single party without being said for whom: nobody would see it."""
    if is_for_nobody(document):
        raise NotNow(FOR_WHOM)


@dataclass(frozen=True, slots=True)
class GiveToParty:
    """Publish a document to one party only, such as the passages that are about a third party."""

    document: str
    party: int


def give_to_party(work: UnitOfWork, action: GiveToParty) -> str:
    """On the portal, and by post to who does not read there. The answer is the PostChannel by which it goes.

    Raises Invalid for somebody outside the case or without an address, NotNow for a document that may not go out or is of
    another party.
    """
    only_staff(work.actor)
    document, case = lock_document(work, action.document)
    party = work.session.get(Party, action.party)
    if party is None or party.case_id != case.id:
        raise Invalid({"party": "Kies een betrokkene uit de lijst."})
    if document.party_id != party.id:
        document = version_for_others(work.session, document)
    if document.state != DocumentState.ACCEPTED or document.confidentiality not in SHOWN:
        raise NotNow("Dit document is vertrouwelijk of niet aangenomen. Voeg een eigen bestand toe met alleen wat mag.")
    if document.party_id not in {None, party.id} or document.audience in {Audience.PARTIES, Audience.INITIATOR}:
        raise NotNow("Dit document is al voor een andere betrokkene. Voeg voor deze betrokkene een eigen bestand toe.")
    may_go_out(document)
    _, channel = reader_of(work, case, party)
    document.party_id, document.audience, document.on_portal, document.shows_at = party.id, "own", True, None
    if channel == PostChannel.POST:
        tell_by_letter(
            work, case, party, "document-per-post", DOCUMENT_BY_POST, {"document": document.title}, [document]
        )
    else:
        tell_readers(work, case, document, "document", f"{document.id}:party:{case.row_version}")
    case.row_version += 1
    work.audit(case.id, "to_party", document=document.id, party=party.id)
    return channel


def may_go_out(document: DocumentRow) -> None:
    """Raises NotNow for what no party may read, or not yet."""
    refuse(document.scan)
    refuse_hidden(document)
    if is_public_in(document, *WITH_GROUNDS):
        raise NotNow("Dit document is deels of niet openbaar. Alleen een gelakte versie mag naar buiten.")
    if is_court_only(document):
        raise NotNow("Dit stuk mag alleen de rechtbank zien (artikel 8:29 van de Awb). De partijen krijgen het niet.")


@dataclass(frozen=True, slots=True)
class GiveToDepartment:
    """Publish a document to a department (O31): it reads it through its own link; a mail says so."""

    document: str
    department: str


def give_to_department(work: UnitOfWork, action: GiveToDepartment) -> str:
    only_staff(work.actor)
    document, case = lock_document(work, action.document)
    department = work.session.get(DepartmentRow, action.department)
    if department is None or department.ended_on is not None:
        raise Invalid({"department": "Kies een afdeling uit de lijst."})
    if document.state != DocumentState.ACCEPTED:
        raise NotNow("Alleen stukken die zijn aangenomen, kunnen naar een afdeling.")
    if case.departments_until is not None and work.today > case.departments_until:
        raise NotNow(
            "De zaak is afgerond en afdelingen kunnen er niet meer in. Stuur het document op een andere manier."
        )
    refuse(document.scan)
    refuse_hidden(version_for_others(work.session, document))
    give(work, case, document, department)
    return case.number


@dataclass(frozen=True, slots=True)
class RemoveDocument:
    """Take a document off the case. Its bytes go when the dossier is destroyed; the audit trail keeps its hash."""

    document: str
    reason: str


def remove_document(work: UnitOfWork, action: RemoveDocument) -> str:
    only_staff(work.actor)
    document, case = lock_document(work, action.document)
    if wrong := reason_wrong(action.reason, "Schrijf waarom u dit document weghaalt."):
        raise Invalid(wrong)
    was_shown = document.is_shown and case.published_at is not None
    document.shows_at = None
    document.state, document.on_portal, document.refusal = DocumentState.REMOVED, False, action.reason.strip()
    if was_shown:
        tell_readers(work, case, document, "removed", key=f"{document.id}:removed")
    work.audit(case.id, "remove_document", document=document.id)
    return case.number


def lock_document(work: UnitOfWork, document_id: str) -> tuple[DocumentRow, Case]:
    """The document with its case, which is locked first. Raises NotFound, also for one that is kept from who acts."""
    document = work.session.get(DocumentRow, document_id)
    if document is None:
        raise NotFound("Dit document bestaat niet.")
    case = work.lock_case_id(document.case_id)
    work.session.refresh(document)
    if document in kept_documents(work.session, work.actor, case):
        raise NotFound("Dit document bestaat niet.")
    return document, case
