"""Every setting of the vocabulary is changed on a page, and only what was changed changes in the drawing."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from kit.browser import Browser
from kit.cases import rows, shipped
from kit.people import FENNA

from engine.edits import files_of, path_text, settings_of
from engine.vocabulary import SHAPES
from processes.actions import act
from processes.actions.drafting import StartDraft
from processes.base.actor import Actor
from processes.reads.studio import SLUGS
from processes.storage.services import Services
from processes.storage.tables import ModelDraftRevision
from processes.studio.revisions import contents

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
KLACHT = files_of(shipped("klacht"))
HOME = "/beheer/zaaktypen/klacht/ontwerp"
GERDA = Actor("staff", "gerda", "Gerda Beheer", frozenset({"admin"}))
INVESTIGATING = next(
    one.id for one in settings_of(KLACHT) if any(found.values.get("code") == "investigating" for found in one.settings)
)
STATUS = f"{HOME}/statussen/instelling/{INVESTIGATING}/status.0"


@pytest.fixture
def fenna(services: Services) -> Browser:
    act(services, FENNA, StartDraft("klacht"))
    return Browser(services, FENNA)


def drawing(services: Services) -> list[str]:
    with services.sessions() as session:
        newest = max(rows(services, ModelDraftRevision), key=lambda row: row.number)
        return contents(session, newest)["klacht.bpmn"].decode().splitlines()


def fields(page: str) -> dict[str, list[str]]:
    """The fields of settings on a page as a browser would send them."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(
        r'<input class="[^"]*" type="text" id="[^"]*" name="(v\.[^"]*)" value="([^"]*)"', page
    ):
        found[name] = [unescape(value)]
    for name, body in re.findall(r'<select [^>]*name="(v\.[^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        found[name] = [unescape(one) for one in re.findall(r'value="([^"]*)" selected', body)] or [""]
    for name, text in re.findall(r'<textarea [^>]*name="(v\.[^"]*)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        found[name] = [unescape(text)]
    for name, value in re.findall(r'<input type="checkbox" [^>]*name="(v\.[^"]*)" value="([^"]*)" checked', page):
        found.setdefault(name, []).append(unescape(value))
    return found


def changed_lines(services: Services) -> list[str]:
    was, now = KLACHT["klacht.bpmn"].decode().splitlines(), drawing(services)
    return [one.strip() for one in now if one not in was] + [f"-{one.strip()}" for one in was if one not in now]


def test_s1_a_changed_status_text_is_one_changed_line(fenna: Browser, services: Services) -> None:
    page = fenna.get(f"{HOME}/statussen")
    assert "In onderzoek" in page
    assert f"instelling/{INVESTIGATING}/status.0" in page
    typed = fields(fenna.get(STATUS))
    assert typed["v.name"] == ["In onderzoek"]
    page = fenna.post(STATUS, {**typed, "v.text.explanation": "Iemand anders zoekt het uit."})
    assert "Bewaard" in page
    (gone,) = (one for one in changed_lines(services) if one.startswith("-"))
    (now,) = (one for one in changed_lines(services) if not one.startswith("-"))
    assert ("onderzoekt uw klacht" in gone, now) == (
        True, "<case:explanation>Iemand anders zoekt het uit.</case:explanation>",
    )  # fmt: skip
    page = fenna.get(f"{HOME}/in-gebruik")
    assert "status 'In onderzoek'. Veranderd: de uitleg" in page


def test_s1_a_list_says_which_term_a_step_begins_or_meets(fenna: Browser) -> None:
    page = " ".join(re.sub(r"<[^>]+>", " ", fenna.get(f"{HOME}/termijnen")).split())
    assert re.search(r"Termijn: [A-Z][a-z ]+ Wat gebeurt er: begint", page), (
        "each line says more than that a term begins"
    )


def test_s1_every_setting_has_a_page_that_changes_nothing_when_nothing_is_typed(
    fenna: Browser, services: Services
) -> None:
    """One of each kind that klacht has."""
    tried = set()
    for element in settings_of(KLACHT):
        for setting in _with_inside(element.settings):
            if setting.name in tried or (setting.shape.text and len(setting.path) > 1):
                continue
            tried.add(setting.name)
            address = f"{HOME}/{SLUGS[setting.shape.group]}/instelling/{element.id}/{path_text(setting.path)}"
            fenna.post(address, fields(fenna.get(address)))
    assert len(tried) > 15
    assert len(rows(services, ModelDraftRevision)) == 1


def _with_inside(settings: tuple) -> Iterator:
    for one in settings:
        yield one
        yield from _with_inside(one.inside)


def test_s1_a_setting_is_added_moved_and_taken_away_again(fenna: Browser, services: Services) -> None:
    new = f"{HOME}/resultaten/nieuw"
    page = fenna.get(f"{new}?soort=resultType&bij=klacht")
    assert "Resultaat toevoegen" in page
    typed = {"v.code": "nieuw", "v.description": "Nieuw resultaat", "v.retention": "13.1"}
    page = fenna.post(new, {**fields(page), **typed, "v.code": "gegrond"}, status=422)
    assert "De code `gegrond` is er al. Kies een andere code." in page
    assert 'href="#field-v.code"' in page
    page = fenna.post(new, {**fields(page), **typed})
    assert "Toegevoegd" in page
    count = sum("<case:resultType" in line for line in drawing(services))
    last = f"{HOME}/resultaten/instelling/klacht/resultType.{count - 1}"
    fenna.post(last, {"step": "up"})
    lines = [line for line in drawing(services) if "<case:resultType" in line]
    assert 'code="nieuw"' in lines[count - 2]
    page = fenna.post(f"{HOME}/resultaten/instelling/klacht/resultType.{count - 2}", {"step": "remove"})
    assert "Weggehaald" in page
    assert drawing(services) == KLACHT["klacht.bpmn"].decode().splitlines()


def test_s6_two_editors_of_one_setting_both_keep_their_text(fenna: Browser, services: Services) -> None:
    gerda = Browser(services, GERDA)
    typed = fields(fenna.get(STATUS))
    other = fields(gerda.get(STATUS))
    gerda.post(STATUS, {**other, "v.name": "Wij zoeken het uit"})
    page = fenna.post(STATUS, {**typed, "v.name": "Onderzoek loopt"}, status=409)
    assert "Intussen bewaarde Gerda Beheer ook iets" in page
    assert "Nu staat er: Wij zoeken het uit" in page
    assert fields(page)["v.name"] == ["Onderzoek loopt"]
    fenna.post(STATUS, {**fields(page)})
    assert any('name="Onderzoek loopt"' in line for line in drawing(services))


def test_s6_two_editors_of_two_settings_do_not_meet(fenna: Browser, services: Services) -> None:
    gerda = Browser(services, GERDA)
    other_status = f"{HOME}/algemeen/instelling/klacht/caseType.0"
    typed, other = fields(fenna.get(STATUS)), fields(gerda.get(other_status))
    gerda.post(other_status, {**other, "v.title": "Klacht over ons"})
    fenna.post(STATUS, {**typed, "v.name": "Onderzoek loopt"})
    found = "\n".join(drawing(services))
    assert 'name="Onderzoek loopt"' in found
    assert 'title="Klacht over ons"' in found


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("statussen/instelling/Weg/status.0", 404),
        ("statussen/instelling/klacht/status.99", 404),
        ("statussen/instelling/klacht/onzin", 404),
        ("bestaat-niet", 404),
        ("resultaten/nieuw?soort=onzin&bij=klacht", 404),
        ("resultaten/nieuw", 404),
    ],
)
def test_s1_what_is_not_there_says_so(fenna: Browser, services: Services, address: str, status: int) -> None:
    fenna.get(f"{HOME}/{address}", status)


def test_s1_every_part_of_the_vocabulary_has_a_page(fenna: Browser, services: Services) -> None:
    assert {shape.group for shape in SHAPES.values()} == set(SLUGS)
    for part, slug in SLUGS.items():
        assert f">{part}</h1>" in fenna.get(f"{HOME}/{slug}")


def test_s1_a_waiting_time_and_a_name_are_changed_on_a_page(fenna: Browser, services: Services) -> None:
    timer = next(one for one in settings_of(KLACHT) if one.timer and one.timer[1].startswith("P"))
    page = fenna.get(f"{HOME}/verzoeken")
    assert f"/verzoeken/onderdeel/{timer.id}" in page
    address = f"{HOME}/verzoeken/onderdeel/{timer.id}"
    typed = fields(fenna.get(address))
    page = fenna.post(address, {**typed, "v.when": "drie weken"}, status=422)
    assert 'href="#field-v.when"' in page
    fenna.post(address, {**typed, "v.when": "P3W"})
    assert [line for line in changed_lines(services) if "P3W" in line and not line.startswith("-")]
    assert len(changed_lines(services)) == 2
    task = f"{HOME}/rollen/onderdeel/{INVESTIGATING}"
    fenna.post(task, {**fields(fenna.get(task)), "v.name": "Zoek uit wie het was"})
    assert any('name="Zoek uit wie het was"' in line for line in drawing(services))
