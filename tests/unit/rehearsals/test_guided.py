"""S12: a search for a way first gives the answers that the conditions on the way ask for."""

from dataclasses import replace

import pytest
from kit.small_types import FIRST

from engine import read_model
from processes.jobs.guiding import Wish, wishes_on_the_way
from processes.jobs.seeking import distances

BODY = """
startEvent Begin
userTask Work
exclusiveGateway Which
userTask Wanted
userTask Away
endEvent Done
Begin > Work
Work > Which
{ways}
Wanted > Done
Away > Done
"""
DEFAULT = "Which > Away ? {}\nWhich >> Wanted"
ASKED = "Which > Wanted ? {}\nWhich >> Away"


@pytest.mark.parametrize(
    ("ways", "condition", "wishes"),
    [
        (ASKED, "kept", {"kept": Wish((True,))}),
        (ASKED, "dictum == 'verder'", {"dictum": Wish(("verder",))}),
        (ASKED, "dictum == 'verder' and not kept", {"dictum": Wish(("verder",)), "kept": Wish((False,))}),
        (DEFAULT, "not kept or dictum == 'klaar'", {"kept": Wish((True,)), "dictum": Wish(unwanted=("klaar",))}),
        (DEFAULT, "kept and dictum == 'klaar'", {"kept": Wish((False,))}),
        (DEFAULT, "kept == false", {"kept": Wish(unwanted=(False,))}),
        (ASKED, "amount > 3", {}),
    ],
)
def test_s12_what_conditions_on_the_way_ask_for(ways: str, condition: str, wishes: dict[str, Wish]) -> None:
    drawing = read_model(replace(FIRST, body=BODY.format(ways=ways.format(condition))).folder().drawing).drawing
    assert drawing is not None
    assert wishes_on_the_way(drawing, distances(drawing, "Wanted")) == wishes
