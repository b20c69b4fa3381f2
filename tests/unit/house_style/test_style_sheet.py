"""D9: a house style is values of tokens and nothing else, and our styles use these for colours, fonts and corners only."""

import re
from pathlib import Path
from types import MappingProxyType

import pytest

from processes.base.errors import Invalid
from processes.house_style.sheet import icon, sheet, tokens
from processes.house_style.style import (
    COLOURS,
    STANDARD_COLOURS,
    WORDS_OF,
    BadStyle,
    Corners,
    Font,
    HouseStyle,
    style_from,
)
from processes.house_style.themes import TITLES, theme
from processes.house_style.typed import read_colour, typed_style

ROOT = Path(__file__).parents[3]
FACE = re.compile(
    r'@font-face \{ font-family: "huisstijl"; src: url\("/huisstijl/bestand/[0-9a-f]{64}"\) format\("woff2"\); '
    r"font-weight: (400|700); font-display: swap; \}\n"
)
VALUE = r'(#[0-9a-f]{6}|0|4px|10px|"?[A-Za-z][\w "\-]*"?(, "?[A-Za-z][\w "\-]*"?)*)'
WHOLE = re.compile(rf"({FACE.pattern})*:root\.utrecht-root \{{\n(  --[a-z][\w-]*: {VALUE};\n)+\}}\n")
# what a token of a style may be the value of, in our own styles and those of the packages
LOOKS = re.compile(
    r"^(--[\w-]+|color|background|background-color|(border|outline|text-decoration|accent|caret|column-rule|-webkit-text-fill)[\w-]*|box-shadow|fill|stroke|font|font-family)$"
)
TYPED = {one.code: one.standard for one in COLOURS} | {
    "text_font": "noto-sans",
    "heading_font": "noto-serif",
    "corners": "soft",
}


def every_style() -> list[HouseStyle]:
    own = HouseStyle(
        text_font=Font.OWN, heading_font=Font.OWN, font_regular="a" * 64, font_bold="b" * 64, logo="c" * 64
    )
    chosen = [
        HouseStyle(text_font=text, heading_font=heading, corners=corners)
        for text in WORDS_OF["text_font"]
        for heading in Font
        for corners in Corners
    ]
    return [HouseStyle(), own, *chosen, *(theme(code)[0] for code in TITLES)]


def test_d9_a_style_can_only_be_values_of_tokens() -> None:
    assert [style for style in every_style() if not WHOLE.fullmatch(sheet(style))] == []


def test_d9_our_styles_use_those_tokens_for_how_things_look_and_never_for_what_is_there() -> None:
    set_here = set(tokens(HouseStyle()))
    files = [*(ROOT / "portal/static/own").glob("*.css"), ROOT / "portal/static/built/design-system.css"]
    parts = (part.partition(":") for file in files for part in re.split(r"[;{}]", file.read_text()) if "var(--" in part)
    used = {
        name.split()[-1] for name, _, value in parts if set_here.intersection(re.findall(r"var\((--[\w-]+)", value))
    }
    assert "background" in used
    assert [name for name in used if not LOOKS.match(name)] == []


@pytest.mark.parametrize(
    "bad",
    [
        "red",
        "#12345",
        "#1234567",
        "#fff;}*{display:none",
        "url(//x)",
        "var(--x)",
        "#ffffff\n",
        "",
        "＃ffffff",
        "#ＦＦＦＦＦＦ",
    ],
)
def test_s18_no_value_that_is_typed_becomes_a_rule(bad: str) -> None:
    with pytest.raises(Invalid) as wrong:
        typed_style(HouseStyle(), {**TYPED, "link": bad if bad != "#ffffff\n" else "#ffff ff"})
    assert list(wrong.value.fields) == ["link"]
    with pytest.raises(BadStyle):
        style_from({"colours": {**STANDARD_COLOURS, "link": bad}})


@pytest.mark.parametrize(
    "record",
    [
        None, [], {"colours": []}, {"colours": {"link": 5}}, {"text_font": "noto-serif"}, {"corners": "</style>"}, {"logo": "../../etc/passwd"},
        {"font_regular": 'a");} body { display: none'}, {"contact": 5}, {"logo_has_name": "ja"},
    ],
)  # fmt: skip
def test_s18_a_stored_style_is_not_believed(record: object) -> None:
    with pytest.raises(BadStyle):
        style_from(record)


def test_s18_a_style_from_before_a_field_is_read_with_what_comes_along() -> None:
    assert style_from({"colours": {"link": "#112233"}}) == HouseStyle(
        colours=MappingProxyType({**STANDARD_COLOURS, "link": "#112233"})
    )


@pytest.mark.parametrize(("typed", "colour"), [("#00568B", "#00568b"), ("00568b", "#00568b"), (" #abc ", "#aabbcc")])
def test_s18_a_colour_may_be_typed_in_the_usual_ways(typed: str, colour: str) -> None:
    assert read_colour(typed) == colour


@pytest.mark.parametrize(
    "bad",
    [
        "javascript:alert(1)",
        "http://x.example",
        "https://",
        "//x.example",
        "https://x.example/ a",
        'https://x"onclick=.example',
        "data:text/html,x",
        "https://user@x.example",
    ],
)
def test_s18_a_link_in_the_footer_goes_to_a_page_elsewhere_by_https(bad: str) -> None:
    with pytest.raises(Invalid, match="https://"):
        typed_style(HouseStyle(), {**TYPED, "privacy": bad})


def test_s18_the_icon_wears_the_colour() -> None:
    assert 'fill="#24477a"' in icon(HouseStyle())
