"""How wide the letters of a font in a PDF are (ISO 32000-1, 9.6 and 9.7): as the font tells, and else a guess."""

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf


def is_wide(font: Any) -> bool:
    """Whether two bytes make one letter."""
    return font is not None and font.get("/Subtype") == "/Type0"


def widths_of(font: Any) -> Callable[[int], float]:
    """The width of a letter by its code, in parts of its size."""
    if font is None:
        return lambda _: 0.5
    if is_wide(font):
        below = font.get("/DescendantFonts", [pikepdf.Dictionary()])[0]
        usual = float(below.get("/DW", 1000)) / 1000
        told = dict(_wide_widths(below.get("/W", [])))
        return lambda code: told.get(code, usual)
    first = int(font.get("/FirstChar", 0))
    widths = [float(one) / 1000 for one in font.get("/Widths", [])]
    scale = abs(float(font.get("/FontMatrix", [0.001])[0])) * 1000 if font.get("/Subtype") == "/Type3" else 1.0
    return lambda code: widths[code - first] * scale if 0 <= code - first < len(widths) else 0.5


def _wide_widths(told: Any) -> Iterator[tuple[int, float]]:
    """`[1 [500 600] 10 20 700]` (9.7.4.3)."""
    parts = list(told)
    while len(parts) > 1:
        first = int(parts.pop(0))
        if isinstance(parts[0], pikepdf.Array):
            yield from ((first + at, float(width) / 1000) for at, width in enumerate(parts.pop(0)))
        elif len(parts) > 1:
            last, width = int(parts.pop(0)), float(parts.pop(0)) / 1000
            yield from ((code, width) for code in range(first, min(last, first + 70_000) + 1))
        else:
            return
