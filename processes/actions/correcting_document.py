"""The type and the title of a document are corrected with a reason (W5). It is never less confidential than it was."""

from dataclasses import dataclass

from sqlalchemy import select

from engine import DocumentType
from processes.access.guards import only_staff, reason_wrong
from processes.access.visibility import CONFIDENTIALITY, SHOWN
from processes.actions.documents import lock_document
from processes.actions.filing import LONGEST_TITLE
from processes.base.errors import Invalid, NotNow
from processes.base.marks import MEANWHILE, mark_of
from processes.base.uploads import Upload, why_refused
from processes.execution.corrections import can_correct
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.document_versions import ORIGINAL_TYPE
from processes.storage.tables import Case, DocumentRow


@dataclass(frozen=True, slots=True)
class CorrectDocument:
    """`type`: the code of a document type of the drawing. `seen`: the mark of type and title that the page showed; None where no page did."""

    document: str
    type: str
    title: str
    reason: str
    seen: str | None = None


def correct_document(work: UnitOfWork, action: CorrectDocument) -> str:
    """The answer is the case number. Raises NotFound, NotNow for a document that cannot be corrected, Invalid per field."""
    only_staff(work.actor)
    document, case = lock_document(work, action.document)
    if not can_correct(document):
        raise NotNow("De soort en de titel van dit document kunt u niet veranderen.")
    if action.seen not in {None, mark_of(document.type, document.title)}:
        raise Invalid({"": MEANWHILE})
    types = work.deployed(case.model_version_id).model.document_types
    kind, title = types.get(action.type), action.title.strip()
    if wrong := {**_wrong(document, kind, title), **reason_wrong(action.reason)}:
        raise Invalid(wrong)
    if (document.type, document.title) == (action.type, title):
        raise Invalid({"": "U heeft niets veranderd."})
    was = types.get(document.type)
    work.own_note(case.id, _told(document, was, kind, title, action.reason))
    document.title = title
    if kind is not None and kind != was:
        _retype(work, case, document, kind)
    case.row_version += 1
    work.audit(case.id, "correct_document", document=document.id, type=document.type)
    return case.number


def _wrong(document: DocumentRow, kind: DocumentType | None, title: str) -> dict[str, str]:
    wrong = {}
    if not 0 < len(title) <= LONGEST_TITLE:
        wrong["title"] = f"Vul een titel in van hoogstens {LONGEST_TITLE} tekens."
    if kind is not None and kind.code == document.type:
        return wrong
    file = Upload(
        document.file_name, document.media_type, document.size, document.sha256, document.blob, document.locked
    )
    if refused := why_refused(kind, file):
        wrong["type"] = refused
    elif document.on_portal and kind is not None and kind.confidentiality not in SHOWN:
        wrong["type"] = "Deze soort is vertrouwelijk, en het document staat op het portaal. Haal het daar eerst weg."
    return wrong


def _retype(work: UnitOfWork, case: Case, document: DocumentRow, kind: DocumentType) -> None:
    """With the versions that stand beside it. Who was let in may still read it; whether the committee may, its new type says."""
    beside = select(DocumentRow).where(DocumentRow.case_id == case.id, DocumentRow.redacts == document.id)
    for row in (document, *work.session.scalars(beside)):
        if row.type != ORIGINAL_TYPE:
            row.type = kind.code
        if not row.on_portal and row.party_id is None:
            row.audience = kind.audience  # nobody sees it yet: for whom it may be shown later
        row.confidentiality = max(row.confidentiality, kind.confidentiality, key=_rank)


def _rank(confidentiality: str) -> int:
    return [str(one) for one in CONFIDENTIALITY].index(confidentiality)


def _told(document: DocumentRow, was: DocumentType | None, kind: DocumentType | None, title: str, reason: str) -> str:
    """For the timeline. Titles are left out: they go with a document that is erased for good, and a note stays."""
    lines = [f"Document {document.reference} verbeterd."]
    if kind is not None and kind != was:
        lines.append(f"Soort: was {was.name if was else document.type}, is nu {kind.name}.")
    if title != document.title:
        lines.append("De titel is veranderd.")
    return "\n".join([*lines, f"Reden: {reason.strip()}"])
