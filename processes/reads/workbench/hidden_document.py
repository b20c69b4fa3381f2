"""Wat het oog niet ziet: what was found in one document, what can be done about it, and who wrote why it may go out like that."""

from dataclasses import dataclass
from datetime import datetime

from processes.access.document_scope import kept_documents
from processes.access.staff_scope import handled_case
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.base.hidden_content import can_clean
from processes.base.uploads import Upload
from processes.execution.corrections import can_correct
from processes.execution.hidden import things_of
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.storage.services import Services
from processes.storage.tables import DocumentRow
from processes.storage.words import DocumentState, HiddenState


@dataclass(frozen=True, slots=True)
class HiddenPage:
    """`state` is a HiddenState, empty for what the program made itself or what is older than the looking. `things` in words; `why`, `by` and
    `at` of who wrote that it may go out like that. `may_follow`: a new version can be added; `may_clean`: a copy can be made without some of it.
    """

    head: Head
    document: str
    reference: str
    title: str
    file_name: str
    state: str
    things: tuple[str, ...]
    why: str
    by: str
    at: datetime | None
    may_follow: bool
    may_clean: bool
    upload: Upload


def read_hidden(services: Services, actor: Actor, number: str, document_id: str) -> HiddenPage:
    """Raises NotFound, also for a document of another case, and NotAllowed for the committee."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        row = session.get(DocumentRow, document_id)
        if row is None or row.case_id != case.id or row in kept_documents(session, actor, case):
            raise NotFound
        told, things = row.hidden_found or {}, things_of(row)
        follows = row.state == DocumentState.ACCEPTED and can_correct(row) and not row.personal
        return HiddenPage(
            head=head_of(session, services, actor, case, now), document=row.id, reference=row.reference, title=row.title,
            file_name=row.file_name, state=row.hidden or "", things=tuple(one.in_words for one in things), why=told.get("why", ""),
            by=told.get("by", ""), at=datetime.fromisoformat(told["at"]) if "at" in told else None, may_follow=follows,
            may_clean=follows and row.hidden == HiddenState.FOUND and can_clean(row.file_name, things),
            upload=Upload(row.file_name, row.media_type, row.size, row.sha256, row.blob, row.locked, row.file_key),
        )  # fmt: skip
