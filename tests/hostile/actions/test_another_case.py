"""Every address of a worker under one case, with what is of another: it is not there, and nothing changes."""

import re

import pytest
from hostile_kit import intake, rows_that_are_rare
from kit.browser import ORIGIN, Browser
from kit.cases import count, register_bezwaar, rows
from kit.people import BRAM, NOOR, TESS

from processes.jobs.workers import drain
from processes.reads.workbench import NAMED
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case

# the framework lists the routes as an OpenAPI document, in which a door for GET and HEAD has one name twice
pytestmark = pytest.mark.filterwarnings("ignore:Duplicate Operation ID")
# parts of an address that name no row: a code of the drawing, a page, a file that waits in a form, the number of another case
NO_ROW = {"number", "button", "code", "which", "key", "tab", "other"}


@pytest.fixture
def two_cases(services: Services) -> tuple[str, str, dict[str, str]]:
    """The number of a case, that of another one, and of each kind of row one of the other case."""
    other = register_bezwaar(services, TESS)
    intake(services)
    drain(services)
    mine = register_bezwaar(services, BRAM)
    (case,) = rows(services, Case, number=other)
    rows_that_are_rare(services, case)
    found = {name: str(rows(services, table, case_id=case.id)[0].id) for name, table in NAMED.items()}
    return mine, other, found


def test_o13_what_is_of_another_case_cannot_be_reached_by_the_number_of_this_one(
    services: Services, two_cases: tuple[str, str, dict[str, str]]
) -> None:
    mine, other, found = two_cases
    noor = Browser(services, NOOR)
    doors = [
        (method, pattern)
        for pattern, methods in noor.client.app.openapi()["paths"].items()
        for method in methods
        if pattern.startswith("/werk/zaken/{number}/") and set(_parts(pattern)) & set(NAMED)
    ]
    assert len(doors) > 30
    assert {name for _, pattern in doors for name in _parts(pattern)} <= {*NAMED, *NO_ROW}
    before = count(services, AuditRow)
    reached = []
    for method, pattern in doors:
        address = _filled(pattern, {**dict.fromkeys(NO_ROW, "bezwaar"), **found, "number": mine})
        data = {"csrf": noor.csrf, "form_key": f"k{address}"[:60]} if method == "post" else None
        answer = noor.client.request(method.upper(), address, data=data, headers=ORIGIN)
        if answer.status_code != 404:
            reached.append((pattern, answer.status_code))
    assert reached == []
    assert count(services, AuditRow) == before
    number_alone = _filled("/werk/zaken/{number}/verzoeken/link/{dossier}", {**found, "number": other})
    noor.post(number_alone)  # under its own case the same row is there


def test_every_address_under_a_case_says_which_row_it_names(services: Services) -> None:
    parts = {
        name
        for pattern in Browser(services).client.app.openapi()["paths"]
        if pattern.startswith("/werk/zaken/{number}")
        for name in _parts(pattern)
    }
    assert parts == {*NAMED, *NO_ROW}


def _parts(pattern: str) -> list[str]:
    return re.findall(r"{(\w+)}", pattern)


def _filled(pattern: str, values: dict[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda found: values[found[1]], pattern)
