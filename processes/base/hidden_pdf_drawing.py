"""The graphics state on a page of a PDF (ISO 32000-1, 8.4 and 9.3): ink, the path that is being drawn, and where the next letter comes.

STEPS is the table of the operators that change nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import pikepdf

from processes.base.hidden_pdf_colour import BLACK, Colour, is_plain, lightness, rgb_of

Matrix = tuple[float, float, float, float, float, float]
AS_IT_IS: Final[Matrix] = (1, 0, 0, 1, 0, 0)
WIDE: Final = 1_000_000.0


@dataclass(frozen=True, slots=True)
class PaintedBox:
    x0: float
    y0: float
    x1: float
    y1: float
    order: int = 0
    darkness: float = 0.5  # 0 is black, 1 white

    @property
    def area(self) -> float:
        return max(self.x1 - self.x0, 0) * max(self.y1 - self.y0, 0)

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def lies_within(self, other: "PaintedBox") -> bool:
        """Most of it does, and it leaves most of the other to be seen."""
        shared = self.within(other)
        return shared.area > 0.8 * self.area and self.area < 0.8 * other.area

    def within(self, other: "PaintedBox") -> "PaintedBox":
        return replace(
            self,
            x0=max(self.x0, other.x0),
            y0=max(self.y0, other.y0),
            x1=min(self.x1, other.x1),
            y1=min(self.y1, other.y1),
        )


@dataclass(frozen=True, slots=True)
class Ink:
    """The graphics state, as far as it matters."""

    at: Matrix = AS_IT_IS
    clip: PaintedBox = PaintedBox(-WIDE, -WIDE, WIDE, WIDE)
    darkness: float = 0.0
    colour: Colour | None = BLACK  # None: nobody knows
    plain: bool = True  # the numbers of a colour are those of light or of ink
    opaque: bool = True
    font: Any = None
    size: float = 1.0
    spacing: float = 0.0
    words: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: float = 0
    width: float = 1.0  # of lines


def times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def point(at: Matrix, x: float, y: float) -> tuple[float, float]:
    return at[0] * x + at[2] * y + at[4], at[1] * x + at[3] * y + at[5]


def box_of(points: list[tuple[float, float]]) -> PaintedBox:
    across, up = [one[0] for one in points], [one[1] for one in points]
    return PaintedBox(min(across), min(up), max(across), max(up))


class PageState:
    """Ink, the path that is being drawn, and where the next letter comes."""

    def __init__(self, ink: Ink) -> None:
        self.ink = ink
        self.text = self.line = AS_IT_IS
        self._boxes: list[PaintedBox] = []
        self._shape: list[tuple[float, float]] = []
        self._all: list[tuple[float, float]] = []  # every point of the path
        self.clips = self.odd = False  # odd: a shape that is no box

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        corners = ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
        placed = [point(self.ink.at, *one) for one in corners]
        self._all += placed
        self._boxes.append(box_of(placed))

    def corner(self, x: float, y: float, *, first: bool) -> None:
        if first:
            self._close()
        self._shape.append(point(self.ink.at, x, y))
        self._all.append(self._shape[-1])

    def curve(self, parts: list[float]) -> None:
        """A shape with a curve is no box."""
        self._shape, self.odd = [], True
        self._all += [point(self.ink.at, *parts[at : at + 2]) for at in range(0, len(parts) - 1, 2)]

    def around(self) -> PaintedBox | None:
        """The box around the whole path, with the line that is drawn along it."""
        if not self._all:
            return None
        box, at = box_of(self._all), self.ink.at
        edge = self.ink.width * abs(at[0] * at[3] - at[1] * at[2]) ** 0.5 / 2
        return replace(box, x0=box.x0 - edge, y0=box.y0 - edge, x1=box.x1 + edge, y1=box.y1 + edge)

    def boxes(self) -> list[PaintedBox]:
        self._close()
        return self._boxes

    def _close(self) -> None:
        """Four corners of which each lies on an edge of the whole are a box."""
        if len(set(self._shape)) == 4:  # noqa: PLR2004 - corners
            box = box_of(self._shape)
            edges = all(
                min(abs(x - box.x0), abs(x - box.x1)) < 1 and min(abs(y - box.y0), abs(y - box.y1)) < 1
                for x, y in self._shape
            )
            if edges:
                self._boxes.append(box)
                self._shape = []
        self.odd = self.odd or len(self._shape) > 2  # noqa: PLR2004 - a line is no shape
        self._shape = []

    def end_path(self) -> None:
        drawn = self.boxes()
        if self.clips and len(drawn) == 1:
            self.ink = replace(self.ink, clip=drawn[0].within(self.ink.clip))
        self._boxes, self._all, self.clips, self.odd = [], [], False, False

    def move(self, x: float, y: float) -> None:
        self.text = times((1, 0, 0, 1, x, y), self.text)

    def start_line(self, x: float, y: float) -> None:
        self.line = times((1, 0, 0, 1, x, y), self.line)
        self.text = self.line

    def next_line(self) -> None:
        self.start_line(0, -self.ink.leading)


def matrix_of(told: Any) -> Matrix:
    if told is None:
        return AS_IT_IS
    a, b, c, d, e, f = (float(one) for one in told)
    return (a, b, c, d, e, f)


def _colour(name: str) -> "Step":
    def step(state: PageState, operands: list[Any], _: Any) -> None:
        parts = [float(one) for one in operands if not isinstance(one, pikepdf.Name)]
        known = len(parts) == len(operands) and bool(parts)  # else a pattern
        colour = rgb_of(parts) if known and (name in DEVICE or state.ink.plain) else None
        state.ink = replace(state.ink, darkness=lightness(parts) if known else 0.5, colour=colour)

    return step


def _space(state: PageState, operands: list[Any], resources: Any) -> None:
    told = resources.get("/ColorSpace", {}).get(str(operands[0]), operands[0])
    plain = is_plain(told)
    state.ink = replace(state.ink, plain=plain, colour=BLACK if plain else None)


def _look(state: PageState, operands: list[Any], resources: Any) -> None:
    told = resources.get("/ExtGState", {}).get(str(operands[0]), pikepdf.Dictionary())
    if "/ca" in told or "/BM" in told:
        usual = str(told.get("/BM", "/Normal")) in {"/Normal", "/Compatible"}
        state.ink = replace(state.ink, opaque=usual and float(told.get("/ca", 1)) > 0.95)  # noqa: PLR2004 - nearly all of it


def _font(state: PageState, operands: list[Any], resources: Any) -> None:
    state.ink = replace(state.ink, font=resources.get("/Font", {}).get(str(operands[0])), size=float(operands[1]))


def _set(name: str, scale: float = 1) -> "Step":
    def step(state: PageState, operands: list[Any], _: Any) -> None:
        told: dict[str, Any] = {name: float(operands[0]) * scale}
        state.ink = replace(state.ink, **told)

    return step


def _begin_text(state: PageState, _operands: list[Any], _: Any) -> None:
    state.text = state.line = AS_IT_IS


def _text_at(state: PageState, operands: list[Any], _: Any) -> None:
    state.text = state.line = matrix_of(operands)


def _clip(state: PageState, _operands: list[Any], _: Any) -> None:
    state.clips = True


def _line_with_leading(state: PageState, operands: list[Any], _: Any) -> None:
    state.ink = replace(state.ink, leading=-float(operands[1]))
    state.start_line(float(operands[0]), float(operands[1]))


def _here(state: PageState, operands: list[Any], _: Any) -> None:
    state.ink = replace(state.ink, at=times(matrix_of(operands), state.ink.at))


Step = Callable[[PageState, list[Any], Any], None]
DEVICE: Final = frozenset({"g", "rg", "k"})
STEPS: Final[Mapping[str, Step]] = {
    "cm": _here, "gs": _look, "Tf": _font, "BT": _begin_text, "Tm": _text_at, "W": _clip, "W*": _clip, "TD": _line_with_leading,
    **{name: _colour(name) for name in ("g", "rg", "k", "sc", "scn")}, "cs": _space,
    "Tc": _set("spacing"), "Tw": _set("words"), "Tz": _set("stretch", 0.01), "TL": _set("leading"), "Ts": _set("rise"), "Tr": _set("mode"), "w": _set("width"),
    "Td": lambda state, operands, _: state.start_line(float(operands[0]), float(operands[1])),
    "T*": lambda state, _operands, _: state.next_line(),
    "re": lambda state, operands, _: state.rectangle(*(float(one) for one in operands)),
    "m": lambda state, operands, _: state.corner(float(operands[0]), float(operands[1]), first=True),
    "l": lambda state, operands, _: state.corner(float(operands[0]), float(operands[1]), first=False),
    **dict.fromkeys(("c", "v", "y"), lambda state, operands, _: state.curve([float(one) for one in operands])),
}  # fmt: skip
