"""W7, W11: a table as a spreadsheet, in which texts are texts, days are days, and the header stays in view."""

import io
from datetime import UTC, date, datetime

import pytest
from kit.spreadsheets import FORMULA, ReadSheet, moment_of, read_sheet, read_sheets

from portal.spreadsheets import Cell, Sheet, send_sheet, sheet_name, unique_names, write_sheet, write_sheets

FORMULAS = ["=1+1", "+31", "-2", "@SUM(A1)", "\tx", "  =1", "\uff1d1", "https://kwaad.example", "0612345678", "{=1}"]
HEAD = ("Zaak", "Dag", "Moment", "Aantal")


def made(*rows: tuple[Cell, ...], name: str = "Zaken", notice: str = "") -> ReadSheet:
    file = io.BytesIO()
    write_sheet(Sheet(name, HEAD, rows, notice), file)
    return read_sheet(file.getvalue())


@pytest.mark.parametrize("cell", FORMULAS)
def test_w11_a_text_of_a_spreadsheet_is_never_a_formula_link_or_number(cell: str) -> None:
    sheet = made((cell,))
    assert sheet.rows[1] == [cell]
    assert FORMULA not in sheet.types
    assert "n" not in sheet.types


def test_w7_days_moments_and_numbers_are_what_they_are_on_a_clock_here() -> None:
    sheet = made(("A", date(2026, 3, 1), datetime(2026, 7, 1, 22, 30, tzinfo=UTC), 1234), ("B", None, None, None))
    read = [f"{moment_of(value):%Y-%m-%d %H:%M}" for value in sheet.rows[1][1:3]]
    assert read == ["2026-03-01 00:00", "2026-07-02 00:30"]
    assert sheet.rows[1][3] == 1234
    assert sheet.rows[2] == ["B"]
    assert {"dd-mm-yyyy", "dd-mm-yyyy hh:mm"} <= sheet.formats


def test_w7_the_header_stays_in_view_and_filters_also_under_a_notice() -> None:
    sheet = made(("A",), ("B",))
    assert (sheet.rows[0], sheet.frozen, sheet.filtered) == ([*HEAD], 1, "A1:D3")
    sheet = made(("A",), ("B",), notice="Er zijn er meer.")
    assert (sheet.rows[0], sheet.rows[1], sheet.frozen, sheet.filtered) == (["Er zijn er meer."], [*HEAD], 2, "A2:D4")


@pytest.mark.parametrize(
    ("text", "name"),
    [("Zaken", "Zaken"), ("A/B: [x]?*", "A B x"), ("'t Huis'", "t Huis"), ("", "Blad"), ("History", "Blad"), ("x" * 40, "x" * 31)],
)  # fmt: skip
def test_w7_a_sheet_has_a_name_that_opens(text: str, name: str) -> None:
    assert sheet_name(text) == name
    assert made(name=text).name == name


@pytest.mark.parametrize("wild", ["\x00", "\x0b", "\ud800", "\ufffe", "a\nb", "_x0041_", "<b>&"])
def test_w7_signs_that_a_file_cannot_hold_do_not_spoil_it(wild: str) -> None:
    assert made((f"a{wild}z",)).rows[1][0]


def test_w7_what_goes_wrong_on_the_way_is_no_half_a_file() -> None:
    def broken():
        yield ("A",)
        raise ValueError("stuk")

    with pytest.raises(ValueError, match="stuk"):
        send_sheet(Sheet("Zaken", HEAD, broken()), "zaken.xlsx")


def test_w15_tables_of_one_file_are_sheets_with_names_of_their_own() -> None:
    assert unique_names(["Op tijd", "op tijd", "X" * 40, "X" * 40]) == [
        "Op tijd",
        "op tijd 2",
        "X" * 31,
        f"{'X' * 29} 2",
    ]
    file = io.BytesIO()
    write_sheets([Sheet("Eerste", ("A", "B"), [("=1+1", 3)]), Sheet("Tweede", ("C",), [(None,), ("-2",)], "Kop")], file)
    first, second = read_sheets(file.getvalue())
    assert (first.name, first.rows) == ("Eerste", [["A", "B"], ["=1+1", 3.0]])
    assert (second.name, second.rows) == ("Tweede", [["Kop"], ["C"], ["-2"]])
    assert FORMULA not in first.types | second.types
