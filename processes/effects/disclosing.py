"""Operations of a drawing on assessed documents: list and release them, record what was published."""

from collections.abc import Mapping

from sqlalchemy import select

from engine import Fact
from processes.execution.case_execution import CaseExecution
from processes.execution.values import store_values
from processes.post.news import tell_readers
from processes.storage.base import new_id
from processes.storage.document_versions import IN_ORDER, is_public_in, redactions_of
from processes.storage.tables import DocumentRow
from processes.storage.words import DocumentState, OutboxKind

Parameters = Mapping[str, Fact]
FILERS = "initiator"  # the audience of what was asked for: who asked, and nobody else


def file_inventory(run: CaseExecution, parameters: Parameters) -> None:
    """The list of assessed documents as a document of this type, made after the commit; none without documents."""
    if not any(document.assessment for document in _documents(run)):
        return
    document = new_id()
    payload = {
        "case": run.case.id,
        "document": document,
        "type": parameters["documentType"],
        "at": run.work.now.isoformat(),
    }
    run.work.enqueue(OutboxKind.INVENTORY, f"inventory:{document}", payload, run.case.id)
    run.work.audit(run.case.id, "inventory", document=document)


def release(run: CaseExecution, parameters: Parameters) -> None:
    """Show whole documents and redacted versions to who asked (Woo 4.4(5)). What is secret, and the original of what is
    public in part, is not touched: its confidentiality keeps it inside.
    """
    del parameters
    documents = _documents(run)
    redacted = redactions_of(documents)
    whole = [document for document in documents if is_public_in(document, "geheel")]
    parts = [redacted[one.id] for one in documents if is_public_in(one, "deels") and one.id in redacted]
    for document in (*whole, *parts):
        document.confidentiality = run.case.confidentiality
        document.audience, document.on_portal = FILERS, True
    run.work.audit(run.case.id, "release", whole=len(whole), redacted=len(parts))
    if whole or parts:
        tell_readers(run.work, run.case, (whole or parts)[0], "document", f"release:{run.case.row_version}")


def record_publication(run: CaseExecution, parameters: Parameters) -> None:
    """Request and decision, in the version without data of who asked (`documentType`), count as published from today.

    The day stands in the value `into`, and on the timeline of staff. Nothing is recorded without such a version.
    """
    versions = [document for document in _documents(run) if document.type == parameters["documentType"]]
    for document in versions:
        document.confidentiality, document.on_portal = "openbaar", True
    if not versions:
        return
    store_values(run, run.root_instance(), {str(parameters["into"]): run.work.today})
    names = ", ".join(document.reference for document in versions)
    run.work.system_note(run.case.id, f"Gepubliceerd zonder gegevens van de verzoeker: {names}.")
    run.work.audit(run.case.id, "publication", documents=len(versions))


def _documents(run: CaseExecution) -> list[DocumentRow]:
    mine = (DocumentRow.case_id == run.case.id, DocumentRow.state == DocumentState.ACCEPTED)
    found = select(DocumentRow).where(*mine).order_by(*IN_ORDER)
    return list(run.work.session.scalars(found))
