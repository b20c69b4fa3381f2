"""Parts of office files (ECMA-376): the sheets and cells of a workbook, the slides of a presentation. Only read in a child with limits."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, fromstring

LARGEST_PART: Final = 50_000_000
WORKBOOK: Final = "xl/workbook.xml"
PRESENTATION: Final = "ppt/presentation.xml"
VISIBLE: Final = "visible"
COLUMN: Final = re.compile(r"[A-Z]{1,3}")
MOST_COLUMNS: Final = 200


class PartTooLarge(ValueError):
    """Een onderdeel van dit bestand is te groot om te lezen."""


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    name: str
    part: str
    hidden: bool


def name_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def read_part(package: zipfile.ZipFile, name: str) -> Element:
    """Raises KeyError without such a part, PartTooLarge, and ValueError for one with a document type."""
    if package.getinfo(name).file_size > LARGEST_PART:
        raise PartTooLarge(name)
    content = package.read(name)
    if b"<!DOCTYPE" in content:
        raise ValueError(name)
    return fromstring(content)  # noqa: S314 - in a child with limits, and no document type is taken


def related(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The parts that this one names, by their id in it."""
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in package.namelist():
        return {}
    found = {}
    for one in read_part(package, rels):
        if one.get("TargetMode") != "External":
            target = one.get("Target", "")
            found[one.get("Id", "")] = posixpath.normpath(
                target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            )
    return found


def _id_of(element: Element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}id")), "")


def sheets_of(package: zipfile.ZipFile) -> Iterator[WorkbookSheet]:
    """In the order of the workbook. Sheets with a chart and nothing else are left out."""
    parts = related(package, WORKBOOK)
    names = set(package.namelist())
    for one in read_part(package, WORKBOOK).iter():
        part = parts.get(_id_of(one), "") if name_of(one) == "sheet" else ""
        if part in names:
            yield WorkbookSheet(one.get("name", ""), part, one.get("state", VISIBLE) != VISIBLE)


def slides_of(package: zipfile.ZipFile) -> Iterator[str]:
    """The parts of the slides, in their order."""
    parts = related(package, PRESENTATION)
    names = set(package.namelist())
    for one in read_part(package, PRESENTATION).iter():
        part = parts.get(_id_of(one), "") if name_of(one) == "sldId" else ""
        if part in names:
            yield part


def paragraphs_of(part: Element) -> Iterator[str]:
    """The words of each paragraph of a slide."""
    for paragraph in part.iter():
        if name_of(paragraph) == "p":
            words = "".join(one.text or "" for one in paragraph.iter() if name_of(one) == "t")
            if words.strip():
                yield words


class SharedStrings:
    """The texts that cells of a workbook name by number."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        there = "xl/sharedStrings.xml" in package.namelist()
        root = read_part(package, "xl/sharedStrings.xml") if there else Element("sst")
        self._texts = [text_of(one) for one in root if name_of(one) == "si"]

    def at(self, number: str) -> str:
        place = int(number) if number.isdecimal() else -1
        return self._texts[place] if 0 <= place < len(self._texts) else ""


def text_of(element: Element) -> str:
    """The text inside a cell or shared string, without how it is to be read aloud."""
    return "".join(one.text or "" for one in element.iter() if name_of(one) == "t")


def cells_of(package: zipfile.ZipFile, part: str, strings: SharedStrings) -> Iterator[list[str]]:
    """The cells of each row that holds something, each at the place of its column."""
    for row in read_part(package, part).iter():
        if name_of(row) == "row":
            cells = _cells(row, strings)
            if any(cells):
                yield cells


def _cells(row: Element, strings: SharedStrings) -> list[str]:
    found: dict[int, str] = {}
    for at, cell in enumerate(one for one in row if name_of(one) == "c"):
        column = column_number(cell.get("r", "")) or at + 1
        if column <= MOST_COLUMNS:
            found[column] = _value(cell, strings)
    return [found.get(column, "") for column in range(1, max(found, default=0) + 1)]


def _value(cell: Element, strings: SharedStrings) -> str:
    if cell.get("t") == "inlineStr":
        return text_of(cell)
    value = next((one.text or "" for one in cell if name_of(one) == "v"), "")
    return strings.at(value) if cell.get("t") == "s" else value


def column_number(reference: str) -> int:
    """3 of `C7`; 0 of what names no column."""
    found = COLUMN.match(reference)
    number = 0
    for letter in found.group() if found else "":
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """`C` of 3."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
