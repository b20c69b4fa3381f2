"""The player of rehearsals sees what differs: a rehearsal that lies must fail."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine import read_folder
from processes.rehearsal import ScriptError, play_folder, read_script
from processes.storage.case_type_folders import folders_beside

HOME = Path(__file__).parents[2] / "bpmn"

WITHDRAWN = b"""
title: Ingetrokken
start:
  "on": 2026-03-02
  by: citizen
  decisions: [{number: X-1, announced_on: 2026-02-12, department: parkeren, subject: Vergunning}]
  values: {grounds: "Verzonnen reden"}
steps:
  - expect: {status: received, tasks: [Intake], mails: [ontvangstbevestiging], deadlines: {decide: DAY}}
  - withdraw: citizen
    expect: {result: RESULT, finished: true, tasks: []}
"""


def played(script: bytes) -> tuple[str, ...]:
    folder = replace(read_folder(HOME / "bezwaar"), rehearsals={"proef.yaml": script})
    (outcome,) = play_folder(folder, folders_beside(HOME / "bezwaar"))
    return outcome.problems


def test_what_goes_as_written_has_no_problems():
    # 12 February 2026 + 6 weeks = 26 March; + 6 weeks = Thursday 7 May
    assert played(WITHDRAWN.replace(b"DAY", b"2026-05-07").replace(b"RESULT", b"ingetrokken")) == ()


@pytest.mark.parametrize(
    ("day", "result", "expected"),
    [
        (
            b"2026-05-08",
            b"ingetrokken",
            "Stap 1 (kijken): De uiterste dag van termijn 'Beslissing op bezwaar' is donderdag 7 mei 2026, verwacht was vrijdag 8 mei 2026.",
        ),
        (b"2026-05-07", b"gegrond", "Stap 2 (intrekken): Het resultaat is 'Ingetrokken', verwacht was 'Gegrond'."),
    ],
)
def test_what_differs_is_named(day, result, expected):
    assert expected in played(WITHDRAWN.replace(b"DAY", day).replace(b"RESULT", result))


@pytest.mark.parametrize(
    ("script", "part"),
    [
        (b"{", "geen leesbare YAML"),
        (b"title: x", "'title', 'start' en 'steps'"),
        (b"title: x\nstart: {by: worker}\nsteps: []", "datum nodig"),
        (b'title: x\nstart: {"on": 2026-01-02}\nsteps: [{dance: yes}]', "stap 1: hier klopt iets niet: dance"),
        (b'title: x\nstart: {"on": 2026-01-02}\nsteps: [{expect: {mood: good}}]', "mood"),
        (b'title: x\nstart: {"on": 2026-01-02}\nsteps: [{wait: P1D, press: extend}]', "wait en press"),
    ],
)
def test_a_script_that_cannot_be_read_says_why(script, part):
    with pytest.raises(ScriptError, match=part):
        read_script("proef.yaml", script)
