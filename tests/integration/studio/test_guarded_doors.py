"""A rehearsal that goes otherwise stops what goes into use, by a package as by the command, and the law of here holds in it."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import put_in_use, rows
from kit.people import FENNA
from kit.sketches import Sketch
from kit.small_types import FIRST, SECOND, folder

from engine import Folder
from engine.edits import files_of
from processes.law import default_book
from processes.law.edits import Saved
from processes.law.rules import ClosedDay
from processes.reads.studio import RehearsalsBroken
from processes.rehearsal.from_disk import deploy_path
from processes.storage.services import Services
from processes.storage.tables import LawRuleRow, ModelVersion
from processes.studio.zipping import to_zip

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
UPLOAD = "/beheer/zaaktypen/nieuw"
BEGIN = b'title: Klaar\nstart: {"on": 2026-03-02, by: worker, values: {grounds: Oud}}\nsteps:\n'
RECORDED = BEGIN + b"  - complete: Work\n    values: {dictum: klaar}\n    expect: {status: begun, finished: true}\n"
DATED = BEGIN + b"  - expect: {deadlines: {term: 2026-03-24}}\n"
TERM = '<case:deadline code="term" title="Termijn" rule="eigen-regel" from="case.received_on"/>'
START = '<case:deadlineAction deadline="term" action="start" at="enter"/>'
STATUS, RESULT = '<case:status code="begun"', '<case:resultType code="klaar"'
WRONG = "Stap 1 (Work): De status is 'Begonnen', verwacht was 'begun'."


def packed(sketch: Sketch, **rehearsals: bytes) -> Folder:
    return replace(folder(sketch, "eerste"), rehearsals={f"{name}.yaml": text for name, text in rehearsals.items()})


GOOD = packed(FIRST, klaar=RECORDED)
BROKEN = packed(FIRST.changed("body", 'code="begun"', 'code="nieuw"'), klaar=RECORDED)


@pytest.fixture
def place(services: Services) -> Services:
    put_in_use(services, folder(SECOND, "tweede"), folder(FIRST, "eerste"))
    return services


def versions(services: Services) -> list[int]:
    return [row.version for row in rows(services, ModelVersion, process="eerste")]


def uploaded(fenna: Browser, given: Folder) -> str:
    """The address of the button that takes this package into use."""
    fenna.get(UPLOAD)
    fenna.post(UPLOAD, files={"file": ("eerste.zip", to_zip(files_of(given)), "application/zip")})
    (button,) = re.findall(r'action="([^"]*/in-gebruik)"', fenna.html)
    return button


def test_s11_an_uploaded_package_plays_its_rehearsals_and_names_the_step(place: Services) -> None:
    fenna = Browser(place, FENNA)
    button = uploaded(fenna, BROKEN)
    page = fenna.post(button, status=422)
    assert "1 repetitie gaat anders" in page
    assert f"Klaar: {WRONG}" in page
    assert versions(place) == [1]
    assert "versie 2" in fenna.post(uploaded(fenna, GOOD))


def test_s11_the_command_plays_what_changes_and_stops_at_the_first_that_goes_otherwise(
    place: Services, tmp_path: Path
) -> None:
    write(tmp_path, BROKEN)
    with pytest.raises(RehearsalsBroken) as stopped:
        list(deploy_path(place, tmp_path / "eerste"))
    assert f"klaar (Klaar): {WRONG}" in str(stopped.value)
    write(tmp_path, GOOD)
    assert list(deploy_path(place, tmp_path / "eerste")) == ["eerste:2"]
    assert versions(place) == [1, 2]


def test_s11_a_rehearsal_knows_the_law_of_this_installation(place: Services) -> None:
    """Three weeks after Monday 2 March is a Monday that is closed here."""
    fenna = Browser(place, FENNA)
    rule = replace(default_book().versions("awb-9-11", "standard")[-1], code="eigen-regel", amount=3)
    lay_law(place, Saved.rule(rule), Saved.closed_day(ClosedDay(date(2026, 3, 23))))
    dated = FIRST.changed("settings", RESULT, TERM + RESULT).changed("body", STATUS, START + STATUS)
    button = uploaded(fenna, packed(dated, dag=DATED))
    assert "versie 2" in fenna.post(button)


def lay_law(services: Services, *saved: Saved) -> None:
    with services.sessions.begin() as session:
        for one in saved:
            session.add(LawRuleRow(saved_at=services.clock.now(), saved_by="fenna", **vars_of(one)))


def vars_of(saved: Saved) -> dict[str, object]:
    return {**saved.as_data, "valid_from": saved.valid_from}


def write(home: Path, given: Folder) -> None:
    for name, content in files_of(given).items():
        place = home / "eerste" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
