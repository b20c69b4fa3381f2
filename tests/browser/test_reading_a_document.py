"""A PDF is read in a real browser, under the policy of our pages: its text, searching in it, the next document, and beside a task."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.cases import BEZWAAR, add_departments, handed_in, open_task, put_in_use, register_bezwaar, rows
from kit.installation import installation
from kit.people import NOOR, known
from playwright.sync_api import Page, expect

from browser.looking import can_be_read
from processes.actions import act
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.post.pdf import pdf
from processes.storage.services import Services
from processes.storage.tables import Case

WORDS = "<h1>De stoep ligt los</h1><p>Een stoep, nog een stoep.</p><p style='break-before: page'>Tweede pagina over de stoep.</p>"
READY = '[data-ready="ja"]'


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    known(services, NOOR)
    register_bezwaar(services)


def add_papers(services: Services) -> None:
    """In the installation itself: files are no part of a database that is copied."""
    (number,) = (case.number for case in rows(services, Case))
    made = pdf(f"<!doctype html><html lang='nl'><head><title>x</title></head><body>{WORDS}</body></html>")
    for name in ("een.pdf", "twee.pdf"):
        upload = services.files.add(name, "application/pdf", [made])
        act(services, NOOR, AddDocuments(number, (NewDocument(upload, "internal", name),)))


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        add_papers(opened)
        yield opened


def test_w10_a_pdf_is_read_searched_and_left_for_the_next_and_opens_beside_a_task(
    services: Services, noor: Page
) -> None:
    complaints: list[str] = []
    noor.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    first, last = (row.id for row in handed_in(services, type="internal"))
    noor.goto(f"/werk/documenten/{first}")
    noor.locator(READY).wait_for()
    expect(noor.locator(".textLayer").first).to_contain_text("De stoep ligt los")
    can_be_read(noor)
    noor.fill("#read-words", "stoep")
    expect(noor.locator('[data-tool="found"]')).to_have_text('1 van 4 keer "stoep"')
    noor.locator('[data-tool="on"]').click()
    noor.wait_for_url("**#pagina=2")
    noor.locator("h1").click()
    noor.keyboard.press("j")
    noor.wait_for_url(f"**/werk/documenten/{last}")
    noor.go_back()
    noor.locator(READY).wait_for()
    expect(noor.locator("#read-page")).to_have_value("2")
    noor.goto(f"/werk/taken/{open_task(services, 'Intake')}")
    noor.locator("[data-beside] a").first.click()
    noor.frame_locator(".wb-beside iframe").locator(READY).wait_for()
    assert complaints == []
