"""Tables as a spreadsheet (xlsx): each a sheet with a header that stays in view and a filter, written to a temporary file and sent from it.

A cell that is text stays text, whatever it begins with: what stands in it may have been typed by anybody (OWASP, "CSV Injection").
"""

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO, Final

import xlsxwriter
from starlette.responses import Response

from portal.downloads import send_document
from processes.base.clock import AMSTERDAM
from processes.base.file_types import FORMATS

Cell = str | int | date | datetime | None

LONGEST_NAME: Final = 31  # characters of the name of a sheet: what Excel opens
LONGEST_TEXT: Final = 32_767  # characters of a cell: the same
PIECE: Final = 64 * 1024  # bytes sent at once
WIDEST: Final = 60  # the width of a column, in characters
NARROWEST: Final = 12
UNREADABLE: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")  # what no file of XML can hold
# a text stays a text: no formula, no link, no number is made of it
PLAIN: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
DAY, MOMENT, NUMBER = (
    "dd-mm-yyyy",
    "dd-mm-yyyy hh:mm",
    "#,##0",
)  # a program writes the sign for thousands of its own language


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` stands at the tab, `head` above the columns; each row has as many cells. `notice`, when there is one, stands above all of it.

    Moments are written as they are on a clock here: a spreadsheet knows no time zones.
    """

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    notice: str = ""


def send_sheet(sheet: Sheet, name: str) -> Response:
    """A download of one table under this name, as `send_sheets`."""
    return send_sheets((sheet,), name)


def send_sheets(sheets: Sequence[Sheet], name: str) -> Response:
    """A download under this name. All of it is made before the first byte leaves: what goes wrong becomes a page with a sentence."""
    made = tempfile.TemporaryFile()  # noqa: SIM115 - closed by who sends it
    try:
        write_sheets(sheets, made)
    except BaseException:
        made.close()
        raise
    size = made.seek(0, 2)
    return send_document(_sent(made), name, FORMATS["xlsx"].media_type, size)


def write_sheet(sheet: Sheet, to: BinaryIO) -> None:
    """The file of one table, as `write_sheets`."""
    write_sheets((sheet,), to)


def write_sheets(sheets: Sequence[Sheet], to: BinaryIO) -> None:
    """The file, row by row: what was written is on disk, not in memory. Sheets keep their order; a name that was there gets a number."""
    with tempfile.TemporaryDirectory(prefix="zaakspoor-") as parts:
        book = xlsxwriter.Workbook(to, {"constant_memory": True, "tmpdir": parts, **PLAIN})
        names = unique_names([sheet.name for sheet in sheets])
        try:
            for sheet, name in zip(sheets, names, strict=True):
                _write_page(book, book.add_worksheet(name), sheet)
            book.close()
        finally:
            for page in book.worksheets():
                page.row_data_fh.close()  # rows that could not all be read leave it open


def _write_page(book: Any, page: Any, sheet: Sheet) -> None:
    at = 0
    if sheet.notice:
        page.write_string(at, 0, sheet.notice, book.add_format({"bold": True}))
        at += 1
    last = _write_rows(book, page, sheet, at)
    page.freeze_panes(at + 1, 0)
    page.repeat_rows(at)
    page.autofilter(at, 0, last, len(sheet.head) - 1)


def _write_rows(book: Any, page: Any, sheet: Sheet, at: int) -> int:
    """The header at row `at` and what follows. The answer is the last row; columns are as wide as the longest text that is worth it."""
    bold = book.add_format({"bold": True, "bottom": 1})
    forms: dict[type, Any] = {kind: book.add_format({"num_format": form}) for kind, form in ((datetime, MOMENT), (date, DAY), (int, NUMBER))}  # fmt: skip
    widths = [max(NARROWEST, len(title) + 4) for title in sheet.head]  # the button of the filter takes room
    for column, title in enumerate(sheet.head):
        page.write_string(at, column, title, bold)
    for row in sheet.rows:
        at += 1
        for column, cell in enumerate(row):
            _write(page, at, column, cell, forms)
            widths[column] = min(WIDEST, max(widths[column], len(cell) + 1 if isinstance(cell, str) else 0))
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    return at


def _write(page: Any, row: int, column: int, cell: Cell, forms: dict[type, Any]) -> None:
    match cell:
        case None | "":
            return
        case str():
            page.write_string(row, column, UNREADABLE.sub("\ufffd", cell)[:LONGEST_TEXT])
        case datetime():
            page.write_datetime(row, column, cell.astimezone(AMSTERDAM).replace(tzinfo=None), forms[datetime])
        case date():
            page.write_datetime(row, column, cell, forms[date])
        case int():
            page.write_number(row, column, cell, forms[int])


def sheet_name(text: str) -> str:
    """The text as a spreadsheet takes it for the name of a sheet: without the signs that it refuses, and not too long."""
    clean = re.sub(r"[\x00-\x1f\s\[\]:*?/\\]+", " ", text)[:LONGEST_NAME].strip(" '")
    return clean if clean and clean.casefold() != "history" else "Blad"  # Excel keeps that name for itself


def unique_names(texts: Sequence[str]) -> list[str]:
    """The names of the sheets of one file, none of which may come twice, whatever its capitals."""
    found: list[str] = []
    for text in texts:
        name, count = sheet_name(text), 1
        while name.casefold() in {one.casefold() for one in found}:
            count += 1
            name = f"{sheet_name(text)[: LONGEST_NAME - len(str(count)) - 1]} {count}"
        found.append(name)
    return found


def _sent(made: BinaryIO) -> Iterator[bytes]:
    with made:
        made.seek(0)
        while piece := made.read(PIECE):
            yield piece
