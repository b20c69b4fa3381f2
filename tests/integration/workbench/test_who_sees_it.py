"""'Op het portaal' is only said when somebody can see it; else the page says why not, or asks for whom."""

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows
from kit.documents import PDF
from kit.people import NOOR, TESS
from sqlalchemy import update

from processes.actions import act
from processes.actions.documents import ShowOnPortal
from processes.actions.registering import NewParty
from processes.base.errors import NotNow
from processes.storage.tables import Case, DocumentRow, Party

ON_PAPER = NewParty("objector", "Jan Janssen", address="Dorpsweg 1\n1234 AA Voorbeeldstad")
NOW = "Over een minuut staat het op het portaal."


def unpublish(services) -> None:
    with services.sessions.begin() as session:
        session.execute(update(Case).values(published_at=None))


def add(noor: Browser, number: str, kind: str) -> str:
    place = f"/werk/zaken/{number}/documenten"
    noor.get(place)
    noor.post(place, {"type": kind}, {"files": (f"{kind}.pdf", PDF, "application/pdf")})
    return next(row.id for row in rows(noor.services, DocumentRow) if row.title == f"{kind}.pdf")


def show(noor: Browser, number: str, document: str) -> str:
    place = f"/werk/zaken/{number}/documenten/tonen"
    noor.get(f"{place}?document={document}")
    return noor.post(place, {"document": document})


def test_c6_on_the_portal_is_said_when_a_party_sees_it(services, noor: Browser) -> None:
    number = register_bezwaar(services, TESS)
    assert NOW in show(noor, number, add(noor, number, "report"))


def test_c6_before_publication_the_page_says_when(services, noor: Browser) -> None:
    number = register_bezwaar(services, TESS)
    unpublish(services)
    page = show(noor, number, add(noor, number, "report"))
    assert NOW not in page
    assert "De betrokkenen zien het zodra de zaak is gepubliceerd." in page


def test_c6_without_anybody_who_signs_in_the_page_says_so(services, noor: Browser) -> None:
    number = register_bezwaar(services, ON_PAPER)
    page = show(noor, number, add(noor, number, "advice"))
    assert NOW not in page
    assert "niemand ziet het: wie het mag lezen, kan niet inloggen" in page


def test_c6_a_document_for_one_party_asks_for_whom(services, noor: Browser) -> None:
    number = register_bezwaar(services, TESS)
    document = add(noor, number, "correspondence")
    assert "Kies hiernaast wie, bij Aan één betrokkene." in noor.get(f"/werk/zaken/{number}/documenten")
    with pytest.raises(NotNow, match="nog niet gekozen voor wie"):
        act(services, NOOR, ShowOnPortal(document, shown=True))
    (party,) = rows(services, Party)
    place = f"/werk/zaken/{number}/documenten/{document}/betrokkene"
    noor.get(f"/werk/zaken/{number}/documenten")
    page = noor.post(place, {f"party-{document}": str(party.id)})
    assert "De betrokkene kan het document nu lezen, en niemand anders." in page
