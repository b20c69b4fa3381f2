"""Colours of a page of a PDF (ISO 32000-1, 8.6), as far as they can be told: light in three parts from 0 to 1."""

from collections.abc import Sequence
from typing import Any, Final

import pikepdf

Colour = tuple[float, float, float]
BLACK: Final[Colour] = (0.0, 0.0, 0.0)
WHITE: Final[Colour] = (1.0, 1.0, 1.0)
OF_INK: Final = 4  # parts of a colour of ink: cyan, magenta, yellow, black
OF_LIGHT: Final = 3
PLAIN: Final = frozenset(
    {"/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/CalGray", "/CalRGB", "/ICCBased", "/G", "/RGB", "/CMYK"}
)
ALIKE: Final = 0.03  # of each part: the eye sees no difference


def rgb_of(parts: Sequence[float]) -> Colour | None:
    """The colour that one, three or four parts tell; None for another number of them."""
    if len(parts) == OF_INK:
        red, green, blue = (1 - min(one + parts[3], 1) for one in parts[:3])
        return red, green, blue
    if len(parts) == OF_LIGHT:
        return parts[0], parts[1], parts[2]
    return (parts[0],) * 3 if len(parts) == 1 else None


def lightness(parts: Sequence[float]) -> float:
    """0 is black, 1 white."""
    colour = rgb_of(parts)
    return sum(colour or parts) / len(colour or parts)


def is_plain(space: Any) -> bool:
    """Whether the numbers of a colour in this space are those of light or of ink, and not an index, a paint or a pattern."""
    name = space[0] if isinstance(space, pikepdf.Array) and len(space) else space
    return str(name) in PLAIN


def alike(first: Colour, second: Colour) -> bool:
    """Whether the eye sees no difference."""
    return all(abs(one - other) <= ALIKE for one, other in zip(first, second, strict=True))
