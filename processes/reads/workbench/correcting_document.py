"""Een document verbeteren: its type and title as they are, and the types that there are."""

from dataclasses import dataclass

from processes.access.staff_scope import handled_case, kept_from
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.execution.corrections import can_correct
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.storage.services import Services
from processes.storage.tables import DocumentRow


@dataclass(frozen=True, slots=True)
class CorrectDocumentPage:
    """`type` is the code that it has now; `types` the codes and names of all. Without `may` it stays as it is."""

    head: Head
    document: str
    reference: str
    title: str
    type: str
    types: tuple[tuple[str, str], ...]
    may: bool


def read_correcting_document(services: Services, actor: Actor, number: str, document_id: str) -> CorrectDocumentPage:
    """Raises NotFound, also for a document of another case, and NotAllowed for the committee."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        row = session.get(DocumentRow, document_id)
        if row is None or row.case_id != case.id or row.party_id in kept_from(session, actor, case):
            raise NotFound
        kinds = services.models.version(session, case.model_version_id).model.document_types.values()
        return CorrectDocumentPage(
            head_of(session, services, actor, case, now), row.id, row.reference, row.title, row.type,
            tuple((kind.code, kind.name) for kind in kinds), can_correct(row),
        )  # fmt: skip
