"""Where on a page its number is stamped, however the page is turned or cut; and the signs that do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

A4: Final = (0.0, 0.0, 595.276, 841.89)
SIZE: Final = 8.0  # points, on paper of A4; larger paper gets larger signs, since it is often printed smaller
EDGE: Final = 14.0  # points between the words and the edges of the page
SMALLEST_SIDE, LARGEST_SIDE = 3.0, 200_000.0  # points of a page that is taken as it says
SMALLEST_UNIT, LARGEST_UNIT = 0.01, 1000.0
# widths of Helvetica in thousandths, of the signs of a stamp (Adobe core font metrics)
WIDE: Final = dict.fromkeys("0123456789", 556) | {
    " ": 278, ",": 278, "/": 278, "b": 556, "d": 556, "e": 556, "i": 222, "k": 500, "l": 222, "o": 556, "r": 333,
    "s": 500, "t": 278, "u": 556, "z": 500,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeenPage:
    """The part of a page that is seen: its corners in points of the page, how far it is turned clockwise, and its unit (7.7.3.3)."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int = 0
    unit: float = 1.0


def sheet_of(media: Sequence[float], crop: Sequence[float], turned: int, unit: float) -> SeenPage:
    """The crop box within the media box (14.11.2), the corners in order; A4 where a page says nothing that can be."""
    whole = _in_order(media) or A4
    cut = _in_order(crop) or whole
    both = _in_order((
        max(whole[0], cut[0]), max(whole[1], cut[1]), min(whole[2], cut[2]), min(whole[3], cut[3]),
    )) if _overlap(whole, cut) else whole  # fmt: skip
    return SeenPage(*(both or whole), turned % 360 // 90 * 90, unit if SMALLEST_UNIT < unit < LARGEST_UNIT else 1.0)


def stamp(sheet: SeenPage, words: str, font: bytes) -> bytes:
    """The content that writes `words` at the bottom right of the page as it is read, on a white ground of their own size.

    Marked as no part of the text (14.8.2.2.2).
    """
    wide, high = sheet.right - sheet.left, sheet.top - sheet.bottom
    if sheet.turned in {90, 270}:
        wide, high = high, wide
    length = sum(WIDE.get(sign, 600) for sign in words) / 1000
    size = min(SIZE / sheet.unit * max(1.0, min(wide, high) * sheet.unit / A4[2]), wide * 0.9 / length, high * 0.5)
    edge = min(EDGE * size / SIZE, (wide - size * length) / 2)
    x, y = wide - edge - size * length, min(edge, high - size * 1.2)
    ground = (x - 0.3 * size, y - 0.3 * size, size * (length + 0.6), 1.25 * size)
    return b"".join((
        b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q %b cm\n" % _numbers(*_turn(sheet)),
        b"1 g %b re f\n0 g BT %b %b Tf %b Td (%b) Tj ET Q EMC\n" % (_numbers(*ground), font, _numbers(size), _numbers(x, y), words.encode("ascii")),
    ))  # fmt: skip


def _turn(sheet: SeenPage) -> tuple[float, ...]:
    """From the page as it is read, its bottom left at 0, to the page as it is kept."""
    return {
        90: (0, 1, -1, 0, sheet.right, sheet.bottom),
        180: (-1, 0, 0, -1, sheet.right, sheet.top),
        270: (0, -1, 1, 0, sheet.left, sheet.top),
    }.get(sheet.turned, (1, 0, 0, 1, sheet.left, sheet.bottom))


def _in_order(box: Sequence[float]) -> tuple[float, float, float, float] | None:
    if len(box) != 4:  # noqa: PLR2004 - the corners of a box
        return None
    left, right = sorted((box[0], box[2]))
    bottom, top = sorted((box[1], box[3]))
    sides = (right - left, top - bottom)
    return (left, bottom, right, top) if all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in sides) else None


def _overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _numbers(*values: float) -> bytes:
    return b" ".join(b"%.3f" % value for value in values)
