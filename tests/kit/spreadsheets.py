"""Reads a spreadsheet (xlsx) that the program sent: its cells as what they are, and how the sheet is set up."""

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EPOCH = datetime(1899, 12, 30, tzinfo=UTC)  # day 0 of a spreadsheet
FORMULA = "formula"  # the type of a cell that would be carried out


@dataclass(frozen=True)
class ReadSheet:
    """`rows` hold texts, and numbers as floats; `types` the type of each cell beside its text. `frozen`: rows that stay in view."""

    name: str
    rows: list[list[str | float]]
    types: set[str]
    filtered: str
    frozen: int
    formats: set[str]


def read_sheet(content: bytes) -> ReadSheet:
    """The one sheet of the file."""
    (sheet,) = read_sheets(content)
    return sheet


def read_sheets(content: bytes) -> list[ReadSheet]:
    """Every sheet of the file, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        book, styles = (etree.fromstring(parts.read(f"xl/{name}.xml")) for name in ("workbook", "styles"))
        tabs = [tab.get("name", "") for tab in book.iter(f"{MAIN}sheet")]
        formats = {one.get("formatCode", "") for one in styles.iter(f"{MAIN}numFmt")}
        return [
            _sheet(name, etree.fromstring(parts.read(f"xl/worksheets/sheet{at}.xml")), formats)
            for at, name in enumerate(tabs, 1)
        ]


def _sheet(name: str, sheet: Any, formats: set[str]) -> ReadSheet:
    rows = [[_value(cell) for cell in row] for row in sheet.iter(f"{MAIN}row")]
    types = {FORMULA if cell.find(f"{MAIN}f") is not None else cell.get("t", "n") for cell in sheet.iter(f"{MAIN}c")}
    filtered, pane = sheet.find(f"{MAIN}autoFilter"), sheet.find(f".//{MAIN}pane")
    return ReadSheet(
        name, rows, types, "" if filtered is None else filtered.get("ref", ""),
        0 if pane is None else int(pane.get("ySplit", "0")), formats,
    )  # fmt: skip


def moment_of(value: str | float) -> datetime:
    """What a number of a spreadsheet says: a moment on a clock here, with UTC as if that were its zone."""
    return EPOCH + timedelta(days=float(value))


def _value(cell: Any) -> str | float:
    text = "".join(part.text or "" for part in cell.iter(f"{MAIN}t"))
    number = cell.find(f"{MAIN}v")
    return text if number is None else float(number.text or "0")
