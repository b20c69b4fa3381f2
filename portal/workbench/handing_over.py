"""One of several cases goes to a colleague, or back to its team, with a reason."""

from typing import Final

from processes.actions import act
from processes.actions.course import AssignHandler, ReturnToTeam
from processes.base.actor import Actor
from processes.base.errors import Invalid, ZaakspoorError
from processes.storage.services import Services

LONGEST: Final = 1000  # of a reason that stands on the timeline of each of them


def wrong_reason(reason: str) -> str:
    """A sentence for the form; empty when nothing is wrong."""
    if not reason:
        return "Schrijf waarom. Het staat op de tijdlijn van elke zaak."
    return f"Maak dit korter: hoogstens {LONGEST} tekens." if len(reason) > LONGEST else ""


def hand_over(services: Services, actor: Actor, number: str, handler: str | None, reason: str, once: str | None) -> str:
    """In a transaction of its own, with the one-time key of the form; without a handler it goes to the team. The answer is why it did
    not work, or nothing.
    """
    action = ReturnToTeam(number, reason) if handler is None else AssignHandler(number, handler, reason)
    try:
        act(services, actor, action, once=once)
    except Invalid as error:
        return " ".join(error.fields.values())
    except ZaakspoorError as error:
        return str(error)
    return ""
