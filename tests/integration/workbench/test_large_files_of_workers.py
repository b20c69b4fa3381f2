"""Large files of staff come in by pieces for a form of the workbench; of two windows with the same form each takes its own."""

import pytest
from kit.browser import Browser
from kit.cases import handed_in, register_bezwaar, rows, today
from kit.documents import NO_FILE, PDF
from kit.people import SEM
from kit.tus import Tus, for_form, tus_at

from processes.jobs.workers import drain
from processes.storage.tables import LargeUpload

SCAN = PDF + b"% een groot dossier\n" * 5000
FORM = "/werk/nieuw/bezwaar"


@pytest.fixture
def tus(noor: Browser) -> Tus:
    return tus_at(noor, "werk")


def whole(tus: Tus, form: str, name: str, field: str) -> str:
    """The id of a large file that is one."""
    return tus.whole(name, SCAN, for_form(form), field).rpartition("/")[2]


def typed(noor: Browser, **more: str) -> dict[str, str]:
    return {
        "channel": "letter", "received_on": today(noor.services).isoformat(), "party-0-role": "objector", "party-0-kind": "person",
        "party-0-name": "Tess Testeling", "party-0-channel": "post", "party-0-address": "Dorpsweg 1",
        "decision-0-subject": "Parkeervergunning", "decision-0-announced_on": "4-3-2026", "decision-0-department": "parkeren",
        "document-0-type": "submission", "grounds": "Te duur", **more,
    }  # fmt: skip


def test_w12_a_large_scan_is_registered_with_its_letter_and_that_of_another_window_stays(
    noor: Browser, tus: Tus
) -> None:
    mine = whole(tus, FORM, "brief.pdf", "document-0-files")
    whole(tus, FORM, "van een ander.pdf", "document-0-files")
    drain(noor.services)
    page = noor.get(FORM)
    assert "Neem van een ander.pdf mee" in page
    wrong = noor.post(FORM, typed(noor, groot=mine, **{"decision-0-subject": ""}), NO_FILE, 422)
    assert "brief.pdf" in wrong  # it waits with the other files of the form
    assert len(rows(noor.services, LargeUpload)) == 1
    noor.post(FORM, typed(noor), NO_FILE)
    (document,) = handed_in(noor.services)
    assert (document.file_name, document.type, document.size) == ("brief.pdf", "submission", len(SCAN))
    assert len(rows(noor.services, LargeUpload)) == 1


def test_w12_a_row_of_documents_keeps_its_number_while_a_large_file_waits_for_it(noor: Browser, tus: Tus) -> None:
    mine = whole(tus, FORM, "brief.pdf", "document-1-files")
    drain(noor.services)
    noor.get(FORM)
    page = noor.post(FORM, typed(noor, groot=mine, **{"document-0-type": "", "document-1-type": ""}), NO_FILE, 422)
    assert 'href="#field-document-1-type"' in page
    assert 'id="field-document-1-type"' in page
    noor.post(FORM, typed(noor, groot=mine, **{"document-0-type": "", "document-1-type": "submission"}), NO_FILE)
    assert [row.file_name for row in handed_in(noor.services)] == ["brief.pdf"]


def test_w10_a_large_document_is_added_to_a_case_once_it_is_whole(noor: Browser, tus: Tus) -> None:
    form = f"/werk/zaken/{register_bezwaar(noor.services)}/documenten"
    assert f'data-uploads="/werk/uploads{for_form(form)}"' in noor.get(form)
    place = tus.announce("verslag.pdf", len(SCAN), for_form(form)).headers["location"]
    tus.add(place, 0, SCAN[:30_000])
    report = {"type": "report", "title": "Verslag", "groot": place.rpartition("/")[2]}
    noor.get(form)
    assert "Van 'verslag.pdf' is 30 kB van de 100 kB binnen." in noor.post(form, report, NO_FILE, 422)
    tus.add(place, 30_000, SCAN[30_000:])
    assert "staat nog niet klaar" in noor.post(form, report, NO_FILE, 422)
    drain(noor.services)
    assert "De documenten zijn toegevoegd." in noor.post(form, report, NO_FILE)
    assert [row.title for row in handed_in(noor.services) if row.type == "report"] == ["Verslag"]
    assert rows(noor.services, LargeUpload) == []


def test_w12_a_colleague_does_not_take_what_is_not_his(noor: Browser, tus: Tus) -> None:
    mine = whole(tus, FORM, "brief.pdf", "document-0-files")
    drain(noor.services)
    sem = Browser(noor.services, SEM)
    assert "brief.pdf" not in sem.get(FORM)
    sem.post(FORM, typed(sem, groot=mine), NO_FILE)
    assert handed_in(noor.services) == []
    assert len(rows(noor.services, LargeUpload)) == 1
