"""A worker says of each document whether it becomes public, and on which grounds not (Woo 5.1, 5.2).

What an inventory comes to is one word that the drawing reads: geheel, gemengd, deels, niet or geen.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from engine.words import FixedRole
from processes.access.visibility import taking_part
from processes.base.errors import Invalid, NotFound
from processes.execution.case_execution import CaseExecution
from processes.execution.parts import in_part
from processes.law.disclosure_grounds import GROUNDS, PUBLIC, WITH_GROUNDS, InventoryOutcome, Publicity
from processes.storage.document_versions import IN_ORDER
from processes.storage.tables import DocumentRow, PartDecision, Party
from processes.storage.words import DocumentState

LONGEST_NOTE = 2_000
LATER: Final = "later"  # an answer of a part decision: this document belongs to the rest
ABOUT: Final = "about"  # in an assessment: ids of the parties whom the document is about
ASKED: Final = "asked"  # in an assessment: what a party was asked about it
NOT_YET: Final[Mapping[str, Any]] = {"public": "", "grounds": [], "date": None, "note": ""}  # nobody assessed it yet


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


def to_assess(case_id: int, types: Collection[str], part: PartDecision | None = None) -> Select[DocumentRow]:
    """The accepted documents of these types, oldest first; redacted versions are no documents of their own, and what belongs to a
    part decision is left out. A part decision may take any that belongs to no other.
    """
    free = DocumentRow.part_id.is_(None)
    return (
        select(DocumentRow)
        .where(DocumentRow.case_id == case_id, DocumentRow.state == DocumentState.ACCEPTED, DocumentRow.type.in_(types))
        .where(DocumentRow.redacts.is_(None), or_(free, DocumentRow.part_id == part.id) if part else free)
        .order_by(*IN_ORDER)
    )


def assess(
    run: CaseExecution, types: Collection[str], given: Mapping[str, Assessment], part: PartDecision | None = None
) -> str:
    """Store the assessment of every document; the answer is what they come to together. For a part decision that of the documents
    which it takes; the others, marked LATER, stay as they are.

    Raises Invalid per document under `public-<id>` and its like, NotFound for a document that is not among them.
    """
    documents = run.work.session.scalars(to_assess(run.case.id, types, part)).all()
    if set(given) - {document.id for document in documents}:
        raise NotFound("Een van deze documenten hoort niet bij deze lijst. Laad de pagina opnieuw.")
    later = {one for one, said in given.items() if said.public == LATER} if part else set()
    wrong = _wrong([document for document in documents if document.id not in later], given)
    if wrong:
        raise Invalid(wrong)
    if part:
        documents = _taken_by(part, documents, given)
    for document in documents:
        document.assessment = {**_kept(document), **given[document.id].stored()}
    run.work.audit(run.case.id, "assess", documents=len(documents))
    return outcome(given[document.id].public for document in documents)


def _taken_by(
    part: PartDecision, documents: Sequence[DocumentRow], given: Mapping[str, Assessment]
) -> list[DocumentRow]:
    """The documents that this part decision takes; the others belong to no part (any more)."""
    for document in documents:
        document.part_id = None if given[document.id].public == LATER else part.id
    return [document for document in documents if document.part_id == part.id]


def _kept(document: DocumentRow) -> dict[str, Any]:
    """The part that another step said of this document: whom it is about, and what they were asked."""
    return {key: said for key, said in (document.assessment or {}).items() if key in {ABOUT, ASKED}}


def parties_about(session: Session, case_id: int, part: PartDecision | None) -> frozenset[int]:
    """The ids of the parties whom the documents of a part decision, or of the case without its parts, are about."""
    found = select(DocumentRow).where(
        DocumentRow.case_id == case_id, DocumentRow.state == DocumentState.ACCEPTED, in_part(part)
    )
    rows = session.scalars(found.where(DocumentRow.assessment.is_not(None)))
    return frozenset(one for row in rows for one in about(row))


def about(document: DocumentRow) -> list[int]:
    """The ids of the parties whom this document is about, as a worker said."""
    return list((document.assessment or {}).get(ABOUT, ()))


def say_about(
    run: CaseExecution,
    types: Collection[str],
    given: Mapping[str, Collection[int]],
    part: PartDecision | None = None,
    *,
    each: bool = False,
) -> list[int]:
    """Keep of each document which third parties it is about; the answer is all of them. `each`: nobody may be left out.

    Raises Invalid under `about-<id>` of the first document for who is left out, NotFound for a party or document that is not there.
    """
    documents = run.work.session.scalars(to_assess(run.case.id, types, part)).all()
    parties = third_parties(run.work.session, run.case.id)
    said = {one for parties_of_one in given.values() for one in parties_of_one}
    if set(given) - {document.id for document in documents} or said - {party.id for party in parties}:
        raise NotFound("Een van deze documenten of derden hoort niet bij deze lijst. Laad de pagina opnieuw.")
    left_out = [party for party in parties if party.id not in said]
    if each and documents and left_out:
        sentence = f"Kies bij minstens één document dat het over {left_out[0].name} gaat."
        raise Invalid({f"about-{documents[0].id}": sentence})
    for document in documents:
        document.assessment = {**(document.assessment or NOT_YET), ABOUT: sorted(given.get(document.id, ()))}
    run.work.audit(run.case.id, "about", documents=len(documents))
    return sorted(said)


def third_parties(session: Session, case_id: int) -> Sequence[Party]:
    """The third parties who take part in a case."""
    return session.scalars(taking_part(case_id, {FixedRole.THIRD_PARTY})).all()


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
