"""Een document verbeteren: its type and title as they are, and the types that there are."""

from dataclasses import dataclass

from processes.access.document_scope import kept_documents
from processes.access.staff_scope import handled_case
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.base.marks import mark_of
from processes.execution.corrections import can_correct
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.storage.services import Services
from processes.storage.tables import DocumentRow
from processes.storage.words import DocumentState


@dataclass(frozen=True, slots=True)
class CorrectDocumentPage:
    """`type` is the code that it has now; `types` the codes and names of all. Without `may` type and title stay as they are."""

    head: Head
    document: str
    reference: str
    title: str
    type: str
    types: tuple[tuple[str, str], ...]
    may: bool
    may_follow: bool = False  # a new version can be added
    formats: tuple[str, ...] = ()  # that its type takes
    seen: str = ""  # the mark of type and title


def read_correcting_document(services: Services, actor: Actor, number: str, document_id: str) -> CorrectDocumentPage:
    """Raises NotFound, also for a document of another case, and NotAllowed for the committee."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        row = session.get(DocumentRow, document_id)
        if row is None or row.case_id != case.id or row in kept_documents(session, actor, case):
            raise NotFound
        kinds = services.models.version(session, case.model_version_id).model.document_types.values()
        kind = next((one for one in kinds if one.code == row.type), None)
        return CorrectDocumentPage(
            head_of(session, services, actor, case, now), row.id, row.reference, row.title, row.type,
            tuple((one.code, one.name) for one in kinds), can_correct(row),
            can_correct(row) and row.state == DocumentState.ACCEPTED and not row.personal, tuple(kind.taken) if kind else (),
            mark_of(row.type, row.title),
        )  # fmt: skip
