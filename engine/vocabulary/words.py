"""The Dutch words of what a setting may choose from, and of the elements that settings stand on."""

from collections.abc import Mapping
from enum import StrEnum

from engine.words import (
    Answers,
    Approver,
    ButtonShown,
    Confidentiality,
    Confirmation,
    Counting,
    DeadlineVerb,
    ElementKind,
    FactDay,
    FollowTo,
    Language,
    LinkTo,
    MainCaseRule,
    Occasion,
    PartyField,
    Procedure,
    SeenBy,
    Side,
    SignInLevel,
    SuspensionGround,
    ValueType,
)

ELEMENTS: Mapping[str, str] = {
    "process": "proces",
    "lane": "baan",
    ElementKind.USER_TASK: "taak",
    ElementKind.SERVICE_TASK: "automatische stap",
    ElementKind.SEND_TASK: "verzendstap",
    ElementKind.RECEIVE_TASK: "stap die op een bericht wacht",
    ElementKind.CALL_ACTIVITY: "aanroep van een ander proces",
    ElementKind.SUB_PROCESS: "deelproces",
    ElementKind.EXCLUSIVE_GATEWAY: "keuze",
    ElementKind.PARALLEL_GATEWAY: "splitsing of samenkomst",
    ElementKind.INCLUSIVE_GATEWAY: "keuze met meer mogelijkheden",
    ElementKind.EVENT_BASED_GATEWAY: "wachtpunt",
    ElementKind.START_EVENT: "begin",
    ElementKind.END_EVENT: "einde",
    ElementKind.INTERMEDIATE_CATCH_EVENT: "wachtstap",
    ElementKind.INTERMEDIATE_THROW_EVENT: "tussenstap",
    ElementKind.BOUNDARY_EVENT: "gebeurtenis op de rand",
}

OPTIONS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Confidentiality: {
        Confidentiality.OPENBAAR: "openbaar",
        Confidentiality.BEPERKT_OPENBAAR: "beperkt openbaar",
        Confidentiality.INTERN: "intern",
        Confidentiality.ZAAKVERTROUWELIJK: "zaakvertrouwelijk: voor wie bij de zaak hoort",
        Confidentiality.VERTROUWELIJK: "vertrouwelijk",
        Confidentiality.CONFIDENTIEEL: "confidentieel",
        Confidentiality.GEHEIM: "geheim",
        Confidentiality.ZEER_GEHEIM: "zeer geheim",
    },
    Approver: {
        Approver.DECIDER: "iemand die beslist",
        Approver.TEAM: "iemand van het team van het zaaktype",
        Approver.CHOSEN: "wie de behandelaar kiest",
    },
    Procedure: {
        Procedure.BEZWAAR: "bezwaar",
        Procedure.BEROEP: "beroep",
        Procedure.VOORLOPIGE_VOORZIENING: "voorlopige voorziening",
        Procedure.WOO: "Woo-verzoek",
        Procedure.KLACHT: "klacht",
        Procedure.ADVIES: "advies",
        Procedure.OTHER: "iets anders",
    },
    SignInLevel: {
        SignInLevel.SUBSTANTIAL: "substantieel",
        SignInLevel.HIGH: "hoog",
    },
    MainCaseRule: {
        MainCaseRule.NONE: "nee",
        MainCaseRule.OPTIONAL: "mag",
        MainCaseRule.REQUIRED: "altijd",
    },
    ValueType: {
        ValueType.TEXT: "tekst",
        ValueType.NUMBER: "getal",
        ValueType.CHOICE: "keuze uit een lijst",
        ValueType.DATE: "datum",
        ValueType.DATETIME: "datum en tijd",
        ValueType.BOOLEAN: "ja of nee",
        ValueType.PARTY: "partij van de zaak",
        ValueType.DECISION: "besluit waar de zaak over gaat",
        ValueType.FILE: "bestand",
    },
    Counting: {Counting.CALENDAR: "alle dagen", Counting.WORKING: "alleen werkdagen"},
    DeadlineVerb: {
        DeadlineVerb.START: "begint",
        DeadlineVerb.SUSPEND: "staat stil",
        DeadlineVerb.RESUME: "loopt weer door",
        DeadlineVerb.EXTEND: "wordt verlengd",
        DeadlineVerb.CONSENT: "wordt verlengd met instemming",
        DeadlineVerb.MEET: "is gehaald",
    },
    SuspensionGround: {
        SuspensionGround.AWB_6_6: "het bezwaar is niet compleet (Awb 6:6)",
        SuspensionGround.AWB_4_15: "de aanvraag is niet compleet (Awb 4:15)",
        SuspensionGround.WOO_4_1: "het verzoek is niet duidelijk genoeg (Woo 4.1)",
        SuspensionGround.WOO_4_4: "een derde geeft eerst zijn zienswijze (Woo 4.4)",
    },
    Occasion: {Occasion.ENTER: "als de stap begint", Occasion.LEAVE: "als de stap klaar is"},
    FactDay: {
        FactDay.SENT: "de dag waarop de brief is verstuurd",
        FactDay.RECEIVED: "de dag waarop het antwoord binnenkwam",
    },
    Side: {
        Side.CITIZEN: "inwoner of bedrijf",
        Side.DEPARTMENT: "vakafdeling",
        Side.WORKER: "medewerker",
        Side.COMMITTEE: "commissie",
    },
    LinkTo: {LinkTo.MAILBOX: "de mailbox van de afdeling", LinkTo.PERSON: "één persoon"},
    Answers: {Answers.FIRST: "wie het eerst antwoordt", Answers.EACH: "ieder voor zich"},
    SeenBy: {
        SeenBy.PARTIES: "alle partijen",
        SeenBy.INITIATOR: "wie de zaak begon",
        SeenBy.OWN: "wie het document indiende",
        SeenBy.DEPARTMENT: "de afdeling",
        SeenBy.COMMITTEE: "de commissie",
    },
    PartyField: {
        PartyField.NAME: "naam",
        PartyField.ADDRESS: "adres",
        PartyField.EMAIL: "e-mailadres",
        PartyField.PHONE: "telefoonnummer",
    },
    FollowTo: {
        FollowTo.RECEIVED_ON: "de dag van ontvangst",
        FollowTo.SUBJECT: "het besluit: waar het over gaat",
        FollowTo.NUMBER: "het besluit: kenmerk",
        FollowTo.TAKEN_ON: "het besluit: datum van het besluit",
        FollowTo.ANNOUNCED_ON: "het besluit: datum van bekendmaking",
        FollowTo.DEPARTMENT: "het besluit: afdeling",
    },
    ButtonShown: {ButtonShown.RUNNING: "zolang de zaak loopt", ButtonShown.CLOSED: "als de zaak klaar is"},
    Language: {Language.ENGLISH: "Engels"},
    Confirmation: {Confirmation.NONE: "niet nodig", Confirmation.WORKER: "door de behandelaar"},
}


def option_word(word: StrEnum) -> str:
    """The Dutch words of a member of an enumeration that a setting chooses from; raises KeyError for another."""
    return OPTIONS[type(word)][word]
