"""The settings of the case type as a whole: its general data, its results, its buttons, and how it is withdrawn."""

from collections.abc import Mapping

from engine.vocabulary.kinds import (
    code,
    commas,
    condition,
    duration,
    expression,
    flag,
    one_of,
    place,
    process,
    text,
    words,
)
from engine.vocabulary.parts import INSIDE, PROCESS, Attribute, PageGroup, Reference, Shape, may, must
from engine.words import (
    ButtonShown,
    Confidentiality,
    Confirmation,
    ElementKind,
    FollowTo,
    MainCaseRule,
    Procedure,
    Side,
    SignInLevel,
)

CONFIDENTIALITY = one_of(*Confidentiality)
PROCEDURE = one_of(*Procedure)

CASE_TYPE: Mapping[str, Shape] = {
    "caseType": Shape(
        PROCESS,
        "Zaaktype",
        "De algemene gegevens van het zaaktype. Zonder deze gegevens is de tekening een proces dat andere tekeningen aanroepen.",
        PageGroup.GENERAL,
        {
            "identification": must(
                process,
                "identification",
                "Vaste naam",
                "De naam waaronder het systeem dit zaaktype kent. Niemand buiten het beheer ziet hem. Verander hem niet meer.",
            ),
            "title": must(text, "title", "Naam", "Zo heet het zaaktype op het portaal, in de werkbak en in brieven."),
            "prefix": must(
                text,
                "prefix",
                "Begin van het zaaknummer",
                "Elk zaaknummer begint hiermee. De burger ziet het in elke brief.",
            ),
            "synonyms": may(
                commas,
                "synonyms",
                "Andere namen",
                "Woorden waarmee een burger dit zaaktype ook vindt, met komma's ertussen.",
            ),
            "confidentiality": may(
                CONFIDENTIALITY,
                "confidentiality",
                "Vertrouwelijkheid",
                "Hoe vertrouwelijk een zaak is. Boven zaakvertrouwelijk ziet de burger er niets van.",
                Confidentiality.ZAAKVERTROUWELIJK,
            ),
            "portal": may(
                flag,
                "portal",
                "Op het portaal",
                "Staat dit aan, dan kan een burger deze zaak zelf beginnen en volgen.",
                "true",
            ),
            "callsBack": may(
                flag,
                "calls",
                "Wij bellen",
                "Staat dit aan, dan vraagt het formulier op het portaal om een telefoonnummer. Zet dit aan als een brief of status belooft dat u belt.",
                "false",
            ),
            "withoutSignIn": may(
                flag,
                "without_sign_in",
                "Ook zonder inloggen",
                "Staat dit aan, dan kan iemand deze zaak beginnen zonder in te loggen, met naam en adres. Niemand heeft dan nagegaan wie het is, en er is geen handtekening.",
                "false",
            ),
            "filedTogether": may(
                flag,
                "filed_together",
                "Samen indienen",
                "Staat dit aan, dan kan wie indient anderen noemen die meedoen. Elk van hen bevestigt dat door zelf in te loggen. Tot dan hoort die persoon niet bij de zaak.",
                "false",
            ),
            "signInLevel": may(
                one_of(*SignInLevel),
                "sign_in_level",
                "Niveau van inloggen",
                "Hoe sterk een burger moet inloggen om deze zaak te beginnen, te lezen en er iets in te doen. Wie minder sterk is ingelogd, logt opnieuw in en gaat dan verder.",
                SignInLevel.SUBSTANTIAL,
            ),
            "publishedFrom": may(
                text,
                "published_from",
                "Zichtbaar vanaf",
                "De stap vanaf waar de burger de zaak op het portaal ziet. Zonder deze stap is dat meteen.",
                refers=Reference.ELEMENT,
            ),
            "departmentClosesAfter": may(
                duration,
                "department_closes_after",
                "Afdeling kijkt na afloop nog",
                "Zo lang na het einde van de zaak werkt de link van een afdeling nog.",
                "P14D",
            ),
            "selectielijst": may(
                text,
                "selectielijst",
                "Nummer in de selectielijst",
                "Het procestype in de selectielijst gemeenten. Het staat in het overzicht voor het archief.",
            ),
            "supplement": may(
                process,
                "supplement",
                "Proces voor late stukken",
                "Het proces dat begint als een afdeling stukken stuurt na haar antwoord. De behandelaar beoordeelt ze dan.",
                refers=Reference.PROCESS,
            ),
            "procedure": may(
                PROCEDURE,
                "procedure",
                "Soort procedure",
                "Uit welke wet de termijnen komen. De controle zegt ermee welke wettelijke termijnen passen.",
            ),
            "mainCase": may(
                one_of(*MainCaseRule),
                "main_case",
                "Hoort bij een andere zaak",
                "Of de behandelaar bij het registreren een hoofdzaak kiest. Is die verplicht, dan kan een burger de zaak niet zelf beginnen.",
                MainCaseRule.NONE,
            ),
        },
        ("translation",),
        titled="title",
        translated=("title", "synonyms"),
    ),
}

RESULTS: Mapping[str, Shape] = {
    "resultType": Shape(
        PROCESS,
        "Resultaat",
        "Een uitkomst die de zaak kan hebben, en hoe lang de zaak dan bewaard blijft.",
        PageGroup.RESULTS,
        {
            "code": must(code, "code", "Code", "De naam van het resultaat in de tekening. Niemand ziet hem."),
            "description": must(
                text, "description", "Omschrijving", "Zo lezen burger en behandelaar de uitkomst van de zaak."
            ),
            "retention": must(
                text,
                "retention",
                "Bewaarklasse",
                "De klasse in de selectielijst. Die bepaalt wanneer de zaak wordt vernietigd.",
                Reference.RETENTION_RULE,
            ),
            "follow": may(
                process,
                "follow",
                "Vervolgzaak",
                "Het zaaktype dat vanzelf begint als een zaak zo eindigt. De burger ziet dan een nieuwe zaak.",
                refers=Reference.PROCESS,
            ),
        },
        ("retention", "map", "translation"),
        many=True,
        titled="description",
        translated=("description",),
    ),
    "retention": Shape(
        INSIDE,
        "Andere bewaarklasse",
        "Een klasse die ook geldt als de voorwaarde klopt. Van alle klassen telt de langste.",
        PageGroup.RESULTS,
        {
            "rule": must(
                text,
                "rule",
                "Bewaarklasse",
                "De klasse in de selectielijst die dan ook geldt.",
                Reference.RETENTION_RULE,
            ),
            "when": must(condition, "when", "Als", "De voorwaarde, bijvoorbeeld: er is een geldbedrag toegekend."),
        },
        many=True,
        titled="rule",
    ),
    "map": Shape(
        INSIDE,
        "Gegeven dat meegaat",
        "Wat de vervolgzaak van deze zaak overneemt.",
        PageGroup.RESULTS,
        {
            "value": must(expression, "value", "Van deze zaak", "Wat meegaat: een gegeven van de zaak die eindigt."),
            "to": Attribute(
                place,
                "to",
                "Naar de vervolgzaak",
                "De code van het gegeven in de vervolgzaak, of een vaste plaats daar.",
                required=True,
                suggests=tuple(FollowTo),
            ),
        },
        many=True,
        titled="to",
    ),
}

BUTTONS: Mapping[str, Shape] = {
    "onDemand": Shape(
        PROCESS,
        "Knop van de behandelaar",
        "Een knop op de pagina van de zaak, waarmee de behandelaar zelf iets begint: een los proces of een weg in de tekening.",
        PageGroup.BUTTONS,
        {
            "code": must(code, "code", "Code", "De naam van de knop in de tekening. Niemand ziet hem."),
            "label": must(text, "label", "Tekst op de knop", "Wat de behandelaar op de knop leest."),
            "when": may(
                one_of(*ButtonShown),
                "when",
                "Wanneer",
                "Of de knop er is zolang de zaak loopt, of juist als zij klaar is.",
                ButtonShown.RUNNING,
            ),
            "process": may(
                process, "process", "Begint proces", "Het proces dat de knop begint.", refers=Reference.PROCESS
            ),
            "message": may(
                text,
                "message",
                "Stuurt bericht",
                "Het bericht waar de tekening op wacht. Alleen dan doet de knop iets.",
                refers=Reference.MESSAGE,
            ),
        },
        ("documentRequest",),
        many=True,
        exactly_one=("process", "message"),
        titled="label",
    ),
    "withdrawal": Shape(
        PROCESS,
        "Intrekken",
        "Wie de zaak mag intrekken, en tot wanneer. Zonder dit ziet niemand een knop om in te trekken.",
        PageGroup.BUTTONS,
        {
            "by": must(
                words(one_of(Side.CITIZEN, Side.WORKER)),
                "by",
                "Door",
                "De burger krijgt de knop op het portaal, de behandelaar op de pagina van de zaak.",
            ),
            "until": must(
                text,
                "until",
                "Tot stap",
                "Vanaf deze stap kan intrekken niet meer. Kies een stap vóór het besluit weggaat.",
                Reference.ELEMENT,
            ),
            "confirm": may(
                one_of(*Confirmation),
                "confirm",
                "Bevestigen",
                "Of de behandelaar moet bevestigen dat de burger intrekt.",
                Confirmation.NONE,
            ),
            "result": must(
                code, "result", "Resultaat", "Het resultaat van een ingetrokken zaak.", Reference.RESULT_TYPE
            ),
            "mail": may(
                text, "mail", "Mail", "De mail die partijen krijgen als de zaak is ingetrokken.", refers=Reference.MAIL
            ),
        },
        ("status",),
    ),
}

CHECKLIST: Mapping[str, Shape] = {
    "checklistPoint": Shape(
        PROCESS,
        "Punt van de controlelijst",
        "Wat bij elke zaak wordt nagelopen. Elke nieuwe zaak krijgt dit punt; een behandelaar vinkt het af of streept het door.",
        PageGroup.PEOPLE,
        {
            "code": must(code, "code", "Code", "De naam van het punt in de tekening. Niemand ziet hem."),
            "title": must(text, "title", "Wat er moet kloppen", "Zo staat het punt op de controlelijst van de zaak."),
        },
        many=True,
        titled="title",
    ),
}

ENDS: Mapping[str, Shape] = {
    "result": Shape(
        frozenset({ElementKind.END_EVENT}),
        "Resultaat van de zaak",
        "Met welk resultaat de zaak eindigt als zij bij dit einde komt. De burger leest het bij zijn zaak.",
        PageGroup.RESULTS,
        {
            "type": may(code, "type", "Resultaat", "Altijd dit resultaat bij dit einde.", refers=Reference.RESULT_TYPE),
            "value": may(
                code,
                "value",
                "Gegeven met het resultaat",
                "Het gegeven waarin iemand het resultaat heeft gekozen. De keuzes zijn codes van resultaten.",
                refers=Reference.VALUE,
            ),
        },
        exactly_one=("type", "value"),
    ),
}
