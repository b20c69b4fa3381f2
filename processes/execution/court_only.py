"""Papers of a case that only the court may read, each with its reason (Awb 8:29), and what becomes of them after its ruling.

A form with `court-only` asks of each paper of its types whether the other parties may read it too. `closedType` names the document
type of what only the court may read, `openType` that of what is filed openly after all; without these a paper keeps its type.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import Select, select

from engine import DocumentType
from engine.words import Confidentiality
from processes.access.visibility import SHOWN
from processes.base.errors import Invalid, NotFound
from processes.execution.case_execution import CaseExecution
from processes.execution.forms import document_types_of
from processes.execution.inspecting import InspectionChoice, InspectionOutcome, to_inspect, wrong_choices
from processes.storage.tables import DocumentRow, NoticeRow

COURT_ONLY: Final = "court-only"  # the component of a form
ASK: Final = "Kies of de andere partijen '{}' mogen lezen."
WHY: Final = "Schrijf waarom alleen de rechtbank '{}' mag lezen. De rechtbank leest dit (Awb 8:29)."
COURT: Final = "court"  # in `DocumentRow.inspection`: the court, and no other party, may read it


def to_mark(case_id: int, types: Collection[str]) -> Select[DocumentRow]:
    """The papers of these types, as for an inspection, without letters of our own."""
    letters = select(NoticeRow.document_id).where(NoticeRow.case_id == case_id, NoticeRow.document_id.is_not(None))
    return to_inspect(case_id, types).where(DocumentRow.id.not_in(letters))


def choose_court_only(run: CaseExecution, component: dict[str, Any], given: Mapping[str, InspectionChoice]) -> str:
    """Keep what was said of each paper; the answer says whether all are open, less than all, or whether there are none.

    Raises Invalid under `open-<id>` or `why-<id>`, NotFound for a document that is not among them.
    """
    documents = run.work.session.scalars(to_mark(run.case.id, document_types_of(component))).all()
    if set(given) - {document.id for document in documents}:
        raise NotFound("Een van deze documenten hoort niet bij deze lijst. Laad de pagina opnieuw.")
    if wrong := wrong_choices(documents, given, ASK, WHY):
        raise Invalid(wrong)
    kinds = run.root.model.document_types
    for document in documents:
        if given[document.id].is_open:
            _open(document, kinds.get(str(component.get("openType", ""))))
        else:
            _close(document, kinds.get(str(component.get("closedType", ""))), given[document.id].why.strip())
    run.work.audit(run.case.id, "court_only_chosen", documents=len(documents))
    if not documents:
        return InspectionOutcome.NIETS
    return InspectionOutcome.ALLES if all(one.is_open for one in given.values()) else InspectionOutcome.DEELS


def is_court_only(document: DocumentRow) -> bool:
    """Whether somebody said of this paper that only the court may read it."""
    return bool((document.inspection or {}).get(COURT))


def court_only_lines(run: CaseExecution) -> str:
    """A line for each paper that only the court may read, with its reason; empty without any."""
    mine = (DocumentRow.case_id == run.case.id, DocumentRow.inspection.is_not(None))
    rows = run.work.session.scalars(select(DocumentRow).where(*mine).order_by(DocumentRow.added_at, DocumentRow.id))
    return "\n".join(
        f"- {row.title} ({row.reference}): {(row.inspection or {})['why']}" for row in rows if is_court_only(row)
    )


def _close(document: DocumentRow, kind: DocumentType | None, why: str) -> None:
    document.inspection = {"open": False, "why": why, COURT: True}
    document.inspected_from, document.on_portal, document.to_departments = None, False, []
    _retype(document, kind)
    if document.confidentiality in SHOWN:
        document.confidentiality = Confidentiality.VERTROUWELIJK


def _open(document: DocumentRow, kind: DocumentType | None) -> None:
    """A paper that was for the court alone becomes one like others; one that was open stays as it is."""
    if is_court_only(document):
        document.inspection = None
        _retype(document, kind)


def _retype(document: DocumentRow, kind: DocumentType | None) -> None:
    if kind is not None:
        document.type, document.audience, document.confidentiality = kind.code, kind.audience, kind.confidentiality
