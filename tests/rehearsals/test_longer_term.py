"""A bezwaar is extended once, and only in time (Awb 7:10, third paragraph); who tries again reads why not."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import read_folder
from processes.actions import act
from processes.actions.course import PressButton
from processes.actions.tasks import CompleteTask
from processes.checking import folders_beside
from processes.database.tables import TaskRow
from processes.errors import NotNow
from processes.rehearsing.actions import open_scene, until
from processes.rehearsing.script import Action, read_script
from processes.rehearsing.stage import ACTORS, stage

HOME = Path(__file__).parents[2] / "bpmn"
DAY_AFTER = date(2026, 5, 8)  # the term of this bezwaar ends on 7 May
LONGER = {"extend_choice": "verlengen", "extend_reason": "Wij wachten op stukken."}


@pytest.fixture
def scene():
    folder = read_folder(HOME / "bezwaar")
    script = read_script("verlengd.yaml", folder.rehearsals["verlengd.yaml"])
    with stage(replace(folder, rehearsals={}), folders_beside(HOME / "bezwaar")) as (house, clock):
        yield open_scene(house, clock, "bezwaar", script)


def extend(scene) -> None:
    act(scene.house, ACTORS["worker"], PressButton(scene.case, "extend"))
    with scene.house.sessions() as session:
        mine = (TaskRow.case_id == scene.case_id, TaskRow.element == "ExtendTerm", TaskRow.state == "open")
        task = session.scalars(select(TaskRow.id).where(*mine)).one()
    act(scene.house, ACTORS["worker"], CompleteTask(task, LONGER))


def test_a_second_extension_is_refused_with_the_reason(scene):
    extend(scene)
    with pytest.raises(NotNow, match="maar één keer"):
        extend(scene)


def test_an_extension_after_the_term_is_refused_with_the_reason(scene):
    until(scene, Action("until", DAY_AFTER, "worker", {}, "", {}))
    with pytest.raises(NotNow, match="al voorbij op"):
        extend(scene)
