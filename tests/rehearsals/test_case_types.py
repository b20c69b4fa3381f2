"""Every case type in bpmn/ has no findings, and every rehearsal that it carries goes as written."""

from contextlib import contextmanager
from pathlib import Path

import pytest

from engine import read_model
from processes.jobs.trail_verification import problems_of_trail
from processes.rehearsal import play_folder, player
from processes.rehearsal.from_disk import deploy_path
from processes.rehearsal.sandbox import sandbox
from processes.storage.case_type_folders import all_folders, check_path, folders_beside
from processes.storage.search_table import pages, told_by_rows, told_by_table

HOME = Path(__file__).parents[2] / "bpmn"
FOLDERS = all_folders(HOME)
CASE_TYPES = [folder for folder in FOLDERS if read_model(folder.drawing).model.case_type]
PLAYED = [folder for folder in FOLDERS if folder.rehearsals]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_o38_case_type_has_no_findings(folder):
    assert check_path(HOME / folder.name) == []


@pytest.mark.parametrize("folder", CASE_TYPES, ids=lambda folder: folder.name)
def test_o39_a_case_type_carries_rehearsals(folder):
    assert len(folder.rehearsals) >= 5


def test_o43_klacht_carries_rehearsals():
    klacht = next(folder for folder in PLAYED if folder.name == "klacht")
    assert len(klacht.rehearsals) >= 6


@pytest.mark.parametrize("folder", PLAYED, ids=lambda folder: folder.name)
def test_b1_rehearsals_go_as_written_and_search_table_and_trail_follow(folder, monkeypatch):
    looked_at, forged = [], []

    @contextmanager
    def compared(*given):
        with sandbox(*given) as (services, clock):
            yield services, clock
            looked_at.append(entries(services))
            forged.extend(problems_of_trail(services, lambda *_: None))

    monkeypatch.setattr(player, "sandbox", compared)
    outcomes = list(play_folder(folder, folders_beside(HOME / folder.name)))
    assert len(outcomes) == len(folder.rehearsals)
    assert {outcome.name: outcome.problems for outcome in outcomes if outcome.problems} == {}
    assert len(looked_at) == len(outcomes)
    for rows, held in looked_at:
        assert rows == held
    assert forged == []  # T4: the trail holds a digest of every row, as it was last written


def entries(services):
    """What the search table must hold of all cases, and what it holds."""
    with services.sessions() as session:
        cases = [case for page in pages(session) for case in page]
        return told_by_rows(session, cases), told_by_table(session, cases)


def test_all_of_a_place_are_deployed_at_once_called_processes_first(services):
    assert [one.partition(":")[0] for one in deploy_path(services, HOME)] == [folder.name for folder in FOLDERS]
