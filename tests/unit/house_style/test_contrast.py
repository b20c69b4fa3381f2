"""S18: the contrast check: the ratios of WCAG 2.2, the failing pair named, and a shade that passes for whatever is typed."""

from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processes.house_style.contrast import BLACK, PART, TEXT, WHITE, enough, nearest, ratio, shown
from processes.house_style.pairs import PAIRS, Pair, mended, too_little
from processes.house_style.sheet import further, quiet, tokens
from processes.house_style.style import STANDARD_COLOURS, HouseStyle
from processes.house_style.themes import TITLES, theme

COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
STYLES = st.fixed_dictionaries(dict.fromkeys(STANDARD_COLOURS, COLOUR)).map(lambda found: HouseStyle(colours=found))


def styled(**colours: str) -> HouseStyle:
    return HouseStyle(colours=MappingProxyType({**STANDARD_COLOURS, **colours}))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (WHITE, BLACK, 21.0),
        (WHITE, WHITE, 1.0),
        ("#777777", WHITE, 4.48),  # the grey that just fails
        ("#767676", WHITE, 4.54),  # the grey that just passes
        ("#ff0000", WHITE, 4.00),
        ("#0000ff", WHITE, 8.59),
        ("#f0a000", WHITE, 2.16),
    ],
)
def test_s18_the_ratio_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert (round(ratio(one, other), 2), ratio(one, other)) == (expected, ratio(other, one))


def test_s18_a_ratio_that_fails_is_never_shown_as_the_one_that_is_needed() -> None:
    assert (shown(4.499), shown(4.5), shown(2.158)) == ("4,4", "4,5", "2,1")


def test_s18_the_failing_pair_is_named_with_the_nearest_value_that_passes() -> None:
    (first, second) = too_little(styled(button_back="#f0a000"))[:2]
    assert first.sentence == "De tekst wit (#ffffff) op uw knoppen #f0a000: 2,1 : 1, nodig 4,5 : 1."
    assert second.sentence == "Uw knoppen #f0a000 op de witte pagina: 2,1 : 1, nodig 3,0 : 1."
    assert (first.code, first.better) == (
        "button_back",
        nearest("#f0a000", [(WHITE, TEXT), (STANDARD_COLOURS["soft"], PART)]),
    )
    assert enough(first.better, [(WHITE, TEXT)])
    assert not enough(nearest("#f0a000", [(WHITE, 4.3)]) or "", [(WHITE, TEXT)])


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.moves}-{pair.other}")
def test_s18_every_pair_is_checked(pair: Pair) -> None:
    """A colour that is the same as what it lies on is told, whichever pair it is."""
    other = {"page": WHITE, "sign": WHITE, "ink": BLACK}.get(pair.other) or STANDARD_COLOURS[pair.other]
    words = pair.sentence.partition("{")[0]
    assert [one for one in too_little(styled(**{pair.moves: other})) if one.sentence.startswith(words)]


def test_s18_a_focus_that_cannot_be_seen_is_told() -> None:
    (found, *_) = [
        one
        for one in too_little(styled(focus_line="#ffffff", focus_back="#fffff0"))
        if "Wat de focus heeft" in one.sentence
    ]
    assert found.sentence.startswith("Wat de focus heeft op de witte pagina: 1,0 : 1, nodig 3,0 : 1.")


@settings(max_examples=25, deadline=None)
@given(STYLES)
def test_s18_whatever_is_typed_one_press_gives_a_style_that_passes(style: HouseStyle) -> None:
    better = mended(style)
    assert too_little(better) == ()
    assert mended(better) == better
    own, found = better.colours, tokens(better)
    for plane in (WHITE, own["soft"]):
        assert ratio(found["--basis-color-default-color-subtle"], plane) >= TEXT
        assert ratio(found["--basis-color-action-1-color-hover"], plane) >= TEXT
        assert ratio(quiet(own["text"], own["soft"], PART), plane) >= PART
    assert ratio(further(own["button_back"], own["button_text"]), own["button_text"]) >= TEXT


@pytest.mark.parametrize(("back", "text"), [("#000000", "#008900"), ("#5115ef", "#ffffff"), ("#ffdd00", "#0b0c0c")])
def test_s18_a_button_under_the_pointer_is_never_harder_to_read(back: str, text: str) -> None:
    assert ratio(further(back, text), text) >= ratio(back, text)


@pytest.mark.parametrize("code", TITLES)
def test_s18_the_themes_that_come_along_pass(code: str) -> None:
    assert (too_little(theme(code)[0]), too_little(HouseStyle())) == ((), ())
