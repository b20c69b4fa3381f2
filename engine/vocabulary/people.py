"""The settings of who does something: parties, lanes, tasks, and the program itself."""

from collections.abc import Mapping

from engine.vocabulary.course import CALENDAR
from engine.vocabulary.kinds import code, condition, duration, expression, flag, one_of, text, words
from engine.vocabulary.parts import INSIDE, LANE, PROCESS, PageGroup, Reference, Shape, may, must
from engine.words import (
    Answers,
    Counting,
    ElementKind,
    LinkTo,
    Side,
)

PARTIES: Mapping[str, Shape] = {
    "party": Shape(
        PROCESS,
        "Rol van een partij",
        "Een rol die iemand in de zaak kan hebben, zoals indiener of gemachtigde.",
        PageGroup.PEOPLE,
        {
            "code": must(code, "code", "Code", "De naam van de rol in de tekening. Niemand ziet hem."),
            "title": must(text, "title", "Naam", "Zo heet de rol bij Partijen op de zaak."),
            "initiator": may(
                flag,
                "initiator",
                "Begint de zaak",
                "Staat dit aan, dan is dit de rol van wie de zaak indient.",
                "false",
            ),
            "confidential": may(
                flag,
                "confidential",
                "Vertrouwelijk",
                "Staat dit aan, dan blijft verborgen wie dit is, behalve voor wie de zaak behandelt.",
                "false",
            ),
        },
        ("translation",),
        many=True,
        titled="title",
        translated=("title",),
    ),
}

LANES: Mapping[str, Shape] = {
    "role": Shape(
        LANE,
        "Wie deze baan doet",
        "Aan welke kant de taken in deze baan liggen.",
        PageGroup.PEOPLE,
        {
            "side": must(
                one_of(*Side),
                "side",
                "Kant",
                "De burger doet zijn taken op het portaal, een afdeling via een link, de anderen in de werkbak.",
            ),
            "party": may(
                code,
                "party",
                "Rol van de partij",
                "Welke partij de taken krijgt. Bij een link naar één persoon: wie dat is.",
                refers=Reference.PARTY,
            ),
            "link": may(
                one_of(*LinkTo),
                "link",
                "Link naar",
                "Of de link naar de mailbox van de afdeling gaat, of naar één persoon.",
                LinkTo.MAILBOX,
            ),
            "generic": may(
                text,
                "generic",
                "Algemene rol (ZGW)",
                "De naam van deze rol voor andere systemen. Niemand ziet hem op een pagina.",
            ),
        },
    ),
}

TASKS: Mapping[str, Shape] = {
    "assignment": Shape(
        frozenset({ElementKind.USER_TASK}),
        "Wie de taak doet",
        "Regels voor wie deze taak mag doen en hoe lang die ervoor heeft.",
        PageGroup.PEOPLE,
        {
            "role": must(code, "role", "Rol", "Wie de taak in zijn lijst krijgt.", Reference.TASK_ROLE),
            "answers": may(
                one_of(*Answers),
                "answers",
                "Wie antwoordt",
                "Als meer mensen deze rol hebben: telt het eerste antwoord, of geeft ieder een eigen antwoord?",
            ),
            "also": may(
                words(code),
                "also",
                "Ook aan",
                "Andere rollen die deze vraag ook krijgen, met spaties ertussen. Alleen als ieder een eigen antwoord geeft.",
                refers=Reference.PARTY,
            ),
            "changeable": may(
                flag,
                "changeable",
                "Antwoord te veranderen",
                "Staat dit aan, dan kan een burger een antwoord hier veranderen tot een medewerker ermee verder gaat.",
                "true",
            ),
            "changeBefore": may(
                expression,
                "change_before",
                "Te veranderen tot deze dag",
                "Tot deze dag kan een burger het antwoord hier veranderen, ook als een medewerker de volgende taak al oppakte.",
            ),
            "lane": may(
                text,
                "lane",
                "Baan",
                "In een deelproces: de baan waar deze taak bij hoort. Zonder baan is dat die van het deelproces.",
                refers=Reference.LANE,
            ),
            "notSameAs": may(
                text,
                "not_same_as",
                "Niet dezelfde als bij",
                "Wie die andere stap deed, kan deze taak niet doen.",
                refers=Reference.ELEMENT,
            ),
            "notDecider": may(
                flag,
                "not_decider",
                "Niet wie besloot",
                "Staat dit aan, dan kan wie het eerste besluit nam deze taak niet doen.",
                "false",
            ),
            "notParty": may(
                code,
                "not_party",
                "Niet voor deze partij",
                "Wie deze rol in de zaak heeft, ziet de hele zaak niet in de werkbak.",
                refers=Reference.PARTY,
            ),
            "mandate": may(
                flag,
                "mandate",
                "Alleen met mandaat",
                "Staat dit aan, dan doet alleen een beslisser deze taak.",
                "false",
            ),
            "body": may(
                code,
                "body",
                "Gegeven: wie besluit",
                "Het gegeven dat zegt in wiens naam het besluit is. De brief noemt dit bestuursorgaan.",
                refers=Reference.VALUE,
            ),
            "takenBy": may(
                code,
                "taken_by",
                "Gegeven: door wie genomen",
                "Het gegeven dat zegt of onder mandaat is besloten of door het orgaan zelf. De brief noemt het.",
                refers=Reference.VALUE,
            ),
            "takenOn": may(
                code,
                "taken_on",
                "Gegeven: wanneer genomen",
                "Het gegeven met de dag waarop het orgaan besloot. De brief noemt die dag.",
                refers=Reference.VALUE,
            ),
            "leadTime": may(
                duration,
                "lead_time",
                "Doorlooptijd",
                "Hoe lang iemand voor de taak heeft. De lijst van taken toont de datum.",
            ),
            "calendar": may(
                CALENDAR, "calendar", "Dagen tellen", "Of alle dagen tellen, of alleen werkdagen.", Counting.WORKING
            ),
        },
        titled="role",
    ),
}

SESSIONS: Mapping[str, Shape] = {
    "session": Shape(
        frozenset({ElementKind.USER_TASK}),
        "Zitting van een commissie",
        "Deze taak plant een hoorzitting. Wie zittingen plant, kan de zaak op de agenda van een zitting zetten.",
        PageGroup.PEOPLE,
        {
            "on": must(code, "on", "Gegeven: dag en tijd", "Het moment van de hoorzitting.", Reference.VALUE),
            "place": may(
                code,
                "place",
                "Gegeven: plaats",
                "De keuze die zegt of de hoorzitting in een gebouw is of online.",
                refers=Reference.VALUE,
            ),
            "building": may(
                code, "building", "Keuze: in een kamer", "De keuze van de plaats voor een zitting in een kamer."
            ),
            "video": may(code, "video", "Keuze: online", "De keuze van de plaats voor een zitting via beeldbellen."),
            "room": may(code, "room", "Gegeven: kamer", "De zitting vult hier de kamer in.", refers=Reference.VALUE),
            "online": may(
                code,
                "online",
                "Gegeven: hoe iemand online meedoet",
                "De zitting vult hier de link voor beeldbellen in.",
                refers=Reference.VALUE,
            ),
            "chair": may(
                code, "chair", "Gegeven: voorzitter", "De zitting vult hier in wie voorzit.", refers=Reference.VALUE
            ),
            "members": may(
                code, "members", "Gegeven: leden", "De zitting vult hier de andere leden in.", refers=Reference.VALUE
            ),
            "public": may(
                code,
                "public",
                "Gegeven: openbaar",
                "Of de hoorzitting openbaar is. Dit staat op de agenda.",
                refers=Reference.VALUE,
            ),
            "coming": may(
                code,
                "coming",
                "Gegeven: wie komt",
                "Wat een partij antwoordt op de uitnodiging. Dit staat op de agenda.",
                refers=Reference.VALUE,
            ),
            "needs": may(
                words(code),
                "needs",
                "Gegevens: wat iemand nodig heeft",
                "Wat een partij vraagt, zoals een tolk of ringleiding, met spaties ertussen. Dit staat vet op de agenda en het zittingsblad.",
                refers=Reference.VALUE,
            ),
            "present": may(
                code,
                "present",
                "Gegeven: wie er waren",
                "De zitting vult hier de aanwezigen in, voor het verslag.",
                refers=Reference.VALUE,
            ),
            "move": may(
                code,
                "move",
                "Knop: opnieuw plannen",
                "De knop die de hoorzitting opnieuw laat plannen. Zonder knop blijft een zaak staan waar zij staat.",
                refers=Reference.BUTTON,
            ),
            "when": may(
                condition,
                "when",
                "Alleen als",
                "Alleen dan komt een zaak op een zitting. De voorwaarde leest alleen gegevens van de zaak.",
            ),
        },
        titled="on",
    ),
}

SERVICES: Mapping[str, Shape] = {
    "service": Shape(
        frozenset({ElementKind.SERVICE_TASK}),
        "Wat het systeem doet",
        "Een handeling die het systeem hier zelf doet, zoals een document tonen of een notitie maken.",
        PageGroup.PEOPLE,
        {"operation": must(code, "operation", "Handeling", "Wat het systeem doet.", Reference.OPERATION)},
        ("parameter",),
        titled="operation",
    ),
    "parameter": Shape(
        INSIDE,
        "Gegeven voor de handeling",
        "Waarmee de handeling gebeurt, bijvoorbeeld welke documentsoort.",
        PageGroup.PEOPLE,
        {
            "name": must(text, "name", "Naam", "Welk gegeven de handeling nodig heeft."),
            "value": must(
                expression, "value", "Waarde", "Een vaste tekst tussen aanhalingstekens, of een gegeven van de zaak."
            ),
        },
        many=True,
        titled="name",
    ),
}
