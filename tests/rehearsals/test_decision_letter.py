"""The decision letter says what was decided and why, in words; a code or an empty place would be no decision."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import read_folder
from processes.checking import folders_beside
from processes.database.tables import NoticeRow
from processes.rehearsing.actions import open_scene
from processes.rehearsing.player import play
from processes.rehearsing.script import read_script
from processes.rehearsing.stage import stage

HOME = Path(__file__).parents[2] / "bpmn"


@pytest.mark.parametrize("name", ["aangevuld.yaml", "commissie.yaml", "te-laat.yaml"])
def test_d63_the_letter_holds_the_result_and_its_explanation(name):
    folder = read_folder(HOME / "bezwaar")
    script = read_script(name, folder.rehearsals[name])
    with stage(replace(folder, rehearsals={}), folders_beside(HOME / "bezwaar")) as (house, clock):
        scene = open_scene(house, clock, "bezwaar", script)
        assert play(scene, script).problems == ()
        with house.sessions() as session:
            letter = session.scalars(select(NoticeRow.body).where(NoticeRow.template == "beslissing")).one()
    drafted = next(step for step in script.steps if step.what == "DraftDecision")
    result = {"gegrond": "gegrond", "deels_gegrond": "deels gegrond"}.get(drafted.values["dictum"], "niet-ontvankelijk")
    assert f"Het bezwaar is {result}.\n{drafted.values['explanation']}" in letter
