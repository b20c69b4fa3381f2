"""A text in English beside the Dutch one: it comes, changes and goes by one edit, and the model has it."""

import re
from pathlib import Path

import pytest

from engine import lint, read_folder, read_model
from engine.canonical import canonical
from engine.edits import EditRefused, SetMail, SetTranslation, apply, files_of, folder_of, settings_of
from engine.model import Translation

HOME = Path(__file__).parents[3] / "bpmn" / "ingebrekestelling"
NAME = "ingebrekestelling.bpmn"
BEFORE = files_of(read_folder(HOME))
FILES = {**BEFORE, NAME: canonical(re.sub(rb"<case:translation [^>]*/>", b"", BEFORE[NAME]))}  # in Dutch alone
LISTED = settings_of(FILES)
WITH_STATUS = next(one for one in LISTED if one.kind != "process" and any(s.name == "status" for s in one.settings))
STATUS = (("status", 0),)
TASK = next(one for one in LISTED if one.kind == "userTask")


def test_s1_an_english_text_is_one_line_more_and_goes_without_a_trace():
    added = apply(FILES, SetTranslation(WITH_STATUS.id, STATUS, "next", "You will hear from us."))
    assert canonical(added[NAME]) == added[NAME]
    assert [line.strip() for line in added[NAME].splitlines() if line not in FILES[NAME].splitlines()] == [
        b'<case:translation lang="en" of="next" text="You will hear from us."/>'
    ]
    status = read_model(added[NAME]).model.elements[WITH_STATUS.id].status
    assert status.translations == (Translation("en", "next", "You will hear from us."),)
    changed = apply(added, SetTranslation(WITH_STATUS.id, STATUS, "next", "Wait."))
    found = next(one for one in settings_of(changed) if one.id == WITH_STATUS.id)
    assert [one.translations for one in found.settings if one.name == "status"] == [{("en", "next"): "Wait."}]
    assert apply(changed, SetTranslation(WITH_STATUS.id, STATUS, "next", " ")) == FILES
    assert apply(FILES, SetTranslation(WITH_STATUS.id, STATUS, "next", "")) == FILES


def test_s1_the_name_of_a_task_has_an_english_one_too():
    added = apply(FILES, SetTranslation(TASK.id, (), "name", "Judge the notice"))
    element = read_model(added[NAME]).model.elements[TASK.id]
    assert element.translations == (Translation("en", "name", "Judge the notice"),)
    assert next(one for one in settings_of(added) if one.id == TASK.id).translations == {
        ("en", "name"): "Judge the notice"
    }
    assert apply(added, SetTranslation(TASK.id, (), "name", "")) == FILES
    assert [one.code for one in lint(folder_of(added))] == [one.code for one in lint(folder_of(FILES))]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (SetTranslation(WITH_STATUS.id, STATUS, "code", "x"), "Kies uit: name, explanation, next"),
        (SetTranslation(TASK.id, (("assignment", 0),), "role", "x"), "andere instelling"),
        (SetTranslation(TASK.id, (), "name", "x", "de"), "Taal kan niet"),
    ],
)
def test_s1_what_nobody_reads_has_no_english_text(edit, words):
    with pytest.raises(EditRefused, match=words):
        apply(FILES, edit)


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ('<case:translation lang="en" of="kleur" text="x"/>', "unknown-translation"),
        ('<case:translation lang="en" of="name" text="x"/><case:translation lang="en" of="name" text="y"/>', "duplicate-translation"),
        ('<case:translation lang="en" of="next" text="{{ nergens }}"/>', "template-unknown-name"),
    ],
)  # fmt: skip
def test_s1_an_english_text_is_checked(settings, code):
    drawing = FILES[NAME].decode().replace("</case:status>", f"{settings}</case:status>", 1)
    found = {one.code for one in lint(folder_of({**FILES, NAME: drawing.encode()}))}
    assert code in found


def test_s9_an_english_mail_stands_beside_its_dutch_one():
    mail = next(name for name in FILES if name.startswith("mails/")).removeprefix("mails/").removesuffix(".txt")
    before = {one.code for one in lint(folder_of(FILES))}
    english = apply(FILES, SetMail(f"{mail}.en", "Onderwerp: Hello\n\nDear {{ recipient.name }}"))
    assert {one.code for one in lint(folder_of(english))} == before
    alone = apply(FILES, SetMail("nergens.en", "Onderwerp: Hello\n\nDear reader"))
    assert [one.element for one in lint(folder_of(alone)) if one.code == "translation-without-mail"] == [
        "mails/nergens.en.txt"
    ]
