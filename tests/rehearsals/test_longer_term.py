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
from processes.base.errors import NotNow
from processes.rehearsal.played_case import open_case
from processes.rehearsal.sandbox import ACTORS, sandbox
from processes.rehearsal.script import Action, read_script
from processes.rehearsal.steps import until
from processes.storage.case_type_folders import folders_beside
from processes.storage.tables import TaskRow

HOME = Path(__file__).parents[2] / "bpmn"
DAY_AFTER = date(2026, 5, 8)  # the term of this bezwaar ends on 7 May
LONGER = {"extend_choice": "verlengen", "extend_reason": "Wij wachten op stukken."}


@pytest.fixture
def played():
    folder = read_folder(HOME / "bezwaar")
    script = read_script("verlengd.yaml", folder.rehearsals["verlengd.yaml"])
    with sandbox(replace(folder, rehearsals={}), folders_beside(HOME / "bezwaar")) as (services, clock):
        yield open_case(services, clock, "bezwaar", script)


def extend(played) -> None:
    act(played.services, ACTORS["worker"], PressButton(played.case, "extend"))
    with played.services.sessions() as session:
        mine = (TaskRow.case_id == played.case_id, TaskRow.element == "ExtendTerm", TaskRow.state == "open")
        task = session.scalars(select(TaskRow.id).where(*mine)).one()
    act(played.services, ACTORS["worker"], CompleteTask(task, LONGER))


def test_a_second_extension_is_refused_with_the_reason(played):
    extend(played)
    with pytest.raises(NotNow, match="maar één keer"):
        extend(played)


def test_an_extension_after_the_term_is_refused_with_the_reason(played):
    until(played, Action("until", DAY_AFTER, "worker", {}, "", {}))
    with pytest.raises(NotNow, match="al voorbij"):
        extend(played)
