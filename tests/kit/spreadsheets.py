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
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheet, book, styles = (
            etree.fromstring(parts.read(f"xl/{name}.xml")) for name in ("worksheets/sheet1", "workbook", "styles")
        )
    rows = [[_value(cell) for cell in row] for row in sheet.iter(f"{MAIN}row")]
    types = {FORMULA if cell.find(f"{MAIN}f") is not None else cell.get("t", "n") for cell in sheet.iter(f"{MAIN}c")}
    filtered, pane, (tab,) = (
        sheet.find(f"{MAIN}autoFilter"), sheet.find(f".//{MAIN}pane"), book.iter(f"{MAIN}sheet"),
    )  # fmt: skip
    return ReadSheet(
        tab.get("name", ""), rows, types, "" if filtered is None else filtered.get("ref", ""),
        0 if pane is None else int(pane.get("ySplit", "0")), {one.get("formatCode", "") for one in styles.iter(f"{MAIN}numFmt")},
    )  # fmt: skip


def moment_of(value: str | float) -> datetime:
    """What a number of a spreadsheet says: a moment on a clock here, with UTC as if that were its zone."""
    return EPOCH + timedelta(days=float(value))


def _value(cell: Any) -> str | float:
    text = "".join(part.text or "" for part in cell.iter(f"{MAIN}t"))
    number = cell.find(f"{MAIN}v")
    return text if number is None else float(number.text or "0")
