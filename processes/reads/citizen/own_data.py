"""The own case in a form that programs read (C15; GDPR, article 20): what its page says, and what this person filed.

The papers themselves are in the zip; here each is named with its fingerprint, by which one finds it there.
"""

from collections.abc import Mapping
from typing import Any, Final

from processes.base.actor import Actor
from processes.reads.citizen.case_page import CasePage, read_case
from processes.reads.citizen.documents import CitizenDocumentLine, read_filed_words
from processes.reads.citizen.profile import read_profile
from processes.reads.filed import FiledPage
from processes.storage.services import Services

FORM: Final = (
    "zaakspoor-eigen-zaak-1"  # what the names below mean stands in docs/pages.md; another meaning is another number
)


def read_own_data(services: Services, actor: Actor, number: str) -> tuple[CasePage, dict[str, Any]]:
    """The case as its page has it, and the same as values of JSON: texts, numbers, days and moments (ISO 8601), lists and objects by name.

    Raises NotFound as the page of the case does.
    """
    page, profile = read_case(services, actor, number), read_profile(services, actor)
    filed = [read_filed_words(services, actor, number, one.filed) for one in page.documents if one.filed]
    return page, {
        "vorm": FORM,
        "persoon": {
            "naam": profile.name, "e-mail": profile.email, "telefoon": profile.phone, "adres": profile.address,
            "handelt_namens": page.on_behalf_of,
        },
        "zaak": {
            "nummer": page.number, "soort": page.title, "onderwerp": page.subject, "loopt": page.running,
            "ontvangen_op": page.received_on, "afgerond_op": page.closed_on, "resultaat": page.result, "uitleg": page.explanation,
            "beslissen_uiterlijk": page.term.due if page.term else None,
        },
        "besluiten": [
            {
                "onderwerp": one.subject, "kenmerk": one.number, "genomen_op": one.taken_on, "bekendgemaakt_op": one.announced_on,
                "uitkomst": one.outcome,
            }
            for one in page.decisions
        ],
        "statussen": [{"naam": one.name, "bereikt_op": one.reached_at} for one in page.steps if one.reached_at],
        "dagen": [
            {"wat": one.title, "wanneer": one.begins, "plaats": one.place, "vervallen": one.cancelled} for one in page.moments
        ],
        "gevraagd": [{"wat": one.name, "uiterlijk": one.due} for one in page.waiting],
        "brieven": [
            {"onderwerp": one.subject, "verstuurd_op": one.sent_on, "document": one.document} for one in page.letters
        ],
        "documenten": [_document(one) for one in page.documents],
        "berichten": [{"van": one.author, "tekst": one.text, "op": one.at} for one in page.messages],
        "ingestuurd": [_filed(one) for one in filed],
    }  # fmt: skip


def _document(one: CitizenDocumentLine) -> Mapping[str, Any]:
    return {
        "id": one.id, "kenmerk": one.reference, "titel": one.title, "soort": one.kind, "bestandsnaam": one.file_name,
        "bytes": one.size, "sha256": one.sha256, "toegevoegd_op": one.added_at, "door_u_gestuurd": one.own,
    }  # fmt: skip


def _filed(one: FiledPage) -> Mapping[str, Any]:
    return {
        "kenmerk": one.reference, "titel": one.title, "op": one.at, "sha256_van_de_woorden": one.sha256,
        "feiten": dict(one.words.facts), "contact": dict(one.words.contact),
        "antwoorden": [{"vraag": answer.question, "antwoord": answer.answer} for answer in one.words.answers],
        "bestanden": [
            {"naam": file.name, "bytes": file.size, "sha256": file.sha256, "kenmerk": file.reference} for file in one.words.files
        ],
    }  # fmt: skip
