"""S13: two versions, or a draft and a version, beside each other on a page: sentences with links, and marks for the drawings."""

import html
import json
import re
from dataclasses import replace

import pytest
from kit.browser import Browser
from kit.cases import put_in_use, rows, shipped
from kit.people import FENNA, NOOR

from engine.edits import files_of
from processes.actions import act
from processes.actions.drafting import ImportDraft, SaveDraftFiles, StartDraft
from processes.storage.services import Services
from processes.storage.tables import ModelDraftRevision

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
HOME = "/beheer/zaaktypen/klacht"
KLACHT = replace(shipped("klacht"), rehearsals={})
RENAMED = replace(KLACHT, drawing=KLACHT.drawing.replace(b'name="Ontvangen"', b'name="Binnen"'))
SENTENCE = "Anders: status 'Binnen' (eerst 'Ontvangen'). Veranderd: de naam."


def marks(page: str, which: str = "new") -> dict[str, str]:
    """By element, the kind of its mark, as the script of the page gets it."""
    found = re.search(rf'id="difference-{which}-marks">(.*?)</script>', page)
    return {one["element"]: one["kind"] for one in json.loads(html.unescape(found[1]))} if found else {}


def test_s13_two_versions_of_a_case_type_are_compared_on_a_page(services: Services) -> None:
    fenna = Browser(services, FENNA)
    assert "nog maar één versie" in fenna.get(f"{HOME}/verschil")
    put_in_use(services, RENAMED)
    assert f"{HOME}/verschil" in fenna.get(HOME)
    page = fenna.get(f"{HOME}/verschil")
    assert "Verschil tussen versie 1 en 2 van Klacht" in page
    assert SENTENCE in page
    assert set(marks(fenna.html).values()) == {"changed"}
    (step,) = set(re.findall(rf'href="{HOME}/2#(stap-\w+)"', fenna.html))
    fenna.get(f"{HOME}/2")
    assert f'id="{step}"' in fenna.html
    assert "Er is geen verschil." in fenna.get(f"{HOME}/verschil?van=2&naar=2")
    fenna.get(f"{HOME}/verschil?van=9", 404)
    fenna.get("/beheer/zaaktypen/nergens/verschil", 404)
    assert Browser(services, NOOR).status(f"{HOME}/verschil") == 403


def test_s13_any_two_saves_of_a_draft_are_compared_in_sentences_and_on_the_drawing(services: Services) -> None:
    act(services, FENNA, StartDraft("klacht"))
    fenna, saves = Browser(services, FENNA), f"{HOME}/ontwerp/bewaringen"
    assert "Er is maar één bewaring." in fenna.get(f"{saves}/vergelijken")
    without = _without_a_step(RENAMED.drawing)
    for number, drawing in ((1, RENAMED.drawing), (2, without), (3, KLACHT.drawing)):
        seen = next(one.id for one in rows(services, ModelDraftRevision) if one.number == number)
        files = {f"{KLACHT.name}.bpmn": drawing}
        act(services, FENNA, SaveDraftFiles("klacht", seen, f"Verandering {number}.", files))
    fenna.get(saves)
    assert f'href="{saves}/vergelijken"' in fenna.html, (
        "saves within five minutes are one line, and still can be compared"
    )
    assert SENTENCE in fenna.get(f"{saves}/vergelijken?van=1&naar=2")
    assert set(marks(fenna.html).values()) == {"changed"}
    fenna.get(f"{saves}/vergelijken?van=2&naar=3")
    assert "removed" in marks(fenna.html, "old").values()
    assert fenna.client.get(f"{saves}/2/tekening").content == RENAMED.drawing
    assert f"{saves}/3/tekening" in fenna.html
    assert "Er is geen verschil." in fenna.get(f"{saves}/vergelijken?van=1&naar=4")
    assert "Verschil tussen bewaring 3 en 4" in fenna.get(f"{saves}/vergelijken"), "without a choice the last two"
    assert "rollen/onderdeel/" in fenna.html, "a step of the newest save can be gone to"
    fenna.get(f"{saves}/vergelijken?van=9", 404)
    fenna.get(f"{saves}/9/tekening", 404)
    assert Browser(services, NOOR).status(f"{saves}/vergelijken") == 403


def test_s13_a_draft_is_compared_with_any_version_and_before_it_goes_into_use(services: Services) -> None:
    put_in_use(services, RENAMED)
    act(services, FENNA, ImportDraft("klacht", files_of(replace(RENAMED, drawing=_without_a_step(RENAMED.drawing)))))
    fenna = Browser(services, FENNA)
    page = fenna.get(f"{HOME}/ontwerp/verschil")
    assert "Verschil met versie 2" in page
    assert SENTENCE not in page
    assert "removed" in marks(fenna.html, "old").values()
    assert f"{HOME}/2/tekening" in fenna.html
    assert SENTENCE in fenna.get(f"{HOME}/ontwerp/verschil?met=1")
    fenna.get(f"{HOME}/ontwerp/verschil?met=9", 404)
    fenna.get(f"{HOME}/ontwerp/in-gebruik")
    assert "removed" in marks(fenna.html, "old").values()
    act(services, FENNA, ImportDraft("nieuw", {"nieuw.bpmn": KLACHT.drawing.replace(b'"klacht"', b'"nieuw"')}))
    assert "nog geen versie" in fenna.get("/beheer/zaaktypen/nieuw/ontwerp/verschil")


def _without_a_step(drawing: bytes) -> bytes:
    """One user task has another id, so that the old one is gone."""
    task = re.search(rb'<bpmn:userTask id="(\w+)"', drawing)
    assert task
    return re.sub(rb"\b%s\b" % task[1], task[1] + b"Anew", drawing)
