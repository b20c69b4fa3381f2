"""B8: each way of signing out ends the session here first, goes on to the provider, and says so when nobody was signed out there."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from kit.browser import ORIGIN, TestClient, token_of
from kit.sign_on import sessions
from kit.small_portal import portal, services_of, sign_in
from sqlalchemy import update

from portal.sign_on import signing_out
from portal.sign_on.onward import in_address
from processes.base.errors import Busy
from processes.storage import staff_sessions
from processes.storage.sealed_columns import TOKENS
from processes.storage.tables import WebSession

THERE = "https://inlog.voorbeeldstad.example/uit"
PARTLY = "De inlogdienst heeft u niet helemaal uitgelogd"
DOORS = [
    ("tess", "digid", "/mijn/gegevens", "/uitloggen?soort=citizen"),
    ("tess", "digid", "/mijn/gegevens", "/mijn/gegevens/uitloggen"),
    ("noor", "staff", "/werk/inloggen", "/uitloggen?soort=staff"),
    ("noor", "staff", "/werk/inloggen", "/werk/inloggen"),
]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with portal(tmp_path) as app:
        yield TestClient(app)


def asked_there(monkeypatch: pytest.MonkeyPatch, client: TestClient, answer: str | Exception) -> list[int]:
    """The provider has a place to sign out, or fails so; how many sessions lived here each time that it was asked."""
    lived: list[int] = []

    async def address(_: object) -> str:
        lived.append(sum(row.ended_at is None for row in sessions(client)))
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(signing_out, "end_session_address", address)
    return lived


@pytest.mark.parametrize(("person", "way", "page", "door"), DOORS)
@pytest.mark.parametrize("answer", [THERE, "", Busy(), ValueError("geen adres"), "https://[stuk"], ids=str)
def test_b8_every_way_of_signing_out_ends_the_session_here_first_and_then_goes_on_to_the_provider(
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    person: str,
    way: str,
    page: str,
    door: str,
    answer: str | Exception,
) -> None:
    asked_there(monkeypatch, client, THERE)
    sign_in(client, person, way, page)
    token = token_of(client.get(page).text)
    lived = asked_there(monkeypatch, client, answer)
    shown = client.post(door, data={"csrf": token}, headers=ORIGIN)
    assert lived == [0]
    assert shown.status_code == 200
    if answer == THERE:
        assert f'action="{THERE}"' in shown.text
        # the provider passes the browser on, and browsers hold a form to this rule there too
        assert "example https:" in shown.headers["content-security-policy"]
    else:
        assert (PARTLY in shown.text) == (answer != "")
        again = "/inloggen/medewerker" if way == "staff" else "/inloggen"
        assert f'href="{again}"' in shown.text.partition("<main")[2]
    assert client.get(page, follow_redirects=False).status_code == 303


@pytest.mark.parametrize(("person", "way", "page", "door"), [DOORS[0], DOORS[2]])
def test_b8_who_was_idle_signs_out_at_the_provider_too(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, person: str, way: str, page: str, door: str
) -> None:
    asked_there(monkeypatch, client, THERE)
    sign_in(client, person, way, page)
    token = token_of(client.get(page).text)
    past = datetime.now(UTC) - timedelta(minutes=5)
    with services_of(client).sessions.begin() as session:
        session.execute(update(WebSession).values(expires_at=past))
    assert client.post(door, data={"csrf": "verzonnen"}, headers=ORIGIN).status_code == 403
    assert len(sessions(client)) == 1
    assert f'action="{THERE}"' in client.post(door, data={"csrf": token}, headers=ORIGIN).text
    assert sessions(client) == []


@pytest.mark.parametrize(
    ("there", "setting", "kept"), [(THERE, "form", True), ("", "form", False), (THERE, "off", False)]
)
def test_b8_the_id_token_of_a_citizen_is_kept_only_where_it_signs_somebody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str, setting: str, kept: bool
) -> None:
    with portal(tmp_path, oidc={"citizen_logout": setting}, demo=True) as app:
        asked_there(monkeypatch, TestClient(app), there)
        sign_in(TestClient(app), "tess")
        (row,) = sessions(TestClient(app))
        assert (row.tokens is not None) == kept


@pytest.mark.parametrize(
    ("query", "fields"),
    [("", []), ("?a=&b=1&b=2", [("a", ""), ("b", "1"), ("b", "2")])],
)  # fmt: skip
def test_b8_what_stands_in_the_address_of_a_provider_goes_along_as_it_stands(
    query: str, fields: list[tuple[str, str]]
) -> None:
    out = in_address(f"{THERE}{query}", {"client_id": "wij"})
    assert (out.address, out.method, list(out.fields)) == (THERE, "get", [*fields, ("client_id", "wij")])


def test_c20_the_last_minutes_lead_staff_to_their_own_sign_in(client: TestClient) -> None:
    sign_in(client, "noor", "staff", "/werk")
    ending = datetime.now(UTC) - timedelta(hours=12) + timedelta(minutes=1)
    with services_of(client).sessions.begin() as session:
        session.execute(update(WebSession).values(created_at=ending, expires_at=ending + timedelta(hours=12)))
    page = client.get("/sessie/verloopt?soort=staff&terug=/werk").text
    assert 'href="/inloggen/medewerker?terug=%2Fwerk"' in page


@pytest.mark.parametrize(
    ("changed", "read"),
    [(lambda told: {**told, "later": 1}, True), (lambda _: {"later": 1}, False), (lambda _: ["geen"], False)],
    ids=["one name more", "none that we know", "something else"],
)  # fmt: skip
def test_t7_tokens_of_another_release_are_read_as_far_as_they_are_known(
    client: TestClient, changed: Callable[[Any], Any], read: bool
) -> None:
    sign_in(client, "noor", "staff", "/werk")
    services, (row,), cookie = services_of(client), sessions(client), client.cookies.get("zaakspoor-staff")
    before = staff_sessions.tokens_of(services, cookie)
    assert before is not None
    told = changed(orjson.loads(services.secrets.open(row.tokens, TOKENS, row.id_hash)))
    with services.sessions.begin() as session:
        session.execute(
            update(WebSession).values(tokens=services.secrets.seal(orjson.dumps(told), TOKENS, row.id_hash))
        )
    assert staff_sessions.tokens_of(services, cookie) == (before if read else None)
