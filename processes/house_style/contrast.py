"""Contrast between two colours as WCAG 2.2 defines it, and the nearest shade of a colour that has enough of it.

A colour is `#rrggbb` in small letters. Source: WCAG 2.2, "relative luminance" and "contrast ratio"; success criteria 1.4.3
(text, 4.5), 1.4.11 (parts of the page, 3) and 2.4.11/2.4.13 (focus, 3).
"""

import colorsys
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final

WHITE: Final = "#ffffff"
BLACK: Final = "#000000"
TEXT: Final = 4.5
PART: Final = 3.0
_DARK: Final = 0.04045  # below it the curve of sRGB is a straight line
STEPS: Final = 256  # of lightness, as fine as a byte can tell
Demand = tuple[str, float]  # another colour, and the ratio that is needed with it


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """The relative luminance: 0 for black, 1 for white."""
    red, green, blue = (_linear(one / 255) for one in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _DARK else ((part + 0.055) / 1.055) ** 2.4


def ratio(one: str, other: str) -> float:
    """The contrast ratio: 1 for equal colours, 21 for black on white."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def enough(colour: str, demands: Iterable[Demand]) -> bool:
    """Whether a colour has the contrast that is asked with each of the others."""
    return all(ratio(colour, other) >= needed for other, needed in demands)


def nearest(colour: str, demands: Iterable[Demand]) -> str | None:
    """The shade of this colour, lighter or darker, that lies nearest to it and has enough contrast; None when no shade has."""
    asked = tuple(demands)
    return next((shade for shade in _shades(colour) if enough(shade, asked)), None)


def _shades(colour: str) -> Iterator[str]:
    """The colour itself, then its shades of the same hue, each further away, darker before lighter."""
    yield colour
    hue, light, full = colorsys.rgb_to_hls(*(one / 255 for one in channels(colour)))
    start = round(light * (STEPS - 1))
    for pair in zip_longest(range(start - 1, -1, -1), range(start + 1, STEPS)):
        yield from (_hex(colorsys.hls_to_rgb(hue, step / (STEPS - 1), full)) for step in pair if step is not None)


def mixed(colour: str, other: str, part: float) -> str:
    """A mix of two colours; `part` of it (0 to 1) is the second one."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return _hex(tuple((one * (1 - part) + two * part) / 255 for one, two in pairs))


def _hex(parts: Iterable[float]) -> str:
    return "#" + "".join(f"{round(min(max(one, 0), 1) * 255):02x}" for one in parts)


def shown(value: float) -> str:
    """A ratio as people read it, with one decimal that is never rounded up: `4,4` for what does not reach 4.5."""
    return f"{int(value * 10) / 10:.1f}".replace(".", ",")
