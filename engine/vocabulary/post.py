"""The settings of what goes out and comes in: mails and letters, requests for documents, document types."""

from collections.abc import Mapping

from engine.vocabulary.case_type import CONFIDENTIALITY
from engine.vocabulary.course import CALENDAR
from engine.vocabulary.kinds import code, duration, expression, flag, number, one_of, text, words
from engine.vocabulary.parts import INSIDE, PROCESS, PageGroup, Reference, Shape, may, must
from engine.words import Approver, Confidentiality, Counting, ElementKind, PartyField, SeenBy

POST: Mapping[str, Shape] = {
    "mail": Shape(
        frozenset({ElementKind.SEND_TASK, ElementKind.INTERMEDIATE_THROW_EVENT, ElementKind.END_EVENT}),
        "Brief of mail",
        "De tekst die hier weggaat, en naar wie.",
        PageGroup.POST,
        {
            "template": must(text, "template", "Tekst", "De brief of mail die wordt verstuurd.", Reference.MAIL),
            "to": must(code, "to", "Aan", "Wie hem krijgt.", Reference.RECIPIENT),
            "formal": may(
                flag,
                "formal",
                "Formele brief",
                "Staat dit aan, dan is het een brief met een dag van verzending, op het portaal of op papier. Anders is het een gewone mail.",
                "false",
            ),
            "documentType": may(
                code,
                "document_type",
                "Documentsoort",
                "Onder welke soort de brief bij de documenten van de zaak staat.",
                "correspondence",
                Reference.DOCUMENT_TYPE,
            ),
            "enclose": may(
                words(code),
                "enclose",
                "Bijlagen",
                "Documentsoorten waarvan de stukken met een formele brief meegaan.",
                refers=Reference.DOCUMENT_TYPE,
            ),
            "edit": may(
                flag,
                "edit",
                "Eerst nakijken",
                "Staat dit aan, dan wacht een formele brief als concept tot de behandelaar hem heeft nagekeken en verstuurt.",
                "false",
            ),
            "approve": may(
                words(one_of(*Approver)),
                "approve",
                "Akkoord van",
                "Wie de brief goedkeurt voordat hij weggaat, in deze volgorde. De brief wacht dan als concept.",
            ),
            "fourEyes": may(
                flag,
                "four_eyes",
                "Vier ogen",
                "Staat dit aan, dan keurt niemand een tekst goed die hij zelf schreef.",
                "false",
            ),
        },
        titled="template",
    ),
}

KEEPING: Mapping[str, Shape] = {
    "keep": Shape(
        frozenset({ElementKind.SEND_TASK, ElementKind.INTERMEDIATE_THROW_EVENT, ElementKind.END_EVENT}),
        "Bericht bewaren",
        "Wacht er nog niemand op het bericht dat deze stap stuurt, dan blijft het liggen tot iemand erop wacht. Zonder dit gaat het dan verloren.",
        PageGroup.POST,
    ),
}

REQUESTS: Mapping[str, Shape] = {
    "documentRequest": Shape(
        frozenset({ElementKind.CALL_ACTIVITY}),
        "Verzoek om stukken",
        "Wat een afdeling moet aanleveren, en wanneer. De herinneringen staan in het proces dat dit verzoek aanroept.",
        PageGroup.REQUESTS,
        {
            "department": must(expression, "department", "Afdeling", "Welke afdeling het verzoek krijgt."),
            "term": must(
                duration,
                "term",
                "Termijn",
                "Hoe lang de afdeling heeft. Zij ziet de datum in de mail en op haar pagina.",
            ),
            "calendar": may(
                CALENDAR, "calendar", "Dagen tellen", "Of alle dagen tellen, of alleen werkdagen.", Counting.WORKING
            ),
            "mail": must(text, "mail", "Mail", "De mail met de link die de afdeling krijgt.", Reference.MAIL),
            "partyFields": may(
                words(text),
                "party_fields",
                "Ziet van de indiener",
                "Wat de afdeling ziet van wie de zaak begon. Kies niet meer dan nodig is.",
                PartyField.NAME,
                suggests=tuple(PartyField),
            ),
            "withFiled": may(
                flag,
                "with_filed",
                "Leest de aanvraag",
                "Staat dit aan, dan leest de afdeling waarmee de zaak begon, zonder contactgegevens.",
                "false",
            ),
        },
        ("document",),
        titled="department",
    ),
    "document": Shape(
        INSIDE,
        "Gevraagd stuk",
        "Een stuk dat de afdeling moet uploaden.",
        PageGroup.REQUESTS,
        {
            "type": must(
                code, "type", "Documentsoort", "De soort van het stuk, en dus wie het ziet.", Reference.DOCUMENT_TYPE
            ),
            "description": must(
                text, "description", "Omschrijving", "Wat de afdeling leest als wordt gevraagd om dit stuk."
            ),
            "required": may(
                flag,
                "required",
                "Verplicht",
                "Staat dit aan, dan kan de afdeling niet zonder dit stuk versturen.",
                "false",
            ),
        },
        ("translation",),
        many=True,
        titled="description",
        translated=("description",),
    ),
}

DOCUMENT_TYPES: Mapping[str, Shape] = {
    "documentType": Shape(
        PROCESS,
        "Documentsoort",
        "Een soort document van de zaak: wie het ziet en welke bestanden mogen.",
        PageGroup.DOCUMENTS,
        {
            "code": must(code, "code", "Code", "De naam van de soort in de tekening. Niemand ziet hem."),
            "name": must(text, "name", "Naam", "Zo heet de soort bij de documenten van de zaak."),
            "confidentiality": may(
                CONFIDENTIALITY,
                "confidentiality",
                "Vertrouwelijkheid",
                "Boven zaakvertrouwelijk ziet geen partij het document.",
                Confidentiality.ZAAKVERTROUWELIJK,
            ),
            "seenBy": may(
                words(one_of(*SeenBy)),
                "seen_by",
                "Wie ziet het",
                "Wie het document ziet zonder dat iemand het apart toont. Niets gekozen: alleen wie de zaak behandelt.",
            ),
            "formats": may(
                words(code),
                "formats",
                "Soorten bestanden",
                "Welke bestanden iemand mag uploaden, met spaties ertussen.",
                "pdf",
                Reference.FILE_FORMAT,
            ),
            "maxMegabytes": may(
                number,
                "max_megabytes",
                "Grootste bestand (MB)",
                "Grotere bestanden weigert het systeem, met uitleg. Hoogstens 500.",
                "100",
            ),
            "citizenMayAdd": may(
                flag,
                "citizen_may_add",
                "Burger mag toevoegen",
                "Staat dit aan, dan kan de burger op het portaal zelf zo'n document toevoegen.",
                "false",
            ),
            "archive": may(
                flag,
                "archive",
                "Voor het archief",
                "Staat dit aan, dan neemt het systeem alleen PDF aan zonder wachtwoord. Voor besluiten en uitspraken.",
                "false",
            ),
        },
        ("translation",),
        many=True,
        titled="name",
        translated=("name",),
    ),
}
