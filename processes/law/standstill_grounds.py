"""Why a term stands still, as data: by the code of each ground its words, article, and which days at its edges count along.

`article` names where it stands; the words of the article decide the edges: 'met ingang van de dag na die waarop ... tot de dag
waarop' (Awb 4:15, first paragraph, and 7:10, second) leaves out the first day and counts the last one again, 'zolang' (4:15,
second paragraph) takes in the first day too, 'tot en met de dag waarop' (Woo 4.4, third paragraph) takes in the last one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from processes.law.counting import DAY

_READ: Final = date(2026, 11, 29)
_AWB_4_15: Final = "Awb 4:15, de tekst van 1 juli 2026, gelezen in MinBZK/regelrecht-corpus"
_WOO_4_4: Final = "Woo 4.4, de tekst van 12 februari 2025, gelezen in MinBZK/regelrecht"


@dataclass(frozen=True, slots=True)
class StandstillGround:
    """`words` continue 'staat stil: '. `same_day`: the day of the cause stands still too. `through`: so does the day on which
    somebody answered; a term that nobody answered in ends by itself, so its last day is always in.
    """

    words: str
    article: str
    same_day: bool = False
    through: bool = False
    source: str = ""
    checked_on: date | None = None
    certainty: Literal["sure", "high", "medium"] = "high"

    def first(self, cause: date) -> date:
        """The first day that stands still, of a cause on this day."""
        return cause if self.same_day else cause + DAY

    def counts_again(self, answered: date) -> date:
        """The first day that counts again, of an answer that came on this day."""
        return answered + DAY if self.through else answered


GROUNDS: Mapping[str, StandstillGround] = {
    # the article speaks of one objector; of several in one case the term stands still until the last of them repaired or let the
    # own term lapse. That is read into it, not found in case law: whoever wants to be safe decides by the date of the first
    "awb-6-6": StandstillGround(
        "wachten op een aanvulling van het bezwaar",
        "Awb 7:10, lid 2",
        source="Awb 7:10, de tekst van 1 juli 2026, gelezen in MinBZK/regelrecht-corpus",
        checked_on=_READ,
        certainty="medium",
    ),
    "awb-4-15": StandstillGround(
        "wachten op een aanvulling", "Awb 4:15, lid 1", source=_AWB_4_15, checked_on=_READ, certainty="sure"
    ),
    "consent": StandstillGround(
        "uitstel met instemming van de indiener", "Awb 4:15, lid 2, onder a", source=_AWB_4_15, checked_on=_READ
    ),
    "force-majeure": StandstillGround(
        "overmacht bij de gemeente",
        "Awb 4:15, lid 2, onder c, en 7:14",
        same_day=True,
        source=_AWB_4_15,
        checked_on=_READ,
        certainty="sure",
    ),
    "woo-4-1": StandstillGround(
        "wachten op een duidelijker verzoek", "Awb 4:15, lid 1", source=_AWB_4_15, checked_on=_READ
    ),
    "woo-4-4": StandstillGround(
        "wachten op de mening van anderen over de documenten",
        "Woo 4.4, lid 3",
        through=True,
        source=_WOO_4_4,
        checked_on=_READ,
        certainty="sure",
    ),
}
_UNKNOWN: Final = StandstillGround("", "")


def ground_of(code: str) -> StandstillGround:
    """The ground with this code; one without words or article, and with the edges of Awb 4:15(1), for a code that is not known."""
    return GROUNDS.get(code, _UNKNOWN)
