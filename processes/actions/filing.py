"""A document enters a case: one row, with a reference of its own, and who may see it by its document type."""

from dataclasses import dataclass

from engine.words import Audience, Confidentiality
from processes.base.actor import ActorKind
from processes.base.errors import Invalid
from processes.base.uploads import HOLDS_VIRUS, Upload, why_refused
from processes.execution.hidden import LookedInto, begin_looking
from processes.execution.unit_of_work import UnitOfWork
from processes.post.letters import next_reference
from processes.storage.document_versions import ORIGINAL, ORIGINAL_TYPE
from processes.storage.file_scans import state_for_case
from processes.storage.tables import Case, DocumentRow
from processes.storage.words import DocumentOrigin, DocumentState, ScanState

ORIGINS = {
    ActorKind.CITIZEN: DocumentOrigin.CITIZEN,
    ActorKind.DEPARTMENT: DocumentOrigin.DEPARTMENT,
    ActorKind.STAFF: DocumentOrigin.WORKER,
    ActorKind.SYSTEM: DocumentOrigin.SYSTEM,
}
LONGEST_TITLE = 200  # what the column holds
AS_CHOSEN = " (het bestand waarvan de PDF is gemaakt)"


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A file that arrived, with what the sender said of it. `field` names the form field for errors.

    `original`: the file that somebody chose, when `upload` is the PDF that was made of it.
    """

    upload: Upload
    type: str
    title: str = ""
    field: str = "files"
    original: Upload | None = None
    looked: LookedInto | None = None  # what the eye does not see in it, when a page looked first


def file_document(
    work: UnitOfWork,
    case: Case,
    document: NewDocument,
    *,
    party_id: int | None = None,
    delivery_id: int | None = None,
    state: DocumentState = DocumentState.ACCEPTED,
    on_portal: bool | None = None,
) -> DocumentRow:
    """Store the row of a document. Raises Invalid when its type, format or size does not fit the case type."""
    kind = work.deployed(case.model_version_id).model.document_types.get(document.type)
    if refused := why_refused(kind, document.upload):
        raise Invalid({document.field: refused})
    assert kind is not None  # noqa: S101 - it was refused
    if len(document.title.strip()) > LONGEST_TITLE:
        raise Invalid({"title": f"Maak de titel korter: hoogstens {LONGEST_TITLE} tekens."})
    origin = ORIGINS[work.actor.kind]
    if origin == DocumentOrigin.DEPARTMENT and party_id is not None:
        origin = DocumentOrigin.PERSON
    scan = _scan_of(work, document.upload, document.field)
    row = DocumentRow(
        case_id=case.id, scan=scan, reference=next_reference(work.session, case), type=document.type,
        title=document.title.strip() or document.upload.name, file_name=document.upload.name,
        media_type=document.upload.media_type, size=document.upload.size, sha256=document.upload.sha256,
        blob=document.upload.blob, file_key=document.upload.file_key, locked=document.upload.locked, origin=origin, party_id=party_id, delivery_id=delivery_id, state=state,
        confidentiality=kind.confidentiality, audience=kind.audience,
        on_portal=(origin == DocumentOrigin.CITIZEN) if on_portal is None else on_portal,
        added_at=work.now, added_by=work.actor.signed,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.audit(case.id, "document", document=row.id, type=row.type, sha256=row.sha256, state=state)
    begin_looking(work, row, document.looked)
    if document.original is not None:
        _keep_original(work, row, document)
    return row


def _scan_of(work: UnitOfWork, upload: Upload, field: str) -> str | None:
    """How the file stands with the virus scanner. Raises Invalid for one that holds a virus."""
    scan = state_for_case(work.session, upload.blob)
    if scan == ScanState.INFECTED:
        raise Invalid({field: HOLDS_VIRUS.format(name=upload.name)})
    return scan


def _keep_original(work: UnitOfWork, made: DocumentRow, document: NewDocument) -> None:
    """The file of which a PDF was made stays with it, for who handles the case and nobody else: it may hold remarks and earlier words."""
    upload = document.original
    assert upload is not None  # noqa: S101 - the caller looked
    row = DocumentRow(
        case_id=made.case_id, scan=_scan_of(work, upload, document.field), reference=f"{made.reference}{ORIGINAL}", type=ORIGINAL_TYPE, title=f"{made.title[:LONGEST_TITLE - len(AS_CHOSEN)]}{AS_CHOSEN}",
        file_name=upload.name, media_type=upload.media_type, size=upload.size, sha256=upload.sha256, blob=upload.blob,
        file_key=upload.file_key, locked=upload.locked, origin=made.origin, state=DocumentState.ACCEPTED,
        confidentiality=_not_shown(made.confidentiality), audience=Audience.NONE, on_portal=False, added_at=made.added_at, added_by=made.added_by,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.audit(made.case_id, "document", document=row.id, type=row.type, sha256=row.sha256, state=row.state)


def _not_shown(confidentiality: str) -> str:
    """At least so confidential that no page of a citizen shows it."""
    ranks = list(Confidentiality)
    return max(Confidentiality(confidentiality), Confidentiality.VERTROUWELIJK, key=ranks.index)
