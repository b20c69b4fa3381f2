"""Words for lists: who filed a case, and the Dutch words for stored codes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.base.actor import ON_BEHALF
from processes.storage.among import among
from processes.storage.asked_ahead import answer
from processes.storage.fast import PreparedQuery
from processes.storage.tables import NoteRow, Party
from processes.storage.words import ElectronicWay, NoteKind, PostChannel, ReadingLanguage

PARTY_ROLES = {
    "objector": "Indiener",
    "applicant": "Indiener",
    "requester": "Verzoeker",
    "complainant": "Klager",
    "appellant": "Eiser",
    "representative": "Gemachtigde",
    "third_party": "Derde-belanghebbende",
}
CASE_CHANNELS = {
    "portal": "Portaal",
    "letter": "Brief",
    "counter": "Balie",
    "email": "E-mail",
    "forwarded": "Doorgestuurd door een andere organisatie",
}
PARTY_CHANNELS: Mapping[str, str] = {
    PostChannel.PORTAL: "Portaal",
    PostChannel.POST: "Post",
    PostChannel.LINK: "Eigen link",
}
BY_PARTIES: Final = (NoteKind.MESSAGE, NoteKind.UPLOAD)  # notes that a party wrote
BY_MANDATE = "iemand met een machtiging"  # in the place of a name
LANGUAGES: Mapping[str, str] = {ReadingLanguage.DUTCH: "Nederlands", ReadingLanguage.ENGLISH: "Engels"}
ELECTRONIC_WAYS: Mapping[str, str] = {  # how somebody said to be reachable electronically (Awb 2:8)
    ElectronicWay.FILING: "gekozen in het formulier",
    ElectronicWay.PROFILE: "gekozen bij Mijn gegevens",
    ElectronicWay.LETTER: "per brief",
    ElectronicWay.COUNTER: "aan de balie",
    ElectronicWay.PHONE: "per telefoon",
    ElectronicWay.EMAIL: "per e-mail",
    ElectronicWay.REGISTERED: "bij het registreren",
}


def objectors(session: Session, case_ids: Collection[int]) -> dict[int, str]:
    """The filer of each case by its id: `Tess Testeling en 1 ander`; a confidential party by its role only. Who withdrew or left counts only
    where nobody else is left. One statement for all cases.
    """
    still: dict[int, list[str]] = {}
    gone: dict[int, list[str]] = {}
    for case_id, role, name, secret, withdrawn_on, left_on in answer(session, filers(), cases=tuple(case_ids)):
        names = gone if withdrawn_on or left_on else still
        names.setdefault(case_id, []).append(role_in_words(role) if secret else name)
    return {case_id: _and_others(listed) for case_id, listed in {**gone, **still}.items()}


@cache
def filers() -> PreparedQuery:
    """The question of `objectors`, by the ids `cases`."""
    found = select(Party.case_id, Party.role, Party.name, Party.confidential, Party.withdrawn_on, Party.left_on)
    return PreparedQuery(found.where(among(Party.case_id, "cases"), Party.filing).order_by(Party.id))


def _and_others(names: list[str]) -> str:
    others = len(names) - 1
    if not others:
        return names[0]
    return f"{names[0]} en {others} {'ander' if others == 1 else 'anderen'}"


def named(party: Party, model: Model | None, kept: Collection[int] = ()) -> str:
    """The name of a party, or what its role is called when it is one of those whose name is kept from the reader."""
    return role_in_words(party.role, model) if party.id in kept else party.name


@dataclass(frozen=True, slots=True)
class NoteWords:
    """The sender and the text of a note for who may not know its party: what the role is called stands where the name stood."""

    sender: str
    text: str


def note_for_all(note: NoteRow, party: Party | None) -> NoteWords:
    """A note as a list has it, which names no confidential party, whoever reads. `party`: whose the note is, or whom it is about."""
    if party is None or not party.confidential:
        return NoteWords(note.author, note.text)
    return note_without(note, party.name, role_in_words(party.role))


def note_without(note: NoteRow, name: str, called: str) -> NoteWords:
    """A note of or about somebody with this name, who is `called` something else here. Who wrote it by a mandate is not named either."""
    by_party = note.kind in BY_PARTIES
    sender = f"{BY_MANDATE}{ON_BEHALF}{called}" if ON_BEHALF in note.author else called if by_party else note.author
    return NoteWords(sender, note.text.replace(name, called))


def role_in_words(role: str, model: Model | None = None) -> str:
    """The title of a party role: as the drawing calls it, else a word that all case types share."""
    declared = model.parties.get(role) if model else None
    return declared.title if declared else PARTY_ROLES.get(role, "Betrokkene")
