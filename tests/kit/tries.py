"""The tally of hostile tries: what was tried, and what went wrong. Printed at the end of the tests.

`tried(kind, answer)` counts one try and fails on an answer with a server error or a trace. Tests in tests/hostile need
not call it for what goes through `TestClient` or `Browser`: the conftest there does. `kind` is free text, one line each.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

import httpx

HONEST: Final = {503, 507}  # nothing was done, and the page says so: busy, or no room
TRACE: Final = re.compile(
    r'Traceback \(most recent|File "[^"]+", line \d+|site-packages|sqlalchemy\.|psycopg\.|sqlite3\.'
)
COLUMNS: Final = ("tries", "5xx", "traces", "lost")
TALLY: Counter[tuple[str, str]] = Counter()


def tried(
    kind: str, answer: httpx.Response | None = None, *, lost: int = 0, broken: bool = False
) -> httpx.Response | None:
    """Count a try; without an answer one that is not about a page. `lost`: how many things went that should have stayed.
    `broken`: the test broke the installation itself, so a server error is the right answer.
    """
    found = {"tries": 1, "lost": lost, **_wrong(answer)}
    found["5xx"] = 0 if broken else found["5xx"]
    for column, count in found.items():
        TALLY[kind, column] += count
    assert not lost, f"{kind}: {lost} lost"
    if answer is not None:
        assert found["5xx"] + found["traces"] == 0, f"{kind}: {answer.status_code} {answer.text[:2000]}"
    return answer


def _wrong(answer: httpx.Response | None) -> dict[str, int]:
    if answer is None:
        return {"5xx": 0, "traces": 0}
    readable = answer.is_stream_consumed and answer.headers.get("content-type", "").startswith(
        ("text/", "application/json")
    )
    return {
        "5xx": int(answer.status_code >= 500 and answer.status_code not in HONEST),
        "traces": int(readable and TRACE.search(answer.text) is not None),
    }


def lines_of(tally: Mapping[tuple[str, str], int]) -> list[str]:
    """A line for each kind and one for all, as they are printed."""
    kinds = sorted({kind for kind, _ in tally})
    rows = [(kind, *(tally.get((kind, column), 0) for column in COLUMNS)) for kind in kinds]
    sums = ("together", *(sum(row[at] for row in rows) for at in range(1, len(COLUMNS) + 1)))
    wide = max(map(len, (*kinds, "together")))
    return [
        " ".join([str(row[0]).ljust(wide), *(str(cell).rjust(7) for cell in row[1:])])
        for row in (("", *COLUMNS), *rows, sums)
    ]
