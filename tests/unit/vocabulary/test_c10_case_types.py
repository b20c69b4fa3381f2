"""C10: each shipped case type has its texts in English, and says the same in it."""

import pytest
from kit.cases import all_shipped
from kit.english import DUTCH

from engine import Folder, read_model
from engine.edits import files_of, settings_of
from engine.words import ElementKind, Language
from processes.reads.english_texts import pairs_of

SHIPPED = {folder.name: folder for folder in all_shipped()}
STAYS = {
    "vovo",
    "'Gronden van het beroep gekregen'",
    "'Nieuwe datum van de rechtbank'",
    "(college van burgemeester en wethouders)",
}


@pytest.mark.parametrize("folder", SHIPPED.values(), ids=SHIPPED)
def test_c10_each_text_of_a_setting_has_its_english(folder: Folder) -> None:
    lacking = []
    for element in settings_of(files_of(folder)):
        todo = list(element.settings)
        while todo:
            one = todo.pop()
            todo += one.inside
            texts = {
                of: one.values.get(of) or next((in_.text for in_ in one.inside if in_.name == of), "")
                for of in one.shape.translated
            }
            lacking += [
                (element.id, one.name, of)
                for of, text in texts.items()
                if text and not one.translations.get((Language.ENGLISH, of))
            ]
    assert lacking == []


@pytest.mark.parametrize("folder", SHIPPED.values(), ids=SHIPPED)
def test_c10_so_does_each_question_and_task_of_citizens_and_departments(folder: Folder) -> None:
    model = read_model(folder.drawing).model
    said = dict(pairs_of(model, folder.forms))
    outside = [
        one for one in model.elements.values() if one.kind == ElementKind.USER_TASK and _of_others(model, one.id)
    ]
    assert {one.name for one in outside} <= said.keys()


@pytest.mark.parametrize("folder", SHIPPED.values(), ids=SHIPPED)
def test_c10_english_texts_hold_no_dutch_and_the_same_places(folder: Folder) -> None:
    for dutch, english in pairs_of(read_model(folder.drawing).model, folder.forms):
        text = english
        for one in STAYS:
            text = text.replace(one, "")
        assert not DUTCH & set(text.lower().split()), (dutch, english)
        assert dutch.count("{{") == english.count("{{"), (dutch, english)


def _of_others(model: object, element: str) -> bool:
    role = model.role_of(element)  # type: ignore[attr-defined]
    return role is not None and role.side in {"citizen", "department"}
