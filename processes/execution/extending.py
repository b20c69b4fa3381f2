"""A term that the drawing extends by a button: whether the law still allows it, so that the button is not offered in vain."""

from collections.abc import Mapping
from datetime import date

from engine import after_message
from engine.words import DeadlineVerb
from processes.law import ComputedDeadline
from processes.storage.model_cache import Deployed

ONCE = "De termijn was al een keer verlengd. Dat mag maar één keer."
OVER = "De termijn is al voorbij. Verlengen kan alleen ervoor."
NO_EXTENSION = "De wet kent voor deze termijn geen verlenging."


def extended_by(deployed: Deployed, message: str) -> str | None:
    """The code of the deadline that the drawing extends first once it heard this message; None where it touches none so."""
    for name in after_message(deployed.compiled, message):
        element = deployed.model.elements.get(name)
        if element is None or not element.deadline_actions:
            continue
        return next((one.deadline for one in element.deadline_actions if one.action == DeadlineVerb.EXTEND), None)
    return None


def why_not_extend(found: ComputedDeadline, today: date) -> str:
    """The reason of the law why this term cannot be extended today; empty where it can."""
    if found.rules and found.rules[-1].extension is None:
        return NO_EXTENSION
    if not found.can_extend:
        return ONCE
    return "" if found.may_extend_on(today) else OVER


def why_not_press(deployed: Deployed, message: str, refused: Mapping[str, str]) -> str:
    """The reason why the button of this message leads nowhere; `refused` says it by deadline, as `why_not_extend`."""
    code = extended_by(deployed, message)
    return refused.get(code, "") if code else ""
