"""Signing in with the simulator over the real protocol, and every way in which a sign-in must fail."""

import asyncio
import contextlib
import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import anyio.to_thread
import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64encode
from kit.browser import ORIGIN, TestClient, hidden_fields, token_of
from kit.installation import BASE
from kit.sign_on import simulator_of
from kit.small_portal import portal, services_of, sign_in

from portal.sign_on import routes
from portal.sign_on.errors import SignInFailed, TooWeak
from portal.sign_on.identity import Known, known_citizen, known_staff
from portal.sign_on.journey import MOST
from portal.sign_on.provider import Provider, challenge_of, check_token
from portal.sign_on.tokens import check_id_token
from portal.simulator.provider import claims_of
from processes.base.secrets import bsn_is_valid
from processes.demo.people import CITIZENS, STAFF


@pytest.mark.parametrize(
    ("person", "way", "identity"),
    [("tess", "digid", "bsn:999993653"), ("bouw", "eherkenning", "kvk:68750110"),
     ("olena", "eidas", "eidas:PL/NL/olena-fantazja-0001")],
)  # fmt: skip
def test_d10_d11_d12_a_citizen_signs_in(client: TestClient, person: str, way: str, identity: str) -> None:
    answer = sign_in(client, person, way)
    assert answer.status_code == 200
    assert answer.json()["subject"] == services_of(client).secrets.index(identity)
    assert answer.json()["kind"] == "citizen"


@pytest.mark.parametrize("employee", STAFF, ids=lambda one: one.username)
def test_staff_sign_in_with_their_roles(client: TestClient, employee) -> None:
    answer = sign_in(client, employee.username, "staff", "/proef/staf")
    assert answer.json()["roles"] == sorted(employee.roles)
    assert answer.json()["subject"].startswith("m")


def test_a_role_opens_only_its_own_doors(client: TestClient) -> None:
    sign_in(client, "noor", "staff", "/proef/staf")
    assert client.get("/proef/beslisser").status_code == 403
    sign_in(client, "sem", "staff", "/proef/staf")
    assert client.get("/proef/beslisser").status_code == 200


def test_a_citizen_is_no_staff_and_staff_is_no_citizen(client: TestClient) -> None:
    sign_in(client, "tess")
    assert (
        urlsplit(client.get("/proef/staf", follow_redirects=False).headers["location"]).path == "/inloggen/medewerker"
    )
    client.cookies.clear()
    sign_in(client, "noor", "staff", "/proef/staf")
    assert urlsplit(client.get("/proef/wie", follow_redirects=False).headers["location"]).path == "/inloggen"


def test_nobody_is_sent_elsewhere_after_signing_in(client: TestClient) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        page = client.get("/inloggen", params={"terug": elsewhere})
        assert "evil" not in page.text
        assert "javascript:" not in page.text


def test_a_sign_in_that_is_stopped_says_so(client: TestClient) -> None:
    page = client.get("/inloggen/start/digid")
    fields = hidden_fields(page.text) | {"stop": "ja"}
    answer = client.post("/demo/aanmelden/authorize", data=fields, headers=ORIGIN)
    assert answer.status_code == 400
    assert "Het inloggen is afgebroken" in answer.text


@pytest.mark.parametrize(
    ("start", "again"),
    [("/inloggen/start/digid?terug=/proef/wie", "/inloggen?terug=/proef/wie"),
     ("/inloggen/medewerker?terug=/proef/staf", "/inloggen/medewerker?terug=/proef/staf")],
)  # fmt: skip
def test_c19_a_sign_in_that_did_not_work_leads_back_to_signing_in_for_the_same_page(
    client: TestClient, start: str, again: str
) -> None:
    fields = hidden_fields(client.get(start).text) | {"stop": "ja"}
    assert f'href="{again}"' in client.post("/demo/aanmelden/authorize", data=fields, headers=ORIGIN).text
    assert 'href="/inloggen?terug=/mijn"' in client.get("/inloggen/terug?state=vreemd").text


def test_state_of_another_browser_is_refused(client: TestClient) -> None:
    back = _leave(client)
    client.cookies.clear()
    answer = client.get(back)
    assert answer.status_code == 400
    assert "Inloggen is niet gelukt" in answer.text


def test_c20_who_began_to_sign_in_in_two_windows_comes_back_from_either(client: TestClient) -> None:
    first, second = _leave(client), _leave(client)
    for back in (second, first):
        answer = client.get(back)
        assert (answer.status_code, answer.json()["kind"]) == (200, "citizen")
    assert [name for name in dict(client.cookies) if "inloggen" in name] == []


def test_c20_of_many_begun_sign_ins_only_the_newest_are_remembered(client: TestClient) -> None:
    """A browser sends all its cookies along: too many would be refused by every proxy."""
    begun = [_leave(client) for _ in range(MOST + 3)]
    assert len([name for name in dict(client.cookies) if "inloggen" in name]) == MOST
    assert [client.get(back, follow_redirects=False).status_code for back in begun] == [400] * 3 + [303] * MOST


def test_a_code_works_once(client: TestClient) -> None:
    back = _leave(client)
    ((name, journey),) = dict(client.cookies).items()
    assert client.get(back, follow_redirects=False).status_code == 303
    client.cookies.set(name, journey)
    assert client.get(back, follow_redirects=False).status_code == 400


def test_the_old_session_ends_when_a_new_one_begins(client: TestClient) -> None:
    sign_in(client, "tess")
    first = client.cookies.get("zaakspoor-citizen")
    sign_in(client, "bram")
    assert client.cookies.get("zaakspoor-citizen") != first
    client.cookies.clear()
    client.cookies.set("zaakspoor-citizen", first)
    assert client.get("/proef/wie", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    ("person", "way", "told", "status", "sentence"),
    [("tess", "digid", "all", 200, "Tess Testeling"), ("tess", "digid", "no_name", 200, "Onbekende naam"),
     ("tess", "digid", "too_weak", 403, "niet sterk genoeg"), ("bouw", "eherkenning", "part", 403, "een deel van het bedrijf"),
     ("bouw", "eherkenning", "ended", 403, "machtiging kunnen wij hier niet gebruiken"), ("bouw", "eherkenning", "branch", 200, "Verzonnen Bouw"),
     ("bouw", "eherkenning", "chain", 200, "mr. P. Toga"), ("bram", "digid", "mandate", 200, "Bram van Proefhuizen"),
     ("olena", "eidas", "failure", 503, "De inlogdienst werkt nu niet"), ("tess", "digid", "branch", 200, "Tess Testeling")],
)  # fmt: skip
def test_d10_the_demo_shows_each_way_in_which_a_sign_in_goes(
    client: TestClient, person: str, way: str, told: str, status: int, sentence: str
) -> None:
    """Cancelling has a button of its own; a branch is something of companies only, DigiD Machtigen of people."""
    page = client.get(f"/inloggen/start/{way}", params={"terug": "/proef/wie"})
    assert (f'value="{told}"' in page.text) == (told != "branch" or way == "eherkenning")
    fields = hidden_fields(page.text) | {"person": person, "told": told}
    answer = client.post("/demo/aanmelden/authorize", data=fields, headers=ORIGIN)
    assert (answer.status_code, sentence in answer.text) == (status, True), answer.text


@pytest.mark.parametrize(
    ("auth_time", "setting", "status"),
    [(-300, "on", 400), (None, "on", 400), (True, "on", 400), ("nu", "on", 400), (-30, "on", 200), (0, "on", 200), (None, "off", 200)],
)  # fmt: skip
def test_c20_a_provider_that_lets_somebody_in_who_came_before_opens_nothing(
    tmp_path, auth_time: object, setting: str, status: int
) -> None:
    """The next visitor of a shared computer, at a provider that still knows the one before; clocks may differ by a minute."""
    with portal(tmp_path, oidc={"citizen_auth_time": setting}, demo=True) as app:
        client = TestClient(app)
        told = time.time() + auth_time if type(auth_time) is int else auth_time
        simulator_of(client).claims_now = lambda person: {**claims_of(person), "auth_time": told}
        answer = sign_in(client, "tess")
        assert (answer.status_code, "niet opnieuw laten inloggen" in answer.text) == (status, status == 400)
        assert client.get("/proef/wie", follow_redirects=False).status_code == (200 if status == 200 else 303)


@pytest.mark.parametrize(
    ("start", "setting", "asked"),
    [("start/digid", "on", {"prompt": ["login"], "max_age": ["0"]}), ("start/digid", "off", {"prompt": ["login"]}),
     ("medewerker", "on", {})],
)  # fmt: skip
def test_c20_every_sign_in_of_a_citizen_asks_the_provider_to_have_them_sign_in_anew(
    tmp_path, start: str, setting: str, asked: dict[str, list[str]]
) -> None:
    with portal(tmp_path, oidc={"citizen_auth_time": setting}, demo=True) as app:
        left = TestClient(app).get(f"/inloggen/{start}", follow_redirects=False)
        query = parse_qs(urlsplit(left.headers["location"]).query)
        assert {name: query[name] for name in ("prompt", "max_age") if name in query} == asked


@pytest.mark.parametrize(
    ("change", "why"),
    [({"code_verifier": "iets anders"}, "PKCE"), ({"redirect_uri": "http://testserver/elders"}, "address"),
     ({"client_id": "zaakspoor-staff"}, "client"), ({"code": "verzonnen"}, "code"),
     ({"grant_type": "password"}, "grant")],
)  # fmt: skip
def test_the_simulator_refuses_a_wrong_exchange(client: TestClient, change: dict[str, str], why: str) -> None:
    verifier = "v" * 50
    good = _exchange(client, verifier)
    answer = client.post("/demo/aanmelden/token", data=good | change)
    assert answer.status_code == 400, why
    assert "id_token" not in answer.text


def test_the_simulator_accepts_the_right_exchange(client: TestClient) -> None:
    assert "id_token" in client.post("/demo/aanmelden/token", data=_exchange(client, "v" * 50)).json()


@pytest.mark.parametrize(
    "change",
    [{"redirect_uri": "http://evil.example/"}, {"code_challenge": ""}, {"code_challenge_method": "plain"},
     {"client_id": "onbekend"}, {"response_type": "token"}, {"nonce": ""}],
)  # fmt: skip
def test_the_simulator_refuses_a_wrong_request(client: TestClient, change: dict[str, str]) -> None:
    answer = client.get("/demo/aanmelden/authorize", params=_request("v" * 50) | change)
    assert answer.status_code == 400


KEY = ECKey.generate_key("P-256", {"kid": "k"})
OTHER = ECKey.generate_key("P-256", {"kid": "k"})
PROVIDER = Provider("https://idp.example", "wij", "", "https://wij.example/terug")
GOOD = {"iss": "https://idp.example", "aud": "wij", "sub": "s", "nonce": "n", "iat": 0, "exp": 300}


def claims_now(change: dict) -> dict:
    """Of a token that is made now: `iat` and `exp` are given in seconds from now, and None leaves a claim out."""
    now = int(time.time())
    claims = {name: value for name, value in (GOOD | change).items() if value is not None}
    return {**claims, "iat": now + claims["iat"], "exp": now + claims["exp"]}


@pytest.mark.parametrize(
    ("change", "key", "algorithm"),
    [({"iss": "https://ander.example"}, KEY, "ES256"), ({"aud": "ander"}, KEY, "ES256"),
     ({"exp": -3600}, KEY, "ES256"), ({"nonce": "oud"}, KEY, "ES256"), ({"nonce": None}, KEY, "ES256"),
     ({"aud": ["wij", "ander"], "azp": "ander"}, KEY, "ES256"), ({}, OTHER, "ES256"), ({}, KEY, "none")],
    ids=["issuer", "audience", "expired", "nonce", "no nonce", "azp", "signature", "unsigned"],
)  # fmt: skip
def test_a_wrong_id_token_is_refused(change: dict, key: ECKey, algorithm: str) -> None:
    claims = claims_now(change)
    token = _unsigned(claims) if algorithm == "none" else jwt.encode({"alg": algorithm, "kid": "k"}, claims, key)
    with pytest.raises(SignInFailed):
        check_token(token, {"keys": [KEY.as_dict(private=False)]}, PROVIDER, "n")


def test_a_right_id_token_is_accepted() -> None:
    token = jwt.encode({"alg": "ES256", "kid": "k"}, claims_now({}), KEY)
    assert check_token(token, {"keys": [KEY.as_dict(private=False)]}, PROVIDER, "n")["sub"] == "s"


@pytest.mark.parametrize(
    ("claims", "error"),
    [({"bsn": "999993653", "loa": "low"}, TooWeak), ({"bsn": "999993653"}, TooWeak),
     ({"bsn": "123456789", "loa": "high"}, SignInFailed), ({"name": "Niemand", "loa": "high"}, SignInFailed)],
    ids=["low level", "no level", "no real BSN", "nobody"],
)  # fmt: skip
def test_weak_or_unknown_citizens_stay_outside(client: TestClient, claims: dict, error: type[Exception]) -> None:
    with pytest.raises(error):
        known_citizen(services_of(client), claims, "digid")


@pytest.mark.parametrize(
    "claims",
    [{"preferred_username": "x"}, {"preferred_username": "x", "roles": ["root"]}, {"roles": ["admin"]},
     {"preferred_username": "x", "roles": "admin"}],
)  # fmt: skip
def test_staff_without_a_name_or_a_known_role_stay_outside(claims: dict) -> None:
    with pytest.raises(SignInFailed):
        known_staff({"sub": "s", **claims}, "https://idp.example")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("noor@post.example", "noor@post.example"),
        ("<noor@Post.example>\u200b", "noor@post.example"),
        ("geen adres", None),
        ("no\u00f6r@post.example", None),
        (None, None),
    ],
)
def test_staff_may_say_where_they_can_be_mailed(given: str | None, kept: str | None) -> None:
    claims = {"sub": "s", "preferred_username": "noor", "roles": ["worker"], "email": given}
    assert known_staff(claims, "https://idp.example").email == kept


def test_who_comes_in_by_a_broker_is_looked_up_where_nobody_else_waits(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It asks a register and the database, which may be slow."""
    in_a_thread: list[bool] = []

    def watched(*given: Any) -> Known:
        with contextlib.suppress(RuntimeError):
            in_a_thread.append(not asyncio.get_running_loop())
        in_a_thread.append(True)
        return known_citizen(*given)

    monkeypatch.setattr(routes, "known_citizen", watched)
    assert sign_in(client, "tess").status_code == 200
    assert in_a_thread == [True]


def test_signing_in_works_with_a_single_worker_thread(client: TestClient) -> None:
    async def with_one_thread() -> list[int]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = 1
        transport = httpx.ASGITransport(app=client.app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE, follow_redirects=True) as browser:
            page = await asyncio.wait_for(browser.get("/inloggen/start/digid?terug=/proef/wie"), 20)
            fields = hidden_fields(page.text) | {"person": "tess"}
            sent = browser.post("/demo/aanmelden/authorize", data=fields, headers=ORIGIN)
            return [page.status_code, (await asyncio.wait_for(sent, 20)).status_code]

    assert asyncio.run(with_one_thread()) == [200, 200]


def test_production_has_no_simulator(tmp_path) -> None:
    https = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
    with portal(tmp_path, production=True, trusted_proxies=("127.0.0.1",)) as app:
        client = TestClient(app)
        assert client.get("/demo/aanmelden/.well-known/openid-configuration", headers=https).status_code == 404
        assert client.get("/inloggen/start/digid", headers=https).status_code == 503


def test_the_invented_people_have_valid_numbers() -> None:
    assert all(bsn_is_valid(one.bsn) for one in CITIZENS if one.way == "digid")
    assert len({one.identity for one in CITIZENS}) == len(CITIZENS)


def _unsigned(claims: dict) -> str:

    parts = [urlsafe_b64encode(json.dumps(part).encode()).decode() for part in ({"alg": "none"}, claims)]
    return ".".join([*parts, ""])


def _leave(client: TestClient) -> str:
    page = client.get("/inloggen/start/digid", params={"terug": "/proef/wie"})
    assert token_of(page.text)
    fields = hidden_fields(page.text) | {"person": "tess"}
    answer = client.post("/demo/aanmelden/authorize", data=fields, headers=ORIGIN, follow_redirects=False)
    return answer.headers["location"]


def _request(verifier: str) -> dict[str, str]:
    return {
        "response_type": "code", "client_id": "zaakspoor-citizen", "nonce": "n", "state": "s", "acr_values": "digid",
        "redirect_uri": "http://testserver/inloggen/terug", "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
    }  # fmt: skip


def _exchange(client: TestClient, verifier: str) -> dict[str, str]:
    page = client.get("/demo/aanmelden/authorize", params=_request(verifier))
    fields = hidden_fields(page.text) | {"person": "tess"}
    answer = client.post("/demo/aanmelden/authorize", data=fields, headers=ORIGIN, follow_redirects=False)
    code = parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]
    return {
        "grant_type": "authorization_code", "code": code, "client_id": "zaakspoor-citizen",
        "redirect_uri": "http://testserver/inloggen/terug", "code_verifier": verifier,
    }  # fmt: skip


UNREADABLE: list[Any] = [
    {"kty": "EC", "crv": "BP-256", "kid": "b", "x": "AAAA", "y": "AAAA"}, {"kty": "EC", "crv": "BP-256", "x": "AAAA", "y": "AAAA"},
    {"kty": "AKP", "alg": "ML-DSA-44", "kid": "q", "pub": "AAAA"}, {"kty": "RSA", "kid": "r"}, {"kid": "nothing"}, "a text", None, [],
]  # fmt: skip


@pytest.mark.parametrize("other", UNREADABLE, ids=str)
def test_d10_a_key_that_we_cannot_read_spoils_none_of_the_others(other: Any) -> None:
    """RFC 7517, section 5."""
    key = ECKey.generate_key("P-256", {"kid": "ours"})
    now = int(time.time())
    claims = {"iss": "https://idp.example", "aud": "wij", "sub": "s", "iat": now, "exp": now + 60}
    token = jwt.encode({"alg": "ES256", "kid": "ours"}, claims, key)
    keys = {"keys": [other, key.as_dict(private=False)]}
    assert check_id_token(token, keys, claims["iss"], "wij", subject="s")["sub"] == "s"
    with pytest.raises(SignInFailed):
        check_id_token(token, {"keys": [other]}, claims["iss"], "wij", subject="s")
