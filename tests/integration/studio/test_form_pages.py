"""The questions of a form are changed on pages; what was not changed stays to the byte."""

import json
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import rows, shipped
from kit.people import FENNA

from engine import read_model
from engine.edits import files_of
from processes.actions import act
from processes.actions.drafting import RestoreRevision, StartDraft
from processes.base.actor import Actor
from processes.storage.services import Services
from processes.storage.tables import ModelDraftRevision
from processes.studio.questions import questions_in, with_moved_question, with_question
from processes.studio.revisions import contents, one_revision

HOME = "/beheer/zaaktypen/klacht/ontwerp/formulieren"
START = f"{HOME}/vragen/start.json"
FILE = "forms/start.json"
KLACHT = files_of(shipped("klacht"))
GERDA = Actor("staff", "gerda", "Gerda Beheer", frozenset({"admin"}))
FORMS = sorted(Path(__file__).parents[3].glob("bpmn/*/forms/*.json"))
ON_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


def files(services: Services) -> dict[str, bytes]:
    with services.sessions() as session:
        last = max(rows(services, ModelDraftRevision), key=lambda row: row.number)
        return dict(contents(session, last))


def newest(services: Services) -> str:
    return max(rows(services, ModelDraftRevision), key=lambda row: row.number).id


def start(services: Services) -> list[dict]:
    return json.loads(files(services)[FILE])["components"]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_s1_a_question_that_is_saved_as_it_was_changes_no_byte(path: Path) -> None:
    content = path.read_bytes()
    for number, one in enumerate(questions_in(content)):
        assert with_question(content, number, one) == content
    assert with_moved_question(with_moved_question(content, 0, 0), 0, 0) == content


@ON_SQLITE
def test_s1_a_question_is_changed_added_moved_and_taken_away(services: Services) -> None:
    act(services, FENNA, StartDraft("klacht"))
    fenna = Browser(services, FENNA)
    was = start(services)
    assert "Wat is er gebeurd?" in fenna.get(START)
    english = was[1]["properties"]
    typed = {
        "label": "Wat ging er mis?", "description": "Vertel het ons.", "required": "ja",
        "english": english["label.en"], "english_description": english["description.en"],
    }  # fmt: skip
    fenna.get(f"{START}/1")
    assert "Bewaard" in fenna.post(f"{START}/1", typed)
    changed = {**was[1], "label": "Wat ging er mis?", "description": "Vertel het ons."}
    assert start(services)[1] == changed
    page = fenna.post(START, {"value": "agreement", "label": ""}, status=422)
    assert "Vul de tekst in." in page
    fenna.post(START, {"value": "agreement", "label": "Wat is er al afgesproken?"})
    assert start(services)[-1] == {"type": "textarea", "key": "agreement", "label": "Wat is er al afgesproken?"}
    last = len(was)
    fenna.post(f"{START}/{last}", {"step": "up"})
    assert start(services)[-2]["key"] == "agreement"
    fenna.get(f"{START}/{last - 1}")
    fenna.post(f"{START}/{last - 1}", {"step": "remove"})
    assert start(services)[1:] == [changed, *was[2:]]
    assert "Formulier 'start', anders: vraag 'Wat ging er mis?': de vraag was 'Wat is er gebeurd?'" in fenna.get(
        "/beheer/zaaktypen/klacht/ontwerp"
    )


@ON_SQLITE
def test_s1_a_question_makes_the_value_that_it_asks_for_and_both_are_undone_together(services: Services) -> None:
    act(services, FENNA, StartDraft("klacht"))
    fenna = Browser(services, FENNA)
    was = files(services)
    fenna.get(START)
    typed = {
        "step": "make",
        "title": "Hoe u bent geholpen",
        "kind": "choice",
        "choices": "Goed\n",
        "asked": "Hoe ging het?",
    }
    page = fenna.post(START, typed, status=422)
    assert "Typ 2 tot 60 keuzes, elk op een eigen regel." in page
    assert "Hoe ging het?" in fenna.html, "nothing that was typed is lost"
    assert files(services) == was
    assert "Bewaard" in fenna.post(START, {**typed, "choices": "Goed\nGoed!\n\nNiet zo goed\n2 keer slecht"})
    now = files(services)
    assert start(services)[-1] == {"type": "radio", "key": "hoe_u_bent_geholpen", "label": "Hoe ging het?"}
    value = read_model(now["klacht.bpmn"]).model.values["hoe_u_bent_geholpen"]  # type: ignore[union-attr]
    assert (value.title, value.type) == ("Hoe u bent geholpen", "choice")
    codes = [(one.value, one.title) for one in value.choices]
    assert codes == [
        ("goed", "Goed"), ("goed_2", "Goed!"), ("niet_zo_goed", "Niet zo goed"), ("keuze_2_keer_slecht", "2 keer slecht"),
    ]  # fmt: skip
    again = {"step": "make", "title": "Hoe u bent geholpen", "kind": "text", "asked": "En verder?"}
    fenna.post(START, again)
    assert start(services)[-1]["key"] == "hoe_u_bent_geholpen_2"
    saves = fenna.get("/beheer/zaaktypen/klacht/ontwerp/bewaringen")
    assert "Vraag met het nieuwe gegeven 'Hoe u bent geholpen' toegevoegd aan formulier 'start'." in saves
    with services.sessions() as session:
        first = one_revision(session, "klacht", min(rows(services, ModelDraftRevision), key=lambda row: row.number).id)
    act(services, FENNA, RestoreRevision("klacht", newest(services), first.id))
    assert files(services) == was


@ON_SQLITE
def test_s6_a_form_that_somebody_else_changed_is_told(services: Services) -> None:
    act(services, FENNA, StartDraft("klacht"))
    fenna, gerda = Browser(services, FENNA), Browser(services, GERDA)
    fenna.get(f"{START}/1")
    gerda.get(f"{START}/1")
    gerda.post(f"{START}/1", {"label": "Van Gerda", "required": "ja"})
    page = fenna.post(f"{START}/1", {"label": "Van Fenna", "required": "ja"}, status=409)
    assert "Intussen bewaarde Gerda Beheer ook iets" in page
    assert "Uw tekst was: Van Fenna" in page
    assert start(services)[1]["label"] == "Van Gerda"
