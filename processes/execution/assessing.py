"""A worker says of each document whether it becomes public, and on which grounds not (Woo 5.1, 5.2).

What an inventory comes to is one word that the drawing reads: geheel, gemengd, deels, niet or geen.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from processes.base.errors import Invalid, NotFound
from processes.execution.case_execution import CaseExecution
from processes.law.disclosure_grounds import GROUNDS, PUBLIC, WITH_GROUNDS, InventoryOutcome, Publicity
from processes.storage.document_versions import IN_ORDER
from processes.storage.tables import DocumentRow
from processes.storage.words import DocumentState

LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class Assessment:
    """`public` is a key of PUBLIC, `grounds` are keys of GROUNDS; `note` is read by who asked for the documents."""

    public: str
    grounds: tuple[str, ...] = ()
    dated: date | None = None
    note: str = ""

    def stored(self) -> dict[str, Any]:
        day = self.dated.isoformat() if self.dated else None
        return {"public": self.public, "grounds": list(self.grounds), "date": day, "note": self.note.strip()}


def to_assess(case_id: int, types: Collection[str]) -> Select[DocumentRow]:
    """The accepted documents of these types, oldest first; redacted versions are no documents of their own."""
    return (
        select(DocumentRow)
        .where(DocumentRow.case_id == case_id, DocumentRow.state == DocumentState.ACCEPTED, DocumentRow.type.in_(types))
        .where(DocumentRow.redacts.is_(None))
        .order_by(*IN_ORDER)
    )


def assess(run: CaseExecution, types: Collection[str], given: Mapping[str, Assessment]) -> str:
    """Store the assessment of every document; the answer is what they come to together.

    Raises Invalid per document under `public-<id>` and its like, NotFound for a document that is not among them.
    """
    documents = run.work.session.scalars(to_assess(run.case.id, types)).all()
    if set(given) - {document.id for document in documents}:
        raise NotFound("Een van deze documenten hoort niet bij deze lijst. Laad de pagina opnieuw.")
    wrong = _wrong(documents, given)
    if wrong:
        raise Invalid(wrong)
    for document in documents:
        document.assessment = given[document.id].stored()
    run.work.audit(run.case.id, "assess", documents=len(documents))
    return outcome(given[document.id].public for document in documents)


def outcome(publics: Iterable[str]) -> InventoryOutcome:
    """`deels` as soon as something must be redacted; `gemengd` for whole documents beside secret ones."""
    found = set(publics)
    if not found:
        return InventoryOutcome.GEEN
    if Publicity.DEELS in found:
        return InventoryOutcome.DEELS
    if Publicity.NIET not in found:
        return InventoryOutcome.GEHEEL
    return InventoryOutcome.NIET if found == {Publicity.NIET} else InventoryOutcome.GEMENGD


def _wrong(documents: Sequence[DocumentRow], given: Mapping[str, Assessment]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    for document in documents:
        wrong.update(_one_wrong(document, given.get(document.id)))
    return wrong


def _one_wrong(document: DocumentRow, said: Assessment | None) -> dict[str, str]:
    name = f"'{document.title}'"
    if said is None or said.public not in PUBLIC:
        return {f"public-{document.id}": f"Kies of {name} openbaar wordt."}
    if not GROUNDS.keys() >= set(said.grounds):
        return {f"grounds-{document.id}": f"Kies bij {name} gronden uit de lijst."}
    if said.public in WITH_GROUNDS and not said.grounds:
        return {f"grounds-{document.id}": f"Kies waarom {name} niet of niet helemaal openbaar wordt."}
    if said.public not in WITH_GROUNDS and said.grounds:
        return {
            f"grounds-{document.id}": f"{name} wordt openbaar. Haal de gronden weg, of kies deels of niet openbaar."
        }
    if len(said.note) > LONGEST_NOTE:
        return {f"note-{document.id}": f"Maak de opmerking bij {name} korter: hoogstens {LONGEST_NOTE} tekens."}
    return {}
