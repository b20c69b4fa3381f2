"""A logo that somebody brings, as it may be served: SVG of which only known drawing is kept, or PNG that was drawn anew.

Raises BadPicture with the sentence that stands at the field. SVG is read without document types and entities, and written
again from a list of elements and attributes: what is not on it (scripts, styles, links, addresses) does not come along.
"""

import re
from io import BytesIO
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

from processes.house_style.style import StyleFile

SVG: Final = "image/svg+xml"
PNG: Final = "image/png"
MOST_BYTES: Final = 300_000  # a drawn logo has some kilobytes
MOST_PIXELS: Final = 2_000_000
MOST_ELEMENTS: Final = 2_000
DEEPEST: Final = 40
NAMESPACE: Final = "http://www.w3.org/2000/svg"
PNG_START: Final = b"\x89PNG\r\n\x1a\n"
ELEMENTS: Final = frozenset({
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title", "desc", "defs",
    "linearGradient", "radialGradient", "stop", "clipPath",
})  # fmt: skip
ATTRIBUTES: Final = frozenset({
    "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "points",
    "transform", "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-opacity", "stroke-dasharray", "opacity", "id", "offset", "stop-color", "stop-opacity",
    "gradientUnits", "gradientTransform", "spreadMethod", "clip-path", "clip-rule", "clipPathUnits", "preserveAspectRatio",
})  # fmt: skip
# a value that names something else may only name a part of the same picture
_NAMES_A_PART: Final = re.compile(r"url\(#[A-Za-z_][\w.-]*\)")
_VALUE: Final = re.compile(r"[\w\s.,#%()+\-/:;]*")
_STYLED: Final = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")


class BadPicture(ValueError):
    """Dit logo kunnen wij niet gebruiken. Kies een SVG of een PNG."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else (self.__doc__ or "")


def picture(content: bytes) -> StyleFile:
    """The logo as it is kept, by what it is and not by its name. Raises BadPicture."""
    if len(content) > MOST_BYTES:
        raise BadPicture(f"Dit logo is te groot. Kies een bestand van hoogstens {MOST_BYTES // 1000} kB.")
    if content.startswith(PNG_START):
        return StyleFile(PNG, _drawn_anew(content))
    return StyleFile(SVG, cleaned(content))


def _drawn_anew(content: bytes) -> bytes:
    """The same picture without anything beside its points."""
    try:
        with Image.open(BytesIO(content), formats=("PNG",)) as opened:
            small = opened.width * opened.height <= MOST_PIXELS
            made = opened.convert("RGBA") if small else None
    except Exception as broken:  # a damaged picture raises whatever it meets
        raise BadPicture("Dit logo is beschadigd. Sla het opnieuw op als PNG of SVG.") from broken
    if made is None:
        raise BadPicture("Dit logo heeft te veel punten. Maak het kleiner, tot hoogstens 2 miljoen punten.")
    target = BytesIO()
    made.save(target, "PNG", optimize=True)
    return target.getvalue()


def cleaned(content: bytes) -> bytes:
    """The SVG with only what is on the lists. Raises BadPicture when nothing is left that draws."""
    cleaner = _Cleaner()
    parser = expat.ParserCreate("UTF-8", " ")
    parser.StartElementHandler, parser.EndElementHandler = cleaner.start, cleaner.end
    parser.CharacterDataHandler = cleaner.text
    parser.StartDoctypeDeclHandler = cleaner.doctype
    try:
        parser.Parse(content.removeprefix(b"\xef\xbb\xbf"), True)
    except expat.ExpatError as broken:
        raise BadPicture from broken
    if not cleaner.draws:
        raise BadPicture(
            "In dit logo staat niets dat wij kunnen tekenen. Sla het op als gewone SVG, met letters als vormen, of als PNG."
        )
    return "".join(cleaner.written).encode()


class _Cleaner:
    """Hears the parts of an SVG and writes down what may stay."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.draws = False
        self._open: list[str] = []  # of what was written
        self._left_out = 0  # how deep inside something that is left out
        self._count = 0

    def doctype(self, *_: object) -> None:
        raise BadPicture("Dit logo heeft een documenttype (DOCTYPE). Sla het op als gewone SVG, zonder entiteiten.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) + self._left_out > DEEPEST:
            raise BadPicture("Dit logo heeft te veel onderdelen. Maak het eenvoudiger, of sla het op als PNG.")
        space, _, local = name.rpartition(" ")
        if self._left_out or space != NAMESPACE or local not in ELEMENTS or (local == "svg") != (not self._open):
            if not self._open:
                raise BadPicture
            self._left_out += 1
            return
        kept = dict(_kept(attributes))
        if local == "svg":
            kept = _with_size(kept)
        self.draws = self.draws or local in {"path", "rect", "circle", "ellipse", "polygon", "polyline", "line"}
        space = f' xmlns="{NAMESPACE}"' if local == "svg" else ""
        self.written.append(f"<{local}{space}" + "".join(f" {key}={quoteattr(kept[key])}" for key in kept) + ">")
        self._open.append(local)

    def end(self, _name: str) -> None:
        if self._left_out:
            self._left_out -= 1
            return
        self.written.append(f"</{self._open.pop()}>")

    def text(self, text: str) -> None:
        if not self._left_out and self._open and self._open[-1] in {"title", "desc"}:
            self.written.append(escape(text))


def _kept(attributes: dict[str, str]) -> list[tuple[str, str]]:
    """The attributes that stay. What a program wrote as a style becomes attributes of the same names."""
    styled = dict(_STYLED.findall(attributes.get("style", "")))
    wanted = {**attributes, **{name.strip(): value.strip() for name, value in styled.items()}}
    return [(name, value) for name, value in wanted.items() if name in ATTRIBUTES and _is_harmless(value)]


def _is_harmless(value: str) -> bool:
    if "url" in value.lower():
        return bool(_NAMES_A_PART.fullmatch(value.strip()))
    return bool(_VALUE.fullmatch(value)) and ":" not in value


def _with_size(kept: dict[str, str]) -> dict[str, str]:
    """The outer element: a picture without a viewBox would be cut off when it is made smaller."""
    numbers = [re.fullmatch(r"([0-9.]+)(px)?", kept.get(side, "")) for side in ("width", "height")]
    if "viewBox" not in kept:
        if not all(numbers):
            raise BadPicture("Dit logo zegt niet hoe groot het is. Sla het op met een viewBox, of als PNG.")
        kept["viewBox"] = "0 0 " + " ".join(found[1] for found in numbers if found)
    return kept
