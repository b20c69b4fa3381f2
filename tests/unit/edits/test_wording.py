"""A change of words only: what may differ between two versions that a running case cannot tell apart."""

from dataclasses import replace

import pytest
from kit.sketches import Sketch
from kit.small_types import FIRST

from engine import read_model
from engine.edits import course_of, only_words

MORE = replace(FIRST, mails={"brief.txt": "Onderwerp: A\n\nA\n"})


def course(drawing: bytes) -> object:
    return course_of(read_model(drawing))


def differs_in_words(changed: Sketch) -> bool:
    old, new = MORE.folder(), changed.folder()
    return only_words(old, new, course)


@pytest.mark.parametrize(
    "changed",
    [
        MORE,
        MORE.changed("body", 'name="Begonnen"', 'name="Binnen" explanation="Wij kijken ernaar."'),
        MORE.changed("settings", 'title="Eerste zaak"', 'title="Zaak een"'),
        MORE.changed("settings", 'description="Klaar"', 'description="Afgerond"'),
        MORE.changed("settings", 'value="klaar" title="Klaar"', 'value="klaar" title="Af"'),
        MORE.changed("body", "userTask Work", 'userTask Work name="Doe het werk"'),
        replace(MORE, mails={"brief.txt": "Onderwerp: B\n\nB\n", "brief.en.txt": "Onderwerp: C\n\nC\n"}),
        replace(MORE, forms={**MORE.forms, "start.json": MORE.forms["start.json"].replace("Redenen", "Waarom?")}),
    ],
)
def test_s1_names_titles_explanations_mails_and_labels_are_words(changed: Sketch) -> None:
    assert differs_in_words(changed)


@pytest.mark.parametrize(
    "changed",
    [
        MORE.changed("body", 'code="begun"', 'code="started"'),
        MORE.changed("body", 'order="10"', 'order="20"'),
        MORE.changed("body", "Work > Done", "Work > Done ? amount > 1"),
        MORE.changed("body", "userTask Work", "serviceTask Work"),
        MORE.changed("settings", 'retention="13.2"', 'retention="13.1"'),
        MORE.changed("settings", 'prefix="EEN"', 'prefix="TWEE"'),
        replace(MORE, lane='<case:role side="department"/>'),
        replace(MORE, mails={}),
        replace(MORE, forms={**MORE.forms, "work.json": MORE.forms["work.json"].replace('"amount"', '"other"')}),
        replace(MORE, body="niet te lezen", process='id="'),
    ],
)
def test_s1_what_a_case_does_is_more_than_words(changed: Sketch) -> None:
    assert not differs_in_words(changed)


def test_s1_the_name_of_a_message_is_no_words() -> None:
    """A press of a button is thrown by that name."""
    heard = MORE.changed("outside", "", '<bpmn:message id="M" name="stop"/>')
    caught = heard.changed("body", "Work > Done", CATCH)
    old, new = caught.folder(), caught.changed("outside", 'name="stop"', 'name="halt"').folder()
    assert not only_words(old, new, course)


CATCH = 'intermediateCatchEvent Wait ;; <bpmn:messageEventDefinition messageRef="M"/>\nWork > Wait\nWait > Done'
