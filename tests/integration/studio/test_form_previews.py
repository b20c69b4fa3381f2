"""A form of a draft is shown with its real fields and tried by filling it in; nothing is stored."""

import pytest
from kit.browser import Browser
from kit.cases import all_shipped, rows, shipped
from kit.filled_forms import filled, send
from kit.people import FENNA

from engine import read_model
from portal.admin.studio.previewing import tried
from portal.received import Received
from processes.actions import act
from processes.actions.drafting import StartDraft
from processes.reads.studio import FormOnShow
from processes.storage.services import Services
from processes.storage.tables import ModelDraftRevision

HOME = "/beheer/zaaktypen/klacht/ontwerp/formulieren"
ON_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


@pytest.mark.parametrize("folder", all_shipped(), ids=lambda one: one.name)
def test_s8_every_form_that_is_shipped_has_a_preview_with_all_its_questions(folder) -> None:
    model = read_model(folder.drawing).model
    for name, source in folder.forms.items():
        page = tried(FormOnShow(name, source, model, ()), None)
        assert page.questions
        assert page.filled is None
        for language in ("", "en"):
            told = tried(FormOnShow(name, source, model, ()), None, language)
            assert [one.number for one in told.questions] == [one.number for one in page.questions]


@ON_SQLITE
def test_s8_a_form_is_tried_in_its_preview_and_nothing_is_stored(services: Services) -> None:
    act(services, FENNA, StartDraft("klacht"))
    fenna = Browser(services, FENNA)
    address = f"{HOME}/voorbeeld/start.json"
    page = fenna.get(address)
    assert "Wat is er gebeurd?" in page
    assert "de burger" in page
    page = fenna.post(address, {**filled(fenna.html, address), "what_happened": ""}, status=422)
    assert 'href="#field-what_happened"' in page
    page = fenna.post(address, {**filled(fenna.html, address), "what_happened": "De balie was dicht."})
    assert "Zo kan het worden verstuurd" in page
    assert "<dd>De balie was dicht.</dd>" in page
    assert [row.number for row in rows(services, ModelDraftRevision)] == [1]


@ON_SQLITE
def test_s12_from_a_question_in_the_preview_to_where_it_is_written_and_back(services: Services) -> None:
    act(services, FENNA, StartDraft("klacht"))
    fenna = Browser(services, FENNA)
    preview = f"{HOME}/voorbeeld/start.json"
    question = f"{HOME}/vragen/start.json/1"
    assert f'href="{question}?terug=voorbeeld"' in fenna.get(preview)
    page = send(fenna, f"{question}?terug=voorbeeld", {"label": "Wat ging er mis?", "english": "What went wrong?"})
    assert fenna.url.endswith(preview)
    assert "Wat ging er mis?" in page
    assert "What went wrong?" in fenna.get(f"{preview}?taal=en")
    fenna.get(f"{HOME}/vragen/start.json/1?terug=https://elders.example")
    assert "elders.example" not in fenna.html


def test_s8_which_questions_count_is_tried_by_filling_in() -> None:
    """The judgement of a complaint: what the case knows shows a question, and the answer to that one takes another away."""
    folder = shipped("klacht")
    form = FormOnShow("judge.json", folder.forms["judge.json"], read_model(folder.drawing).model, ())

    def shown(**typed: str) -> dict[str, tuple[bool, bool]]:
        """By question whether it is there, and whether it counts."""
        page = tried(form, Received({name.replace("z_", "z-"): [value] for name, value in typed.items()}))
        return {one.hidden_when: (one.field is not None, one.counts) for one in page.questions if one.hidden_when}

    follows, why_not = "route != 'commissie'", "route != 'commissie' or follows_advice"
    assert shown(z_route="onderzoek") == {follows: (False, False), why_not: (False, False)}
    assert shown(z_route="commissie") == {follows: (True, True), why_not: (True, True)}
    assert shown(z_route="commissie", follows_advice="ja") == {follows: (True, True), why_not: (True, False)}
