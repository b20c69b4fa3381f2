"""The decision letter says what was decided and why, in words; a code or an empty place would be no decision."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import read_folder
from processes.rehearsal.played_case import open_case
from processes.rehearsal.player import play
from processes.rehearsal.sandbox import sandbox
from processes.rehearsal.script import Rehearsal, read_script
from processes.storage.case_type_folders import folders_beside
from processes.storage.tables import NoticeRow

HOME = Path(__file__).parents[2] / "bpmn"


def letter_of(name: str, template: str) -> tuple[str, Rehearsal]:
    """The one letter of this kind that a rehearsal sends, and what was played."""
    folder = read_folder(HOME / "bezwaar")
    script = read_script(name, folder.rehearsals[name])
    with sandbox(replace(folder, rehearsals={}), folders_beside(HOME / "bezwaar")) as (services, clock):
        played = open_case(services, clock, "bezwaar", script)
        assert play(played, script).problems == ()
        with services.sessions() as session:
            return session.scalars(select(NoticeRow.body).where(NoticeRow.template == template)).one(), script


@pytest.mark.parametrize("name", ["aangevuld.yaml", "commissie.yaml", "te-laat.yaml"])
def test_d63_the_letter_holds_the_result_and_its_explanation(name):
    letter, script = letter_of(name, "beslissing")
    drafted = next(step for step in script.steps if step.what == "DraftDecision")
    result = {"gegrond": "gegrond", "deels_gegrond": "deels gegrond"}.get(drafted.values["dictum"], "niet-ontvankelijk")
    said, _, onward = letter.partition(f"Het bezwaar is {result}.\n")
    assert said
    assert drafted.values["explanation"] in onward.partition("\n\n")[0]


def test_the_letter_says_why_nobody_was_heard_why_the_advice_is_not_followed_and_which_costs_are_paid():
    letter, _ = letter_of("kosten.yaml", "beslissing")
    assert "hebben niet gereageerd op onze vraag. Niemand vroeg om een hoorzitting." in letter  # Awb 7:12
    assert "Voor de tweede auto klopt de berekening wel." in letter  # Awb 7:13, seventh paragraph
    assert "Wij vergoeden 647 euro" in letter  # Awb 7:15


def test_the_request_to_repair_names_what_is_missing_in_words():
    letter, _ = letter_of("aangevuld.yaml", "aanvulling")
    assert "Het gaat om: redenen van het bezwaar.\nWaarom vindt u dat u niet hoeft te betalen?" in letter
