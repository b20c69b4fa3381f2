"""An installation with the case types in use, and the people who play in it."""

from datetime import timedelta
from typing import Any

from kit.cases import INTAKE as FILLED_IN
from kit.cases import add_departments, all_shipped, put_in_use
from kit.people import TESS, TESS_BSN, citizen

from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.storage.services import Services

INTAKE = {**FILLED_IN, "route": "zonder_horen"}


def furnish(services: Services) -> None:
    """Every case type that is shipped, and one department."""
    add_departments(services, "parkeren")
    put_in_use(services, *all_shipped())


def registration(services: Services, **changes: Any) -> RegisterCase:
    today = local_date(services.clock.now())
    decision = NewDecision("Parkeervergunning", "PV-1", None, today - timedelta(days=10), "parkeren")
    party = NewParty("objector", "Tess Testeling", identity=TESS_BSN, channel="portal", email="t@example.org")
    given = {
        "case_type": "bezwaar",
        "channel": "letter",
        "received_on": today,
        "parties": (party,),
        "decisions": (decision,),
    }
    return RegisterCase(**{**given, "values": {"grounds": "Verzonnen"}, **changes})


def tess(services: Services) -> Actor:
    return citizen(services, TESS)
