"""C20: a citizen sees on which devices they are signed in, and signs out everywhere with one press; nobody else is put out by it."""

import pytest
from citizen_kit import ILSE, TESS, Browser
from kit.browser import ORIGIN
from kit.log_lines import log_lines
from starlette.requests import Request

from portal.security.devices import device_of
from processes.storage import web_sessions
from processes.storage.services import Services
from processes.storage.web_sessions import create

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (FIREFOX, "Firefox, Windows"), (EDGE, "Edge, Windows"), (IPHONE, "Safari, iPhone"), ("curl/8", "Onbekend apparaat"),
        (None, "Onbekend apparaat"), ("<script> Android", "Android"),
    ],
)  # fmt: skip
def test_c20_a_device_is_told_in_words_that_its_owner_knows(told: str | None, words: str) -> None:
    headers = [(b"user-agent", told.encode())] if told is not None else []
    assert device_of(Request({"type": "http", "headers": headers})) == words


def test_c20_signing_out_everywhere_ends_all_own_sessions_and_no_other(services: Services) -> None:
    here, there, other = Browser(services, TESS), Browser(services, TESS), Browser(services, ILSE)
    actor = here.actor
    create(services, "citizen", actor.subject, actor.name, identity={"bsn": "999993653"}, device="Safari, iPhone")
    page = here.get("/mijn/gegevens")
    assert page.count("Dit apparaat, nu") == 1
    assert (page.count(">Ingelogd<"), "Safari, iPhone" in page) == (2, True)
    assert "Safari, iPhone" not in other.get("/mijn/gegevens")
    with log_lines() as lines:
        assert "uitgelogd" in here.post("/mijn/gegevens/uitloggen").lower()
    told = [line for line in lines if line.get("event") == "session_ended"]
    assert [(line["who"], line["why"], line["sessions"]) for line in told] == [
        (f"citizen:{actor.subject}", "own_choice", 3)
    ]
    assert [one.client.get("/mijn", follow_redirects=False).status_code for one in (here, there, other)] == [
        303,
        303,
        200,
    ]
    again = Browser(services, TESS).get("/mijn/gegevens")
    assert again.count(">Uitgelogd<") == 3


def test_c20_without_the_token_of_the_page_nobody_is_signed_out(services: Services) -> None:
    here = Browser(services, TESS)
    sent = here.client.post(
        "/mijn/gegevens/uitloggen", data={"csrf": "verzonnen"}, headers=ORIGIN, follow_redirects=False
    )
    assert sent.headers.get("location") != "/uitgelogd"
    assert here.status("/mijn") == 200
    assert [one.lives for one in web_sessions.all_of(services, "citizen", [here.actor.subject])] == [True]
