"""W5: parties, decisions and the type and title of documents are corrected on their page, never without a reason."""

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows
from kit.documents import stored
from kit.people import ADA, NOOR

from processes.actions import act
from processes.actions.correcting_document import CorrectDocument
from processes.actions.documents import AddDocuments, RemoveDocument, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.actions.registering import NewParty
from processes.base.errors import Invalid, NotAllowed, NotNow
from processes.storage.services import Services
from processes.storage.tables import Decision, DocumentRow, Party

STREET = "Zwaluwlaan 3\n1234 AB Voorbeeldstad"
WHY = "De brief zegt het anders."
PARTY = {
    "party-0-kind": "person",
    "party-0-name": "Tess Testeling",
    "party-0-address": STREET,
    "party-0-channel": "post",
}


@pytest.fixture
def number(services: Services) -> str:
    made = register_bezwaar(services, NewParty("objector", "Tes Testeling", address=STREET))
    act(services, NOOR, AddDocuments(made, (NewDocument(stored(services), "correspondence", "Brief van Tess"),)))
    return made


def paper(services: Services) -> DocumentRow:
    (row,) = rows(services, DocumentRow, file_name="besluit.pdf")
    return row


def of_party(services: Services) -> tuple[str, dict[str, str]]:
    return f"partijen/{rows(services, Party)[0].id}/gegevens", PARTY


def of_decision(services: Services) -> tuple[str, dict[str, str]]:
    (row,) = rows(services, Decision)
    typed = {"subject": "Standplaats", "announced_on": row.announced_on.isoformat(), "number": row.number}
    return f"besluiten/{row.id}", {f"decision-0-{name}": text for name, text in typed.items()} | {"step": "confirm"}


def of_document(services: Services) -> tuple[str, dict[str, str]]:
    return f"documenten/{paper(services).id}/verbeteren", {"type": "report", "title": "Verslag"}


@pytest.mark.parametrize(
    ("form_of", "told"),
    [
        (of_party, "Naam: was Tes Testeling, is nu Tess Testeling."),
        (of_decision, "Onderwerp: was Parkeervergunning, is nu Standplaats."),
        (of_document, "Soort: was Brief, is nu Verslag van de hoorzitting."),
    ],
    ids=["party", "decision", "document"],
)
def test_w5_corrected_on_its_page_with_a_reason_that_stays_on_the_timeline(
    services, noor: Browser, number, form_of, told
):
    place, typed = form_of(services)
    where, timeline = f"/werk/zaken/{number}/{place}", f"/werk/zaken/{number}/tijdlijn"
    noor.get(where)
    noor.post(where, {**typed, "reason": ""}, status=422)
    assert told not in noor.get(timeline)
    noor.get(where)
    noor.post(where, {**typed, "reason": WHY})
    page = noor.get(timeline)
    assert told in page
    assert WHY in page


def test_w5_a_document_is_never_less_confidential_by_its_type(services, number):
    row = paper(services)
    act(services, NOOR, CorrectDocument(row.id, "withheld", row.title, WHY))
    assert paper(services).confidentiality == "vertrouwelijk"
    act(services, NOOR, CorrectDocument(row.id, "correspondence", row.title, WHY))
    assert (paper(services).type, paper(services).confidentiality) == ("correspondence", "vertrouwelijk")


def test_w5_a_document_on_the_portal_does_not_become_confidential_there(services, number):
    row = paper(services)
    act(services, NOOR, CorrectDocument(row.id, "report", row.title, WHY))  # which is for all parties
    act(services, NOOR, ShowOnPortal(row.id, shown=True))
    with pytest.raises(Invalid, match="Haal het daar eerst weg"):
        act(services, NOOR, CorrectDocument(row.id, "withheld", row.title, WHY))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (("verzonnen", "Brief"), "type"),
        (("report", " "), "title"),
        (("report", "x" * 201), "title"),
        (("correspondence", "Brief van Tess"), ""),
    ],
)
def test_w5_a_correction_of_a_document_is_checked(services, number, typed, field):
    with pytest.raises(Invalid) as wrong:
        act(services, NOOR, CorrectDocument(paper(services).id, *typed, WHY))
    assert set(wrong.value.fields) == {field}
    with pytest.raises(NotAllowed):
        act(services, ADA, CorrectDocument(paper(services).id, "report", "Verslag", WHY))


def test_w5_what_was_taken_away_is_not_offered_to_be_corrected(services, noor: Browser, number):
    assert f"{paper(services).id}/verbeteren" in noor.get(f"/werk/zaken/{number}/documenten")
    act(services, NOOR, RemoveDocument(paper(services).id, WHY))
    assert f"{paper(services).id}/verbeteren" not in noor.get(f"/werk/zaken/{number}/documenten")
    with pytest.raises(NotNow):
        act(services, NOOR, CorrectDocument(paper(services).id, "report", "Verslag", WHY))
