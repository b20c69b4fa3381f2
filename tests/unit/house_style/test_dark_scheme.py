"""S18: in the dark scheme everything can be read, whatever colours a house style has."""

import re
from pathlib import Path

import pytest

from processes.house_style.contrast import BLACK, PART, TEXT, WHITE, mixed, ratio
from processes.house_style.sheet import tokens
from processes.house_style.style import HouseStyle
from processes.house_style.themes import TITLES, theme

ROOT = Path(__file__).parents[3]
DARK = (ROOT / "portal/static/own/dark.css").read_text()
FIXED = dict(re.findall(r"--zs-dark-([\w-]+): (#[0-9a-f]{6});", DARK))
MIXED = dict(re.findall(r"--zs-dark-(\w+): color-mix\(in srgb, var\(--zs-own-\1, (#[0-9a-f]{6})\) 40%, white\);", DARK))
PLANES = (FIXED["paper"], FIXED["soft"])
# the darkest colours that somebody can choose, and the pure ones
WORST = (BLACK, WHITE, "#0000ff", "#00007f", "#ff0000", "#7f0000", "#00ff00", "#7f007f", "#ffff00")


def own(style: HouseStyle) -> dict[str, str]:
    return {
        name.removeprefix("--zs-own-"): value for name, value in tokens(style).items() if name.startswith("--zs-own-")
    }


STYLES = [own(HouseStyle()), *(own(theme(code)[0]) for code in TITLES), *(dict.fromkeys(MIXED, one) for one in WORST)]


@pytest.mark.parametrize("colours", STYLES, ids=lambda colours: "-".join(colours.values()))
def test_s18_in_the_dark_scheme_every_own_colour_can_be_read(colours: dict[str, str]) -> None:
    assert set(colours) == set(MIXED)
    for colour in (mixed(one, WHITE, 0.6) for one in colours.values()):
        assert min(ratio(colour, plane) for plane in PLANES) >= TEXT
        assert ratio(colour, FIXED["on-button"]) >= TEXT


def test_s18_without_a_house_style_the_dark_scheme_has_the_colours_that_come_along() -> None:
    assert own(HouseStyle()) == MIXED


@pytest.mark.parametrize(
    ("name", "needed"), [("ink", 7), ("quiet", 7), ("error", TEXT), ("ok", TEXT), ("warning", TEXT), ("edge", PART)]
)
def test_s18_the_fixed_colours_of_the_dark_scheme_can_be_read(name: str, needed: float) -> None:
    assert min(ratio(FIXED[name], plane) for plane in PLANES) >= needed
