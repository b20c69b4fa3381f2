"""Everything that a written rehearsal can do has a button on the page, and each button makes a step that can be read back."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from portal.admin.studio.rehearsal_more import OFFERED, more_steps
from portal.admin.studio.rehearsal_presses import STEPS
from portal.received import Received
from processes.base.errors import Invalid
from processes.base.isolated_play import PlayedThrough
from processes.reads.studio import first_at
from processes.rehearsal.script import VERBS, read_script
from processes.rehearsal.writing import with_step, written

MODEL: Any = SimpleNamespace(
    parties={"third_party": SimpleNamespace(title="Derde")}, document_types={"map": SimpleNamespace(name="Kaart")}
)
STAGE: Any = SimpleNamespace(model=MODEL)
POST = {"template": "uitnodiging", "subject": "Uitnodiging", "to_post": True, "held": "", "read_first": False}
VIEW = {
    "today": "2026-03-02", "parties": ["Tess Testeling"], "asked": True,
    "post": [POST, {**POST, "template": "brief", "subject": "Brief", "to_post": False, "held": "Er mist iets."},
             {**POST, "template": "besluit", "subject": "Besluit", "to_post": False, "read_first": True}],
    "days": [["decide", "met", "Beslissen: gehaald op"]], "buttons": [["Advise", "Vraag advies"]], "next_at": "2026-03-05T09:00",
}  # fmt: skip
PRESSES = [
    ("press", {"r-button": "Advise"}, {"press": "Advise"}),
    ("time", {"r-days": "3"}, {"wait": "P3D"}),
    ("withdraw", {"r-by": "citizen"}, {"withdraw": "citizen"}),
    ("message", {"r-message": "Hoe gaat het?"}, {"message": "Hoe gaat het?"}),
    ("posted", {"r-posted": "uitnodiging"}, {"posted": "uitnodiging"}),
    ("retry", {"r-retry": "brief"}, {"retry": "brief"}),
    ("letter", {"r-letter": "besluit", "r-doing": "ask"}, {"letter": {"template": "besluit", "do": "ask"}}),
    (
        "letter",
        {"r-letter": "besluit", "r-doing": "edit", "r-letter-text": "[aanhef],\n\nKom morgen."},
        {"letter": {"template": "besluit", "do": "edit", "text": "[aanhef],\n\nKom morgen."}},
    ),
    (
        "letter",
        {"r-letter": "besluit", "r-doing": "return", "r-letter-why": "De dag mist.", "r-letter-text": "Blijft staan."},
        {"letter": {"template": "besluit", "do": "return"}, "reason": "De dag mist."},
    ),
    ("join", {"r-role": "third_party", "r-person": "Bo"}, {"join": {"role": "third_party", "name": "Bo"}}),
    (
        "give",
        {"r-file": "kaart.pdf", "r-kind": "map", "r-to": "Tess Testeling"},
        {"give": {"file": "kaart.pdf", "type": "map", "to": "Tess Testeling"}},
    ),
]
DATED = [
    ("next", {}, "until"),
    ("time", {"r-how": "until", "r-until": "2026-03-09"}, "until"),
    ("term", {"r-term": "2026-03-09"}, "term"),
    ("correct", {"r-which": "decide/met", "r-right": "2026-03-03", "r-why": "Typefout"}, "correct"),
]
WRONG = [
    ("message", {}, "r-message"),
    ("term", {"r-term": "2026-03-02"}, "r-term"),
    ("term", {"r-term": ""}, "r-term"),
    ("posted", {"r-posted": "brief"}, "r-posted"),
    ("retry", {"r-retry": "uitnodiging"}, "r-retry"),
    ("letter", {"r-letter": "brief", "r-doing": "send"}, "r-letter"),
    ("letter", {"r-letter": "besluit", "r-doing": "burn"}, "r-doing"),
    ("letter", {"r-letter": "besluit", "r-doing": "edit"}, "r-letter-text"),
    ("letter", {"r-letter": "besluit", "r-doing": "return"}, "r-letter-why"),
    ("join", {"r-role": "mayor", "r-person": "Bo"}, "r-role"),
    ("join", {"r-role": "third_party"}, "r-person"),
    ("give", {"r-file": "kaart.pdf", "r-kind": "map", "r-to": "Wie"}, "r-to"),
    ("correct", {"r-which": "decide/start", "r-right": "2026-03-03"}, "r-which"),
]


def pressed(button: str, fields: Mapping[str, str]) -> dict[str, Any]:
    return STEPS[button](STAGE, VIEW, Received({name: [text] for name, text in fields.items()}), 0)


def test_b1_whatever_a_written_rehearsal_can_do_has_a_button() -> None:
    assert set(OFFERED) == set(STEPS)
    assert {verb for verbs in OFFERED.values() for verb in verbs} == set(VERBS)


@pytest.mark.parametrize(("button", "fields", "step"), PRESSES)
def test_b1_a_button_makes_its_step(button: str, fields: dict[str, str], step: dict[str, Any]) -> None:
    assert pressed(button, fields) == step


@pytest.mark.parametrize(("button", "fields", "verb"), DATED)
def test_b1_a_button_with_a_day_makes_a_step_that_can_be_read_back(
    button: str, fields: dict[str, str], verb: str
) -> None:
    text = with_step(
        written("Proef", {"on": pressed("term", {"r-term": "2026-03-03"})["term"]}), pressed(button, fields)
    )
    assert [one.verb for one in read_script("proef", text.encode()).steps] == [verb]


@pytest.mark.parametrize(("button", "fields", "field"), WRONG)
def test_b1_a_step_that_lacks_something_names_the_field(button: str, fields: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        pressed(button, fields)
    assert list(wrong.value.fields) == [field]


def test_b1_what_cannot_be_done_now_is_not_offered() -> None:
    nothing = more_steps({**VIEW, "post": [], "days": [], "parties": [], "asked": False}, None)
    offered = (nothing.roles, nothing.kinds, nothing.parties, nothing.to_post, nothing.held, nothing.letters)
    assert not any((*offered, nothing.days, nothing.asked))


def test_s12_the_first_step_at_an_element_is_found_in_the_drawing_of_the_draft_alone() -> None:
    reached = ((("eerste", "Intake"),), (("ander", "Besluit"),), (("eerste", "Besluit"), ("eerste", "Intake")))
    played = PlayedThrough(reached=reached)
    assert [first_at(played, "eerste", one) for one in ("Intake", "Besluit", "Nergens")] == [1, 3, None]
