"""Where the text of a PDF of WeasyPrint stands, and what it says."""

import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b"))  # where a word may break; a PDF holds them nowhere


def pages(content: bytes) -> list[PageObject]:
    return list(PdfReader(BytesIO(content)).pages)


def read(content: bytes) -> str:
    """The text layer: composed, with one space for white space of every kind."""
    return folded("\n".join(page.extract_text() for page in pages(content)))


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(INVISIBLE).split())


def without_space(text: str) -> str:
    return "".join(folded(text).split())


def lines_of(page: PageObject) -> Iterator[tuple[float, float, float]]:
    """Where each piece of text begins and ends from the left, and its height from the bottom, all in points."""
    widths: dict[int, float] = {}
    font_size = 0.0
    stack: list[list[float]] = []
    at = matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    content = page.get_contents()
    assert isinstance(content, ContentStream)
    for operands, operator in content.operations:
        if operator == b"q":
            stack.append(at)
        elif operator == b"Q":
            at = stack.pop()
        elif operator == b"cm":
            at = _times([float(one) for one in operands], at)
        elif operator == b"Tm":
            matrix = [float(one) for one in operands]
        elif operator == b"Tf":
            widths, font_size = _widths(page, operands[0]), float(operands[1])
        elif operator in (b"TJ", b"Tj"):
            wide = _wide(operands[0] if operator == b"TJ" else operands, widths) * font_size / 1000
            begin, end = _times(matrix, at), _times([1, 0, 0, 1, wide, 0], _times(matrix, at))
            yield begin[4], end[4], begin[5]
            matrix = _times([1, 0, 0, 1, wide, 0], matrix)


def _wide(shown: list[Any], widths: dict[int, float]) -> float:
    total = 0.0
    for one in shown:
        if isinstance(one, bytes | str):
            raw = one if isinstance(one, bytes) else one.original_bytes  # type: ignore[attr-defined]
            total += sum(widths[int.from_bytes(raw[i : i + 2])] for i in range(0, len(raw), 2))
        else:
            total -= float(one)
    return total


def _widths(page: PageObject, name: str) -> dict[int, float]:
    resources = page["/Resources"]
    assert isinstance(resources, DictionaryObject)
    listed = list(resources["/Font"][name]["/DescendantFonts"][0].get_object()["/W"])  # type: ignore[index]
    found: dict[int, float] = {}
    for first, many in zip(listed[::2], listed[1::2], strict=True):
        found |= {int(first) + place: float(wide) for place, wide in enumerate(many)}
    return found


def _times(one: list[float], other: list[float]) -> list[float]:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]
