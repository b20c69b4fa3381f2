"""The recipients of the post of a case: each party, through the representative if there is one."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from engine.words import FixedRole, Recipient
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, Party


def correspondents(work: UnitOfWork, case: Case, to: str, only: int | None = None) -> Sequence[Party]:
    """The parties that a notice to `to` reaches, each once. `to` is parties, initiator, a party role, or item: `only`.

    `parties` are not those who are confidential, nor another organisation: a drawing that means them names their role.
    """
    query = select(Party).where(Party.case_id == case.id).order_by(Party.id)
    parties = {party.id: party for party in work.session.scalars(query)}
    wanted = [party for party in parties.values() if (party.id == only if to == Recipient.ITEM else _meant(party, to))]
    return list(dict.fromkeys(_reader(party, parties) for party in wanted))


def _reader(party: Party, parties: Mapping[int, Party]) -> Party:
    """The representative, as long as there is one who can still read it."""
    representative = parties.get(party.represented_by or 0)
    return party if representative is None or representative.deceased else representative


def _meant(party: Party, to: str) -> bool:
    if to == Recipient.PARTIES:
        return party.role not in {FixedRole.REPRESENTATIVE, FixedRole.OTHER_BODY} and not party.confidential
    return party.filing if to == Recipient.INITIATOR else party.role == to
