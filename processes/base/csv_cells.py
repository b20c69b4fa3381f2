"""Cells of a CSV file that spreadsheets open as text.

A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection"): what stands in it may
have been typed by anybody.
"""

from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
MARK: Final = "\ufeff"  # says that the file is UTF-8


def harmless(cell: str) -> str:
    """The text, with an apostrophe in front when a spreadsheet would carry it out."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
