"""A citizen keeps a form and goes on later, in another browser, after the session ended; what is sent is kept no longer."""

import html
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from citizen_kit import TESS, Browser, filled, intake, register
from kit.browser import ORIGIN
from kit.cases import handed_in, open_task, rows
from kit.documents import PDF
from sqlalchemy import update

from processes.storage.tables import Case, DraftRow, UploadRow, WebSession

Open = Callable[[str], Browser]
FILE = {"submission": ("foto van plek.pdf", PDF, "application/pdf")}
FORM = "/mijn/nieuw/bezwaar"
TYPED = {
    "email": "tess@voorbeeld.example",
    "phone": "",
    "channel": "portal",
    "address": "",
    "grounds": "Het is oneerlijk.",
}
AGAIN = "Verder met wat u eerder invulde"


def keep(tess: Browser, files=None, status: int = 200, **more: str) -> str:
    tess.get(FORM)
    return html.unescape(tess.post(FORM, {**TYPED, **more, "stap": "bewaren"}, files, status))


def end_sessions(tess: Browser) -> None:
    with tess.services.sessions.begin() as session:
        session.execute(update(WebSession).values(expires_at=datetime.now(UTC) - timedelta(minutes=1)))


def test_t1_c8_a_form_that_is_half_done_is_kept_and_shown_again_elsewhere(tess: Browser, browser: Open) -> None:
    page = keep(tess, FILE)
    assert "Bewaard" in page
    assert "Er is nog niets verstuurd." in page
    assert rows(tess.services, Case) == []
    elsewhere = browser(TESS)
    page = html.unescape(elsewhere.get(FORM))
    for text in (AGAIN, "Het is oneerlijk.", "foto van plek.pdf", "tess@voorbeeld.example", "Begin opnieuw"):
        assert text in page
    assert f'href="{FORM}"' in elsewhere.get("/mijn")
    assert "Nog niet verstuurd" in elsewhere.html


def test_t1_c8_begin_again_asks_first_and_then_shows_the_form_empty(tess: Browser) -> None:
    keep(tess, FILE)
    page = html.unescape(tess.post("/mijn/opnieuw", {"form": FORM}))
    for text in ("Wilt u opnieuw beginnen?", "het bestand foto van plek.pdf", "U kunt dit niet terugdraaien."):
        assert text in page
    assert f'href="{FORM}"' in page
    assert "Het is oneerlijk." in tess.get(FORM)  # nothing went yet
    assert tess.client.get("/mijn/opnieuw?zeker=ja").status_code == 405
    page = tess.post("/mijn/opnieuw", {"form": FORM, "zeker": "ja"})
    assert "Het is oneerlijk." not in page
    assert AGAIN not in page
    assert "foto van plek.pdf" not in page
    assert "Nog niet verstuurd" not in tess.get("/mijn")


def test_t1_c8_what_was_looked_at_and_not_sent_is_kept_too_and_sending_drops_it(tess: Browser) -> None:
    tess.get(FORM)
    tess.post(FORM, filled(tess), FILE)
    form = tess.held(f"{FORM}/versturen")
    assert AGAIN in tess.get(FORM)
    assert len(rows(tess.services, DraftRow)) == 1
    tess.post(f"{FORM}/versturen", form)
    assert [row.file_name for row in handed_in(tess.services)] == ["foto van plek.pdf"]
    assert rows(tess.services, DraftRow) == []
    assert AGAIN not in tess.get(FORM)


def test_t1_c8_from_the_kept_form_one_goes_on_with_its_files(tess: Browser, browser: Open) -> None:
    tess.get(FORM)
    tess.post(FORM, {**filled(tess), "stap": "bewaren"}, FILE)
    elsewhere = browser(TESS)
    elsewhere.get(FORM)
    page = elsewhere.post(FORM, {**filled(tess), "held": elsewhere.hidden("held")}, {"submission": ("", b"")})
    assert "foto van plek.pdf" in page
    elsewhere.post(f"{FORM}/versturen", elsewhere.held(f"{FORM}/versturen"))
    assert [row.file_name for row in handed_in(tess.services)] == ["foto van plek.pdf"]


def test_t1_a_wrong_file_is_told_at_once_and_the_text_is_kept(tess: Browser) -> None:
    wrong = {"submission": ("a.pdf", b"geen pdf", "application/pdf")}
    assert "past niet bij de naam" in keep(tess, wrong, 422)
    assert "Het is oneerlijk." in tess.get(FORM)


def test_t1_a_text_that_is_too_long_to_keep_is_said_and_its_files_wait_all_the_same(tess: Browser) -> None:
    page = keep(tess, FILE, 422, grounds="a" * 250_000)
    assert "hoogstens 200 kB tekst" in page
    assert rows(tess.services, DraftRow) == []
    tess.post(FORM, {**filled(tess), "grounds": "a" * 250_000}, FILE, 422)  # a text may be 50,000 characters
    (draft,) = rows(tess.services, DraftRow)
    assert draft.id in {row.draft_id for row in rows(tess.services, UploadRow)}


def test_t1_a_form_that_came_after_the_session_ended_is_on_its_page_again(tess: Browser, browser: Open) -> None:
    tess.get(FORM)
    end_sessions(tess)
    data = {"csrf": tess.csrf, **TYPED}
    answer = tess.client.post(FORM, data=data, headers=ORIGIN, follow_redirects=False)
    assert answer.headers["location"].startswith("/inloggen?terug=")
    again = browser(TESS)
    again.client.cookies.set("zaakspoor-kept", tess.client.cookies.get("zaakspoor-kept"))
    page = html.unescape(again.get("/sessie/verder?soort=citizen&terug=/mijn"))
    assert AGAIN in page
    assert "Het is oneerlijk." in page
    assert AGAIN in html.unescape(again.get(FORM))


def test_t1_c8_a_task_is_kept_without_its_files_and_says_so(tess: Browser) -> None:
    register(tess.services, TESS)
    intake(tess.services, complete=False)
    task = open_task(tess.services, "RepairByCitizen")
    tess.get(f"/mijn/taken/{task}")
    files = {"repair_files": ("a.pdf", PDF, "application/pdf")}
    page = html.unescape(tess.post(f"/mijn/taken/{task}", {"repair_text": "Een begin", "stap": "bewaren"}, files))
    assert "Bewaard" in page
    assert "Bestanden bewaren wij hier niet." in page
    assert "Een begin" in page
    assert list(tess.services.files.all_blobs()) == []
    page = html.unescape(tess.get(f"/mijn/taken/{task}"))
    assert AGAIN in page
    (draft,) = rows(tess.services, DraftRow)
    assert draft.case_id == rows(tess.services, Case)[0].id
    assert "Dank u wel" in tess.post(f"/mijn/taken/{task}", {"repair_text": "Een verhaal"})
    assert rows(tess.services, DraftRow) == []
