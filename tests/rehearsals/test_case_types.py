"""Every case type in bpmn/ has no findings, and every rehearsal that it carries goes as written."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from kit.letters import printed, wrong

from engine import read_model
from processes.jobs.trail_verification import problems_of_trail
from processes.rehearsal import play_folder, player
from processes.rehearsal.from_disk import deploy_path
from processes.rehearsal.sandbox import sandbox
from processes.rehearsal.script import read_script
from processes.storage.case_type_folders import all_folders, check_path, folders_beside
from processes.storage.search_table import pages, told_by_rows, told_by_table

HOME = Path(__file__).parents[2] / "bpmn"
FOLDERS = all_folders(HOME)
CASE_TYPES = [folder for folder in FOLDERS if read_model(folder.drawing).model.case_type]
PRINTED_BY = {  # the letters of a called process are printed in the cases of who calls it
    "stukkenverzoek": "bezwaar", "stukkenverzoek-spoed": "voorlopige-voorziening", "zoekvraag": "woo-verzoek",
    "zienswijze": "woo-verzoek", "adviesreactie": "juridisch-advies",
    "deelbesluit": "woo-verzoek",
}  # fmt: skip
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


@dataclass
class Play:
    """All rehearsals of one folder, played once for the tests of this file."""

    outcomes: list = field(default_factory=list)
    looked_at: list = field(default_factory=list)
    forged: list = field(default_factory=list)
    letters: list = field(default_factory=list)


@cache
def play_all(name):
    folder, play = next(one for one in PLAYED if one.name == name), Play()

    @contextmanager
    def compared(*given):
        with sandbox(*given) as (services, clock):
            yield services, clock
            play.looked_at.append(entries(services))
            play.forged.extend(problems_of_trail(services, lambda *_: None))
            play.letters.extend(printed(services))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(player, "sandbox", compared)
        play.outcomes = list(play_folder(folder, folders_beside(HOME / folder.name)))
    return play


@pytest.mark.parametrize("folder", PLAYED, ids=lambda folder: folder.name)
def test_b1_rehearsals_go_as_written_and_search_table_and_trail_follow(folder):
    play = play_all(folder.name)
    assert len(play.outcomes) == len(folder.rehearsals)
    assert {outcome.name: outcome.problems for outcome in play.outcomes if outcome.problems} == {}
    assert len(play.looked_at) == len(play.outcomes)
    for rows, held in play.looked_at:
        assert rows == held
    assert play.forged == []  # T4: the trail holds a digest of every row, as it was last written


def played_to_the_end(name):
    """The rehearsals of a case type that end with the case, and go as written."""
    folder, went = next(one for one in PLAYED if one.name == name), play_all(name).outcomes
    scripts = {file: read_script(file, text) for file, text in folder.rehearsals.items()}
    ending = {file for file, script in scripts.items() if any(step.expect.get("finished") for step in script.steps)}
    return ending & {outcome.name for outcome in went if not outcome.problems}


def test_o40_beroep_goes_from_the_letter_of_the_court_to_its_end():
    ways = {"hoofdpad", "hoger-beroep", "niet-tijdig", "nieuw-besluit", "verzet-gegrond", "ingetrokken-te-late-stukken"}
    assert ways <= {file.removesuffix(".yaml") for file in played_to_the_end("beroep")}


def test_o41_voorlopige_voorziening_goes_from_the_letter_of_the_court_to_its_end():
    ways = {"hoofdpad", "toezegging", "gaat-door-zonder-zitting", "verplaatst-en-ingetrokken"}
    assert ways <= {file.removesuffix(".yaml") for file in played_to_the_end("voorlopige-voorziening")}


@pytest.mark.parametrize("folder", PLAYED, ids=lambda folder: folder.name)
def test_j3_every_letter_of_a_case_type_is_printed_and_says_only_what_is_so(folder):
    letters = [one for one in play_all(folder.name).letters if one.case_type == folder.name]
    mine = {name.removesuffix(".txt") for one in FOLDERS if PRINTED_BY.get(one.name, one.name) == folder.name for name in one.mails if not name.endswith(".en.txt")}  # fmt: skip
    assert mine - {one.template for one in letters} == set()
    assert wrong(letters) == {}
    scripts = [read_script(name, text) for name, text in folder.rehearsals.items()]
    told = {template for script in scripts for step in script.steps for template in step.expect.get("held", ())}
    assert {one.template for one in letters if one.held} - told == set()


def entries(services):
    """What the search table must hold of all cases, and what it holds."""
    with services.sessions() as session:
        cases = [case for page in pages(session) for case in page]
        return told_by_rows(session, cases), told_by_table(session, cases)


def test_all_of_a_place_are_deployed_at_once_called_processes_first(services):
    assert [one.partition(":")[0] for one in deploy_path(services, HOME)] == [folder.name for folder in FOLDERS]
