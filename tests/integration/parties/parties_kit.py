"""A party as it is corrected: what stands in the row, with some of it changed."""

from dataclasses import replace
from typing import Any

from kit.cases import rows
from kit.people import NOOR

from processes.actions import act
from processes.actions.correcting_party import CorrectParty
from processes.base.actor import Actor
from processes.execution.party_data import data_of
from processes.storage.services import Services
from processes.storage.tables import Party

REASON = "Doorgegeven per telefoon."
STREET = "Zwaluwlaan 3\n1234 AB Voorbeeldstad"
OTHER_STREET = "Merelweg 8\n1234 AC Voorbeeldstad"


def the_party(services: Services, role: str = "objector") -> Party:
    """The newest party in a role."""
    return rows(services, Party, role=role)[-1]


def correct(
    services: Services, number: str, *, role: str = "objector", actor: Actor = NOOR, identity: str | None = None,
    reason: str = REASON, **changes: Any,
) -> str:  # fmt: skip
    row = the_party(services, role)
    data = data_of(row)
    action = CorrectParty(number, row.id, replace(data, **changes), reason, data.seen, identity)
    return act(services, actor, action)
