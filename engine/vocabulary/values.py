"""The settings of what a case knows and how it is asked: values with their choices, and forms."""

from collections.abc import Mapping

from engine.vocabulary.kinds import code, flag, one_of, text
from engine.vocabulary.parts import INSIDE, PROCESS, Attribute, PageGroup, Reference, Shape, may, must
from engine.words import ElementKind, ValueType

VALUE: Mapping[str, Attribute] = {
    "code": must(
        code,
        "code",
        "Code",
        "De naam van het gegeven in formulieren, voorwaarden en brieven. Alleen wie tekent ziet hem.",
    ),
    "title": must(text, "title", "Naam", "Zo heet het gegeven op de pagina van de zaak."),
    "type": must(
        one_of(*ValueType), "type", "Soort", "Wat voor gegeven het is, en dus hoe het wordt gevraagd en getoond."
    ),
    "list": may(flag, "list", "Meer dan één", "Staat dit aan, dan kan het gegeven een lijst zijn.", "false"),
}
CHOICES = ("choice",)

VALUES: Mapping[str, Shape] = {
    "input": Shape(
        PROCESS,
        "Gegeven dat het proces krijgt",
        "Wat een ander proces meegeeft als het dit proces aanroept.",
        PageGroup.GENERAL,
        {
            **VALUE,
            "optional": may(
                flag,
                "optional",
                "Mag ontbreken",
                "Staat dit aan, dan mag het andere proces dit gegeven weglaten.",
                "false",
            ),
        },
        CHOICES,
        many=True,
        titled="title",
    ),
    "value": Shape(
        PROCESS,
        "Gegeven",
        "Iets wat de zaak onthoudt: een antwoord op een vraag van een formulier, of iets wat het systeem invult.",
        PageGroup.FORMS,
        {
            **VALUE,
            "confidential": may(
                flag,
                "confidential",
                "Vertrouwelijk",
                "Staat dit aan, dan leest alleen wie aan de zaak werkt het. Partijen en afdelingen zien het niet.",
                "false",
            ),
        },
        (*CHOICES, "translation"),
        many=True,
        titled="title",
        translated=("title",),
    ),
    "choice": Shape(
        INSIDE,
        "Keuze",
        "Een van de antwoorden waaruit iemand kan kiezen.",
        PageGroup.FORMS,
        {
            "value": must(
                text, "value", "Code", "Het woord voor dit antwoord in voorwaarden. Niemand anders ziet het."
            ),
            "title": must(text, "title", "Tekst", "Wat iemand op het formulier leest en aankruist."),
        },
        ("translation",),
        many=True,
        titled="title",
        translated=("title",),
    ),
}

OUTPUTS: Mapping[str, Shape] = {
    "output": Shape(
        PROCESS,
        "Gegeven dat het proces teruggeeft",
        "Wat het proces dat dit aanroept na afloop terugkrijgt, in het gegeven met dezelfde code.",
        PageGroup.GENERAL,
        VALUE,
        CHOICES,
        many=True,
        titled="title",
    ),
}

FORMS: Mapping[str, Shape] = {
    "form": Shape(
        frozenset({ElementKind.START_EVENT, ElementKind.USER_TASK}),
        "Formulier",
        "De vragen bij deze stap. Bij het begin vult de burger ze in, bij een taak wie de taak doet.",
        PageGroup.FORMS,
        {
            "schema": must(text, "schema", "Formulier", "Het formulier dat iemand hier invult.", Reference.FORM),
            "filedAs": may(
                text,
                "filed_as",
                "Titel van het document",
                "Het antwoord wordt een document van de zaak. Zo heet dat document in de lijst.",
            ),
            "documentType": may(
                code,
                "document_type",
                "Documentsoort",
                "De soort van dat document, en dus wie het ziet.",
                refers=Reference.DOCUMENT_TYPE,
            ),
        },
        ("translation",),
        titled="schema",
        translated=("filedAs",),
    ),
}
