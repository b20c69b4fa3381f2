"""Large files in a real browser: 200 MB after a cut and a closed browser, a folder that is dropped, and the forms of citizen and worker."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from kit.cases import shipped
from kit.desk import Desk, desk
from kit.documents import PDF
from kit.people import NOOR, TESS, citizen, signed_in
from kit.waiting import until
from kit.web_process import WebProcess, web_process
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from browser.looking import can_be_read
from portal.security.sessions import cookie_name
from processes.storage.tables import LargeUpload

LARGE = 200_000_000
MEMORY = 60  # megabytes that the server may grow by
SPEED = 100_000_000  # bytes per second of the line, so that there is a middle to cut it in
BYTES = re.compile(rb'maxMegabytes="100"')


@dataclass(frozen=True)
class Opened:
    office: Desk
    web: WebProcess
    chromium: Browser

    def page(self, person: object = None) -> Page:
        """A new browser, of a person who is signed in or of nobody."""
        context = self.chromium.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
        if person is not None:
            self.sign_in(context, person)
        return context.new_page()

    def sign_in(self, context: BrowserContext, person: object) -> None:
        services = self.office.services
        cookie = signed_in(services, person)
        name = cookie_name(services.settings, person.kind)  # type: ignore[attr-defined]
        context.add_cookies([{"name": name, "value": cookie.cookie, "url": self.web.address}])


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Opened]:
    place = tmp_path_factory.mktemp("large")
    drawing = BYTES.sub(b'maxMegabytes="500"', shipped("bezwaar").drawing)
    larger = replace(shipped("bezwaar"), drawing=drawing)
    faces = ("citizen", "department", "workbench")
    with desk(place, (larger,), faces=faces) as office, web_process(office.services, place) as web:
        yield Opened(office, web, chromium)


def large_file(place: Path, size: int = LARGE) -> Path:
    place.write_bytes(PDF)
    with place.open("r+b") as file:
        file.truncate(size)
    return place


def came(office: Desk) -> int:
    return max((row.received for row in office.rows(LargeUpload) if row.size == LARGE), default=0)


def line(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def set_line(session: CDPSession, speed: int, *, cut: bool = False) -> None:
    """So many bytes per second go up; -1: as many as can. `cut`: none, and what was on its way is lost."""
    told = {"offline": cut, "latency": 0, "downloadThroughput": -1, "uploadThroughput": speed}
    session.send("Network.emulateNetworkConditions", told)


def nobody_sends(office: Desk) -> bool:
    return all(row.writer is None for row in office.rows(LargeUpload) if row.size == LARGE)


def test_p2_200_megabytes_go_on_after_a_closed_browser_and_a_cut(opened: Opened, tmp_path: Path) -> None:
    office, file = opened.office, large_file(tmp_path / "dossier.pdf")
    address = f"{opened.web.address}{office.address}"
    page = opened.page()
    page.goto(address)
    before = opened.web.peak_megabytes
    set_line(line(page), SPEED)
    page.locator("#field-files").set_input_files(file)
    assert until(lambda: came(office) > 30_000_000)
    page.context.close()
    first = came(office)
    assert first < LARGE

    page = opened.page()
    page.goto(address)
    expect(page.locator(".zs-large")).to_contain_text(re.compile("dossier.pdf.*MB binnen", re.DOTALL))
    can_be_read(page)
    mine = line(page)
    set_line(mine, SPEED)
    page.locator("#field-files").set_input_files(file)
    assert until(lambda: came(office) > first + 20_000_000)
    set_line(mine, SPEED, cut=True)
    assert until(lambda: nobody_sends(office))
    second = came(office)
    assert first < second < LARGE
    set_line(mine, -1)
    expect(page.locator(".zs-uploads")).to_contain_text("staat klaar.", timeout=30_000)
    assert opened.web.peak_megabytes - before < MEMORY
    (row,) = office.rows(LargeUpload)
    assert (row.size, row.state) == (LARGE, "ready")
    page.get_by_label("Uw naam").fill("Ans de Aanleveraar")
    page.get_by_role("button", name="Verder", exact=True).click()
    expect(page.get_by_label("Wat voor stuk is dossier.pdf?")).to_be_visible()
    page.context.close()


def test_c17_the_form_of_a_citizen_waits_for_its_large_file_and_goes_on_by_itself(
    opened: Opened, tmp_path: Path
) -> None:
    office, file = opened.office, large_file(tmp_path / "foto.pdf", 2_000_000)
    page = opened.page(citizen(office.services, TESS))
    form = f"{opened.web.address}/mijn/zaken/{office.number}/document"
    page.goto(form)
    page.locator("#field-title").fill("Foto van de plek")
    set_line(line(page), 1_000_000)
    page.locator("#field-files").set_input_files(file)
    page.get_by_role("button", name="Verder").click()
    expect(page.locator("#live")).to_have_text(
        "Wij wachten tot uw bestanden binnen zijn. Daarna gaat het vanzelf verder."
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Klopt dit?", timeout=20_000)
    page.get_by_role("button", name="Voeg toe", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("foto.pdf")
    page.goto(f"{opened.web.address}/mijn/nieuw/bezwaar?deel=alles")
    page.locator("#field-submission").set_input_files(file)
    expect(page.locator(".zs-uploads").first).to_contain_text("staat klaar.")
    page.reload()
    expect(page.locator(".zs-large")).to_contain_text("Staat klaar.")
    can_be_read(page)
    page.context.close()


def test_w10_a_colleague_adds_a_large_document_and_removes_a_wrong_one(opened: Opened, tmp_path: Path) -> None:
    office = opened.office
    page = opened.page(NOOR)
    page.goto(f"{opened.web.address}/werk/zaken/{office.number}/documenten")
    page.locator("#field-files").set_input_files(
        [large_file(tmp_path / "goed.pdf", 2_000_000), large_file(tmp_path / "fout.pdf", 2_000_000)]
    )
    expect(page.locator(".zs-uploads")).to_contain_text(re.compile("fout.pdf.*(is binnen|staat klaar)"))
    page.get_by_role("button", name="Haal weg : fout.pdf").click()
    expect(page.locator(".zs-uploads li")).to_have_count(1)
    expect(page.locator(".zs-uploads")).to_contain_text("staat klaar.")
    can_be_read(page)
    page.get_by_label("Soort document").select_option("report")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("main")).to_contain_text("De documenten zijn toegevoegd.")
    names = [row.file_name for row in office.handed_in()]
    assert ("goed.pdf" in names, "fout.pdf" in names) == (True, False)
    page.context.close()


def test_o17_a_folder_that_is_dropped_is_chosen_with_everything_in_it(opened: Opened, tmp_path: Path) -> None:
    folder = tmp_path / "stukken"
    (folder / "bijlagen").mkdir(parents=True)
    (folder / "besluit.pdf").write_bytes(PDF)
    (folder / "bijlagen" / "rapport.pdf").write_bytes(PDF)
    large_file(folder / "bijlagen" / "scan.pdf", 1_200_000)
    page = opened.page()
    page.goto(f"{opened.web.address}{opened.office.address}")
    drop(page, ".zs-drop", folder)
    expect(page.locator("#field-files")).to_have_js_property("files.length", 2)
    expect(page.locator(".zs-drop > .zs-files").first).to_contain_text("rapport.pdf")
    expect(page.locator(".zs-uploads")).to_contain_text("scan.pdf")
    page.context.close()


def drop(page: Page, target: str, place: Path) -> None:
    """As somebody drags it from the desktop."""
    page.locator(target).first.scroll_into_view_if_needed()
    box = page.locator(target).first.bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(place)], "dragOperationsMask": 1}
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2, "data": data}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, **at})
