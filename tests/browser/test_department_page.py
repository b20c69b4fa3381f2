"""The page of a department in a real browser, with and without scripts, on a telephone and a desk."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from kit.barriers import barriers_of
from kit.desk import Desk, desk
from kit.documents import PDF
from kit.people import NOOR
from kit.web_process import web_process
from playwright.sync_api import Browser, Page, expect

from processes.actions import act
from processes.actions.course import ChangeRemark
from processes.storage.tables import Delivery, DocumentRow, LargeUpload, RequestReply

WIDTHS = (390, 1280)
FILES = [
    {"name": "besluit.pdf", "mimeType": "application/pdf", "buffer": PDF},
    {"name": "plan.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"},
]


@dataclass(frozen=True)
class Opened:
    office: Desk
    address: str


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    with desk(tmp_path) as office:
        act(office.services, NOOR, ChangeRemark(office.number, "Graag ook het advies over welstand."))
        with web_process(office.services, tmp_path) as web:
            yield Opened(office, f"{web.address}{office.address}")


def look(page: Page, *, scripts: bool) -> None:
    """Nobody has to scroll sideways, and axe finds nothing, at each width and in both schemes."""
    if scripts:
        assert barriers_of(page) == [], page.url


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_o17_the_page_is_played_from_request_to_receipt(opened: Opened, chromium: Browser, *, scripts: bool) -> None:
    width = WIDTHS[0] if scripts else WIDTHS[1]
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale="nl-NL", java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(opened.address)
    look(page, scripts=scripts)
    if scripts:
        _reads_in_english(page)
        _asks_for_more_time(page, opened.address)
    _says_of_each_document(page)
    page.get_by_label("Uw naam").fill("Ans de Aanleveraar")
    page.locator("#field-files").set_input_files(FILES)
    page.get_by_role("button", name="Verder", exact=True).click()
    expect(page.locator("#error-files")).to_contain_text("'plan.exe' kan hier niet.")
    look(page, scripts=scripts)
    page.get_by_label("Wat voor stuk is besluit.pdf?").select_option(label="Bestreden besluit")
    page.get_by_role("button", name="Bevestigen en versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wij hebben uw stukken ontvangen")
    look(page, scripts=scripts)
    _takes_it_back(page)
    look(page, scripts=scripts)
    (delivery,) = opened.office.rows(Delivery)
    assert [one["answer"] for one in delivery.said] == ["delivered", "later", "absent"]
    assert [row.state for row in opened.office.rows(DocumentRow) if row.delivery_id] == ["removed"]
    assert [row.replied_by for row in opened.office.rows(RequestReply)] == ["Ans de Aanleveraar"] * scripts
    context.close()


def test_o17_the_files_of_a_chosen_folder_are_listed_and_a_large_one_goes_by_pieces(
    opened: Opened, chromium: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "stukken"
    (folder / "bijlagen").mkdir(parents=True)
    (folder / "besluit.pdf").write_bytes(PDF)
    (folder / "bijlagen" / "scan.pdf").write_bytes(PDF + b"%" * 1_200_000)
    page = chromium.new_page(locale="nl-NL")
    page.goto(opened.address)
    page.get_by_text("Een hele map kiezen").click()
    page.get_by_label("Map", exact=True).set_input_files(folder)
    expect(page.locator(".zs-uploads")).to_contain_text(re.compile("scan.pdf.*(is binnen|staat klaar)"))
    expect(page.locator(".zs-drop > .zs-files").first).to_contain_text("besluit.pdf")
    expect(page.locator("#field-files")).to_have_js_property("files.length", 1)
    assert page.locator("#field-files-map").evaluate("one => one.files.length") == 0
    assert [row.size for row in opened.office.rows(LargeUpload)] == [len(PDF) + 1_200_000]
    page.close()


def _says_of_each_document(page: Page) -> None:
    wants = page.locator("fieldset.dep-want")
    expect(wants.nth(1).get_by_label("Wanneer komt het?")).to_be_hidden()
    wants.nth(0).get_by_label("Stuur ik mee").check()
    wants.nth(1).get_by_label("Komt later").check()
    wants.nth(1).get_by_label("Wanneer komt het?").fill("2027-06-01")
    wants.nth(2).get_by_label("Hebben wij niet").check()
    wants.nth(2).get_by_label("Wij hebben dit niet, omdat").fill("Wij reageren niet.")


def _reads_in_english(page: Page) -> None:
    """The link of the header leads to a button below the form, which takes along what was typed."""
    page.get_by_role("link", name="English").click()
    page.get_by_role("button", name="Read this page in English").click()
    look(page, scripts=True)
    page.get_by_role("button", name="Lees deze pagina in het Nederlands").click()


def _takes_it_back(page: Page) -> None:
    page.get_by_text("Verkeerd bestand? Haal het terug").click()
    page.get_by_label("Waarom haalt u dit bestand terug?").fill("Dit is van een andere zaak.")
    page.get_by_role("button", name="Haal het terug").click()
    expect(page.get_by_role("heading", name="Teruggehaald")).to_be_visible()


def _asks_for_more_time(page: Page, address: str) -> None:
    page.get_by_role("link", name="Vraag om meer tijd").click()
    look(page, scripts=True)
    page.get_by_label("Tot en met welke dag").fill("2027-06-01")
    page.get_by_label("Waarom lukt het niet eerder?").fill("De archivaris is ziek.")
    page.get_by_label("Uw naam").fill("Ans de Aanleveraar")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_text("De behandelaar beslist hierover.")).to_be_visible()
    look(page, scripts=True)
    page.goto(address)
