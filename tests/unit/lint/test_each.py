"""Findings about a task of a role that several people may have (J5)."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine import read_folder, read_model
from engine.lint import lint
from engine.model import Folder

HOME = Path(__file__).parents[3] / "bpmn"
BEZWAAR, KLACHT = read_folder(HOME / "bezwaar"), read_folder(HOME / "klacht")
CALLED = {
    name: read_model(read_folder(HOME / name).drawing).model
    for name in ("stukkenverzoek", "hoorzitting-antwoord", "nazending", "bezwaar", "beroep")
}
EACH = 'answers="each"'
FOR_REACTION = (
    '<case:assignment role="complained_about" answers="each" lane="LanePerson" leadTime="P5D" calendar="working"/>'
)


def found(folder: Folder) -> set[tuple[str, str]]:
    return {(finding.element, finding.code) for finding in lint(folder, CALLED)}


def drawn(folder: Folder, *changes: tuple[str, str]) -> Folder:
    text = folder.drawing.decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return replace(folder, drawing=text.encode())


CHANGES = [
    ("answers-unsaid", "ExplainLate", BEZWAAR, [(f'role="citizen" {EACH}', 'role="citizen"')]),
    ("answers-unsaid", "Reaction", KLACHT, [(f" {EACH}", "")]),
    ("answers-misplaced", "PrepareCopy", KLACHT, [('id="PrepareCopy"', 'id="PrepareCopy"'), ('schema="copy.json"/>\n          <case:assignment role="worker"', f'schema="copy.json"/>\n          <case:assignment role="worker" {EACH}')]),
    ("each-without-role", "ExplainLate", BEZWAAR, [('side="citizen" party="objector"', 'side="citizen"')]),
    ("unknown-party", "AnswerHearing", BEZWAAR, [('also="third_party"', 'also="neighbour"')]),
    ("unknown-party", "Reaction", KLACHT, [(FOR_REACTION, FOR_REACTION.replace(EACH, f'{EACH} also="complainant"'))]),
    ("each-reminder-returns", "Reaction", KLACHT, [('sourceRef="ReminderSent" targetRef="EndReminder"', 'sourceRef="ReminderSent" targetRef="Reacted"')]),
    ("each-read-as-one", "Flow_HearAgain_PlanHearing", BEZWAAR, [("any_of(answers.hear_again, true)", "hear_again")]),
    ("unknown-name", "Flow_HearAgain_PlanHearing", BEZWAAR, [("answers.hear_again", "answers.hear_agin")]),
    ("unknown-name", "Flow_HearAgain_PlanHearing", BEZWAAR, [("answers.hear_again", "answers.route")]),
    ("unknown-choice", "Flow_HearAgain_PlanHearing", BEZWAAR, [("any_of(answers.hear_again, true)", "all_of(answers.hearing_reply, 'neen')")]),
    ("service-parameter", "WhoWithdrew", BEZWAAR, [("<case:parameter name=\"into\" value=\"'all_withdrew'\"/>", "")]),
    ("bad-value", "ExplainLate", BEZWAAR, [(EACH, 'answers="all"')]),
]  # fmt: skip


@pytest.mark.parametrize("folder", [BEZWAAR, KLACHT], ids=["bezwaar", "klacht"])
def test_j5_the_drawings_say_whose_answer_counts(folder):
    assert found(folder) == set()


@pytest.mark.parametrize(
    ("code", "element", "folder", "changes"), CHANGES, ids=[f"{one[0]}-{at}" for at, one in enumerate(CHANGES)]
)
def test_j5_a_drawing_that_cannot_mean_it_so_has_a_finding(code, element, folder, changes):
    assert (element, code) in found(drawn(folder, *changes))
