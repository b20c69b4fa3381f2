"""The one outcome that the outcomes of several contested decisions give an objection (Awb 7:11, 7:12).

The codes are those of the choices that a drawing declares for such a value.
"""

from collections.abc import Iterable
from enum import StrEnum


class ObjectionOutcome(StrEnum):
    """The outcome of an objection against one decision, or against all of them."""

    GEGROND = "gegrond"
    DEELS_GEGROND = "deels_gegrond"
    ONGEGROND = "ongegrond"
    NIET_ONTVANKELIJK = "niet_ontvankelijk"


def together(outcomes: Iterable[str]) -> str | None:
    """All alike: that one. What is inadmissible beside others does not count along; of the rest, unlike ones are partly founded.

    None without outcomes. An outcome that is none of ObjectionOutcome is given back when all are alike, and counts as unlike.
    """
    found = set(outcomes)
    if len(found) > 1:
        found.discard(ObjectionOutcome.NIET_ONTVANKELIJK)
    if not found:
        return None
    return found.pop() if len(found) == 1 else ObjectionOutcome.DEELS_GEGROND
