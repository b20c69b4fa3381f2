"""The difference between two versions in plain Dutch: one change in, one line out, and nothing for a moved box."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine import Folder, read_folder, read_model
from processes.law import default_book
from processes.reads.admin.differences import differences

BEZWAAR = read_folder(Path(__file__).parents[3] / "bpmn" / "bezwaar")

CHANGES = [
    (b'name="Ontvangen"', b'name="Binnen"', "Anders: status 'Binnen' (eerst 'Ontvangen'). Veranderd: de naam."),
    (b'duration="P14D"', b'duration="P21D"', "Termijn 'Bezwaar aanvullen' was 14 dagen en wordt 21 dagen."),
    (b'schema="intake.json"', b'schema="start.json"', "Veranderd: het formulier."),
    (b'template="beslissing"', b'template="verlenging"', "Veranderd: de mail."),
    (b'description="Gegrond"', b'description="Toegewezen"', "Anders: resultaat 'Toegewezen' (eerst 'Gegrond')."),
]  # fmt: skip


def lines(before: Folder, after: Folder) -> list[str]:
    found = differences(before, read_model(before.drawing), after, read_model(after.drawing), default_book().rules)
    return [line for group in found for line in group.lines]


@pytest.mark.parametrize(("old", "new", "said"), CHANGES)
def test_b3_one_change_is_said_in_one_line(old: bytes, new: bytes, said: str) -> None:
    changed = replace(BEZWAAR, drawing=BEZWAAR.drawing.replace(old, new, 1))
    assert changed.drawing != BEZWAAR.drawing
    assert sum(said in line for line in lines(BEZWAAR, changed)) == 1


def test_b3_what_was_added_one_way_is_removed_the_other_way() -> None:
    without = replace(BEZWAAR, mails={name: BEZWAAR.mails[name] for name in BEZWAAR.mails if name != "commissie.txt"})
    assert lines(without, BEZWAAR) == ["Erbij: mail 'commissie.txt'."]
    assert lines(BEZWAAR, without) == ["Weg: mail 'commissie.txt'."]


def test_b3_a_moved_box_and_equal_folders_are_no_difference() -> None:
    moved = replace(BEZWAAR, drawing=BEZWAAR.drawing.replace(b'<dc:Bounds x="', b'<dc:Bounds x="1', 1))
    assert moved.drawing != BEZWAAR.drawing
    assert lines(BEZWAAR, moved) == lines(BEZWAAR, BEZWAAR) == []
