"""The papers of a case that lie open to every party before a hearing (Awb 7:4, second paragraph), and those kept back with a reason.

A worker says of each paper whether it is open; from the day on which the inspection opens every party sees what is open, and
of what is withheld (7:4, sixth paragraph) that it is there and why it stays inside.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Select, select

from engine.words import Audience
from processes.access.visibility import SHOWN
from processes.base.errors import Invalid, NotFound
from processes.execution.case_execution import CaseExecution
from processes.storage.document_versions import IN_ORDER
from processes.storage.tables import DocumentRow
from processes.storage.words import DocumentState

LONGEST_REASON: Final = 500
ASK: Final = "Kies of '{}' ter inzage ligt."
WHY: Final = "Schrijf waarom '{}' niet ter inzage ligt. De partijen lezen dit (Awb 7:4, zesde lid)."


class InspectionOutcome(StrEnum):
    """The papers that lie open, in the word that the drawing reads: everything, less, or there is nothing."""

    ALLES = "alles"
    DEELS = "deels"
    NIETS = "niets"


@dataclass(frozen=True, slots=True)
class InspectionChoice:
    """Whether a paper lies open; `why` it does not is read by the parties."""

    is_open: bool
    why: str = ""

    def stored(self) -> dict[str, Any]:
        return {"open": self.is_open, "why": "" if self.is_open else self.why.strip()}


def to_inspect(case_id: int, types: Collection[str]) -> Select[DocumentRow]:
    """The accepted documents of these types, oldest first; of one with contact details the version for others."""
    mine = (DocumentRow.case_id == case_id, DocumentRow.state == DocumentState.ACCEPTED, DocumentRow.type.in_(types))
    return select(DocumentRow).where(*mine, ~DocumentRow.personal).order_by(*IN_ORDER)


def choose_inspection(run: CaseExecution, types: Collection[str], given: Mapping[str, InspectionChoice]) -> str:
    """Keep what was said of each paper; the answer is what it comes to.

    Raises Invalid under `open-<id>` or `why-<id>`, NotFound for a document that is not among them.
    """
    documents = run.work.session.scalars(to_inspect(run.case.id, types)).all()
    if set(given) - {document.id for document in documents}:
        raise NotFound("Een van deze documenten hoort niet bij deze lijst. Laad de pagina opnieuw.")
    if wrong := wrong_choices(documents, given, ASK, WHY):
        raise Invalid(wrong)
    for document in documents:
        document.inspection = given[document.id].stored()
        if is_withheld(document):
            _hide_from_parties(document)
    run.work.audit(run.case.id, "inspection_chosen", documents=len(documents))
    if not documents:
        return InspectionOutcome.NIETS
    kept = any(not given[document.id].is_open for document in documents)
    return InspectionOutcome.DEELS if kept else InspectionOutcome.ALLES


def show_to_parties(run: CaseExecution, document: DocumentRow) -> None:
    """From today this paper lies open to every party."""
    if document.confidentiality not in SHOWN:
        document.confidentiality = run.case.confidentiality
    document.inspected_from = document.inspected_from or run.work.today
    document.audience, document.on_portal = Audience.PARTIES, True


def _hide_from_parties(document: DocumentRow) -> None:
    """A paper that is kept back is shown to nobody but whose it is, also when it was on the portal or lay open before."""
    document.inspected_from = None
    if document.party_id is None:
        document.on_portal = False
    elif document.audience == Audience.PARTIES:
        document.audience = Audience.OWN


def is_withheld(document: DocumentRow) -> bool:
    """Whether somebody said of this paper that it stays inside (Awb 7:4, sixth paragraph)."""
    return bool(document.inspection) and not (document.inspection or {})["open"]


def lies_open(document: DocumentRow) -> bool:
    """Whether the paper is open to every party once the inspection opens."""
    said = document.inspection
    return bool(said["open"]) if said else document.confidentiality in SHOWN


def wrong_choices(
    documents: Sequence[DocumentRow], given: Mapping[str, InspectionChoice], ask: str, why: str
) -> dict[str, str]:
    """The faults in the choice of each paper, by field. `ask` and `why`: the sentences for a missing choice and a missing
    reason, with the title at `{}`.
    """
    wrong = {}
    for document in documents:
        choice = given.get(document.id)
        if choice is None:
            wrong[f"open-{document.id}"] = ask.format(document.title)
        elif not choice.is_open and not choice.why.strip():
            wrong[f"why-{document.id}"] = why.format(document.title)
        elif len(choice.why) > LONGEST_REASON:
            wrong[f"why-{document.id}"] = (
                f"Maak de reden bij '{document.title}' korter: hoogstens {LONGEST_REASON} tekens."
            )
    return wrong
