"""W12: a morning's post of fifty scans and mails, from the pile to the dossier, in a real browser."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from kit.cases import BEZWAAR, add_departments, days_ago, put_in_use, register_bezwaar, rows
from kit.installation import installation
from kit.people import BRAM, NOOR, TESS, known
from playwright.sync_api import FilePayload, Page, expect

from browser.looking import can_be_read
from processes.actions import act
from processes.actions.post_handling import AttachPost, FiledPost
from processes.post.pdf import pdf
from processes.reads.workbench import read_post_room
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, PostFile, PostItem

SCANS, MAILS, BY_HAND = 47, 3, 10
READY = '[data-ready="ja"]'
PAPER = "<!doctype html><html lang='nl'><head><title>x</title></head><body><p>Een brief over de parkeervergunning.</p></body></html>"


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    known(services, NOOR)
    register_bezwaar(services, TESS, received=days_ago(services, 6))
    register_bezwaar(services, BRAM, received=days_ago(services, 6))


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        yield opened


def pile(number: str) -> list[FilePayload]:
    """Scans, of which most have the number of a case in their name, and mails with a letter."""
    paper = pdf(PAPER)
    found: list[FilePayload] = [
        {
            "name": f"scan-{at:02d}.pdf" if at < 3 else f"{number}-D1_{at:02d}.pdf",
            "mimeType": "application/pdf",
            "buffer": paper,
        }
        for at in range(SCANS)
    ]
    for at in range(MAILS):
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "Ilse Namaak <ilse@post.example>", f"Bezwaar nummer {at}"
        mail.set_content("Hierbij mijn bezwaar. De brief zit erbij.")
        mail.add_attachment(paper, maintype="application", subtype="pdf", filename="bezwaar.pdf")
        found.append({"name": f"bericht-{at}.eml", "mimeType": "message/rfc822", "buffer": mail.as_bytes()})
    return found


def test_w12_a_mornings_post_of_fifty_leaves_the_post_room_one_by_one(services: Services, noor: Page) -> None:
    first, _ = (case.number for case in rows(services, Case))
    _bring_in(noor, first, days_ago(services, 1).isoformat())
    noor.goto("/werk/postkamer")
    noor.get_by_role("link", name="scan-00.pdf").click()
    noor.locator(READY).wait_for()
    expect(noor.locator(".textLayer").first).to_contain_text("parkeervergunning")
    can_be_read(noor)
    noor.get_by_label("Zoek de zaak").fill("Testeling")
    noor.get_by_role("button", name="Zoek de zaak").click()
    noor.get_by_role("link", name=first).click()
    can_be_read(noor)
    _attach(noor)

    _set_aside(noor)
    _withdraw(noor)
    for _ in range(BY_HAND - 3):
        noor.get_by_role("list").get_by_role("link", name=first).click()
        _attach(noor)

    mail = next(row.id for row in rows(services, PostItem) if row.channel == "mail")
    noor.goto(f"/werk/postkamer/{mail}")
    expect(noor.get_by_text("Hierbij mijn bezwaar.")).to_be_visible()
    can_be_read(noor)
    noor.get_by_role("link", name="Registreer een nieuwe zaak").click()
    noor.get_by_role("link", name="Bezwaar", exact=True).click()
    expect(noor.locator("#field-party-0-name")).to_have_value("Ilse Namaak")
    can_be_read(noor)

    number = rows(services, Case)[0].number
    for row in rows(services, PostItem):
        if row.handled_at is None:
            files = tuple(FiledPost(file.id, "underlying") for file in rows(services, PostFile, item_id=row.id))
            act(services, NOOR, AttachPost(row.id, number, files))
    assert read_post_room(services, NOOR).count == 0
    assert len(rows(services, DocumentRow, type="underlying")) == SCANS - 2 + MAILS * 2
    noor.goto("/werk/postkamer")
    expect(noor.get_by_text("Er wacht geen post.")).to_be_visible()
    can_be_read(noor)
    noor.goto(f"/werk/retourpost?kenmerk={number}")
    can_be_read(noor)


def _attach(page: Page) -> None:
    page.get_by_role("combobox").filter(has_text="Hoort niet in het dossier").select_option("underlying")
    page.get_by_role("button", name="Voeg bij de zaak").last.click()
    expect(page.get_by_text("Het poststuk staat in de zaak.")).to_be_visible()


def _bring_in(noor: Page, number: str, day: str) -> None:
    noor.goto("/werk/postkamer")
    can_be_read(noor)
    noor.locator("#field-files").set_input_files(pile(number))
    noor.get_by_label("Ontvangen op").fill(day)
    noor.get_by_role("button", name="Breng binnen").click()
    expect(noor.get_by_text(f"{SCANS + MAILS} poststukken wachten.")).to_be_visible()
    can_be_read(noor)
    noor.goto("/werk")
    expect(noor.get_by_role("link", name=f"Postkamer ({SCANS + MAILS})")).to_be_visible()


def _set_aside(noor: Page) -> None:
    noor.get_by_text("Niet voor ons, doorgestuurd of dubbel").click()
    noor.get_by_label("Niet voor ons", exact=True).check()
    noor.get_by_label("Waarom, of aan wie geeft u het door?").fill("Reclame van een drukker.")
    noor.get_by_role("button", name="Leg opzij").click()
    expect(noor.get_by_text("Het poststuk is verwerkt.")).to_be_visible()


def _withdraw(noor: Page) -> None:
    noor.get_by_label("Zoek de zaak").fill("Proefhuizen")
    noor.get_by_role("button", name="Zoek de zaak").click()
    noor.get_by_role("list").get_by_role("link", name="BZW-").first.click()
    noor.get_by_label("Soort van scan-02.pdf").select_option("correspondence")
    noor.get_by_text("Het is een intrekking").click()
    noor.get_by_label("Hoe en waarom wordt de zaak ingetrokken?").fill("Met een brief.")
    noor.get_by_role("button", name="Leg de intrekking vast").click()
    expect(noor.get_by_text("De intrekking is vastgelegd")).to_be_visible()
