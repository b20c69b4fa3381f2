"""Operations of a drawing on assessed documents: list them, and give them to who asked."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from engine import Fact
from processes.execution.case_execution import CaseExecution
from processes.execution.hidden import say_hidden
from processes.execution.parts import in_part
from processes.post.news import tell_readers
from processes.storage.base import new_id
from processes.storage.document_versions import IN_ORDER, is_public_in, redactions_of
from processes.storage.tables import DocumentRow, Instance, PartDecision
from processes.storage.words import DocumentState, OutboxKind

Parameters = Mapping[str, Fact]
FILERS = "initiator"  # the audience of what was asked for: who asked, and nobody else


def file_inventory(run: CaseExecution, instance: Instance, parameters: Parameters) -> None:
    """The list of assessed documents as a document of this type, made after the commit; none without documents. A part decision
    lists its own documents.
    """
    part = run.part(instance)
    if not any((document.assessment or {}).get("public") for document in accepted_in(run, part)):
        return
    document = new_id()
    payload = {
        "case": run.case.id,
        "document": document,
        "type": parameters["documentType"],
        "at": run.work.now.isoformat(),
        **({"part": part.id} if part else {}),
    }
    run.work.enqueue(OutboxKind.INVENTORY, f"inventory:{document}", payload, run.case.id)
    run.work.audit(run.case.id, "inventory", document=document)


def release(run: CaseExecution, instance: Instance, parameters: Parameters) -> None:
    """Show whole documents and redacted versions to who asked (Woo 4.4(5)). What is secret, and the original of what is
    public in part, is not touched: its confidentiality keeps it inside.
    """
    del parameters
    whole, parts = public_of(accepted_in(run, run.part(instance)))
    say_hidden(run, (*whole, *parts))
    for document in (*whole, *parts):
        document.confidentiality = run.case.confidentiality
        document.audience, document.on_portal = FILERS, True
    run.work.audit(run.case.id, "release", whole=len(whole), redacted=len(parts))
    if whole or parts:
        tell_readers(
            run.work, run.case, (whole or parts)[0], "document", f"release:{instance.id}:{run.case.row_version}"
        )


def public_of(documents: Sequence[DocumentRow]) -> tuple[list[DocumentRow], list[DocumentRow]]:
    """The documents of these that become public: whole documents, and the redacted versions of those that are public in part."""
    redacted = redactions_of(documents)
    whole = [document for document in documents if is_public_in(document, "geheel")]
    return whole, [redacted[one.id] for one in documents if is_public_in(one, "deels") and one.id in redacted]


def accepted_in(run: CaseExecution, part: PartDecision | None) -> list[DocumentRow]:
    """The accepted documents of this part decision, or of the case without its part decisions, oldest first."""
    mine = (DocumentRow.case_id == run.case.id, DocumentRow.state == DocumentState.ACCEPTED, in_part(part))
    found = select(DocumentRow).where(*mine).order_by(*IN_ORDER)
    return list(run.work.session.scalars(found))
