"""Every token that somebody could forge, sent where a true one belongs: nobody comes in by it, and nobody is put out by it."""

import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from kit.browser import ORIGIN, TestClient, hidden_fields
from kit.sign_on import ISSUER, logout_claims, sessions, signed, simulator_of, tell_logout, unsigned
from kit.small_portal import sign_in

from portal.sign_on import routes
from portal.sign_on.errors import SignInFailed
from portal.sign_on.tokens import LOGOUT

STAFF = "/proef/staf"
STRANGER = ECKey.generate_key("P-256", {"kid": "demo"})
Claims = dict[str, Any]
Forger = Callable[[TestClient, Claims], str]


def by_stranger(client: TestClient, claims: Claims) -> str:
    del client
    return jwt.encode({"alg": "ES256", "kid": "demo"}, claims, STRANGER)


def with_public_key_as_secret(client: TestClient, claims: Claims) -> str:
    """The old trick: the public key, which everybody may read, used as the shared secret of HS256."""
    public = str(simulator_of(client).key.as_dict(private=False)).encode()
    return jwt.encode({"alg": "HS256", "kid": "demo"}, claims, OctKey.import_key(public))


def changed_afterwards(client: TestClient, claims: Claims) -> str:
    head, _, tail = signed(client, {**claims, "sub": "sem"}).split(".")
    return ".".join([head, signed(client, claims).split(".")[1], tail])


def without_signature(client: TestClient, claims: Claims) -> str:
    return signed(client, claims).rpartition(".")[0] + "."


FORGERS: dict[str, Forger] = {
    "signed by a stranger": by_stranger,
    "no signature asked": lambda _, claims: unsigned(claims),
    "public key as secret": with_public_key_as_secret,
    "changed after signing": changed_afterwards,
    "signature cut off": without_signature,
    "unknown key": lambda client, claims: signed(client, claims, kid="een-andere"),
    "no token": lambda *_: "",
    "not a token": lambda *_: "a.b.c",
    "not even dots": lambda *_: "\N{SNOWMAN}" * 50,
    "very long": lambda client, claims: signed(client, {**claims, "vulling": "x" * 50_000}),
}
NOW = int(time.time())  # long before the tests are run: what differs from it does so by a day
DAY = 86_400
# a claim changed; None leaves it out
ID_TOKENS: dict[str, Claims] = {
    "another issuer": {"iss": "https://idp.example"},
    "issuer with a slash": {"iss": f"{ISSUER}/"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "zaakspoor-citizen"},
    "no audience": {"aud": None},
    "several audiences, no azp": {"aud": ["zaakspoor-staff", "ander"]},
    "several audiences, azp another": {"aud": ["zaakspoor-staff", "ander"], "azp": "ander"},
    "one audience, azp another": {"azp": "ander"},
    "expired": {"exp": NOW - DAY},
    "no end": {"exp": None},
    "made in the future": {"iat": NOW + DAY},
    "no beginning": {"iat": None},
    "another nonce": {"nonce": "verzonnen"},
    "no nonce": {"nonce": None},
    "no subject": {"sub": None},
    "subject is a number": {"sub": 7},
    "subject is too long": {"sub": "s" * 256},
    "no user name": {"preferred_username": None},
    "no roles": {"roles": None},
    "roles are a text": {"roles": "admin"},
    "unknown roles": {"roles": ["root"]},
}
LOGOUT_TOKENS: dict[str, Claims] = {
    "another issuer": {"iss": "https://idp.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "ander"},
    "no audience": {"aud": None},
    "several audiences, no azp": {"aud": ["zaakspoor-staff", "ander"]},
    "no time": {"iat": None},
    "made long ago": {"iat": NOW - DAY, "exp": None},
    "made in the future": {"iat": NOW + DAY},
    "expired": {"exp": NOW - DAY},
    "no number": {"jti": None},
    "number is empty": {"jti": ""},
    "no event": {"events": None},
    "another event": {"events": {"http://schemas.openid.net/event/anders": {}}},
    "event is a text": {"events": LOGOUT},
    "event says nothing": {"events": {LOGOUT: None}},
    "with a nonce": {"nonce": "n"},
    "nobody named": {"sub": None},
    "subject is empty": {"sub": ""},
    "subject is a list": {"sub": ["noor"]},
}


def say(capsys: pytest.CaptureFixture[str], counts: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{counts}\n")


def come_in(client: TestClient, forge: Callable[[Claims], str]) -> int:
    """Sign in at a provider whose token is exchanged for a forged one on its way. The status of the last answer."""
    provider = simulator_of(client)

    def exchanged(claims: Claims, client_id: str, issuer: str, sealing: Any) -> Any:
        now = int(time.time())
        fixed = {"iss": issuer, "aud": client_id, "iat": now, "exp": now + 300}
        return {**truly(claims, client_id, issuer, sealing), "id_token": forge({**fixed, **claims})}

    truly = provider._answer
    provider._answer = exchanged  # type: ignore[method-assign]
    page = client.get("/inloggen/medewerker", params={"terug": STAFF})
    fields = hidden_fields(page.text) | {"person": "noor"}
    status = client.post("/demo/aanmelden/authorize", data=fields, headers=ORIGIN).status_code
    provider._answer = truly  # type: ignore[method-assign]
    return status


def test_t7_no_forged_id_token_lets_anybody_in(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    assert come_in(client, lambda claims: signed(client, claims)) == 200  # the one that is good
    client.cookies.clear()
    before, answers = len(sessions(client)), {}
    for name, forger in FORGERS.items():
        answers[name] = come_in(client, lambda claims, forger=forger: forger(client, claims))
    for name, change in ID_TOKENS.items():
        answers[name] = come_in(client, lambda claims, change=change: signed(client, {**claims, **change}))
    assert {name: status for name, status in answers.items() if status not in {400, 403}} == {}
    assert len(sessions(client)) == before
    assert client.get(STAFF, follow_redirects=False).status_code == 303
    say(capsys, f"forged ID tokens: {len(answers)} tries, 0 came in, 0 answers of 5xx")


def test_t7_no_forged_logout_token_puts_anybody_out(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    sign_in(client, "noor", "staff", STAFF)
    tokens = {name: forger(client, logout_claims()) for name, forger in FORGERS.items()}
    tokens |= {name: signed(client, logout_claims(**change)) for name, change in LOGOUT_TOKENS.items()}
    tokens["an ID token"] = signed(
        client, {**{name: logout_claims()[name] for name in ("iss", "aud", "iat", "exp", "sub")}, "nonce": "n"}
    )
    tokens["of another type"] = signed(client, logout_claims(), typ="at+jwt")
    answers = {name: tell_logout(client, token) for name, token in tokens.items()}
    assert {name: status for name, status in answers.items() if status not in {400, 413}} == {}
    assert client.get(STAFF, follow_redirects=False).status_code == 200
    say(capsys, f"forged logout tokens: {len(answers)} tries, 0 ended a session, 0 answers of 5xx")


def test_t7_a_logout_token_counts_once(client: TestClient) -> None:
    sign_in(client, "noor", "staff", STAFF)
    token = signed(client, logout_claims())
    assert tell_logout(client, token) == 200
    sign_in(client, "noor", "staff", STAFF)
    assert tell_logout(client, token) == 400
    assert client.get(STAFF, follow_redirects=False).status_code == 200


CLAIMS = {"digid": "bsn", "eherkenning": "kvk", "eidas": "eidas_id"}
PEOPLE = {"digid": "tess", "eherkenning": "bouw", "eidas": "olena"}


@pytest.mark.parametrize("both", [False, True], ids=["instead", "beside it"])
def test_t7_no_way_to_sign_in_gives_the_identity_of_another(
    client: TestClient, both: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    values = {"digid": "999993653", "eherkenning": "68750110", "eidas": "PL/NL/x"}
    pairs = [(chosen, given) for chosen in CLAIMS for given in CLAIMS if chosen != given]
    answers = {}
    for chosen, given in pairs:
        other = {CLAIMS[given]: values[given]}
        own = {} if both else {CLAIMS[chosen]: None}
        answers[chosen, given] = _citizen(client, chosen, {**own, **other})
    assert set(answers.values()) == {403}
    assert sessions(client) == []
    say(capsys, f"identities of another way: {len(answers)} tries, 0 came in")


def _citizen(client: TestClient, way: str, change: Claims) -> int:
    provider = simulator_of(client)
    truly = provider.claims_now

    def changed(person: Any) -> Claims:
        return {name: value for name, value in {**truly(person), **change}.items() if value is not None}

    provider.claims_now = changed  # type: ignore[method-assign]
    try:
        answer = sign_in(client, PEOPLE[way], way)
        assert answer.status_code in {200, 403}
        return int(answer.status_code)
    finally:
        provider.claims_now = truly  # type: ignore[method-assign]


def test_d10_one_journey_asks_a_provider_of_openid_connect_one_thing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who keeps the cookie of a journey cannot have us ask the provider again and again, until it takes nothing more of us."""
    asked: list[str] = []

    async def refuses(*_: Any, code: str, **__: Any) -> None:
        asked.append(code)
        raise SignInFailed

    monkeypatch.setattr(routes, "claims_for", refuses)
    left = client.get("/inloggen/start/digid", follow_redirects=False).headers["location"]
    state, journey = parse_qs(urlsplit(left).query)["state"][0], dict(client.cookies)
    for number in range(4):
        client.cookies.update(journey)
        back = client.get("/inloggen/terug", params={"state": state, "code": f"code-{number}"})
        assert back.status_code == 400
    assert asked == ["code-0"]
