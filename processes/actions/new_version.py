"""A new version of a document, with the reason (W10). The earlier one stays readable, with who and when; what was sent stays what was sent.

The new version is a document of its own with a reference of its own: deliveries, receipts and letters go on naming the one that they were
about. What was shown stays shown until somebody shows the new one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from processes.access.guards import only_staff, reason_wrong
from processes.actions.documents import lock_document
from processes.actions.filing import NewDocument, file_document
from processes.base.errors import AlreadyDone, Invalid, NotNow
from processes.execution.corrections import can_correct
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.document_versions import first_of
from processes.storage.tables import Case, DestructionRow, DocumentRow
from processes.storage.words import DestructionState, DocumentState


@dataclass(frozen=True, slots=True)
class AddVersion:
    """`new` brings the file; its type and title are those of the document."""

    document: str
    new: NewDocument
    reason: str


def add_version(work: UnitOfWork, action: AddVersion) -> str:
    """The answer is the id of the new version. Raises NotFound, Invalid per field, NotNow for a document that has no versions, AlreadyDone
    when somebody else was first.
    """
    only_staff(work.actor, system=False)
    document, case = lock_document(work, action.document)
    if document.state == DocumentState.REPLACED:
        raise AlreadyDone("Van dit document is er al een nieuwere versie. Laad de pagina opnieuw.")
    _may_follow(work, case, document)
    if wrong := reason_wrong(action.reason, "Schrijf waarom er een nieuwe versie is."):
        raise Invalid(wrong)
    row = file_document(work, case, replace(action.new, type=document.type, title=document.title), on_portal=False)
    _follow(work, case, document, row, action.reason.strip())
    case.row_version += 1
    return row.id


def follow_kept(
    work: UnitOfWork, case: Case, kept: Sequence[DocumentRow], rows: Sequence[DocumentRow], why: str
) -> None:
    """Make files that were filed now the next versions of those that were `kept` (processes.execution.sent_back): the one of the same type and name,
    else the only one of that type. Any other comes beside them.
    """
    left, new = list(kept), list(rows)
    for alone in (False, True):
        for row in tuple(new):
            same = [one for one in left if one.type == row.type and (alone or one.file_name == row.file_name)]
            if len(same) == 1:
                _follow(work, case, same[0], row, why)
                left.remove(same[0])
                new.remove(row)


def _follow(work: UnitOfWork, case: Case, document: DocumentRow, row: DocumentRow, why: str) -> None:
    _as_before(row, document)
    row.version_of, row.version, row.version_why = first_of(document), _newest(work, document) + 1, why
    document.state = DocumentState.REPLACED
    work.own_note(case.id, f"{document.reference} heeft een nieuwe versie: {row.reference}. Reden: {why}")
    work.audit(case.id, "new_version", document=row.id, earlier=document.id, version=row.version)


def _may_follow(work: UnitOfWork, case: Case, document: DocumentRow) -> None:
    if document.state != DocumentState.ACCEPTED or not can_correct(document) or document.personal:
        raise NotNow("Van dit document kunt u hier geen nieuwe versie toevoegen.")
    approved = select(DestructionRow.id).where(
        DestructionRow.case_id == case.id, DestructionRow.state == DestructionState.APPROVED
    )
    if work.session.scalar(approved) is not None:
        raise NotNow("De vernietiging van deze zaak is al goedgekeurd. Er kan niets meer bij.")


def _as_before(row: DocumentRow, document: DocumentRow) -> None:
    """For whom it may be, and what somebody said of it, goes along; that it was shown or given does not."""
    row.audience, row.party_id, row.part_id = document.audience, document.party_id, document.part_id
    row.confidentiality, row.assessment, row.inspection = (
        document.confidentiality,
        document.assessment,
        document.inspection,
    )


def _newest(work: UnitOfWork, document: DocumentRow) -> int:
    chain = (DocumentRow.id == first_of(document)) | (DocumentRow.version_of == first_of(document))
    return work.session.scalar(select(func.max(DocumentRow.version)).where(chain)) or 1
