"""W9: a rehearsal says what happens to a letter that waits before it leaves: edited, agreed to, returned, sent."""

from dataclasses import replace

import pytest
from kit.letter_types import AGREED, PROEF

from engine import Folder
from processes.rehearsal import play_folder

START = """
title: Een brief die wordt nagelezen
start:
  "on": 2026-03-02
  decisions: [{number: X-1, announced_on: 2026-02-12, department: wonen, subject: Vergunning}]
steps:
"""
WAITS = """
  - complete: Work
    values: {place: het stadhuis}
    expect: {held: [brief], mails: []}
"""
EDIT = '  - letter: {template: brief, do: edit, text: "[aanhef],\\n\\nKom morgen."}\n    expect: {held: [brief], mails: []}\n'
SENT = "  - letter: {template: brief, do: send}\n    expect: {held: [], mails: [brief], tasks: [Mend]}\n"


def does(*doings: str) -> str:
    return "".join(f"  - letter: {{template: brief, do: {one}}}\n" for one in doings)


def played(folder: Folder, *steps: str) -> tuple[str, ...]:
    script = START + WAITS + "".join(steps)
    (outcome,) = play_folder(replace(folder, rehearsals={"proef.yaml": script.encode()}), {})
    return outcome.problems


def test_w9_a_rehearsal_edits_a_letter_and_sends_it() -> None:
    assert played(PROEF.folder(), EDIT, SENT) == ()


def test_w9_a_rehearsal_has_a_letter_returned_and_agreed_to_by_all_who_are_asked() -> None:
    returned = "  - letter: {template: brief, do: return}\n    reason: De dag mist.\n    expect: {held: [brief]}\n"
    steps = (
        EDIT,
        does("ask", "agree"),
        returned,
        EDIT.replace("morgen", "maandag"),
        does("ask", "agree", "agree"),
        SENT,
    )
    assert played(AGREED.folder(), *steps) == ()


WRONG = {
    "sent without what was asked": (SENT, "Vraag eerst akkoord op deze brief."),
    "agreed to before it was asked": (does("agree"), "wordt nu geen akkoord gevraagd."),
    "sent while one has to agree": (does("ask", "agree", "send"), "Deze brief wacht nog op akkoord."),
    "agreed to again after a change": (does("ask") + EDIT + does("agree"), "wordt nu geen akkoord gevraagd."),
    "another letter": (
        "  - letter: {template: ander, do: ask}\n",
        "De brief 'ander' wacht niet op iemand die hem naleest.",
    ),
    "no such doing": (does("burn"), "'do' met een van: edit, ask, agree, return, send."),
    "no text": (does("edit"), "Schrijf een tekst van hoogstens"),
    "other than expected": (
        does("ask").rstrip() + "\n    expect: {held: []}\n",
        "De post die wordt vastgehouden is 'brief'",
    ),
}


@pytest.mark.parametrize(("steps", "said"), WRONG.values(), ids=WRONG)
def test_w9_a_rehearsal_names_what_goes_otherwise_with_a_letter(steps: str, said: str) -> None:
    problems = played(AGREED.folder(), steps)
    assert problems
    assert said in problems[0]
