"""A table as a CSV file that spreadsheets open as text: semicolons and a mark for UTF-8, as they are read in the Netherlands."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from starlette.responses import Response, StreamingResponse

from processes.base.csv_cells import MARK, harmless


def send_csv(head: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> Response:
    """A download of these rows under this name, made while it is sent."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return StreamingResponse(_lines(head, rows), media_type="text/csv; charset=utf-8", headers=headers)


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield MARK + _line(head)
    for row in rows:
        yield _line([harmless(cell) for cell in row])


def _line(cells: Sequence[str]) -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=";", lineterminator="\r\n").writerow(cells)
    return made.getvalue()
