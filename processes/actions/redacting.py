"""The redacted version beside the original of every document that becomes public in part."""

from collections.abc import Mapping

from sqlalchemy import select

from processes.actions.filing import NewDocument, file_document
from processes.base.errors import Invalid, NotFound
from processes.execution.case_execution import CaseExecution
from processes.execution.parts import in_part
from processes.storage.document_versions import IN_ORDER, is_public_in, redactions_of
from processes.storage.tables import DocumentRow, PartDecision
from processes.storage.words import DocumentState

LONGEST_TITLE = 190  # with the words behind it, below what the column holds
REPLACED = "Vervangen door een nieuwe gelakte versie."


def to_redact(run: CaseExecution, part: PartDecision | None) -> list[DocumentRow]:
    """The originals of which a redacted version is needed: of a part decision, or of the case without its parts."""
    originals = select(DocumentRow).where(
        DocumentRow.case_id == run.case.id, DocumentRow.state == DocumentState.ACCEPTED, in_part(part)
    )
    rows = run.work.session.scalars(originals.order_by(*IN_ORDER))
    return [row for row in rows if is_public_in(row, "deels")]


def redact(run: CaseExecution, given: Mapping[str, NewDocument], part: PartDecision | None = None) -> None:
    """File what was given; a version that was there before is replaced by it.

    Raises Invalid under `redaction-<id>` where one is missing, NotFound for a document that needs none.
    """
    originals = to_redact(run, part)
    if set(given) - {row.id for row in originals}:
        raise NotFound("Een van deze documenten hoeft niet te worden gelakt. Laad de pagina opnieuw.")
    versions = select(DocumentRow).where(DocumentRow.case_id == run.case.id, DocumentRow.redacts.is_not(None))
    before = redactions_of(run.work.session.scalars(versions).all())
    wrong = {
        f"redaction-{row.id}": f"Voeg de gelakte versie van '{row.title}' toe."
        for row in originals
        if row.id not in given and row.id not in before
    }
    if wrong:
        raise Invalid(wrong)
    for original in originals:
        if original.id in given:
            _replace(run, original, given[original.id], before.get(original.id))


def _replace(run: CaseExecution, original: DocumentRow, new: NewDocument, before: DocumentRow | None) -> None:
    titled = NewDocument(
        new.upload, new.type, f"{original.title[:LONGEST_TITLE]} (gelakt)", new.field, looked=new.looked
    )
    row = file_document(run.work, run.case, titled, on_portal=False)
    row.redacts, row.part_id = original.id, original.part_id
    if before is not None:
        before.state, before.on_portal, before.refusal = DocumentState.REMOVED, False, REPLACED
    run.work.audit(run.case.id, "redact", document=row.id, original=original.id)
