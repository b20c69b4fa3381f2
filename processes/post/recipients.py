"""The recipients of the post of a case: each party, through the representative if there is one."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from engine.words import FixedRole, Recipient
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, Party
from processes.storage.words import ReadingLanguage


def correspondents(
    work: UnitOfWork,
    case: Case,
    to: str,
    only: int | None = None,
    *,
    withdrawn: bool = False,
    among: Collection[int] | None = None,
) -> Sequence[Party]:
    """The parties that a notice to `to` reaches, each once. `to` is parties, initiator, a party role, or item: `only`, which
    of a role leaves this one; `among` leaves these.

    `parties` are not those who are confidential, nor another organisation: a drawing that means them names their role. Who withdrew
    gets nothing more that is not for that person alone, unless `withdrawn` says so: a decision about a penalty is also theirs. Who acted by
    a mandate gets it beside the party, who must have it when that mandate is over: sign-in alone knows whether it is.
    """
    query = select(Party).where(Party.case_id == case.id).order_by(Party.id)
    parties = {party.id: party for party in work.session.scalars(query)}
    there = [party for party in parties.values() if party.left_on is None]
    if to == Recipient.ITEM:
        wanted = [party for party in there if party.id == only]
    else:
        wanted = [
            party
            for party in there
            if (_meant(party, to) if withdrawn else is_meant(party, to)) and only in {None, party.id}
        ]
    wanted = [party for party in wanted if among is None or party.id in among]
    return list(dict.fromkeys(reader for party in wanted for reader in _readers(party, parties)))


def reader_for(party: Party, parties: Mapping[int, Party]) -> Party:
    """The representative, as long as there is one who can still read it; of who acted by a mandate nobody knows that."""
    representative = _representative(party, parties)
    return party if representative is None or representative.by_mandate else representative


def _readers(party: Party, parties: Mapping[int, Party]) -> tuple[Party, ...]:
    reader, representative = reader_for(party, parties), _representative(party, parties)
    return (reader,) if representative is None or representative == reader else (reader, representative)


def _representative(party: Party, parties: Mapping[int, Party]) -> Party | None:
    found = parties.get(party.represented_by or 0)
    return None if found is None or found.deceased or found.left_on is not None else found


def greeting_of(party: Party, language: str = ReadingLanguage.DUTCH) -> str:
    """The greeting of a letter or mail: a court and another organisation are not greeted by their name, as a person is."""
    if language == ReadingLanguage.ENGLISH:
        return f"Dear {party.name}"
    known = {FixedRole.COURT.value: "Geachte rechtbank", FixedRole.OTHER_BODY.value: "Geachte heer of mevrouw"}
    return known.get(party.role, f"Beste {party.name}")


def is_meant(party: Party, to: str) -> bool:
    """Whether a notice to `to` (parties, initiator, or a party role) is for this party."""
    return party.withdrawn_on is None and _meant(party, to)


def _meant(party: Party, to: str) -> bool:
    if to == Recipient.PARTIES:
        return party.role not in {FixedRole.REPRESENTATIVE, FixedRole.OTHER_BODY} and not party.confidential
    return party.filing if to == Recipient.INITIATOR else party.role == to
