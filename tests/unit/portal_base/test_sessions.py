"""Sessions: what a cookie is worth, when it ends, and that nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from kit.browser import ORIGIN, TestClient, hidden_fields, token_of
from kit.small_portal import csrf_without_session, portal, services_of, sign_in
from sqlalchemy import select, update

from processes.storage import web_sessions
from processes.storage.tables import WebSession

FORM = {"tekst": "Ik ben het er niet mee eens."}


def csrf(client: TestClient, kind: str = "citizen") -> str:
    found = web_sessions.load(services_of(client), client.cookies.get(f"zaakspoor-{kind}"))
    assert found
    return found.csrf


def expire(client: TestClient, ago: timedelta = timedelta(minutes=1)) -> None:
    with services_of(client).sessions.begin() as session:
        session.execute(update(WebSession).values(expires_at=datetime.now(UTC) - ago))


def test_the_table_holds_no_cookie_and_no_identity(client: TestClient) -> None:
    sign_in(client, "tess")
    with services_of(client).sessions() as session:
        row = session.scalars(select(WebSession)).one()
    assert row.id_hash != client.cookies.get("zaakspoor-citizen")
    assert b"999993653" not in row.data
    assert b"Tess" not in row.data


def test_an_idle_session_ends(client: TestClient) -> None:
    sign_in(client, "tess")
    expire(client)
    assert client.get("/proef/wie", follow_redirects=False).status_code == 303


def test_c20_a_citizen_is_out_after_a_quarter_of_an_hour_without_a_request_and_staff_after_half_an_hour(
    client: TestClient,
) -> None:
    sign_in(client, "tess")
    sign_in(client, "noor", "staff", "/proef/staf")
    left = {"citizen": 15, "staff": 30}
    for kind, minutes in left.items():
        found = web_sessions.load(services_of(client), client.cookies.get(f"zaakspoor-{kind}"))
        assert round((found.expires_at - datetime.now(UTC)).total_seconds() / 60) == minutes


def test_a_request_prolongs_but_not_beyond_twelve_hours(client: TestClient) -> None:
    sign_in(client, "noor", "staff", "/proef/staf")
    services = services_of(client)
    now = datetime.now(UTC)
    for created, expected in ((now - timedelta(hours=1), 30), (now - timedelta(hours=11, minutes=50), 10)):
        with services.sessions.begin() as session:
            session.execute(update(WebSession).values(
                created_at=created, seen_at=now - timedelta(minutes=20), expires_at=now + timedelta(minutes=5)
            ))  # fmt: skip
        found = web_sessions.load(services, client.cookies.get("zaakspoor-staff"))
        assert found
        assert abs((found.expires_at - now).total_seconds() / 60 - expected) < 1


def test_c20_a_citizen_signs_in_again_after_two_hours_however_busy(client: TestClient) -> None:
    """The last half hour is announced as one that no request prolongs."""
    sign_in(client, "tess")
    token = csrf(client)
    for minutes, left, last in ((60, 15, False), (110, 10, True)):
        now = datetime.now(UTC)
        with services_of(client).sessions.begin() as session:
            session.execute(update(WebSession).values(
                created_at=now - timedelta(minutes=minutes), seen_at=now - timedelta(minutes=20), expires_at=now + timedelta(minutes=5)
            ))  # fmt: skip
        told = client.post("/sessie/verleng?soort=citizen", data={"csrf": token}, headers=ORIGIN).json()
        assert (round(told["seconds"] / 60), told["last"]) == (left, last)
        page = client.get("/sessie/verloopt?soort=citizen&terug=/proef/wie").text
        assert (f'data-last="{str(last).lower()}"' in page, "ook als u nog bezig bent" in page) == (True, True)
        assert ("Opnieuw inloggen" in page, "U heeft een tijd niets gedaan" in page) == (last, not last)
    with services_of(client).sessions.begin() as session:
        session.execute(update(WebSession).values(created_at=now - timedelta(minutes=121), seen_at=now, expires_at=now))
    assert client.get("/proef/wie", follow_redirects=False).status_code == 303


def test_a_changed_row_is_no_session(client: TestClient) -> None:
    sign_in(client, "tess")
    with services_of(client).sessions.begin() as session:
        row = session.scalars(select(WebSession)).one()
        row.data = row.data[:-1] + bytes([row.data[-1] ^ 1])
    assert client.get("/proef/wie", follow_redirects=False).status_code == 303


def test_signing_out_makes_the_cookie_worthless(client: TestClient) -> None:
    sign_in(client, "tess")
    cookie = client.cookies.get("zaakspoor-citizen")
    answer = client.post("/uitloggen?soort=citizen", data={"csrf": csrf(client)}, headers=ORIGIN)
    assert "U bent uitgelogd" in answer.text
    client.cookies.set("zaakspoor-citizen", cookie)
    assert client.get("/proef/wie", follow_redirects=False).status_code == 303


def test_citizen_and_staff_sessions_live_side_by_side(client: TestClient) -> None:
    sign_in(client, "tess")
    sign_in(client, "noor", "staff", "/proef/staf")
    assert client.get("/proef/wie").json()["kind"] == "citizen"
    assert client.get("/proef/staf").json()["roles"] == ["worker"]


def test_staying_signed_in(client: TestClient) -> None:
    sign_in(client, "tess")
    token = csrf(client)
    answer = client.post("/sessie/verleng?soort=citizen", data={"csrf": token}, headers=ORIGIN)
    assert 800 < answer.json()["seconds"] <= 900
    assert client.post("/sessie/verleng?soort=citizen", data={"csrf": "x"}, headers=ORIGIN).status_code == 403
    assert "Ingelogd blijven" in client.get("/sessie/verloopt?soort=citizen&terug=/proef/wie").text


def test_what_was_typed_too_late_is_not_lost(client: TestClient) -> None:
    sign_in(client, "tess")
    token = csrf(client)
    expire(client)
    away = client.post("/proef/bericht", data=FORM | {"csrf": token}, headers=ORIGIN, follow_redirects=False)
    assert away.headers["location"].startswith("/inloggen?terug=")
    page = sign_in(client, "tess")
    assert "Verder met uw formulier" in page.text
    assert FORM["tekst"] in page.text
    sent = client.post("/proef/bericht", data=FORM | {"csrf": token_of(page.text)}, headers=ORIGIN)
    assert sent.json()["kind"] == "citizen"


def test_what_was_typed_is_shown_to_nobody_else(client: TestClient) -> None:
    sign_in(client, "tess")
    token = csrf(client)
    expire(client)
    client.post("/proef/bericht", data=FORM | {"csrf": token}, headers=ORIGIN, follow_redirects=False)
    page = sign_in(client, "bram")
    assert FORM["tekst"] not in page.text


@pytest.mark.parametrize(
    ("headers", "token", "status"),
    [
        (ORIGIN, "good", 200),
        (ORIGIN, "wrong", 403),
        (ORIGIN, "", 403),
        ({"Origin": "https://evil.example"}, "good", 403),
        ({}, "good", 403),
        ({"Origin": "null"}, "good", 403),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, "good", 403),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, "good", 200),
        ({"Origin": "http://testserver.evil.example"}, "good", 403),
    ],
)
def test_a_change_needs_our_origin_and_our_token(client: TestClient, headers, token: str, status: int) -> None:
    sign_in(client, "tess")
    given = csrf(client) if token == "good" else token
    assert client.post("/proef/bericht", data=FORM | {"csrf": given}, headers=headers).status_code == status


def test_a_token_of_another_session_is_refused(client: TestClient) -> None:
    sign_in(client, "tess")
    old = csrf(client)
    sign_in(client, "bram")
    assert client.post("/proef/bericht", data={"csrf": old}, headers=ORIGIN).status_code == 403


def test_a_form_read_before_the_guard_is_refused(client: TestClient) -> None:
    sign_in(client, "tess")
    assert client.post("/proef/omgekeerd", data={"csrf": csrf(client)}, headers=ORIGIN).status_code == 403


def test_without_session_the_token_belongs_to_the_path(client: TestClient) -> None:
    good = csrf_without_session(client, "/proef/veld")
    other = csrf_without_session(client, "/proef/anders")
    assert client.post("/proef/veld", data={"csrf": good}, headers=ORIGIN).status_code == 200
    assert client.post("/proef/veld", data={"csrf": other}, headers=ORIGIN).status_code == 403


def test_cookies_under_https_cannot_be_set_by_others(tmp_path) -> None:
    with portal(tmp_path, public_url="https://zaken.example") as app:
        client = TestClient(app)
        answer = client.get("/inloggen/start/digid", follow_redirects=False)
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-zaakspoor-inloggen-")
        for word in ("HttpOnly", "Secure", "Path=/", "SameSite=lax"):
            assert word in cookie
        assert "Domain" not in cookie
        assert "max-age" in answer.headers["strict-transport-security"]


def test_a_form_of_before_the_same_person_signed_in_again_works(client: TestClient) -> None:
    sign_in(client, "tess")
    opened = csrf(client)
    sign_in(client, "tess")  # in another tab of the same browser
    assert client.post("/proef/bericht", data=FORM | {"csrf": opened}, headers=ORIGIN).json()["kind"] == "citizen"


def test_a_form_of_before_signing_out_and_in_again_works(client: TestClient) -> None:
    sign_in(client, "tess")
    opened = csrf(client)
    client.post("/uitloggen?soort=citizen", data={"csrf": opened}, headers=ORIGIN)
    sign_in(client, "tess")
    assert client.post("/proef/bericht", data=FORM | {"csrf": opened}, headers=ORIGIN).json()["kind"] == "citizen"


@pytest.mark.parametrize(
    ("address", "files"), [("/proef/bericht", None), ("/proef/stukken", {"stuk": ("a.pdf", b"%PDF-1.7\n", "a/b")})]
)
def test_a_form_of_another_person_is_refused_and_kept_for_its_own_person(
    client: TestClient, address: str, files
) -> None:
    sign_in(client, "tess")
    opened = csrf(client)
    sign_in(client, "bram")  # in another tab
    page = client.post(address, data=FORM | {"csrf": opened}, files=files, headers=ORIGIN)
    assert page.status_code == 403
    assert "Dit formulier is van iemand anders" in page.text
    assert "Bram" in page.text
    assert FORM["tekst"] not in page.text
    assert list(services_of(client).files.all_blobs()) == []
    assert "Verder met uw formulier" not in sign_in(client, "bram").text  # not for Bram, and it stays for Tess
    page = sign_in(client, "tess")
    assert FORM["tekst"] in page.text
    sent = client.post(address, data=FORM | {"csrf": token_of(page.text)}, headers=ORIGIN)
    assert sent.json()["name"].startswith("Tess")


def test_what_was_typed_after_signing_out_elsewhere_is_not_lost(client: TestClient) -> None:
    sign_in(client, "tess")
    opened = csrf(client)
    client.post("/uitloggen?soort=citizen", data={"csrf": opened}, headers=ORIGIN)
    away = client.post("/proef/bericht", data=FORM | {"csrf": opened}, headers=ORIGIN, follow_redirects=False)
    assert (away.status_code, "Log eerst in" in away.text) == (401, True)
    sign_in(client, "tess")  # in another tab
    given_back = {**FORM, **hidden_fields(away.text)}
    sent = client.post("/proef/bericht", data=given_back, headers=ORIGIN, follow_redirects=False)
    assert (hidden_fields(away.text)["tekst"], sent.headers["location"]) == (FORM["tekst"], "/proef/wie")


def test_nothing_is_kept_for_who_never_signed_in(client: TestClient) -> None:
    client.post("/proef/bericht", data=FORM | {"csrf": "x"}, headers=ORIGIN, follow_redirects=False)
    assert client.cookies.get("zaakspoor-kept") is None


def test_a_form_that_stood_open_for_days_is_shown_once_more(client: TestClient, monkeypatch) -> None:
    sign_in(client, "tess")
    opened = csrf(client)
    monkeypatch.setattr(web_sessions, "TOKEN_LIVES", timedelta(0))
    sign_in(client, "tess")
    page = client.post("/proef/bericht", data=FORM | {"csrf": opened}, headers=ORIGIN)
    assert "Verder met uw formulier" in page.text
    assert FORM["tekst"] in page.text


def test_a_token_of_staff_is_none_of_a_citizen(client: TestClient) -> None:
    sign_in(client, "noor", "staff", "/proef/staf")
    staff = csrf(client, "staff")
    sign_in(client, "tess")
    assert client.post("/proef/bericht", data=FORM | {"csrf": staff}, headers=ORIGIN).status_code == 403
