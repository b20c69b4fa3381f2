"""C19: a session that is gone, or a database that is busy, costs nobody what was typed, and every page about it says the way back."""

import html
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from citizen_kit import TESS, Browser, register
from kit.browser import ORIGIN, TestClient, hidden_fields
from kit.cases import rows
from sqlalchemy import delete

from portal import late_forms
from portal.security import sessions
from processes.base.errors import Busy
from processes.storage.services import Services
from processes.storage.tables import DraftRow, NoteRow, WebSession

Open = Callable[[str], Browser]
OBJECTION = "/mijn/nieuw/bezwaar"
TEXT = "Ik kan niet komen op die dag."


def forget_sessions(services: Services) -> None:
    with services.sessions.begin() as session:
        session.execute(delete(WebSession))


def send_late(tess: Browser, path: str, **fields: str):
    return tess.client.post(path, data={"csrf": tess.csrf, **fields}, headers=ORIGIN, follow_redirects=False)


def back_after(answer) -> str:
    return parse_qs(urlsplit(answer.headers["location"]).query)["terug"][0]


def busy(*_, **__):
    raise Busy


def test_c19_a_message_of_a_session_that_is_gone_is_sent_after_signing_in(tess: Browser, browser: Open) -> None:
    number = register(tess.services, TESS)
    tess.get(f"/mijn/zaken/{number}")
    forget_sessions(tess.services)
    answer = send_late(tess, f"/mijn/zaken/{number}/berichten", text=TEXT)
    assert back_after(answer) == f"/mijn/zaken/{number}"
    again = browser(TESS)
    again.client.cookies.set("zaakspoor-kept", tess.client.cookies.get("zaakspoor-kept"))
    page = again.get(f"/sessie/verder?soort=citizen&terug=/mijn/zaken/{number}")
    again.post(f"/mijn/zaken/{number}/berichten", {**hidden_fields(page.partition("<main")[2]), "csrf": again.csrf})
    assert [message.text for message in rows(tess.services, NoteRow)] == [TEXT]


def test_c19_an_objection_of_a_session_that_is_gone_is_kept_as_its_page_sends_it(tess: Browser, browser: Open) -> None:
    tess.get(OBJECTION)
    assert tess.csrf in tess.html, "the token as the page shows it, not as the session holds it"
    forget_sessions(tess.services)
    assert back_after(send_late(tess, OBJECTION, grounds=TEXT)) == f"{OBJECTION}?deel=alles"
    again = browser(TESS)
    again.client.cookies.set("zaakspoor-kept", tess.client.cookies.get("zaakspoor-kept"))
    assert TEXT in again.get(f"/sessie/verder?soort=citizen&terug={OBJECTION}")
    assert TEXT in again.get(OBJECTION)


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/mijn/zaken/{number}/berichten", "/mijn/zaken/{number}"),
        ("/mijn/gegevens/bevestigen", "/mijn/gegevens"),
        ("/mijn/nieuw/bezwaar/versturen", "/mijn/nieuw/bezwaar?deel=nakijken"),
        ("/mijn/opnieuw", "/mijn"),
    ],
)
def test_c19_who_signs_in_again_comes_to_a_page_that_opens(tess: Browser, browser: Open, path: str, back: str) -> None:
    number = register(tess.services, TESS)
    forget_sessions(tess.services)
    found = back_after(send_late(tess, path.format(number=number)))
    assert found == back.format(number=number)
    assert browser(TESS).status(found) == 200


def test_c19_a_busy_database_before_the_form_was_read_gives_it_back(tess: Browser, monkeypatch) -> None:
    number = register(tess.services, TESS)
    tess.get(f"/mijn/zaken/{number}")
    place = f"/mijn/zaken/{number}/berichten"
    with monkeypatch.context() as patch:
        patch.setattr(sessions.web_sessions, "load", busy)
        answer = tess.client.post(place, data={"csrf": tess.csrf, "text": TEXT}, headers=ORIGIN)
    page = html.unescape(answer.text)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert f'<p class="nl-paragraph zs-typed">{TEXT}</p>' in page
    assert f'href="/mijn/zaken/{number}"' in page
    tess.html = answer.text
    assert tess.held(place)["csrf"] not in {"", tess.csrf}, "the token is masked anew in each page"
    tess.post(place, tess.held(place))
    assert [message.text for message in rows(tess.services, NoteRow)] == [TEXT]


def test_c19_what_another_site_wrote_is_not_given_back(tess: Browser, monkeypatch) -> None:
    monkeypatch.setattr(sessions.web_sessions, "load", busy)
    answer = tess.client.post("/mijn/gegevens", data={"csrf": "verzonnen", "email": "een ander hier"}, headers=ORIGIN)
    assert answer.status_code == 503
    assert "een ander hier" not in answer.text


def test_c19_a_late_form_that_cannot_be_kept_is_given_back(tess: Browser, monkeypatch) -> None:
    number = register(tess.services, TESS)
    forget_sessions(tess.services)
    monkeypatch.setattr(late_forms, "act", busy)
    answer = send_late(tess, f"/mijn/zaken/{number}/berichten", text=TEXT)
    assert answer.status_code == 503
    assert TEXT in answer.text


def test_c19_an_address_that_takes_only_forms_says_the_page_before_it(tess: Browser) -> None:
    number = register(tess.services, TESS)
    page = tess.get(f"/mijn/zaken/{number}/berichten", 405)
    assert f'href="/mijn/zaken/{number}"' in page


@pytest.mark.parametrize("days", [0, 8], ids=["another browser", "a page of long ago"])
def test_c19_a_token_alone_writes_nothing_over_what_somebody_typed(tess: Browser, browser: Open, days: int) -> None:
    """Whoever once got hold of a page of hers could else replace what she sends, for ever and without signing in."""
    tess.get(OBJECTION)
    tess.post(OBJECTION, {"grounds": TEXT, "stap": "bewaren"})
    before = [bytes(row.data) for row in rows(tess.services, DraftRow)]
    assert before
    token = tess.csrf
    with time_machine.travel(datetime.now(UTC) + timedelta(days=days)):
        forget_sessions(tess.services)
        who = tess.client if days else TestClient(tess.client.app)
        answer = who.post(OBJECTION, data={"csrf": token, "grounds": "Iets van een ander"}, headers=ORIGIN)
    assert (answer.status_code, "Log eerst in" in answer.text) == (401, True)
    assert "Iets van een ander" in hidden_fields(answer.text)["grounds"], "it is not lost for who typed it"
    assert [bytes(row.data) for row in rows(tess.services, DraftRow)] == before
    again = browser(TESS)
    again.get(OBJECTION)
    form = hidden_fields(answer.text.partition("<main")[2])
    sent = again.client.post(OBJECTION, data=form, headers=ORIGIN)  # after signing in, the button of that page works
    assert "Iets van een ander" in sent.text


def test_c19_a_button_of_a_session_that_is_gone_asks_to_sign_in(tess: Browser) -> None:
    stranger = TestClient(tess.client.app)
    answer = stranger.post("/mijn/gegevens/code", data={"csrf": tess.csrf}, headers=ORIGIN, follow_redirects=False)
    assert (answer.status_code, back_after(answer)) == (303, "/mijn/gegevens")


def test_c19_what_is_kept_after_a_sign_in_ended_is_counted_as_a_change(tess: Browser) -> None:
    number = register(tess.services, TESS)
    forget_sessions(tess.services)
    answers = [
        send_late(tess, f"/mijn/zaken/{number}/berichten", text=f"{TEXT} {one}").status_code for one in range(22)
    ]
    assert (answers[:20], answers[20:]) == ([303] * 20, [429] * 2)
