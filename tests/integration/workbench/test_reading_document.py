"""A document is read in the browser: how each kind is shown, from one document to the next, and beside a task."""

import re

import pytest
from kit.browser import Browser
from kit.cases import handed_in, open_task, register_bezwaar, rows
from kit.documents import PDF, stored
from kit.people import ADA, NOOR

from portal.workbench import document_files
from processes.actions import act
from processes.actions.documents import AddDocuments, RemoveDocument
from processes.actions.filing import NewDocument
from processes.base.uploads import Upload
from processes.storage.services import Services
from processes.storage.tables import LookRow


@pytest.fixture
def number(services: Services) -> str:
    return register_bezwaar(services)


def added(services: Services, number: str, upload: Upload, title: str) -> str:
    act(services, NOOR, AddDocuments(number, (NewDocument(upload, "underlying", title),)))
    return next(row.id for row in handed_in(services) if row.title == title)


def test_w10_a_pdf_is_shown_by_the_reader_of_this_page_and_a_look_is_that_of_the_file(services, noor: Browser, number):
    document = added(services, number, stored(services), "Verslag")
    page = noor.get(f"/werk/documenten/{document}")
    assert f'data-reading="/werk/documenten/{document}/inzien"' in noor.html
    assert "/static/built/reading.js" in noor.html
    assert page.count("<h1") == 1
    assert [(row.kind, row.part) for row in rows(services, LookRow)] == [("case", "document")]
    shown = noor.client.get(f"/werk/documenten/{document}/inzien")
    assert (shown.content, shown.headers["content-disposition"].split(";")[0]) == (PDF, "inline")
    assert [row.document_id for row in rows(services, LookRow) if row.kind == "document"] == [document]
    assert "/static/built/reading.js" not in noor.get(f"/werk/zaken/{number}/documenten")


def test_w10_text_is_shown_as_words_and_never_as_a_page_of_its_own(services, noor: Browser, number):
    mail = b"From: bo@voorbeeld.example\nSubject: Over de stoep\n\nRegel 1\n<script>alert(1)</script>\n"
    document = added(services, number, services.files.add("mail.eml", "message/rfc822", [mail]), "Mail")
    assert "Over de stoep" in noor.get(f"/werk/documenten/{document}")
    assert "Regel 1\n&lt;script&gt;alert(1)&lt;/script&gt;" in noor.html
    assert [row.document_id for row in rows(services, LookRow) if row.kind == "document"] == [document]
    noor.get(f"/werk/documenten/{document}/inzien", 404)


def test_w10_word_is_read_as_a_copy_and_what_cannot_be_copied_says_why(services, noor: Browser, number, monkeypatch):
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    whole = added(services, number, services.files.add("brief.docx", kind, [b"PK"]), "Brief")
    noor.get(f"/werk/documenten/{whole}")
    assert f'data-reading="/werk/documenten/{whole}/kopie"' in noor.html
    with monkeypatch.context() as instead:
        instead.setattr(document_files, "readable_copy", lambda _, upload: PDF if upload.name == "brief.docx" else b"")
        assert noor.client.get(f"/werk/documenten/{whole}/kopie").content == PDF
    broken = added(services, number, services.files.add("stuk.docx", kind, [b"PK geen Word"]), "Stuk")
    answer = noor.client.get(f"/werk/documenten/{broken}/kopie")
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (422, "text/plain")
    assert "'stuk.docx' is beschadigd" in answer.text


def test_w10_a_file_with_a_password_or_of_another_kind_says_why_it_is_not_shown(services, noor: Browser, number):
    locked = Upload("geheim.pdf", "application/pdf", len(PDF), "0" * 64, stored(services).blob, locked=True)
    assert "wachtwoord" in noor.get(f"/werk/documenten/{added(services, number, locked, 'Geheim')}")
    package = services.files.add("stukken.zip", "application/zip", [b"x"])
    page = noor.get(f"/werk/documenten/{added(services, number, package, 'Zip')}")
    assert "zip" in page
    assert "/static/built/reading.js" not in noor.html


def test_w10_one_goes_from_each_document_to_the_next_and_what_was_taken_away_is_no_part_of_the_row(
    services, noor: Browser, number
):
    first, away, last = (added(services, number, stored(services), title) for title in ("Een", "Twee", "Drie"))
    act(services, NOOR, RemoveDocument(away, "Dubbel."))
    noor.get(f"/werk/documenten/{first}")
    assert re.search(rf'data-key="j" href="/werk/documenten/{last}"', noor.html)
    noor.get(f"/werk/documenten/{last}")
    assert re.search(rf'data-key="k" href="/werk/documenten/{first}"', noor.html)
    assert "weggehaald" in noor.get(f"/werk/documenten/{away}")  # by its own address it is still read


def test_w10_beside_a_task_a_document_is_a_frame_of_our_own_and_the_next_one_too(services, noor: Browser, number):
    first, last = (added(services, number, stored(services), title) for title in ("Een", "Twee"))
    task = open_task(services, "Intake")
    noor.get(f"/werk/taken/{task}")
    assert f'href="/werk/documenten/{first}?taak={task}"' in noor.html
    answer = noor.client.get(f"/werk/documenten/{first}?taak={task}&naast=ja")
    assert f'href="/werk/documenten/{last}?taak={task}&amp;naast=ja"' in answer.text
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    alone = noor.client.get(f"/werk/documenten/{first}?taak={task}")
    assert f'href="/werk/taken/{task}"' in alone.text
    assert "frame-ancestors 'none'" in alone.headers["content-security-policy"]
    assert "<b>" not in noor.client.get(f"/werk/documenten/{first}?taak=<b>").text


def test_w10_a_committee_reads_what_it_may_see_and_nothing_beside_it(services, number):
    document = added(services, number, stored(services), "Intern")
    ada = Browser(services, ADA)
    for rest in ("", "/bestand", "/inzien", "/kopie"):
        ada.get(f"/werk/documenten/{document}{rest}", 404)
