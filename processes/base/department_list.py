"""A list of departments as a spreadsheet saves it (CSV): text in, one line out for each row, with what is wrong in it.

The first row names the columns, in any order. Columns are apart by a semicolon, a comma or a tab.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from processes.base.department_data import LABELS, DepartmentData, clean
from processes.base.errors import Invalid

COLUMNS: Final[Mapping[str, str]] = {
    "code": "code",
    "naam": "name",
    "postvak": "email",
    "reservepostvak": "fallback_email",
    "hoofd": "manager_name",
    "postvak hoofd": "manager_email",
    "netwerken": "networks",
    "altijd een code": "always_code",
}
NEEDED: Final = ("code", "naam", "postvak", "postvak hoofd")
MOST_LINES: Final = 500
LONGEST_LIST: Final = 200_000
EXAMPLE: Final = (
    "code;naam;postvak;reservepostvak;hoofd;postvak hoofd;netwerken\n"
    "parkeren;Parkeren;parkeren@voorbeeldstad.example;;D. Voorbeeld;hoofd.parkeren@voorbeeldstad.example;10.1.0.0/16\n"
)


@dataclass(frozen=True, slots=True)
class ListedDepartment:
    """One row. `number` counts as a spreadsheet does, the names of the columns being row 1; `wrong`: sentences with their column."""

    number: int
    data: DepartmentData
    wrong: tuple[str, ...]


def read_list(text: str, known: Mapping[str, DepartmentData]) -> tuple[ListedDepartment, ...]:
    """`known` departments keep what stands in a column that the list does not have. Raises Invalid at the field `text` when it
    is no such list.
    """
    if len(text) > LONGEST_LIST:
        raise Invalid({"text": "Deze lijst is te lang. Splits haar in kleinere lijsten."})
    rows = [
        [cell.strip() for cell in row]
        for row in csv.reader(io.StringIO(text.strip("\ufeff \n")), delimiter=_delimiter(text))
    ]
    names = [name.lower() for name in rows[0]] if rows else []
    missing = [name for name in NEEDED if name not in names]
    unknown = [name for name in names if name and name not in COLUMNS]
    if missing or unknown or len(rows) > MOST_LINES + 1:
        raise Invalid({"text": _what_is_wrong(missing, unknown)})
    seen: dict[str, int] = {}
    found = [_line(number, names, row, seen, known) for number, row in enumerate(rows[1:], 2) if any(row)]
    if not found:
        raise Invalid({"text": "Er staan geen afdelingen onder de namen van de kolommen."})
    return tuple(found)


def _delimiter(text: str) -> str:
    first = text.strip("\ufeff \n").partition("\n")[0]
    return max(";,\t", key=first.count)


def _what_is_wrong(missing: Sequence[str], unknown: Sequence[str]) -> str:
    if missing:
        return f"Op de eerste regel ontbreekt de kolom: {', '.join(missing)}. Vergelijk uw lijst met het voorbeeld."
    if unknown:
        return (
            f"Op de eerste regel staat een onbekende kolom: {', '.join(unknown)}. Gebruik de namen van het voorbeeld."
        )
    return f"Een lijst mag hoogstens {MOST_LINES} afdelingen hebben."


def _line(
    number: int, names: Sequence[str], row: Sequence[str], seen: dict[str, int], known: Mapping[str, DepartmentData]
) -> ListedDepartment:
    cells = {COLUMNS[name]: cell for name, cell in zip(names, row, strict=False) if name}
    data, wrong = clean(replace(known.get(cells.get("code", ""), DepartmentData()), **cells))
    words = {field: column for column, field in COLUMNS.items()}
    told = [f"{words[field]}: {sentence}" for field, sentence in wrong.items()]
    if len(row) > len(names):
        told.append("Deze regel heeft meer kolommen dan de eerste regel.")
    if data.code in seen:
        told.append(f"code: deze code staat ook op regel {seen[data.code]}.")
    seen.setdefault(data.code, number)
    return ListedDepartment(number, data, tuple(told))


def labelled(data: DepartmentData) -> tuple[tuple[str, str], ...]:
    """Label and text of each field that holds something."""
    return tuple((label, str(value)) for name, label in LABELS.items() if (value := getattr(data, name, "")))
