"""Follows the content of a page as it is painted (ISO 32000-1, 8 and 9): where each letter, filled box and image lands, and in which order.

Widths of letters are those that the font tells, and else a guess: enough to know whether something lies over them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pikepdf

from processes.base.hidden_pdf_colour import Colour
from processes.base.hidden_pdf_drawing import STEPS, Ink, PageState, PaintedBox, box_of, matrix_of, point, times
from processes.base.hidden_pdf_widths import is_wide, widths_of

DEEPEST: Final = 8  # forms in forms
MOST_STEPS: Final = 400_000  # of one page
IN_LINE: Final = "INLINE IMAGE"  # as the library names an image that stands in the content itself
INVISIBLE: Final = 3  # the way of writing that leaves no ink
SPACE: Final = 32
SHADING: Final = "sh"  # a run of colours over all that the clip leaves
NO_INK: Final = "n"
FILLS: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
STROKES: Final = frozenset({"S", "s", "n"})
WRITES: Final = frozenset({"Tj", "TJ", "'", '"'})


class PageTooIntricate(ValueError):
    """Deze pagina is te ingewikkeld om te bekijken."""


@dataclass(frozen=True, slots=True)
class PaintedLetter:
    x: float
    y: float
    size: float
    order: int
    invisible: bool
    colour: Colour | None = None  # None: nobody knows, or it does not fill the letter


@dataclass(frozen=True, slots=True)
class PaintedImage:
    """`opaque`: nothing of what lies under it can be seen."""

    box: PaintedBox
    source: Any
    opaque: bool


@dataclass(frozen=True, slots=True)
class PaintedGround:
    """Something on which letters may stand. `colour` is None when nobody knows what of it lies where."""

    box: PaintedBox
    colour: Colour | None


@dataclass(slots=True)
class Painted:
    letters: list[PaintedLetter] = field(default_factory=list)
    boxes: list[PaintedBox] = field(default_factory=list)
    images: list[PaintedImage] = field(default_factory=list)
    grounds: list[PaintedGround] = field(default_factory=list)  # in their order


def follow(page: pikepdf.Page) -> Painted:
    """Raises PageTooIntricate, and what the reader meets in a damaged page."""
    brush = Brush()
    brush.paint(page, page.get("/Resources", pikepdf.Dictionary()), Ink())
    return brush.painted


class Brush:
    """One page on its way through its operators."""

    def __init__(self) -> None:
        self.painted = Painted()
        self.order = self.steps = 0
        self._widths: dict[int, Callable[[int], float]] = {}

    def paint(self, source: Any, resources: Any, ink: Ink, depth: int = 0) -> None:
        kept: list[Ink] = []
        state = PageState(ink)
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
            elif name in FILLS or name in STROKES or name == SHADING:
                self._ground(state, name)
                self._fill(state, filled=name in FILLS)
            elif name in WRITES:
                self._write(name, operands, state)
            elif name in STEPS:
                STEPS[name](state, operands, resources)

    def _next(self) -> int:
        self.order += 1
        return self.order

    def _ground(self, state: PageState, name: str) -> None:
        """Note what a path leaves to write on: a box in its colour, and any other shape, or a stroke, as something unknown."""
        if name == NO_INK:
            return
        around = state.ink.clip if name == SHADING else state.around()
        boxes = state.boxes()
        if name not in FILLS or state.odd or not boxes or not state.ink.opaque:
            self._unknown(around.within(state.ink.clip) if around else None)
            return
        for box in boxes:
            self.painted.grounds.append(
                PaintedGround(replace(box.within(state.ink.clip), order=self._next()), state.ink.colour)
            )

    def _unknown(self, box: PaintedBox | None) -> None:
        if box is not None and box.area > 0:
            self.painted.grounds.append(PaintedGround(replace(box, order=self._next()), None))

    def _fill(self, state: PageState, *, filled: bool) -> None:
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
            inner = replace(ink, at=times(matrix_of(source.get("/Matrix")), ink.at))
            self.paint(source, source.get("/Resources", resources), inner, depth + 1)

    def _image(self, source: Any, ink: Ink, *, opaque: bool) -> None:
        box = box_of([point(ink.at, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]).within(ink.clip)
        self._unknown(box)
        self.painted.images.append(PaintedImage(replace(box, order=self._next()), source, ink.opaque and opaque))

    def _write(self, name: str, operands: list[Any], state: PageState) -> None:
        if name in {"'", '"'}:
            state.next_line()
        parts: Any = operands[-1] if operands else ()
        for part in parts if name == "TJ" else (parts,):
            if isinstance(part, pikepdf.String):
                self._letters(bytes(part), state)
            elif name == "TJ":
                state.move(-float(part) / 1000 * state.ink.size * state.ink.stretch, 0)

    def _letters(self, text: bytes, state: PageState) -> None:
        ink = state.ink
        wide = is_wide(ink.font)
        widths = self._widths_of(ink.font)
        codes = [int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text) - 1, 2)] if wide else list(text)
        for code in codes:
            width = widths(code) * ink.size
            if code != SPACE or wide:
                at = times(state.text, ink.at)
                x, y = point(at, width * ink.stretch / 2, ink.rise + ink.size * 0.3)
                size = abs(ink.size) * (at[2] ** 2 + at[3] ** 2) ** 0.5
                self.painted.letters.append(
                    PaintedLetter(
                        x,
                        y,
                        size,
                        self._next(),
                        ink.mode == INVISIBLE,
                        ink.colour if ink.mode == 0 and ink.opaque else None,
                    )
                )
            extra = ink.spacing + (ink.words if code == SPACE and not wide else 0)
            state.move((width + extra) * ink.stretch, 0)

    def _widths_of(self, font: Any) -> Callable[[int], float]:
        key = hash(font.objgen) if font is not None and font.objgen != (0, 0) else id(font)
        if key not in self._widths:
            self._widths[key] = widths_of(font)
        return self._widths[key]
