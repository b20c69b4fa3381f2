"""A rehearsal in a real browser: played as citizen, department and worker, recorded, and broken by a later change."""

from collections.abc import Iterator

import pytest
from kit.cases import put_in_use, shipped
from kit.people import FENNA, signed_in
from kit.web_process import web_process
from playwright.sync_api import Browser, Page

from engine.edits import files_of
from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.drafting import ImportDraft
from processes.reads.studio import read_draft_files
from processes.storage.services import Services

HOME = "/beheer/zaaktypen/bezwaar/ontwerp"
WAIT = 280_000  # the first step loads every page


@pytest.fixture
def page(services: Services, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with web_process(services, tmp_path_factory.mktemp("web")) as web:
        context = chromium.new_context(
            base_url=web.address, viewport={"width": 390, "height": 844}, locale="nl-NL", java_script_enabled=False
        )
        cookie = signed_in(services, FENNA).cookie
        context.add_cookies([{"name": cookie_name(services.settings, "staff"), "value": cookie, "url": web.address}])
        opened = context.new_page()
        opened.set_default_timeout(WAIT)
        yield opened


@pytest.mark.timeout(600)  # a guard against hanging; the first step loads every page
def test_s11_played_by_everybody_recorded_and_broken_by_a_later_change(services: Services, page: Page) -> None:
    put_in_use(services, "stukkenverzoek", "nazending", "adviesreactie", "feitencheck", "hoorzitting-antwoord")
    files = files_of(shipped("bezwaar"))
    text = files["rehearsals/commissie.yaml"].decode()
    begun = text[: text.index("  - wait: P5D")].encode()
    drawn = {name: content for name, content in files.items() if not name.startswith("rehearsals/")}
    act(services, FENNA, ImportDraft("bezwaar", {**drawn, "rehearsals/begin.yaml": begun}))
    page.goto(f"{HOME}/repetities/begin")
    department = page.frame_locator("iframe[title^='Pagina van Achter de link']")
    department.get_by_text("Stukken aanleveren").first.wait_for()
    page.locator("#field-delivery").fill("besluit.pdf")
    page.get_by_role("button", name="Taak doen").click()
    worker = page.frame_locator("iframe[title^='Pagina van Behandelaar']")
    worker.locator("mark", has_text="Beoordeel de levering").first.wait_for()
    page.get_by_role("button", name="De indiener trekt in").click()
    citizen = page.frame_locator("iframe[title^='Pagina van Inwoner']")
    citizen.locator("mark").first.wait_for()
    page.get_by_label("Naam van het bestand").fill("ingetrokken")
    page.get_by_role("button", name="Bewaar als repetitie").click()
    assert page.get_by_text("Bewaard in het ontwerp").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    files = dict(read_draft_files(services, FENNA, "bezwaar")[1])
    files["bezwaar.bpmn"] = files["bezwaar.bpmn"].replace(b'code="received"', b'code="binnen"')
    act(services, FENNA, ImportDraft("bezwaar", files))
    page.goto(f"{HOME}/repetities")
    page.get_by_role("table").get_by_role("button").last.click()
    assert page.get_by_text("De status is 'Ontvangen', verwacht was 'received'.").first.is_visible()
