"""The settings of how a case goes on: statuses and terms."""

from collections.abc import Mapping

from engine.vocabulary.kinds import code, days, expression, flag, number, one_of, text, words
from engine.vocabulary.parts import INSIDE, NODES, PROCESS, PageGroup, Reference, Shape, may, must
from engine.words import Counting, DeadlineVerb, FactDay, Occasion, SuspensionGround

CALENDAR = one_of(*Counting)

STATUSES: Mapping[str, Shape] = {
    "status": Shape(
        NODES,
        "Status",
        "Wat de burger op de tijdlijn van zijn zaak leest zodra de zaak bij deze stap komt.",
        PageGroup.STATUSES,
        {
            "code": must(code, "code", "Code", "De naam van de status in de tekening. Niemand ziet hem."),
            "name": must(text, "name", "Naam", "Zo heet de status op de tijdlijn en bovenaan de zaak."),
            "order": must(
                number,
                "order",
                "Plaats op de tijdlijn",
                "Tientallen (10, 20, 30) staan al op de tijdlijn als wat nog komt. Een ander getal, zoals 25, verschijnt pas als het zover is.",
            ),
            "visible": may(flag, "visible", "Zichtbaar", "Staat dit uit, dan ziet de burger deze status niet.", "true"),
            "notify": may(
                flag,
                "notify",
                "Bericht sturen",
                "Staat dit aan, dan krijgt de burger bericht dat er iets is veranderd.",
                "true",
            ),
        },
        ("explanation", "next", "translation"),
        titled="name",
        translated=("name", "explanation", "next"),
    ),
    "explanation": Shape(
        INSIDE,
        "Uitleg",
        "Wat er is gebeurd, in gewone woorden. De burger leest dit onder de naam van de status.",
        PageGroup.STATUSES,
        text=True,
    ),
    "next": Shape(
        INSIDE,
        "Wat er nu gebeurt",
        "Wat de burger hierna kan verwachten, en wanneer. Dit staat onder de uitleg.",
        PageGroup.STATUSES,
        text=True,
    ),
}

TERMS: Mapping[str, Shape] = {
    "deadline": Shape(
        PROCESS,
        "Termijn",
        "Een datum die de zaak bewaakt. De behandelaar ziet haar op de zaak, en teksten kunnen haar noemen.",
        PageGroup.TERMS,
        {
            "code": must(code, "code", "Code", "De naam van de termijn in de tekening en in teksten."),
            "title": must(text, "title", "Naam", "Zo heet de termijn op de pagina van de zaak."),
            "rule": may(
                text,
                "rule",
                "Wettelijke regel",
                "De regel uit de wet die zegt hoe lang de termijn is. Kies deze of een eigen duur.",
                refers=Reference.LAW_RULE,
            ),
            "duration": may(days, "duration", "Eigen duur", "Hoe lang de termijn is als zij niet uit de wet komt."),
            "variant": may(
                expression,
                "variant",
                "Variant",
                "Welke vorm van de regel geldt, bijvoorbeeld met of zonder commissie. Bij een eigen duur: een andere duur.",
            ),
            "length": may(
                expression,
                "length",
                "Duur uit de zaak",
                "Een duur die in de zaak is ingevuld, zoals die van de rechter. Zonder antwoord geldt de gewone duur.",
            ),
            "perDay": may(
                expression,
                "per_day",
                "Dwangsom per dag",
                "Wat elke dag te laat kost, in euro's, als de rechter dat bepaalde.",
            ),
            "atMost": may(expression, "at_most", "Dwangsom ten hoogste", "Hoeveel die dwangsom samen hoogstens wordt."),
            "court": may(
                flag,
                "court",
                "Van de rechter",
                "Staat dit aan, dan telt deze termijn in de lijsten van de werkplek als een wettelijke termijn.",
                "false",
            ),
            "calendar": may(
                CALENDAR, "calendar", "Dagen tellen", "Of alle dagen tellen, of alleen werkdagen.", Counting.CALENDAR
            ),
            "from": may(
                expression,
                "start_from",
                "Telt vanaf",
                "De dag waarna de termijn begint te lopen. Zonder deze dag is dat de dag waarop zij begint.",
                "today()",
            ),
            "warnings": may(
                words(days),
                "warnings",
                "Waarschuwen",
                "Hoe lang vóór de datum de behandelaar en het team een mail krijgen, met spaties ertussen.",
            ),
        },
        ("translation",),
        many=True,
        exactly_one=("rule", "duration"),
        titled="title",
        translated=("title",),
    ),
}

DEADLINE_ACTIONS: Mapping[str, Shape] = {
    "deadlineAction": Shape(
        NODES,
        "Wat er met een termijn gebeurt",
        "Deze stap laat een termijn beginnen, stilstaan, doorlopen, langer worden of klaar zijn.",
        PageGroup.TERMS,
        {
            "deadline": must(code, "deadline", "Termijn", "De termijn die verandert.", Reference.DEADLINE),
            "action": must(one_of(*DeadlineVerb), "action", "Wat gebeurt er", "Hoe de termijn verandert."),
            "ground": may(
                text,
                "ground",
                "Grond",
                "Het artikel waarop de termijn stilstaat. De uitleg van de termijn noemt het.",
                suggests=tuple(SuspensionGround),
            ),
            "at": may(
                one_of(*Occasion), "at", "Wanneer", "Als de stap begint, of pas als hij klaar is.", Occasion.ENTER
            ),
            "until": may(
                expression,
                "until",
                "Nieuwe datum",
                "Bij verlengen of instemmen: de datum die dan geldt. Zonder datum: wat de wet toelaat.",
            ),
            "on": may(
                one_of(*FactDay),
                "on",
                "Dag die telt",
                "De dag waarop de brief echt is verstuurd, of waarop het antwoord binnenkwam. Anders telt vandaag.",
            ),
            "day": may(
                code,
                "day",
                "Dag uit een formulier",
                "De datum op een formulier die de dag zegt, zoals die waarop het besluit is verstuurd. Is zij leeg, dan geldt de keuze hierboven.",
                refers=Reference.VALUE,
            ),
        },
        many=True,
        titled="deadline",
    ),
}
