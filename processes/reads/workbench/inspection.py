"""The papers that a task asks about: which lie open to the parties before the hearing (Awb 7:4), or which only the court may
read (Awb 8:29), and why.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine import Model
from processes.access.document_scope import NOT_READ, KeptDocuments
from processes.access.visibility import SHOWN
from processes.base.uploads import LOCKED
from processes.execution.court_only import COURT_ONLY, to_mark
from processes.execution.forms import component_of, document_types_of
from processes.execution.inspecting import to_inspect
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, DocumentRow


@dataclass(frozen=True, slots=True)
class PaperToInspect:
    """`is_open` is None while nobody chose; `secret`: its level keeps it from parties, so opening it lowers that."""

    id: str
    title: str
    detail: str
    is_open: bool | None
    why: str
    secret: bool


def papers_to_inspect(
    session: Session, case: Case, deployed: Deployed, root: Model, element: str, kept: KeptDocuments
) -> tuple[PaperToInspect, ...]:
    """The papers that the form of this element asks about; none when it does not ask. Of those that are `kept` from the reader no words."""
    inspecting, for_court = component_of(deployed, element, "inspection"), component_of(deployed, element, COURT_ONLY)
    if inspecting is not None:
        query = to_inspect(case.id, document_types_of(inspecting))
    elif for_court is not None:
        query = to_mark(case.id, document_types_of(for_court))
    else:
        return ()
    rows = session.scalars(query)
    return tuple(_paper(row, root, kept) for row in rows)


def _paper(row: DocumentRow, model: Model, kept: KeptDocuments) -> PaperToInspect:
    said, kind = row.inspection or {}, model.document_types.get(row.type)
    detail = f"{kind.name if kind else row.type}, {row.reference}{LOCKED if row.locked else ''}"
    secret = row.confidentiality not in SHOWN
    chosen = said["open"] if said else (None if secret else True)
    if row in kept:
        return PaperToInspect(row.id, NOT_READ, row.reference, chosen, "", secret)
    return PaperToInspect(row.id, row.title, detail, chosen, said.get("why", ""), secret)
