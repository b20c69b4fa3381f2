"""T2: one bad row costs only itself: lists and sweeps go on for all other cases, and the bad one is named to the administrator."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, INTAKE, add_departments, open_task, put_in_use, register_bezwaar, rows
from kit.installation import installation
from kit.people import ADA, ARIE, FENNA, NOOR, TESS
from sqlalchemy import JSON, LargeBinary, Text, inspect, update

from processes.actions import act
from processes.actions.messages import AddNote
from processes.actions.tasks import CompleteTask
from processes.jobs.clock_process import SWEEPS
from processes.jobs.gauges import exposition
from processes.jobs.verification import verify
from processes.jobs.workers import drain
from processes.storage import tables
from processes.storage.services import Services
from processes.storage.tables import Case, TaskRow

BAD_TEXT = "raar\u2028\n{row}"
BAD_JSON: dict[str, Any] = {"an object": {"raar": [1]}, "a text": "raar", "a list": [1], "a number": 12}
# by these a row is found at all; damaged, it is as good as gone
FOUND_BY = {
    "state",
    "phase",
    "side",
    "kind",
    "number",
    "reference",
    "receipt",
    "token_hash",
    "message_id",
    "key",
    "identity_index",
}
GROUPS = (
    ("Case",), ("Party", "Decision", "CaseValue", "MailRow", "NoticeRow", "OutboxRow"),
    ("Instance", "TaskRow", "NoteRow", "Dossier"), ("DeadlineRow", "StatusRow", "DocumentRow", "DocumentRequestRow"),
)  # fmt: skip
LISTS = (
    (NOOR, ("/werk", "/werk?van=mij", "/werk/zaken", "/werk/zaken?zoek=tweede", "/werk/zaken?stand=alle", "/werk/nieuw", "/werk/nieuw/bezwaar")),
    (ADA, ("/werk",)),
    (FENNA, ("/beheer", "/beheer/zaaktypen", "/beheer/wettelijke-termijnen")),
    (ARIE, ("/beheer/vernietiging",)),
    (TESS, ("/mijn", "/mijn/nieuw")),
)  # fmt: skip
TABS = ["", "/partijen", "/tijdlijn", "/documenten", "/verzoeken", "/brieven", "/tekening"]


def furnish(services: Services) -> None:
    """Two cases of Tess of the same kind, each of which waits for a department."""
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren", "wonen")
    for subject in ("De eerste", "De tweede"):
        number = register_bezwaar(services, TESS, subject=subject)
        values = {**INTAKE, "route": "zonder_horen"}
        act(services, NOOR, CompleteTask(open_task(services, "Intake", number), values, ()))
        act(services, NOOR, AddNote(number, "Een notitie"))
    drain(services)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        yield opened


def spoil(services: Services, table: str, case: int, bad_json: Any) -> int:
    """Damage each column of the rows of one case; the number of columns."""
    there = getattr(tables, table)
    key = inspect(there).primary_key[0]
    mine = there.id == case if there is Case else there.case_id == case
    hit = 0
    with services.sessions.begin() as session:
        for (row,) in session.query(key).filter(mine).all():
            bad = dict(_damage(there.__table__, row, bad_json))
            session.execute(update(there.__table__).where(key == row).values(bad))
            hit += len(bad)
    return hit


def _damage(table: Any, row: object, bad_json: Any) -> Iterator[tuple[str, Any]]:
    for column in table.columns:
        if column.primary_key or column.foreign_keys or column.name in FOUND_BY:
            continue
        if isinstance(column.type, JSON):
            yield column.name, bad_json
        elif isinstance(column.type, LargeBinary):
            yield column.name, b"kapot"
        elif column.type.python_type is str:
            length = None if isinstance(column.type, Text) else column.type.length
            yield column.name, BAD_TEXT.format(row=row)[:length]


def lists_that_fail(services: Services) -> list[tuple[str, int]]:
    browsers = [(Browser(services, who), paths) for who, paths in LISTS]
    asked = [(path, browser.status(path)) for browser, paths in browsers for path in paths]
    return [one for one in asked if one[1] != 200]


def work_that_fails(services: Services) -> list[str]:
    """The sweeps, the workers, the checks and the figures that raise."""
    found = []
    runs: dict[str, Callable[[Services], object]] = {one.name: one.run for one in SWEEPS}
    for name, run in {**runs, "drain": drain, "verify": verify, "figures": exposition}.items():
        try:
            run(services)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test names it
            found.append(f"{name}: {error!r}"[:300])
    return found


@pytest.mark.parametrize("group", GROUPS, ids=["-".join(group) for group in GROUPS])
def test_t2_a_damaged_case_stops_no_list_no_sweep_and_no_other_case(services: Services, group: tuple[str, ...]) -> None:
    first, second = rows(services, Case)
    kinds = list(BAD_JSON.values())
    for at, table in enumerate(group):
        assert spoil(services, table, first.id, kinds[at % len(kinds)]), table
    noor, tess = Browser(services, NOOR), Browser(services, TESS)
    own = [noor.status(f"/werk/zaken/{first.number}{tab}") for tab in TABS]
    own += [noor.status(f"/werk/taken/{task.id}") for task in rows(services, TaskRow, case_id=first.id)]
    own += [tess.status(f"/mijn/zaken/{first.number}")]
    others = [noor.status(f"/werk/zaken/{second.number}{tab}") for tab in TABS]
    others += [
        noor.status(f"/werk/taken/{task.id}") for task in rows(services, TaskRow, case_id=second.id, side="worker")
    ]
    assert {*others, tess.status(f"/mijn/zaken/{second.number}")} == {200}
    assert second.number in noor.get("/werk/zaken?stand=alle")
    assert second.number in tess.get("/mijn")
    assert lists_that_fail(services) == []
    assert work_that_fails(services) == []
    if 500 in own:
        assert first.number in Browser(services, FENNA).get("/beheer")
        assert first.number in {problem.where.split(",")[0] for problem in verify(services)}


def test_t2_a_page_that_cannot_be_made_names_its_case_to_the_administrator(services: Services) -> None:
    first, second = rows(services, Case)
    spoil(services, "DeadlineRow", first.id, {"raar": 1})
    page = Browser(services, NOOR).get(f"/werk/zaken/{first.number}", 500)
    told = page.split("nummer ")[1][:8]
    (case, other) = rows(services, Case)
    assert told in (case.alarm or "")
    assert (case.number, other.alarm) == (first.number, None)
    assert told in Browser(services, FENNA).get("/beheer")
    assert second.number not in Browser(services, FENNA).get("/beheer")
