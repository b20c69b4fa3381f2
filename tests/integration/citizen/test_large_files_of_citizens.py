"""C17: a citizen's large file comes in by pieces for an own form, goes on after a cut, and is sent as any other file."""

import hashlib
import html
from datetime import UTC, datetime, timedelta

import pytest
from citizen_kit import TESS, Browser, filled, intake, register
from kit.cases import handed_in, open_task, rows
from kit.documents import PDF
from kit.tus import Tus, for_form, tus_at
from sqlalchemy import update

from processes.jobs.large_upload_sweep import sweep_large_uploads
from processes.jobs.workers import drain
from processes.storage.tables import DocumentRow, DraftRow, LargeUpload, UploadPart, WebSession

SCAN = PDF + b"% een groot dossier\n" * 5000
FORM = "/mijn/nieuw/bezwaar"
NEW = for_form(FORM)
SUBMISSION = {"type": "submission", "title": "Mijn stuk"}
NO_FILE = {"submission": ("", b"", "application/octet-stream")}


@pytest.fixture
def tus(tess: Browser) -> Tus:
    return tus_at(tess, "mijn")


def sent_in(tess: Browser) -> list[DocumentRow]:
    """The documents that came by pieces: what the program itself makes is smaller, or was made by nobody."""
    return [row for row in handed_in(tess.services) if row.size == len(SCAN)]


def sent(tess: Browser, form: str, typed: dict[str, str], status: int = 200) -> str:
    """The form as it stands on its page, without a file of its own."""
    tess.get(form)
    return html.unescape(tess.post(form, typed, NO_FILE, status))


def test_c17_a_large_file_of_a_new_case_goes_on_after_a_cut(tess: Browser, tus: Tus) -> None:
    assert f'data-uploads="/mijn/uploads{NEW}"' in tess.get(f"{FORM}?deel=bijlagen")
    place = tus.announce("groot.pdf", len(SCAN), NEW, "submission").headers["location"]
    tus.add(place, 0, SCAN[:30_000])
    assert "groot.pdf" in tess.get(f"{FORM}?deel=bijlagen")  # also after the browser was closed
    assert tus.ask(place).headers["upload-offset"] == "30000"
    assert tus.add(place, 30_000, SCAN[30_000:]).status_code == 204
    drain(tess.services)
    assert "groot.pdf" in sent(tess, FORM, filled(tess))
    assert rows(tess.services, LargeUpload) == []  # the draft holds it
    tess.post(f"{FORM}/versturen", tess.held(f"{FORM}/versturen"))
    (document,) = sent_in(tess)
    assert (document.file_name, document.sha256) == ("groot.pdf", hashlib.sha256(SCAN).hexdigest())
    assert (rows(tess.services, UploadPart), rows(tess.services, DraftRow)) == ([], [])


def test_c17_a_form_waits_for_its_large_file_and_keeps_what_was_typed(tess: Browser, tus: Tus) -> None:
    place = tus.announce("groot.pdf", len(SCAN), NEW, "submission").headers["location"]
    tus.add(place, 0, SCAN[:30_000])
    page = sent(tess, FORM, filled(tess), 422)
    assert "Van 'groot.pdf' is 30 kB van de 100 kB binnen." in page
    assert "Ik woon hier al jaren" in page
    assert "Bewaard" in sent(tess, FORM, {**filled(tess), "stap": "bewaren"})
    page = sent(tess, FORM, {**filled(tess), f"weg-{place.rpartition('/')[2]}": "ja"})
    assert "U stuurt geen bijlagen mee." in page
    assert tus.ask(place).status_code == 410


def test_c17_an_answer_keeps_its_large_file_when_something_else_is_wrong(tess: Browser, tus: Tus) -> None:
    register(tess.services, TESS)
    intake(tess.services, complete=False)
    form = f"/mijn/taken/{open_task(tess.services, 'RepairByCitizen')}"
    tus.whole("aanvulling.pdf", SCAN, for_form(form), "repair_files")
    drain(tess.services)
    assert "Staat klaar." in tess.get(form)
    page = sent(tess, form, {"repair_text": "Een verhaal", "stap": "bewaren"})
    assert "Bewaard" in page
    assert "aanvulling.pdf" in page
    assert "Dank u wel" in sent(tess, form, {"repair_text": "Een verhaal"})
    assert [row.file_name for row in sent_in(tess)] == ["aanvulling.pdf"]
    assert rows(tess.services, LargeUpload) == []


def test_c17_a_later_document_may_be_large(tess: Browser, tus: Tus) -> None:
    form = f"/mijn/zaken/{register(tess.services, TESS)}/document"
    tus.whole("foto.pdf", SCAN, for_form(form))
    drain(tess.services)
    assert "Geef het document een titel." in sent(tess, form, {**SUBMISSION, "title": ""}, 422)
    assert "foto.pdf" in sent(tess, form, SUBMISSION)
    tess.post(f"{form}/versturen", {"held": tess.hidden("held")})
    assert [row.title for row in sent_in(tess)] == ["Mijn stuk"]
    assert rows(tess.services, LargeUpload) == []


def test_c17_what_the_form_does_not_take_is_refused_before_it_is_sent(tess: Browser, tus: Tus) -> None:
    answer = tus.announce("groot.pdf", 101_000_000, NEW, "submission")
    assert (answer.status_code, "hoogstens 100 MB" in answer.text) == (413, True)
    answer = tus.announce("plan.exe", 2_000_000, NEW, "submission")
    assert (answer.status_code, "Dit mag wel" in answer.text) == (422, True)
    register(tess.services, TESS)
    for form in ("/mijn/gegevens", "/werk/nieuw/bezwaar", "", "/mijn/taken/weg", "/mijn/nieuw/bestaatniet"):
        assert tus.announce("a.pdf", 9, for_form(form)).status_code == 404, form
    assert rows(tess.services, LargeUpload) == []


def test_c17_a_file_that_turns_out_to_be_something_else_is_told_once(tess: Browser, tus: Tus) -> None:
    tus.whole("groot.pdf", b"geen pdf " * 1000, NEW, "submission")
    drain(tess.services)
    assert "past niet bij de naam" in sent(tess, FORM, filled(tess), 422)
    assert "past niet bij de naam" not in sent(tess, FORM, filled(tess))


def test_c17_who_was_signed_out_goes_on_after_signing_in(tess: Browser, tus: Tus) -> None:
    place = tus.announce("groot.pdf", len(SCAN), NEW, "submission").headers["location"]
    with tess.services.sessions.begin() as session:
        session.execute(update(WebSession).values(expires_at=datetime.now(UTC) - timedelta(minutes=1)))
    answer = tus.add(place, 0, SCAN)
    assert (answer.status_code, "Log opnieuw in" in answer.text) == (401, True)
    again = tus_at(Browser(tess.services, TESS), "mijn")
    assert again.add(place, 0, SCAN).status_code == 204


def test_c17_begin_again_and_seven_days_throw_it_away(tess: Browser, tus: Tus) -> None:
    tus.whole("groot.pdf", SCAN, NEW, "submission")
    drain(tess.services)
    assert "het bestand groot.pdf" in tess.post("/mijn/opnieuw", {"form": FORM})
    assert "groot.pdf" not in tess.post("/mijn/opnieuw", {"form": FORM, "zeker": "ja"})
    tus.announce("half.pdf", 5000, NEW, "submission")
    with tess.services.sessions.begin() as session:
        session.execute(update(LargeUpload).values(at=datetime.now(UTC) - timedelta(days=7, minutes=1)))
    assert "half.pdf" not in tess.get(FORM)
    assert sweep_large_uploads(tess.services) == 1
    assert list(tess.services.files.all_blobs()) == []
