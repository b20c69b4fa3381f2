"""The setting that says a text in another language: of the setting that it stands in, or the name of a task."""

from collections.abc import Mapping

from engine.vocabulary.kinds import one_of, text
from engine.vocabulary.parts import PageGroup, Shape, must
from engine.words import ElementKind, Language

TRANSLATED_OF_ELEMENT = ("name",)  # of a step: its name, which stands in the list of tasks

TRANSLATIONS: Mapping[str, Shape] = {
    "translation": Shape(
        frozenset({ElementKind.USER_TASK}),
        "Tekst in een andere taal",
        "Dezelfde tekst voor wie geen Nederlands leest. Zonder deze tekst staat er Nederlands.",
        PageGroup.PEOPLE,
        {
            "lang": must(one_of(*Language), "lang", "Taal", "De taal van de tekst."),
            "of": must(text, "of", "Van", "Welke tekst dit is, bijvoorbeeld de naam of de uitleg."),
            "text": must(text, "text", "Tekst", "Wat iemand in die taal leest."),
        },
        many=True,
        titled="text",
    ),
}
