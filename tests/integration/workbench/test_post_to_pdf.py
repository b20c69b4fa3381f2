"""W12: post that is no PDF goes into a dossier that takes only PDF: staff tick that one is made, and the file itself stays beside it."""

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows, today
from kit.documents import stored
from kit.office_files import png
from kit.people import NOOR, TESS
from workbench_kit import file_of

from processes.actions import act
from processes.actions.post_room import NewPost, TakeInPost
from processes.jobs.held_files_sweep import sweep_held_files
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, PostItem, UploadRow

ROOM = "/werk/postkamer"
ONLY_PDF = "new_decision"
OFFER = "Kruis aan dat wij er een PDF van maken."


@pytest.fixture
def photo(services: Services) -> int:
    """The id of a piece of post that is a photo."""
    pieces = (NewPost("counter", today(services), (stored(services, "foto.png", png()),)),)
    return int(act(services, NOOR, TakeInPost(pieces)))


def blobs(services: Services) -> set[str]:
    return {one.blob for one in services.files.all_blobs()}


def test_w12_a_photo_becomes_a_pdf_in_a_dossier_that_takes_only_pdf_with_the_photo_beside_it(
    services: Services, noor: Browser, photo: int
) -> None:
    number, file, here = register_bezwaar(services, TESS), file_of(services, photo), f"{ROOM}/{photo}"
    before = blobs(services)
    page = noor.get(f"{here}?zaak={number}")
    assert "Maak een PDF van foto.png" in page
    assert noor.client.get(f"{here}/bestanden/{file}/kopie").content.startswith(b"%PDF")
    page = noor.post(f"{here}/zaak", {f"type-{file}": ONLY_PDF, f"title-{file}": "Foto van het dak"}, status=422)
    assert OFFER in page
    assert 'value="Foto van het dak"' in page
    ticked = {f"type-{file}": ONLY_PDF, f"title-{file}": "Foto van het dak", f"pdf-{file}": "ja"}
    page = noor.post(f"{here}/zaak", {**ticked, "received_on": "31-31-2026"}, status=422)
    assert OFFER not in page
    assert noor.html.count(" checked") == 1
    assert blobs(services) == before  # the PDF of a form that was refused is thrown away
    assert "Het poststuk staat in de zaak." in noor.post(f"{here}/zaak", ticked)
    made = {row.file_name: row for row in rows(services, DocumentRow, media_type="application/pdf")}["foto.pdf"]
    assert (made.type, made.title) == (ONLY_PDF, "Foto van het dak")
    (original,) = [row for row in rows(services, DocumentRow) if row.file_name == "foto.png"]
    assert original.reference.startswith(made.reference)
    assert original.audience == "none"
    with services.sessions.begin() as session:
        for row in session.query(UploadRow):
            row.at = row.at.replace(year=row.at.year - 1)
    sweep_held_files(services)
    assert {made.blob, original.blob} <= blobs(services)


def test_w12_a_file_of_which_no_pdf_can_be_made_is_told_and_nothing_is_lost(services: Services, noor: Browser) -> None:
    number = register_bezwaar(services, TESS)
    pieces = (NewPost("counter", today(services), (stored(services, "foto.png", png()[:40]),)),)
    item = int(act(services, NOOR, TakeInPost(pieces)))
    file, here = file_of(services, item), f"{ROOM}/{item}"
    noor.get(f"{here}?zaak={number}")
    noor.post(f"{here}/zaak", {f"type-{file}": ONLY_PDF, f"pdf-{file}": "ja"}, status=422)
    assert f'id="error-type-{file}"' in noor.html
    assert rows(services, PostItem, id=item)[0].handled_at is None
    assert noor.client.get(f"{here}/bestanden/{file}/bestand").content == png()[:40]


def test_w12_post_that_becomes_a_new_case_brings_its_photo_as_pdf(
    services: Services, noor: Browser, photo: int
) -> None:
    file = file_of(services, photo)
    assert "Maak een PDF van foto.png" in noor.get(f"/werk/nieuw/bezwaar?post={photo}")
    typed = {
        "channel": "counter", "received_on": today(services).isoformat(), "grounds": "Te duur", "party-0-role": "objector",
        "party-0-kind": "person", "party-0-name": "Tess Testeling", "party-0-number": "999993653", "party-0-channel": "post",
        "party-0-address": "Dorpsweg 1", "decision-0-subject": "Vergunning", "decision-0-announced_on": today(services).isoformat(),
        f"type-{file}": ONLY_PDF,
    }  # fmt: skip
    assert OFFER in noor.post("/werk/nieuw/bezwaar", typed, status=422)
    assert "De zaak is geregistreerd." in noor.post("/werk/nieuw/bezwaar", {**typed, f"pdf-{file}": "ja"})
    assert {"foto.pdf", "foto.png"} <= {row.file_name for row in rows(services, DocumentRow)}
