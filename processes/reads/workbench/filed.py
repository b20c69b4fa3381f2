"""A filing or an answer, as who handles the case reads it: in words, also while its document is made."""

from dataclasses import dataclass

from processes.access.document_scope import kept_documents
from processes.access.staff_scope import handled_case
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.reads.filed import FiledPage, making_in_words, page_of
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.tables import DocumentRow, FiledRow


@dataclass(frozen=True, slots=True)
class FiledForStaff:
    """`entered_by`: the member of staff who entered it, empty when who answered did so; `making`: why there is no document yet."""

    head: Head
    filed: FiledPage
    entered_by: str
    making: str


def read_filed_words(services: Services, actor: Actor, number: str, filed_id: str) -> FiledForStaff:
    """Raises NotFound, also for what is of another case or kept from the reader."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        row = session.get(FiledRow, filed_id)
        document = session.get(DocumentRow, row.document_id) if row else None
        if (
            row is None
            or document is None
            or row.case_id != case.id
            or document in kept_documents(session, actor, case)
        ):
            raise NotFound
        page = page_of(session, case, row)
        if page is None:
            raise NotFound
        entered = names_of(session, [row.entered_by]).get(row.entered_by, row.entered_by) if row.entered_by else ""
        making = "" if page.made else making_in_words(session, case)
        return FiledForStaff(head_of(session, services, actor, case, now), page, entered, making)
