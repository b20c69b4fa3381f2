"""T2: one bad row costs only itself: every list and sweep goes on for all other cases, and nothing answers with a 500."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, add_departments, do, open_task, put_in_use, register_bezwaar, rows, INTAKE
from kit.people import ADA, ARIE, FENNA, NOOR, TESS
from sqlalchemy import JSON, LargeBinary, String, Text, update

from processes.jobs.clock_process import SWEEPS
from processes.jobs.gauges import exposition
from processes.jobs.verification import verify
from processes.jobs.workers import drain
from processes.storage.base import Base
from processes.storage.services import Services
from processes.storage.tables import Case, Instance, TaskRow

BAD_TEXT = "raar\u2028\nwoord"
BAD_JSON: dict[str, Any] = {"object": {"raar": [1]}, "text": "raar", "list": [1], "number": 12}


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren", "wonen")
    for subject in ("De eerste", "De tweede"):
        number = register_bezwaar(services, TESS, subject=subject)
        do_in(services, number, "Intake", **{**INTAKE, "route": "zonder_horen"})
    drain(services)


def do_in(services: Services, number: str, element: str, **values: Any) -> None:
    from processes.actions import act
    from processes.actions.tasks import CompleteTask

    act(services, NOOR, CompleteTask(open_task(services, element, number), values, ()))


def columns() -> Iterator[tuple[str, str, str, Any]]:
    for table in Base.metadata.sorted_tables:
        if table.name.startswith(("audit", "anchor")):
            continue
        for column in table.columns:
            if column.primary_key or column.foreign_keys or column.unique:
                continue
            if isinstance(column.type, JSON):
                for kind, bad in BAD_JSON.items():
                    yield table.name, column.name, kind, bad
            elif isinstance(column.type, String | Text):
                length = getattr(column.type, "length", None) or 100
                yield table.name, column.name, "text", BAD_TEXT[:length]
            elif isinstance(column.type, LargeBinary):
                yield table.name, column.name, "bytes", b"kapot"


WHAT = list(columns())
LISTS = {
    "noor": (
        NOOR,
        [
            "/werk",
            "/werk?wie=mine",
            "/werk/zaken",
            "/werk/zaken?zoek=tweede",
            "/werk/zaken?stand=afgerond",
            "/werk/zaken?stand=alle",
            "/werk/zaken?behandelaar=noor&zoek=Tess",
            "/werk/nieuw",
            "/werk/nieuw/bezwaar",
        ],
    ),
    "ada": (ADA, ["/werk"]),
    "fenna": (
        FENNA,
        [
            "/beheer",
            "/beheer/zaaktypen",
            "/beheer/afdelingen",
            "/beheer/wettelijke-termijnen",
            "/beheer/wettelijke-termijnen/dagen",
        ],
    ),
    "arie": (ARIE, ["/beheer/vernietiging"]),
    "tess": (TESS, ["/mijn", "/mijn/nieuw", "/mijn/gegevens"]),
}
TABS = ["", "/tijdlijn", "/documenten", "/verzoeken", "/brieven", "/partijen", "/datums"]


@pytest.mark.parametrize(("table", "column", "kind", "bad"), WHAT, ids=["-".join(one[:3]) for one in WHAT])
def test_poison(installed, table, column, kind, bad):
    services = installed(furnish)
    first, second = rows(services, Case)
    there = Base.metadata.tables[table]
    with services.sessions.begin() as session:
        statement = update(there).values({column: bad})
        if table == "case":
            statement = statement.where(there.c.id == first.id)
        elif "case_id" in there.c:
            statement = statement.where(there.c.case_id == first.id)
        hit = session.execute(statement).rowcount
    if not hit:
        pytest.skip("no rows")
    wrong = []

    def look(browser, path):
        answer = browser.client.get(path)
        if answer.status_code >= 500:
            wrong.append((path, answer.status_code))
        return answer

    services.models._kept.clear() if table == "model_version" else None
    for who, (person, paths) in LISTS.items():
        browser = Browser(services, person)
        for path in paths:
            answer = look(browser, path)
            if answer.status_code != 200:
                wrong.append((path, answer.status_code))
        if who == "noor":
            for tab in TABS:
                if look(browser, f"/werk/zaken/{second.number}{tab}").status_code != 200 and table != "model_version":
                    wrong.append((f"tweede {tab}",))
                look(browser, f"/werk/zaken/{first.number}{tab}")
            for task in rows(services, TaskRow):
                look(browser, f"/werk/taken/{task.id}")
        if who == "tess":
            look(browser, f"/mijn/zaken/{first.number}")
            if look(browser, f"/mijn/zaken/{second.number}").status_code != 200 and table != "model_version":
                wrong.append(("mijn tweede",))
    for sweep in SWEEPS:
        try:
            sweep.run(services)
        except Exception as error:
            wrong.append((sweep.name, repr(error)[:300]))
    for name, run in (("verify", verify), ("gauges", exposition), ("drain", drain)):
        try:
            run(services)
        except Exception as error:
            wrong.append((name, repr(error)[:300]))
    assert wrong == []
