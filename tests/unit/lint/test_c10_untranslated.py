"""C10: the check says which texts of a case type that is offered in English have none yet, where they are written."""

from dataclasses import replace

import pytest
from kit.cases import shipped
from kit.english import without_english

from engine import Folder, read_model
from engine.edits import files_of, place_of, settings_of
from engine.lint import lint
from engine.model import Finding
from engine.vocabulary import PageGroup

KLACHT = shipped("klacht")
TITLE = b'<case:translation lang="en" of="title" text="Complaint"/>'
HEAD = b' procedure="klacht">'
DUTCH = without_english(KLACHT)
NAMED = replace(DUTCH, drawing=DUTCH.drawing.replace(HEAD, HEAD + TITLE, 1))  # offered in English by its name alone


def lacking(folder: Folder) -> list[Finding]:
    return [one for one in lint(folder, {}) if one.code == "english-missing"]


def test_c10_a_dutch_case_type_lacks_nothing() -> None:
    assert KLACHT.drawing.count(HEAD) == 1
    assert lacking(DUTCH) == []


def test_c10_one_with_an_english_name_is_told_of_statuses_questions_tasks_and_letters_without_english() -> None:
    found = lacking(NAMED)
    assert {one.severity for one in found} == {"warning"}
    at = {one.element: one.message for one in found}
    assert "heeft geen Engels: naam, uitleg, wat er nu gebeurt." in at["EndForwarded"]
    assert at["AnswerWish"].startswith("De taak heeft geen Engels: naam.")
    assert "'Wilt u een gesprek?'" in at["forms/hearing-wish.json"]
    assert at["mails/oordeel.txt"].endswith("Schrijf het erbij.")
    read_dutch = {"mails/afschrift.txt", "mails/doorsturen-organisatie.txt", "mails/te-laat-leidinggevende.txt"}
    assert not read_dutch & at.keys(), "who gets these reads Dutch"
    assert not [one for one in found if "`judgment`" in one.message], "no citizen is asked that"


@pytest.mark.parametrize(("element", "word", "group", "setting"), [
    ("klacht", "`withdrawn`", PageGroup.BUTTONS, "status"),
    ("EndForwarded", "`forwarded`", PageGroup.STATUSES, "status"),
    ("klacht", "`hearing_wish`", PageGroup.FORMS, "value"),
    ("AnswerWish", "De taak", PageGroup.PEOPLE, "assignment"),
    ("mails/oordeel.txt", "", PageGroup.POST, ""),
])  # fmt: skip
def test_c10_each_stands_where_its_english_is_written(element: str, word: str, group: PageGroup, setting: str) -> None:
    finding = next(one for one in lacking(NAMED) if one.element == element and word in one.message)
    place = place_of(finding, settings_of(files_of(NAMED)))
    assert (place.group, place.setting) == (group, setting)


def test_c10_what_gets_its_english_is_told_no_more() -> None:
    mails = {**NAMED.mails, "oordeel.en.txt": KLACHT.mails["oordeel.en.txt"]}
    forms = {**NAMED.forms, "hearing-wish.json": KLACHT.forms["hearing-wish.json"]}
    left = {one.element for one in lacking(replace(NAMED, mails=mails, forms=forms))}
    assert {one.element for one in lacking(NAMED)} - left == {"mails/oordeel.txt", "forms/hearing-wish.json"}


@pytest.mark.parametrize("name", ["zienswijze", "hoorzitting-antwoord"])
def test_c10_a_called_process_with_any_english_is_told_of_the_rest(name: str) -> None:
    folder = shipped(name)
    assert read_model(folder.drawing).model.case_type is None
    assert lacking(folder) == []
    assert lacking(without_english(folder)) == []
    first = b'<case:translation lang="en"'
    at = folder.drawing.index(first)
    spoilt = replace(folder, drawing=folder.drawing[:at] + folder.drawing[folder.drawing.index(b"/>", at) + 2 :])
    assert lacking(spoilt) != []
