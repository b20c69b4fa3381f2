"""The page that draws, as the editor speaks with it: saving, findings, the settings of one element."""

import json

import pytest
from kit.browser import ORIGIN, Browser
from kit.cases import shipped
from kit.people import FENNA, NOOR

from processes.actions import act
from processes.actions.drafting import StartDraft
from processes.reads.studio import read_draft, read_draft_files
from processes.storage.services import Services
from processes.studio.revisions import newest_revision

HOME = "/beheer/zaaktypen/klacht/ontwerp"
KLACHT = shipped("klacht").drawing.decode()


@pytest.fixture
def fenna(services: Services) -> Browser:
    act(services, FENNA, StartDraft("klacht"))
    browser = Browser(services, FENNA)
    browser.get(f"{HOME}/tekening")
    return browser


def sent(browser: Browser, address: str, status: int = 200, **fields: str) -> dict[str, object]:
    answer = browser.client.post(address, data={"csrf": browser.csrf, **fields}, headers=ORIGIN)
    assert answer.status_code == status, answer.text
    found: dict[str, object] = json.loads(answer.text)
    return found


def newest(services: Services) -> tuple[str, str]:
    with services.sessions() as session:
        revision = newest_revision(session, "klacht").id
    _, files = read_draft_files(services, FENNA, "klacht")
    return revision, files["klacht.bpmn"].decode()


def test_s2_a_drawing_that_is_saved_is_the_newest_of_its_draft(fenna: Browser, services: Services) -> None:
    seen, _ = newest(services)
    changed = KLACHT.replace('name="Klacht ontvangen"', 'name="Klacht is binnen"')
    assert changed != KLACHT
    told = sent(fenna, f"{HOME}/tekening", revision=seen, drawing=changed)
    revision, drawing = newest(services)
    assert told == {"revision": revision, "number": 2}
    assert 'name="Klacht is binnen"' in drawing
    again = sent(fenna, f"{HOME}/tekening", revision=revision, drawing=drawing)
    assert again == told, "a save without a difference is none"


def test_s6_a_save_on_an_older_one_says_who_was_first(fenna: Browser, services: Services) -> None:
    seen, _ = newest(services)
    sent(fenna, f"{HOME}/tekening", revision=seen, drawing=KLACHT.replace("Klacht ontvangen", "Eerste"))
    told = sent(fenna, f"{HOME}/tekening", 409, revision=seen, drawing=KLACHT.replace("Klacht ontvangen", "Tweede"))
    assert (told["who"], told["number"], told["revision"]) == (
        FENNA.name,
        2,
        read_draft(services, FENNA, "klacht").revision,
    )
    assert "Eerste" in newest(services)[1]


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "drawing",
    ["", "geen xml", "<a>" * 5000, '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'],
    ids=["nothing", "no xml", "deep", "entities"],
)
def test_s2_what_is_no_drawing_is_refused_with_a_sentence(fenna: Browser, services: Services, drawing: str) -> None:
    seen, before = newest(services)
    assert sent(fenna, f"{HOME}/tekening", 422, revision=seen, drawing=drawing)["sentence"]
    assert newest(services) == (seen, before)
    assert sent(fenna, f"{HOME}/bevindingen", drawing=drawing)["findings"]


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_s5_what_is_drawn_is_checked_before_it_is_saved(fenna: Browser) -> None:
    broken = KLACHT.replace("bpmn:endEvent", "bpmn:complexGateway")
    found = sent(fenna, f"{HOME}/bevindingen", drawing=broken)["findings"]
    assert isinstance(found, list)
    assert any("`complexGateway` kan Zaakspoor niet uitvoeren" in one["message"] for one in found)
    assert all(one["message"] and one["place"] for one in found)


def test_s2_a_setting_at_its_element_is_saved_added_and_taken_away(fenna: Browser, services: Services) -> None:
    start = next(line for line in KLACHT.splitlines() if "<bpmn:startEvent" in line).split('id="')[1].split('"')[0]
    page = fenna.get(f"{HOME}/element/{start}")
    assert "Status" in page
    fields = {"path": "status.0", "step": "remove", "seen": newest(services)[0]}
    told = sent(fenna, f"{HOME}/element/{start}", **fields)
    revision, drawing = newest(services)
    assert told["revision"] == revision
    assert drawing.count("<case:status ") == KLACHT.count("<case:status ") - 1
    added = {"new.status.0.code": "first", "new.status.0.name": "Begonnen", "new.status.0.order": "10"}
    sent(fenna, f"{HOME}/element/{start}", path="status.0", step="add", seen=revision, **added)
    assert '<case:status code="first" name="Begonnen" order="10"' in newest(services)[1]
    saved = {"path": "status.0", "step": "save", "seen": newest(services)[0]}
    refused = sent(fenna, f"{HOME}/element/{start}", 422, **saved, **{"set.status.0.code": "first", "set.status.0.name": "Begonnen", "set.status.0.order": "tien"})  # fmt: skip
    assert "heel getal" in str(refused["sentence"])
    assert "zodra de stap is bewaard" in fenna.get(f"{HOME}/element/nergens")


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_s2_only_a_functional_administrator_draws(services: Services, fenna: Browser) -> None:
    noor = Browser(services, NOOR)
    for address in ("tekening", "tekening.bpmn", "woordenschat.json", "element/Start"):
        noor.get(f"{HOME}/{address}", 403)
    noor.csrf = noor.csrf or fenna.csrf
    answer = noor.client.post(f"{HOME}/tekening", data={"csrf": noor.csrf, "drawing": KLACHT}, headers=ORIGIN)
    assert answer.status_code == 403
    fenna.get("/beheer/zaaktypen/bestaat-niet/ontwerp/tekening", 404)
