"""Rehearsals of cases that do not stand alone: one that belongs to another, and one that another follows."""

from dataclasses import replace

import pytest
from kit.small_types import FIRST, SECOND, SIDE, folder

from processes.rehearsal import ScriptError, play_folder, read_script

LIBRARY = {name: folder(sketch, name) for sketch, name in ((SECOND, "tweede"), (FIRST, "eerste"), (SIDE, "zijzaak"))}
BELONGS = b"""
title: Hoort bij een eerste zaak
start:
  "on": 2026-03-09
  main_case: {case_type: eerste, "on": 2026-03-02, values: {grounds: "Verzonnen"}, decisions: [{announced_on: 2026-02-12, subject: Vergunning}]}
steps:
  - expect: {tasks: [Rule]}
  - complete: Rule
    values: {measure: "De sloop mag niet beginnen"}
    expect: {finished: true, follows: null}
"""
FOLLOWED = b"""
title: Er volgt een tweede zaak
start: {"on": 2026-03-02, values: {grounds: "Verzonnen"}}
steps:
  - complete: Work
    values: {dictum: verder}
    expect: {result: verder, finished: true, follows: tweede}
"""


def played(name: str, script: bytes) -> tuple[str, ...]:
    (outcome,) = play_folder(replace(LIBRARY[name], rehearsals={"proef.yaml": script}), LIBRARY)
    return outcome.problems


def test_a_case_is_rehearsed_beside_the_case_that_it_belongs_to():
    assert played("zijzaak", BELONGS) == ()


def test_a_rehearsal_sees_which_case_follows():
    assert played("eerste", FOLLOWED) == ()
    lie = FOLLOWED.replace(b"follows: tweede", b"follows: eerste")
    assert played("eerste", lie) == ("Stap 1 (Work): De zaak die volgt is 'Tweede zaak', verwacht was 'Eerste zaak'.",)


@pytest.mark.parametrize(
    "main", ["eerste", "{on: 2026-03-02}", "{case_type: eerste, dag: 1}", "{case_type: eerste, 'on': 2026-03-03}"]
)
def test_a_main_case_that_cannot_be_read_says_why(main):
    script = f'title: x\nstart: {{"on": 2026-03-02, main_case: {main}}}\nsteps: []'
    with pytest.raises(ScriptError, match="main_case"):
        read_script("proef.yaml", script.encode())
