"""C11: the accessibility statement, privacy and help: set by an administrator, with history, and linked on every page of citizens and departments."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from kit.browser import Browser, TestClient
from kit.cases import today
from kit.installation import installation
from kit.people import FENNA, TESS_BSN

from portal.app import create_app
from processes.actions.registering import NewParty
from processes.dated.site_texts import SITE_TEXT, TITLES, SiteText
from processes.reads.site_texts import PartKind, read_site_page
from processes.storage.services import Services

HOME = "/beheer/instellingen/site_text/regel"
TESS = NewParty("objector", "Tess Testeling", identity=TESS_BSN, channel="portal")
LINKS = ("/over/privacy", "/over/toegankelijkheid", "/over/hulp")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, faces=("admin", "citizen", "department", "public", "workbench")) as opened:
        yield opened


def footer(page: str) -> list[str]:
    return re.findall(r'<a href="(/over/[^"]*)"', page.partition('<footer class="zs-footer">')[2])


@pytest.mark.parametrize("address", ["/mijn", "/mijn/gegevens", "/mijn/nieuw"])
def test_c11_every_page_of_a_citizen_points_to_the_three_texts(services: Services, address: str) -> None:
    assert tuple(footer(Browser(services, TESS).get(address))) == LINKS


@pytest.mark.parametrize("address", ["/verzoek", "/verzoek/onbekend", "/openbaar", "/inloggen", "/over/hulp", "/niets"])
def test_c11_so_does_every_page_without_signing_in(services: Services, address: str) -> None:
    page = TestClient(create_app(services)).get(address).text
    assert tuple(footer(page)) == LINKS


def test_c11_pages_of_staff_do_not(services: Services) -> None:
    assert footer(Browser(services, FENNA).get("/beheer")) == []


@pytest.mark.parametrize("code", TITLES)
def test_c11_each_text_comes_along_in_both_languages(services: Services, code: str) -> None:
    client = TestClient(create_app(services))
    page = client.get(f"/over/{code}")
    assert (page.status_code, f'<h1 class="nl-heading nl-heading--level-1">{TITLES[code]}</h1>' in page.text) == (
        200,
        True,
    )
    assert "{{" not in page.text
    english = read_site_page(services, code, "en")
    assert english.language == "en"
    assert {part.kind for part in english.parts} == set(PartKind)
    assert client.get("/over/niets").status_code == 404


def test_c11_an_administrator_writes_a_text_that_holds_from_a_day_on(services: Services) -> None:
    fenna = Browser(services, FENNA)
    begins = today(services)
    written = {
        "text": "Bel {{ organisation.phone }}.\n\n# Waar\n- aan de <balie>\n- op https://www.voorbeeldstad.example/hulp", "english": "",
        "valid_from": begins.isoformat(), "reason": "Onze eigen hulp.",
    }  # fmt: skip
    fenna.get(f"{HOME}/hulp/wijzigen")
    fenna.post(f"{HOME}/hulp/wijzigen", written)
    fenna.post(f"{HOME}/hulp/wijzigen", {"step": "save"})
    page = TestClient(create_app(services)).get("/over/hulp").text
    assert '<p class="nl-paragraph">Bel 14 0999.</p>' in page
    assert '<h2 class="nl-heading nl-heading--level-2">Waar</h2>' in page
    assert "aan de &lt;balie&gt;" in page
    assert '<a href="https://www.voorbeeldstad.example/hulp"' in page
    english = TestClient(create_app(services)).get("/over/hulp?taal=en").text
    assert '<div class="zs-stack" lang="nl">' in english, "nobody wrote it in English: the Dutch says that it is Dutch"
    with services.sessions() as session:
        shelf = services.law.shelf(session)
    assert len(shelf.versions(SITE_TEXT, "hulp")) == 2
    before = shelf.on(SITE_TEXT, "hulp", begins - timedelta(1))
    assert isinstance(before, SiteText)
    assert before.english.startswith("Does something not work?")


def test_c11_a_text_that_cannot_be_filled_in_is_refused_at_its_field(services: Services) -> None:
    fenna = Browser(services, FENNA)
    fenna.get(f"{HOME}/privacy/wijzigen")
    typed = {
        "text": "Mail {{ case.number }}",
        "english": "Hello {{",
        "valid_from": today(services).isoformat(),
        "reason": "Anders.",
    }
    page = fenna.post(f"{HOME}/privacy/wijzigen", typed, status=422)
    assert 'id="error-text"' in page
    assert 'id="error-english"' in page
    assert "Mail {{ case.number }}</textarea>" in page
