"""Every pair of colours that the styles lay upon each other, the contrast that each needs, and a style in which all have it.

Where text stands on more than one plane, each is a pair. What follows from these colours (quiet text, lines, hovered buttons) is
computed in `sheet` so that it passes whenever these do.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from processes.house_style.contrast import BLACK, PART, TEXT, WHITE, Demand, enough, nearest, ratio, shown
from processes.house_style.style import STANDARD_COLOURS, HouseStyle

PAGE: Final = "page"  # the page itself, which is white
SIGN: Final = "sign"  # the sign on the icon, which is white too
INK: Final = "ink"  # black, for which a light plane must be light
LIGHT: Final = 12.0  # of the light plane with black: so that a shade of every colour can be read on it
_FIXED: Final = {PAGE: WHITE, SIGN: WHITE, INK: BLACK}


@dataclass(frozen=True, slots=True)
class Pair:
    """`moves` is the code of the colour that gives way, `other` what it lies on or under; `needed` is the ratio."""

    moves: str
    other: str
    needed: float
    sentence: str  # with {moves} and {other} as their values


def _on_planes(code: str, words: str, needed: float) -> tuple[Pair, ...]:
    return (
        Pair(code, PAGE, needed, f"{words} {{moves}} op de witte pagina"),
        Pair(code, "soft", needed, f"{words} {{moves}} op uw lichte vlak {{other}}"),
    )


PAIRS: Final = (
    Pair("text", PAGE, TEXT, "Uw tekst {moves} op de witte pagina"),
    Pair("soft", "text", TEXT, "Uw tekst {other} op uw lichte vlak {moves}"),
    Pair("soft", INK, LIGHT, "Uw lichte vlak {moves} is te donker voor wat erop staat. Met zwart"),
    *_on_planes("heading", "Uw koppen", TEXT),
    *_on_planes("link", "Uw links", TEXT),
    *_on_planes("error", "Uw kleur voor fouten", TEXT),
    *_on_planes("ok", "Uw kleur voor wat gelukt is", TEXT),
    *_on_planes("warning", "Uw kleur voor 'let op'", TEXT),
    *_on_planes("accent", "De streep in uw accentkleur", PART),
    Pair("header_back", "header_text", TEXT, "De tekst {other} op uw kop {moves}"),
    Pair("footer_back", "footer_text", TEXT, "De tekst {other} op uw voet {moves}"),
    Pair("button_back", "button_text", TEXT, "De tekst {other} op uw knoppen {moves}"),
    Pair("button_back", PAGE, PART, "Uw knoppen {moves} op de witte pagina"),
    Pair("button_back", "soft", PART, "Uw knoppen {moves} op uw lichte vlak {other}"),
    Pair("focus_line", "focus_back", TEXT, "De lijn {moves} op de rand {other} van wat de focus heeft"),
    Pair("icon", SIGN, PART, "Het witte teken op uw pictogram {moves}"),
)
# where somebody's focus can be: there the line or the rand must stand out
FOCUS_ON: Final[Mapping[str, str]] = MappingProxyType({
    PAGE: "de witte pagina", "soft": "uw lichte vlak", "header_back": "uw kop", "footer_back": "uw voet", "button_back": "uw knoppen",
})  # fmt: skip
_IN_WORDS: Final = {WHITE: "Wit", BLACK: "Zwart"}


@dataclass(frozen=True, slots=True)
class TooLittle:
    """One pair that does not pass: the colour to change with a value that does, and the Dutch sentence that says so."""

    code: str
    now: str
    better: str
    sentence: str


def value_of(style: HouseStyle, code: str) -> str:
    """The colour under a code; the page and the sign are white."""
    return _FIXED.get(code) or style.colours[code]


def too_little(style: HouseStyle) -> tuple[TooLittle, ...]:
    """Every pair without enough contrast, in the order of the table; none when the style may be used."""
    better = mended(style)
    return tuple(_findings(style, better))


def _findings(style: HouseStyle, better: HouseStyle) -> Iterator[TooLittle]:
    for pair in PAIRS:
        moves, other = value_of(style, pair.moves), value_of(style, pair.other)
        if (found := ratio(moves, other)) < pair.needed:
            changed = pair.moves if _changes(style, better, pair.moves) else pair.other
            what = pair.sentence.format(moves=moves, other=_named(other))
            yield _told(style, better, changed, what, found, pair.needed)
    for plane, words in FOCUS_ON.items():
        if (found := _focus_on(style, plane)) < PART:
            where = f"{words} {value_of(style, plane)}" if plane != PAGE else words
            changed = next(one for one in ("focus_line", "focus_back", plane) if _changes(style, better, one))
            yield _told(style, better, changed, f"Wat de focus heeft op {where}", found, PART)


def _changes(style: HouseStyle, better: HouseStyle, code: str) -> bool:
    return value_of(style, code) != value_of(better, code)


def _told(style: HouseStyle, better: HouseStyle, code: str, what: str, found: float, needed: float) -> TooLittle:
    new = better.colours[code]
    sentence = f"{what}: {shown(found)} : 1, nodig {shown(needed)} : 1."
    return TooLittle(code, style.colours[code], new, sentence)


def _named(colour: str) -> str:
    return f"{_IN_WORDS[colour].lower()} ({colour})" if colour in _IN_WORDS else colour


def _focus_on(style: HouseStyle, plane: str) -> float:
    """The best contrast of line and rand with what lies around them: one of both must be seen."""
    around = value_of(style, plane)
    return max(ratio(style.colours["focus_line"], around), ratio(style.colours["focus_back"], around))


def mended(style: HouseStyle) -> HouseStyle:
    """The style with for each colour that fails the nearest shade that passes; the style itself when nothing fails.

    In the order of the table: what stands higher is settled when a lower one is fitted to it.
    """
    for code in dict.fromkeys(pair.moves for pair in PAIRS):
        style = _fitted(style, code)
    if all(_focus_on(style, plane) >= PART for plane in FOCUS_ON):
        return style
    return _with(style, focus_line=STANDARD_COLOURS["focus_line"], focus_back=STANDARD_COLOURS["focus_back"])


def _fitted(style: HouseStyle, code: str) -> HouseStyle:
    """The style with one colour fitted to all that it lies on; where no shade fits, the text on it becomes white or black."""
    if enough(style.colours[code], _demands(style, code)):
        return style
    if found := nearest(style.colours[code], _demands(style, code)):
        return _with(style, **{code: found})
    text = next(pair.other for pair in PAIRS if pair.moves == code)
    for colour in (WHITE, BLACK):
        turned = _with(style, **{text: colour})
        if found := nearest(style.colours[code], _demands(turned, code)):
            return _with(turned, **{code: found})
    raise AssertionError(code)  # white or black text always leaves a shade


def _demands(style: HouseStyle, code: str) -> tuple[Demand, ...]:
    return tuple((value_of(style, pair.other), pair.needed) for pair in PAIRS if pair.moves == code)


def _with(style: HouseStyle, **colours: str) -> HouseStyle:
    return replace(style, colours=MappingProxyType({**style.colours, **colours}))
