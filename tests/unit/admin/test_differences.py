"""The difference between two versions: one change in, one line out, nothing for a moved box, and each at its place in a drawing."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from engine import Folder, read_folder, read_model
from processes.law import default_book
from processes.reads.admin.changed_words import lines_changed
from processes.reads.admin.differences import differences
from processes.reads.admin.drawn_difference import DrawnDifference, drawn_difference

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
    assert lines(without, BEZWAAR) == ["Erbij: mail 'commissie'."]
    assert lines(BEZWAAR, without) == ["Weg: mail 'commissie'."]


def test_b3_who_must_agree_reads_the_words_of_a_letter_and_of_a_status_that_changed() -> None:
    letter = BEZWAAR.mails["ontvangstbevestiging.txt"]
    mails = {
        **BEZWAAR.mails,
        "ontvangstbevestiging.txt": letter.replace(b"Blijven de besluiten gelden?", b"Wat geldt er?"),
    }
    (line,) = lines(BEZWAAR, replace(BEZWAAR, mails=mails))
    assert line.startswith("Anders: mail 'ontvangstbevestiging'. Weg: '")
    assert "Wat geldt er?" in line.partition("Erbij: ")[2]
    drawing = BEZWAAR.drawing.replace(b"In uw bezwaar ontbreekt nog iets.", b"Er mist iets.", 1)
    said = "Veranderd: de uitleg ('In uw bezwaar ontbreekt nog iets.' wordt 'Er mist iets.')."
    assert sum(said in one for one in lines(BEZWAAR, replace(BEZWAAR, drawing=drawing))) == 1


def test_b3_of_a_letter_that_is_written_anew_only_the_beginning_is_said() -> None:
    told = lines_changed(b"", "\n".join(f"{number} {'woord ' * 90}" for number in range(7)).encode())
    assert told.count("...'") == 5
    assert told.endswith(" en nog 2.")
    assert lines_changed(b"Een\n\nTwee", b"Twee\n \nEen") == ""


def test_b3_a_moved_box_and_equal_folders_are_no_difference() -> None:
    moved = replace(BEZWAAR, drawing=BEZWAAR.drawing.replace(b'<dc:Bounds x="', b'<dc:Bounds x="1', 1))
    assert moved.drawing != BEZWAAR.drawing
    assert lines(BEZWAAR, moved) == lines(BEZWAAR, BEZWAAR) == []


# -- on the drawing ---------------------------------------------------------------------------------------------------


def drawn(before: Folder, after: Folder) -> DrawnDifference:
    readings = read_model(before.drawing), read_model(after.drawing)
    return drawn_difference(before, readings[0], after, readings[1], default_book().rules)


def marks(found: DrawnDifference, *, old: bool = False) -> dict[str, str]:
    return {one["element"]: one["kind"] for one in (found.old_marks if old else found.marks)}


def changed(old: bytes, new: bytes) -> Folder:
    """Bezwaar with another text everywhere."""
    assert old in BEZWAAR.drawing
    return replace(BEZWAAR, drawing=BEZWAAR.drawing.replace(old, new))


def test_s13_what_is_gone_is_marked_in_the_old_drawing_and_what_is_new_or_changed_in_the_new_one() -> None:
    found = drawn(BEZWAAR, changed(b"AnswerHearing", b"AnswerInvited"))
    assert marks(found)["AnswerInvited"] == "added"
    assert marks(found)["HearingReplyLapsed"] == "changed"
    assert marks(found, old=True)["AnswerHearing"] == "removed"
    assert "AnswerHearing" not in marks(found)
    (mark,) = (one for one in found.marks if one["element"] == "HearingReplyLapsed")
    assert "Veranderd: de stap waar het aan vastzit." in mark["message"]


def test_s13_a_part_of_the_drawing_carries_the_mark_of_what_differs_in_it() -> None:
    found = drawn(BEZWAAR, changed(b"AnswerHearing", b"AnswerInvited"))
    assert [marks(found)["HearingChoicePart"], marks(found, old=True)["HearingChoicePart"]] == ["within"] * 2
    assert "HearingPart" not in marks(found)
    lines = [one for group in found.groups for one in group.changes if one.drawn == ("AnswerInvited",)]
    assert [one.around for one in lines] == [("HearingChoicePart",)]


def test_s13_a_part_from_which_something_is_gone_is_marked_in_the_new_drawing_too() -> None:
    flow = re.search(rb'<bpmn:sequenceFlow id="([^"]+)"[^>]*sourceRef="AnswerHearing"', BEZWAAR.drawing)
    assert flow
    without = re.sub(rb'<bpmn:sequenceFlow id="%s"[^>]*?/>' % flow[1], b"", BEZWAAR.drawing)
    found = drawn(BEZWAAR, replace(BEZWAAR, drawing=without))
    assert marks(found, old=True)[flow[1].decode()] == "removed"
    assert marks(found) == {"HearingChoicePart": "within"}


AT_ITS_PLACE = [
    ("mails", "commissie.txt", "commissie"), ("forms", "intake.json", "intake.json"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "file", "setting"), AT_ITS_PLACE)
def test_s13_another_text_marks_the_steps_that_use_it_as_changed(part: str, file: str, setting: str) -> None:
    files = getattr(BEZWAAR, part)
    found = drawn(BEZWAAR, replace(BEZWAAR, **{part: {**files, file: files[file] + b" "}}))
    elements = read_model(BEZWAAR.drawing).model.elements.values()
    used = {one.id for one in elements if setting in (one.form, one.mail.template if one.mail else None)}
    assert used
    assert used <= {element for element, kind in marks(found).items() if kind == "changed"}
    (line,) = (one for group in found.groups for one in group.changes)
    assert set(line.drawn) == used


def test_s13_a_status_or_term_that_goes_marks_the_step_that_had_it_and_not_as_gone() -> None:
    status = re.search(rb"<case:status [^>]*>.*?</case:status>", BEZWAAR.drawing, re.DOTALL)
    assert status
    found = drawn(BEZWAAR, replace(BEZWAAR, drawing=BEZWAAR.drawing.replace(status[0], b"", 1)))
    assert found.old_marks == ()
    assert set(marks(found).values()) <= {"changed", "within"}


def test_s13_versions_without_difference_mark_nothing() -> None:
    assert drawn(BEZWAAR, BEZWAAR) == DrawnDifference()
