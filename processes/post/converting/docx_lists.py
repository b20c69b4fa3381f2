"""The numbers that Word writes before paragraphs ("2.1", "b.", a bullet): they stand in no text, and are counted here as Word counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Final
from xml.etree.ElementTree import Element

from processes.post.converting.docx_package import LeftOut, w
from processes.post.converting.docx_styles import Styles, TextLook

LEVELS: Final = 9
BULLET: Final = "\u2022"
ROMANS: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
    (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: how its number is written, the text around it (`%1.%2`), and where it begins."""

    written: str
    text: str
    start: int
    legal: bool  # the numbers of other levels in it are plain numbers


class ListNumbers:
    """Counts on from paragraph to paragraph; lists that are made from one and the same list count together."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        parts = () if root is None else root.findall(w("abstractNum"))
        self._abstract = {one.get(w("abstractNumId"), ""): one for one in parts}
        self._lists = {} if root is None else {one.get(w("numId"), ""): one for one in root.findall(w("num"))}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next_label(self, paragraph: Element, look: TextLook) -> tuple[int, str]:
        """The level and the label of this paragraph; an empty label for one that is in no list."""
        number, level = _numbered(paragraph, look)
        if number in {"", "0"} or number not in self._lists:
            return 0, ""
        abstract = _value(self._lists[number], "abstractNumId")
        self._begin_again(number, abstract, level)
        levels = self._levels(number, abstract)
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return level, _label(levels, level, counts)

    def _begin_again(self, number: str, abstract: str, level: int) -> None:
        """A list may say that it begins anew, at a number of its own."""
        for one in self._lists[number].findall(w("lvlOverride")):
            at = int(one.get(w("ilvl"), "0"))
            start = _value(one, "startOverride")
            if start and at == level and (number, at) not in self._begun:
                self._begun.add((number, at))
                self._counts.setdefault(abstract, {})[at] = int(start) - 1

    def _levels(self, number: str, abstract: str) -> Mapping[int, ListLevel]:
        root = self._abstract.get(abstract)
        if root is None or root.find(w("numStyleLink")) is not None:
            raise LeftOut.because("een lijst met nummers uit een lijststijl")
        found = {int(one.get(w("ilvl"), "0")): _level(one) for one in root.findall(w("lvl"))}
        own = (one.find(w("lvl")) for one in self._lists[number].findall(w("lvlOverride")))
        found |= {int(one.get(w("ilvl"), "0")): _level(one) for one in own if one is not None}
        return {at: found.get(at, ListLevel("none", "", 1, legal=False)) for at in range(LEVELS)}


def _numbered(paragraph: Element, look: TextLook) -> tuple[str, int]:
    """The list and level of a paragraph: its own, else those of its style."""
    for properties in (paragraph.find(w("pPr")), *(style.find(w("pPr")) for style in look.styles)):
        found = None if properties is None else properties.find(w("numPr"))
        if found is not None:
            return _value(found, "numId"), min(int(_value(found, "ilvl") or "0"), LEVELS - 1)
    return "", 0


def _level(element: Element) -> ListLevel:
    return ListLevel(
        _value(element, "numFmt") or "decimal", _value(element, "lvlText"), int(_value(element, "start") or "1"),
        legal=element.find(w("isLgl")) is not None,
    )  # fmt: skip


def _label(levels: Mapping[int, ListLevel], level: int, counts: Mapping[int, int]) -> str:
    here = levels[level]
    if here.written == "bullet":
        return BULLET
    text = here.text
    for at in range(LEVELS):
        if f"%{at + 1}" in text:
            written = "decimal" if here.legal else levels[at].written
            if written not in WRITTEN:
                raise LeftOut.because("een lijst met een soort nummers die wij niet kennen")
            text = text.replace(f"%{at + 1}", WRITTEN[written](counts.get(at, levels[at].start)))
    return text


def _letters(number: int) -> str:
    """From a to z, then aa to zz, as Word counts."""
    times, letter = divmod(number - 1, len(ascii_lowercase))
    return ascii_lowercase[letter] * (times + 1)


def _roman(number: int) -> str:
    made = ""
    for value, signs in ROMANS:
        times, number = divmod(number, value)
        made += signs * times
    return made


def _value(parent: Element, name: str) -> str:
    found = parent.find(w(name))
    return "" if found is None else found.get(w("val"), "")


WRITTEN: Final[Mapping[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda _: "",
}
