"""Looks in words: who looked at what, as a data protection officer and the handler of a case read it.

A confidential party has no name here, whoever reads: only what its role is called.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.actor import ON_BEHALF, ActorKind
from processes.reads.workbench.words import BY_MANDATE, role_in_words
from processes.storage.staff import names_of
from processes.storage.tables import Case, DepartmentRow, DocumentRow, Dossier, LookRow, Party
from processes.storage.words import LookKind

INVITATION: Final = "invitation"
PAGES: Final[Mapping[str, str]] = {  # the parts of a case, as the portal names them
    "overview": "Overzicht",
    "post_item": "Poststuk in de postkamer",
    "parties": "Partijen",
    "add_party": "Partijen",
    "correct_party": "Partijen",
    "represented": "Partijen",
    "replace_representative": "Partijen",
    "cases_of_person": "Alle zaken van een betrokkene",
    "decision": "Bestreden besluit",
    "decision_check": "Bestreden besluit",
    "documents": "Documenten",
    "bundles": "Het dossier als PDF of zip",
    "document": "Document lezen",
    "hidden_document": "Wat het oog niet ziet",
    "show_documents": "Tonen op portaal",
    "filed": "Wat is ingestuurd",
    "own_data": "De gegevens van de zaak als bestand",
    "requests": "Verzoeken",
    "request_ask": "Stukken opvragen",
    "history": "Tijdlijn",
    "letters": "Brieven",
    "drawing": "Tekening",
    "dates": "Datums verbeteren",
    "dates_check": "Datums verbeteren",
    "term": "Termijn wijzigen",
    "penalty": "Dwangsom",
    "press": "Een knop van de zaak",
    "reopen": "Zaak heropenen",
    "close_again": "Zaak weer afsluiten",
    "ask_colleague": "Taak voor een collega",
    "phone": "Telefoonnotitie",
    "correct_document": "Documenten",
    "letter_begun": "Nieuwe brief",
    "letter_draft": "Brief die nog niet weg is",
    "labels": "Etiketten voor enveloppen",
    "removal": "Document dat hier niet hoort",
    "removal_seen": "Lijst van wie een document zag",
    "register": "Nieuwe zaak bij deze zaak",
    INVITATION: "Uitnodiging om samen in te dienen",
}
SOMEBODY: Final = "Iemand die niet meer bekend is"
INVITED: Final = "Iemand met een uitnodiging, die niet meedoet"


@dataclass(frozen=True, slots=True)
class LookLine:
    """`who` is a name in words and `person` the id behind it; `what` says which page or document; `case` is a number."""

    id: int
    at: datetime
    who: str
    person: str
    case: str
    what: str
    address: str
    correlation: str


def look_lines(session: Session, rows: Sequence[LookRow]) -> list[LookLine]:
    """Rows of looks in words, in their order. A fixed number of statements."""
    cases = _cases(session, {row.case_id for row in rows})
    names, references = _names(session, rows), _references(session, rows)
    return [
        LookLine(
            id=row.id, at=row.at, who=_who(row, names),
            person=row.who, case=cases.get(row.case_id, ""), what=_what(row, references), address=row.address or "",
            correlation=row.correlation or "",
        )
        for row in rows
    ]  # fmt: skip


def _who(row: LookRow, names: Mapping[tuple[str, int], str]) -> str:
    """The name of who looked; by a mandate also for whom. Who has a mandate need not be a party of the case, and then has no name here."""
    name = names.get((row.who, row.case_id)) or names.get((row.who, 0))
    part = f", vestiging {row.for_branch}" if row.for_branch else ""
    if row.for_whom is None:
        return f"{name or (INVITED if row.part == INVITATION else SOMEBODY)}{part}"
    whom = names.get((row.for_whom, row.case_id), SOMEBODY.lower())
    return f"{name or BY_MANDATE.capitalize()}{ON_BEHALF}{whom}{part}"


def _what(row: LookRow, references: Mapping[str, str]) -> str:
    page = PAGES.get(row.part, row.part)
    words: Mapping[str, str] = {
        LookKind.CASE: page,
        LookKind.SEARCH_HIT: f"{page}, gevonden met zoeken",
        LookKind.TASK: f"Taak: {row.part}",
        LookKind.DOCUMENT: f"Document {references.get(row.document_id or '', row.document_id)} opgehaald",
        LookKind.BUNDLE: f"Document {references.get(row.document_id or '', row.document_id)} opgehaald in een dossier als PDF of zip",
        LookKind.LETTER: "Brief gelezen op het portaal",
        LookKind.MESSAGE: "Bericht gelezen op het portaal",
        LookKind.POST: f"Poststuk {row.part} in de postkamer",
        LookKind.PACKAGE: "Alle gegevens van een betrokkene opgehaald (inzageverzoek)",
    }
    return words.get(row.kind, page)


def _cases(session: Session, ids: Iterable[int]) -> dict[int, str]:
    return dict(session.execute(select(Case.id, Case.number).where(Case.id.in_(ids))).all())


def _references(session: Session, rows: Iterable[LookRow]) -> dict[str, str]:
    wanted = {row.document_id for row in rows if row.document_id}
    found = select(DocumentRow.id, DocumentRow.reference).where(DocumentRow.id.in_(wanted))
    return dict(session.execute(found).all())


def _names(session: Session, rows: Sequence[LookRow]) -> dict[tuple[str, int], str]:
    """Names by subject and case; a name that is the same in every case stands under case 0."""
    by_kind = {kind: {row.who for row in rows if row.who_kind == kind} for kind in ActorKind}
    represented = {row.for_whom for row in rows if row.for_whom}
    found = {(who, 0): name for who, name in names_of(session, by_kind[ActorKind.STAFF]).items()}
    return {
        **found,
        **_citizens(session, rows, by_kind[ActorKind.CITIZEN] | represented),
        **_departments(session, by_kind[ActorKind.DEPARTMENT]),
    }


def _citizens(session: Session, rows: Iterable[LookRow], subjects: set[str]) -> dict[tuple[str, int], str]:
    cases = {row.case_id for row in rows if row.who in subjects}  # who is represented is of the same ones
    found = select(Party).where(Party.case_id.in_(cases), Party.identity_index.in_(subjects)).order_by(Party.id)
    return {(party.identity_index or "", party.case_id): _called(party) for party in session.scalars(found)}


def _departments(session: Session, subjects: set[str]) -> dict[tuple[str, int], str]:
    """By the dossier behind the link: the name of the department, or of the one person whose link it is."""
    ids = [int(end) for one in subjects if (end := one.rpartition(":")[2]).isdecimal()]
    found = session.execute(
        select(Dossier.id, DepartmentRow.name, Party)
        .outerjoin(DepartmentRow, DepartmentRow.code == Dossier.department)
        .outerjoin(Party, Party.id == Dossier.party_id)
        .where(Dossier.id.in_(ids))
    )
    return {
        (f"{ActorKind.DEPARTMENT}:{dossier}", 0): f"Afdeling {name}" if name else _called(party) if party else SOMEBODY
        for dossier, name, party in found
    }


def _called(party: Party) -> str:
    role = role_in_words(party.role)
    return role if party.confidential else f"{party.name} ({role.lower()})"
