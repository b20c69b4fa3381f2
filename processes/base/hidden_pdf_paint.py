"""Follows the content of a page as it is painted (ISO 32000-1, 8 and 9): where each letter, filled box and image lands, and in which order.

Widths of letters are those that the font tells, and else a guess: enough to know whether something lies over them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
AS_IT_IS: Final[Matrix] = (1, 0, 0, 1, 0, 0)
DEEPEST: Final = 8  # forms in forms
MOST_STEPS: Final = 400_000  # of one page
IN_LINE: Final = "INLINE IMAGE"  # as the library names an image that stands in the content itself
INVISIBLE: Final = 3  # the way of writing that leaves no ink
SPACE: Final = 32
WIDE: Final = 1_000_000.0


class PageTooIntricate(ValueError):
    """Deze pagina is te ingewikkeld om te bekijken."""


@dataclass(frozen=True, slots=True)
class PaintedLetter:
    x: float
    y: float
    size: float
    order: int
    invisible: bool


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
class PaintedImage:
    """`opaque`: nothing of what lies under it can be seen."""

    box: PaintedBox
    source: Any
    opaque: bool


@dataclass(slots=True)
class Painted:
    letters: list[PaintedLetter] = field(default_factory=list)
    boxes: list[PaintedBox] = field(default_factory=list)
    images: list[PaintedImage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ink:
    """The graphics state, as far as it matters."""

    at: Matrix = AS_IT_IS
    clip: PaintedBox = PaintedBox(-WIDE, -WIDE, WIDE, WIDE)
    darkness: float = 0.0
    opaque: bool = True
    font: Any = None
    size: float = 1.0
    spacing: float = 0.0
    words: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: float = 0


def follow(page: pikepdf.Page) -> Painted:
    """Raises PageTooIntricate, and what the reader meets in a damaged page."""
    brush = Brush()
    brush.paint(page, page.get("/Resources", pikepdf.Dictionary()), Ink())
    return brush.painted


def times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def point(at: Matrix, x: float, y: float) -> tuple[float, float]:
    return at[0] * x + at[2] * y + at[4], at[1] * x + at[3] * y + at[5]


def box_of(points: list[tuple[float, float]]) -> PaintedBox:
    across, up = [one[0] for one in points], [one[1] for one in points]
    return PaintedBox(min(across), min(up), max(across), max(up))


class Brush:
    """One page on its way through its operators."""

    def __init__(self) -> None:
        self.painted = Painted()
        self.order = self.steps = 0
        self._widths: dict[int, Callable[[int], float]] = {}

    def paint(self, source: Any, resources: Any, ink: Ink, depth: int = 0) -> None:
        kept: list[Ink] = []
        state = _Drawing(ink)
        for step in pikepdf.parse_content_stream(source):
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise PageTooIntricate
            operands, name = list(step.operands), str(step.operator)
            if name == "q":
                kept.append(state.ink)
            elif name == "Q" and kept:
                state.ink = kept.pop()
            elif name == "Do":
                self._place(operands, resources, state.ink, depth)
            elif name == IN_LINE:
                self._image(None, state.ink, opaque=True)
            elif name in FILLS or name in STROKES:
                self._fill(state, filled=name in FILLS)
            elif name in WRITES:
                self._write(name, operands, state)
            elif name in STEPS:
                STEPS[name](state, operands, resources)

    def _next(self) -> int:
        self.order += 1
        return self.order

    def _fill(self, state: "_Drawing", *, filled: bool) -> None:
        for box in state.boxes() if filled and state.ink.opaque else ():
            seen = box.within(state.ink.clip)
            if seen.area > 0:
                self.painted.boxes.append(replace(seen, order=self._next(), darkness=state.ink.darkness))
        state.end_path()

    def _place(self, operands: Any, resources: Any, ink: Ink, depth: int) -> None:
        source = resources.get("/XObject", {}).get(str(operands[0])) if operands else None
        if source is None:
            return
        if source.get("/Subtype") == "/Image":
            see_through = "/SMask" in source or "/Mask" in source or bool(source.get("/ImageMask", False))
            self._image(source, ink, opaque=not see_through)
        elif source.get("/Subtype") == "/Form" and depth < DEEPEST:
            inner = replace(ink, at=times(_matrix(source.get("/Matrix")), ink.at))
            self.paint(source, source.get("/Resources", resources), inner, depth + 1)

    def _image(self, source: Any, ink: Ink, *, opaque: bool) -> None:
        box = box_of([point(ink.at, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]).within(ink.clip)
        self.painted.images.append(PaintedImage(replace(box, order=self._next()), source, ink.opaque and opaque))

    def _write(self, name: str, operands: list[Any], state: "_Drawing") -> None:
        if name in {"'", '"'}:
            state.next_line()
        parts: Any = operands[-1] if operands else ()
        for part in parts if name == "TJ" else (parts,):
            if isinstance(part, pikepdf.String):
                self._letters(bytes(part), state)
            elif name == "TJ":
                state.move(-float(part) / 1000 * state.ink.size * state.ink.stretch, 0)

    def _letters(self, text: bytes, state: "_Drawing") -> None:
        ink = state.ink
        wide = _is_wide(ink.font)
        widths = self._widths_of(ink.font)
        codes = [int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text) - 1, 2)] if wide else list(text)
        for code in codes:
            width = widths(code) * ink.size
            if code != SPACE or wide:
                at = times(state.text, ink.at)
                x, y = point(at, width * ink.stretch / 2, ink.rise + ink.size * 0.3)
                size = abs(ink.size) * (at[2] ** 2 + at[3] ** 2) ** 0.5
                self.painted.letters.append(PaintedLetter(x, y, size, self._next(), ink.mode == INVISIBLE))
            extra = ink.spacing + (ink.words if code == SPACE and not wide else 0)
            state.move((width + extra) * ink.stretch, 0)

    def _widths_of(self, font: Any) -> Callable[[int], float]:
        key = hash(font.objgen) if font is not None and font.objgen != (0, 0) else id(font)
        if key not in self._widths:
            self._widths[key] = _widths(font)
        return self._widths[key]


class _Drawing:
    """Ink, the path that is being drawn, and where the next letter comes."""

    def __init__(self, ink: Ink) -> None:
        self.ink = ink
        self.text = self.line = AS_IT_IS
        self._boxes: list[PaintedBox] = []
        self._shape: list[tuple[float, float]] = []
        self.clips = False

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        corners = ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
        self._boxes.append(box_of([point(self.ink.at, *one) for one in corners]))

    def corner(self, x: float, y: float, *, first: bool) -> None:
        if first:
            self._close()
        self._shape.append(point(self.ink.at, x, y))

    def curve(self) -> None:
        """A shape with a curve is no box."""
        self._shape = []

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

    def end_path(self) -> None:
        drawn = self.boxes()
        if self.clips and len(drawn) == 1:
            self.ink = replace(self.ink, clip=drawn[0].within(self.ink.clip))
        self._boxes, self.clips = [], False

    def move(self, x: float, y: float) -> None:
        self.text = times((1, 0, 0, 1, x, y), self.text)

    def start_line(self, x: float, y: float) -> None:
        self.line = times((1, 0, 0, 1, x, y), self.line)
        self.text = self.line

    def next_line(self) -> None:
        self.start_line(0, -self.ink.leading)


def _matrix(told: Any) -> Matrix:
    if told is None:
        return AS_IT_IS
    a, b, c, d, e, f = (float(one) for one in told)
    return (a, b, c, d, e, f)


def _is_wide(font: Any) -> bool:
    return font is not None and font.get("/Subtype") == "/Type0"


def _widths(font: Any) -> Callable[[int], float]:
    """The width of a letter by its code, in parts of its size."""
    if font is None:
        return lambda _: 0.5
    if _is_wide(font):
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


def _colour(state: _Drawing, operands: list[Any], _: Any) -> None:
    parts = [float(one) for one in operands if not isinstance(one, pikepdf.Name)]
    if len(parts) != len(operands) or not parts:  # a pattern
        state.ink = replace(state.ink, darkness=0.5)
    elif len(parts) == 4:  # noqa: PLR2004 - cyan, magenta, yellow, black
        ink = [min(one + parts[3], 1) for one in parts[:3]]
        state.ink = replace(state.ink, darkness=1 - sum(ink) / 3)
    else:
        state.ink = replace(state.ink, darkness=sum(parts) / len(parts))


def _look(state: _Drawing, operands: list[Any], resources: Any) -> None:
    told = resources.get("/ExtGState", {}).get(str(operands[0]), pikepdf.Dictionary())
    if "/ca" in told or "/BM" in told:
        usual = str(told.get("/BM", "/Normal")) in {"/Normal", "/Compatible"}
        state.ink = replace(state.ink, opaque=usual and float(told.get("/ca", 1)) > 0.95)  # noqa: PLR2004 - nearly all of it


def _font(state: _Drawing, operands: list[Any], resources: Any) -> None:
    state.ink = replace(state.ink, font=resources.get("/Font", {}).get(str(operands[0])), size=float(operands[1]))


def _set(name: str, scale: float = 1) -> "Step":
    def step(state: _Drawing, operands: list[Any], _: Any) -> None:
        told: dict[str, Any] = {name: float(operands[0]) * scale}
        state.ink = replace(state.ink, **told)

    return step


def _begin_text(state: _Drawing, _operands: list[Any], _: Any) -> None:
    state.text = state.line = AS_IT_IS


def _text_at(state: _Drawing, operands: list[Any], _: Any) -> None:
    state.text = state.line = _matrix(operands)


def _clip(state: _Drawing, _operands: list[Any], _: Any) -> None:
    state.clips = True


def _line_with_leading(state: _Drawing, operands: list[Any], _: Any) -> None:
    state.ink = replace(state.ink, leading=-float(operands[1]))
    state.start_line(float(operands[0]), float(operands[1]))


def _here(state: _Drawing, operands: list[Any], _: Any) -> None:
    state.ink = replace(state.ink, at=times(_matrix(operands), state.ink.at))


Step = Callable[[_Drawing, list[Any], Any], None]
FILLS: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
STROKES: Final = frozenset({"S", "s", "n"})
WRITES: Final = frozenset({"Tj", "TJ", "'", '"'})
STEPS: Final[Mapping[str, Step]] = {
    "cm": _here, "gs": _look, "Tf": _font, "BT": _begin_text, "Tm": _text_at, "W": _clip, "W*": _clip, "TD": _line_with_leading,
    "g": _colour, "rg": _colour, "k": _colour, "sc": _colour, "scn": _colour,
    "Tc": _set("spacing"), "Tw": _set("words"), "Tz": _set("stretch", 0.01), "TL": _set("leading"), "Ts": _set("rise"), "Tr": _set("mode"),
    "Td": lambda state, operands, _: state.start_line(float(operands[0]), float(operands[1])),
    "T*": lambda state, _operands, _: state.next_line(),
    "re": lambda state, operands, _: state.rectangle(*(float(one) for one in operands)),
    "m": lambda state, operands, _: state.corner(float(operands[0]), float(operands[1]), first=True),
    "l": lambda state, operands, _: state.corner(float(operands[0]), float(operands[1]), first=False),
    "c": lambda state, _operands, _: state.curve(), "v": lambda state, _operands, _: state.curve(), "y": lambda state, _operands, _: state.curve(),
}  # fmt: skip
