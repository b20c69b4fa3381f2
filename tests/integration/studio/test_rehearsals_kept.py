"""What was played is known by its content: many rehearsals are played by the workers, and nothing is deployed on what was another content."""

from dataclasses import replace

import pytest
from kit.browser import Browser
from kit.cases import put_in_use, rows
from kit.people import FENNA
from kit.sketches import Sketch
from kit.small_types import FIRST, SECOND, folder

from engine import Folder
from engine.edits import files_of
from processes.actions import act
from processes.actions.drafting import ImportDraft
from processes.base import isolated_play
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import DraftRow, ModelVersion, RehearsalKept
from processes.studio.zipping import to_zip

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
HOME = "/beheer/zaaktypen/eerste/ontwerp"
DOOR = f"{HOME}/in-gebruik"
LIST = f"{HOME}/repetities"
UPLOAD = "/beheer/zaaktypen/nieuw"
BEGIN = 'title: Klaar {}\nstart: {{"on": 2026-03-02, by: worker, values: {{grounds: Oud}}}}\nsteps:\n  - wait: P{}D\n'
DONE = "  - complete: Work\n    values: {dictum: klaar}\n    expect: {status: begun, finished: true}\n"
RECORDED = {f"{name}.yaml": (BEGIN.format(at, at) + DONE).encode() for at, name in enumerate("abcdef", start=1)}
OTHER = FIRST.changed("body", 'name="Begonnen"', 'name="Binnen"')
BROKEN = FIRST.changed("body", 'code="begun"', 'code="nieuw"')


def recorded(sketch: Sketch) -> Folder:
    return replace(folder(sketch, "eerste"), rehearsals=RECORDED)


@pytest.fixture
def place(services: Services) -> Services:
    put_in_use(services, folder(SECOND, "tweede"), folder(FIRST, "eerste"))
    return services


def draft(services: Services, sketch: Sketch) -> None:
    act(services, FENNA, ImportDraft("eerste", files_of(recorded(sketch))))


def versions(services: Services) -> list[int]:
    return [row.version for row in rows(services, ModelVersion, process="eerste")]


def played_only_by_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on a page that plays fails."""
    monkeypatch.setattr(isolated_play._stage, "ask", lambda _: pytest.fail("a page plays what was played before"))


def test_s11_many_rehearsals_are_played_by_workers_while_the_page_tells_how_far_they_are(
    place: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(place, OTHER)
    fenna = Browser(place, FENNA)
    assert "Eerst spelen wij de repetities" in fenna.get(DOOR)
    page = fenna.post(DOOR, {"reason": "Een beter woord."})
    assert "0 van de 6 repetities zijn gespeeld." in page
    assert '<meta http-equiv="refresh" content="5">' in page
    assert f'action="{DOOR}"' not in page, "what somebody types would go at the next refresh"
    fenna.post(DOOR, {"reason": "Een beter woord."})
    assert drain(place) == 1, "pressed twice, ordered once"
    page = fenna.get(DOOR)
    assert "Alle repetities gaan goed" in page
    assert "refresh" not in page
    assert "Een beter woord.</textarea>" in page
    assert versions(place) == [1], "played is not yet in use"
    played_only_by_workers(monkeypatch)
    assert "versie 2" in fenna.post(DOOR, {"reason": "Een beter woord."})
    assert rows(place, DraftRow) == []


def test_s11_what_was_played_with_another_content_counts_for_nothing(place: Services) -> None:
    fenna = Browser(place, FENNA)
    draft(place, OTHER)
    fenna.get(DOOR)
    fenna.post(DOOR)
    drain(place)
    assert "Alle repetities gaan goed" in fenna.get(DOOR)
    draft(place, BROKEN)
    fenna.get(DOOR)
    assert "0 van de 6 repetities zijn gespeeld." in fenna.post(DOOR)
    drain(place)
    page = fenna.get(DOOR)
    assert "Dit ontwerp kan nog niet in gebruik: 6 repetities gaan anders" in page
    assert "Dit ontwerp kan in gebruik" not in page, "that would say the opposite"
    assert "Klaar 3</a>: Stap 2 (Work): De status is 'Begonnen', verwacht was 'begun'." in page
    assert f'action="{DOOR}"' not in page, "a button that cannot work"
    assert versions(place) == [1]
    draft(place, OTHER)
    assert "Alle repetities gaan goed" in fenna.get(DOOR), "what was played before is still known"


def test_s11_a_row_that_somebody_wrote_into_the_database_counts_for_nothing(place: Services) -> None:
    fenna = Browser(place, FENNA)
    draft(place, BROKEN)
    fenna.get(DOOR)
    fenna.post(DOOR)
    drain(place)
    with place.sessions.begin() as session:
        for row in session.query(RehearsalKept):
            row.content = row.content.replace("De status is 'Begonnen', verwacht was 'begun'.", "").replace(
                '[""]', "[]"
            )
    page = fenna.get(DOOR)
    assert "Eerst spelen wij de repetities" in page
    assert "gaan goed" not in page
    assert "0 van de 6 repetities" in fenna.post(DOOR)


def test_s11_a_package_waits_for_workers_too_and_keeps_what_was_typed(place: Services) -> None:
    fenna = Browser(place, FENNA)
    fenna.get(UPLOAD)
    package = to_zip(files_of(recorded(OTHER)))
    fenna.post(UPLOAD, files={"file": ("eerste.zip", package, "application/zip")})
    here = fenna.url.removeprefix("http://testserver").partition("?")[0]
    here = here[here.index("/beheer") :]
    assert "0 van de 6 repetities zijn gespeeld." in fenna.post(f"{here}/in-gebruik", {"reason": "Uit de test."})
    drain(place)
    assert "Uit de test.</textarea>" in fenna.get(here)
    assert "versie 2" in fenna.post(f"{here}/in-gebruik")


def test_s12_what_must_still_be_played_for_an_element_is_played_on_a_press(
    place: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(place, OTHER)
    fenna, here = Browser(place, FENNA), f"{LIST}/bij/Work"
    page = fenna.get(here)
    assert "Wij kennen er 0 van de 6." in page
    assert "0 van de 6 repetities zijn gespeeld." in fenna.post(here)
    drain(place)
    assert "Dit is wat ieder ziet bij 'Work': repetitie 'Klaar 1', na stap 1" in fenna.get(here)
    page = fenna.get(LIST)
    assert page.count("ging goed</span>") == 6
    played_only_by_workers(monkeypatch)
    assert "6 repetities gespeeld: ze gingen allemaal goed" in fenna.post(LIST)


@pytest.mark.parametrize("page", [f"{LIST}/bij/Work", LIST, DOOR, HOME])
def test_s12_who_only_looks_plays_nothing(place: Services, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    few = replace(recorded(OTHER), rehearsals={"a.yaml": RECORDED["a.yaml"]})
    act(place, FENNA, ImportDraft("eerste", files_of(few)))
    played_only_by_workers(monkeypatch)
    fenna = Browser(place, FENNA)
    fenna.get(page)
    assert rows(place, RehearsalKept) == []
    if page.endswith("bij/Work"):
        assert "Wij kennen er 0 van de 1." in fenna.html


def test_s11_the_overview_says_that_a_draft_can_be_used_only_once_its_rehearsals_go_well(place: Services) -> None:
    draft(place, OTHER)
    fenna = Browser(place, FENNA)
    page = fenna.get(HOME)
    assert "kan in gebruik als alle repetities goed gaan" in page
    assert "0 van de 6 gespeeld" in page
    fenna.get(DOOR)
    fenna.post(DOOR)
    drain(place)
    assert "Dit ontwerp kan in gebruik." in fenna.get(HOME)
    draft(place, BROKEN)
    fenna.get(DOOR)
    fenna.post(DOOR)
    drain(place)
    page = fenna.get(HOME)
    assert "6 repetities gaan anders" in page
    assert "kan in gebruik" not in page
    assert "Bekijk wat in de weg staat" in page
