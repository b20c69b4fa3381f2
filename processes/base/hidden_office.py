"""Finds what office files hide (ECMA-376, ODF): sheets, columns and rows, changes and remarks, notes, names. Only read in a child with limits."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element

from processes.base.hidden_kinds import HiddenKind, HiddenThing
from processes.base.hidden_pictures import in_picture
from processes.base.office_parts import (
    SharedStrings,
    cells_of,
    column_letters,
    name_of,
    paragraphs_of,
    read_part,
    related,
    sheets_of,
    slides_of,
)

OFF: Final = frozenset({"0", "false", "off", "none"})
CHANGES: Final = frozenset({"ins", "del", "moveFrom", "moveTo"})
NAMES: Final = {
    "creator": "maker",
    "lastModifiedBy": "laatst bewaard door",
    "Manager": "manager",
    "initial-creator": "maker",
}
PROPERTIES: Final = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
PHOTOS: Final = re.compile(r".*/media/[^/]+\.jpe?g", re.IGNORECASE)
INSIDE: Final = re.compile(r".*/(embeddings|externalLinks)/[^/]+")
WORDS: Final = re.compile(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml")
REMARKS_OF_WORD: Final = re.compile(r"word/comments\.xml")
REMARKS_OF_SHEETS: Final = re.compile(r"xl/comments[^/]*\.xml")
THREADS_OF_SHEETS: Final = re.compile(r"xl/threadedComments/[^/]+\.xml")
REMARKS_OF_SLIDES: Final = re.compile(r"ppt/comments/[^/]+\.xml")
PIVOT: Final = re.compile(r"xl/(pivotCache/pivotCacheRecords|externalLinks/externalLink)\d+\.xml")
PROGRAMS: Final = frozenset({"python-docx", "openpyxl", "xlsxwriter", "microsoft office user", "un-named", "unknown"})


def of_docx(content: bytes) -> Iterator[HiddenThing]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in _parts(package, WORDS):
            yield from _in_words(read_part(package, name))
        yield from _remarks(package, REMARKS_OF_WORD, "comment", "author")
        yield from _of_all(package)


def _in_words(part: Element) -> Iterator[HiddenThing]:
    changes = [one for one in part.iter() if name_of(one) in CHANGES and any(_text(one))]
    if changes:
        yield HiddenThing(HiddenKind.CHANGES, "", _by(changes, "author"))
    hidden = [run for run in part.iter() if name_of(run) == "r" and _is_hidden(run) and any(_text(run))]
    if hidden:
        yield HiddenThing(HiddenKind.HIDDEN_TEXT, "", " ".join("".join(_text(run)) for run in hidden))


def _is_hidden(run: Element) -> bool:
    return any(
        name_of(one) == "vanish" and _value(one) not in OFF
        for properties in run
        if name_of(properties) == "rPr"
        for one in properties
    )


def _value(element: Element) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "val"), "1")


def _text(element: Element) -> Iterator[str]:
    return (one.text for one in element.iter() if name_of(one) in {"t", "delText"} and one.text)


def _by(elements: Iterable[Element], attribute: str) -> str:
    """How many, and by whom: `3, van Bo Verzonnen`."""
    found = list(elements)
    authors = Counter(_attribute(one, attribute) for one in found)
    names = ", ".join(name for name, _ in authors.most_common(4) if name)
    return f"{len(found)}{f', van {names}' if names else ''}"


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _parts(package: zipfile.ZipFile, pattern: re.Pattern[str]) -> list[str]:
    return [name for name in package.namelist() if pattern.fullmatch(name)]


def _remarks(package: zipfile.ZipFile, pattern: re.Pattern[str], element: str, attribute: str) -> Iterator[HiddenThing]:
    found = [
        one for name in _parts(package, pattern) for one in read_part(package, name).iter() if name_of(one) == element
    ]
    if found:
        yield HiddenThing(HiddenKind.COMMENTS, "", _by(found, attribute))


def _of_all(package: zipfile.ZipFile) -> Iterator[HiddenThing]:
    """The things that every office file may hold: names, files inside it, and photos that know where they were taken."""
    for name in PROPERTIES:
        if name in package.namelist():
            yield from _names(read_part(package, name))
    for name in package.namelist():
        if INSIDE.fullmatch(name) and not name.endswith(".rels") and not PIVOT.fullmatch(name):
            yield HiddenThing(HiddenKind.ATTACHMENT, "", name.rpartition("/")[2])
        elif PHOTOS.fullmatch(name):
            with suppress(Exception):  # a damaged picture shows nothing either
                yield from in_picture(package.read(name), name.rpartition("/")[2])


def _names(part: Element) -> Iterator[HiddenThing]:
    for one in part.iter():
        words = (one.text or "").strip()
        if name_of(one) in NAMES and words and words.lower() not in PROGRAMS:
            yield HiddenThing(HiddenKind.NAMES, NAMES[name_of(one)], words)


def of_xlsx(content: bytes) -> Iterator[HiddenThing]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        strings = SharedStrings(package)
        for sheet in sheets_of(package):
            if sheet.hidden:
                rows = sum(1 for _ in cells_of(package, sheet.part, strings))
                yield HiddenThing(HiddenKind.SHEET, sheet.name, f"{rows} rijen met gegevens")
            yield from _in_sheet(sheet.name, read_part(package, sheet.part))
        yield from _remarks(package, REMARKS_OF_SHEETS, "comment", "-")
        yield from _remarks(package, THREADS_OF_SHEETS, "threadedComment", "-")
        yield from (
            HiddenThing(HiddenKind.SOURCE_DATA, "", name.rpartition("/")[2])
            for name in package.namelist()
            if PIVOT.fullmatch(name)
        )
        yield from _of_all(package)


def _in_sheet(title: str, sheet: Element) -> Iterator[HiddenThing]:
    columns = [_columns(one) for one in sheet.iter() if name_of(one) == "col" and _is_on(one, "hidden")]
    if columns and (used := _used(sheet, columns)):
        yield HiddenThing(HiddenKind.COLUMN, title, ", ".join(used))
    rows = [one for one in sheet.iter() if name_of(one) == "row" and _is_on(one, "hidden") and _holds(one)]
    if rows:
        yield HiddenThing(HiddenKind.ROW, title, f"{len(rows)}, vanaf rij {rows[0].get('r', '?')}")


def _is_on(element: Element, attribute: str) -> bool:
    return element.get(attribute, "0") not in OFF


def _columns(column: Element) -> tuple[int, int]:
    return int(column.get("min", "0")), int(column.get("max", "0"))


def _holds(row: Element) -> bool:
    return any(name_of(one) in {"v", "t"} and one.text for one in row.iter())


def _used(sheet: Element, hidden: list[tuple[int, int]]) -> list[str]:
    """The letters of hidden columns in which something stands."""
    letters = {re.sub(r"\d", "", cell.get("r", "")) for cell in sheet.iter() if name_of(cell) == "c" and _holds(cell)}
    found = []
    for first, last in hidden:
        found += [
            letter
            for number in range(first, min(last, first + 200) + 1)
            if (letter := column_letters(number)) in letters
        ]
    return found


def of_pptx(content: bytes) -> Iterator[HiddenThing]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        for at, name in enumerate(slides_of(package), 1):
            slide = read_part(package, name)
            if slide.get("show", "1") in OFF:
                yield HiddenThing(HiddenKind.SLIDE, f"dia {at}", next(paragraphs_of(slide), ""))
            yield from _notes(package, name, at)
        yield from _remarks(package, REMARKS_OF_SLIDES, "cm", "-")
        yield from _of_all(package)


def _notes(package: zipfile.ZipFile, slide: str, at: int) -> Iterator[HiddenThing]:
    for name in related(package, slide).values():
        if "/notesSlides/" in name and name in package.namelist():
            words = [one for one in paragraphs_of(read_part(package, name)) if not one.strip().isdecimal()]
            if words:
                yield HiddenThing(HiddenKind.SPEAKER_NOTES, f"dia {at}", " ".join(words))


def of_odt(content: bytes) -> Iterator[HiddenThing]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        text = read_part(package, "content.xml")
        counts = Counter(name_of(one) for one in text.iter())
        if counts["changed-region"]:
            yield HiddenThing(HiddenKind.CHANGES, "", str(counts["changed-region"]))
        if counts["annotation"]:
            yield HiddenThing(HiddenKind.COMMENTS, "", str(counts["annotation"]))
        if hidden := counts["hidden-text"] + counts["hidden-paragraph"]:
            yield HiddenThing(HiddenKind.HIDDEN_TEXT, "", str(hidden))
        yield from _of_all(package)
