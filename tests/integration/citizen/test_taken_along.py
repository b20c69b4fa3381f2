"""The papers of the own case as one PDF or zip (C15): what this reader may see, made once, for nobody else, and kept for a day."""

import io
import zipfile
from collections.abc import Callable

import pytest
from citizen_kit import ILSE, TESS, Browser, add, register
from kit.cases import rows
from kit.people import NOOR

from processes.actions import act
from processes.actions.documents import ShowOnPortal
from processes.actions.own_bundles import MakeOwnBundle
from processes.base.errors import Invalid
from processes.jobs.workers import drain
from processes.storage.tables import CaseBundle, LookRow
from processes.storage.words import BundleState

Open = Callable[[str], Browser]
PLACE = "/mijn/zaken/{}/meenemen"


def made(person: Browser, number: str, form: str) -> str:
    """Asked for and made by the pages; the address of the file."""
    place = PLACE.format(number)
    person.get(place)
    assert "Wij maken dit nu" in person.post(place, {"form": form})
    drain(person.services)
    page = person.get(place)
    return f"{place}/" + page.partition(f'href="{place}/')[2].partition('"')[0]


def test_c15_a_zip_holds_what_this_party_may_read_and_nothing_of_others(tess: Browser, browser: Open) -> None:
    number = register(tess.services, TESS, ILSE)
    add(tess.services, number, "underlying", "Rapport", shown=True)
    add(tess.services, number, "withheld", "Geheim stuk", shown=True)
    add(tess.services, number, "underlying", "Niet aangevinkt", shown=False)
    assert PLACE.format(number) in tess.get(f"/mijn/zaken/{number}")
    content = tess.client.get(made(tess, number, "zip")).content
    names = " ".join(zipfile.ZipFile(io.BytesIO(content)).namelist())
    assert "Rapport" in names
    assert "Inventaris" in names
    for hidden in ("Geheim", "Niet aangevinkt", "Ilse"):
        assert hidden not in names
    assert {look.kind for look in rows(tess.services, LookRow) if look.document_id} == {"bundle"}
    assert '<li class="zs-is-new">' not in tess.get(f"/mijn/zaken/{number}").partition("Stukken van de zaak")[2]
    assert browser(ILSE).client.get(made(tess, number, "zip")).status_code == 404


def test_c15_one_pdf_of_the_case_and_a_second_press_makes_no_second(tess: Browser) -> None:
    number = register(tess.services, TESS)
    add(tess.services, number, "underlying", "Rapport", shown=True)
    place = PLACE.format(number)
    tess.get(place)
    tess.post(place, {"form": "pdf"})
    tess.get(place)
    assert "Dit wordt al voor u gemaakt" in tess.post(place, {"form": "pdf"}, status=409)
    drain(tess.services)
    page = tess.get(place)
    address = place + "/" + page.partition(f'href="{place}/')[2].partition('"')[0]
    assert tess.client.get(address).content.startswith(b"%PDF")
    tess.post(place, {"form": "pdf"})
    assert tess.client.get(address).status_code == 404  # the earlier one went
    assert len(rows(tess.services, CaseBundle)) == 1


def test_c15_what_was_taken_off_the_portal_meanwhile_is_not_given(tess: Browser) -> None:
    number = register(tess.services, TESS)
    document = add(tess.services, number, "underlying", "Rapport", shown=True)
    address = made(tess, number, "zip")
    act(tess.services, NOOR, ShowOnPortal(document, shown=False))
    assert tess.client.get(address).status_code == 409
    assert "Laat het opnieuw maken." in tess.get(PLACE.format(number))


def test_c15_nobody_takes_along_the_case_of_another(tess: Browser, browser: Open) -> None:
    number = register(tess.services, TESS)
    other = register(tess.services, ILSE)
    assert browser(ILSE).client.get(PLACE.format(number)).status_code == 404
    with pytest.raises(Invalid):
        act(tess.services, tess.actor, MakeOwnBundle(number, "doc"))
    assert tess.client.get(f"{PLACE.format(other)}").status_code == 404
    assert not rows(tess.services, CaseBundle)
    with pytest.raises(Invalid):  # the words that she filed are still being made into a document
        act(tess.services, tess.actor, MakeOwnBundle(number, "zip"))
    drain(tess.services)
    act(tess.services, tess.actor, MakeOwnBundle(number, "zip"))
    drain(tess.services)
    (row,) = rows(tess.services, CaseBundle)
    assert (row.state, row.asked_by) == (BundleState.READY, tess.actor.subject)
