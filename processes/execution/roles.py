"""The parties that go along from one case to another that belongs to it, and their roles there."""

from engine import Model
from engine.words import FixedRole
from processes.storage.tables import Party

EVERYWHERE = (FixedRole.REPRESENTATIVE, FixedRole.THIRD_PARTY)  # roles that mean the same in every case type


def role_there(party: Party, there: Model) -> str | None:
    """The role of a party in a case of another type: who took the one up takes up the other. None: no part in it."""
    if party.filing:
        initiators = there.initiators()
        return party.role if party.role in initiators else initiators[0]
    return party.role if party.role in {*EVERYWHERE, *there.parties} else None
