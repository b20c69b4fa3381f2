"""W11: a CSV file that a spreadsheet opens as text, whatever somebody typed into a cell."""

import pytest

from portal.csv_files import harmless

FORMULAS = ["=1+1", "+31", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", "  =1", "\uff1d1"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_w11_no_cell_of_a_csv_file_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "BZW-2026-000001", "Noor", "2001:db8::1", "1-2-2026"])
def test_w11_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell
