"""A provider of sign-in as `zaakspoor check` and signing in find it: it must be the one of the settings (T6)."""

import asyncio
from collections.abc import Callable

import httpx
import pytest

from portal.sign_on import reachable
from portal.sign_on.errors import SignInFailed
from portal.sign_on.provider import Provider, authorize_address
from portal.sign_on.reachable import try_citizens, try_staff
from processes.base.settings import Settings
from processes.jobs.connections import NoConnection, Unfinished

ISSUER = "https://inloggen.example.org/mensen"
ABOUT = {
    "issuer": ISSUER, "authorization_endpoint": f"{ISSUER}/auth", "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys", "end_session_endpoint": f"{ISSUER}/uit",
}  # fmt: skip
Answer = Callable[[httpx.Request], httpx.Response]


def provider(about: object, keys: object = None) -> Answer:
    """Tells this of itself."""

    def answer(request: httpx.Request) -> httpx.Response:
        given = keys if request.url.path.endswith("/keys") else about
        return httpx.Response(200, json=given if given is not None else {"keys": [{}, {}]})

    return answer


def fails(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("nee", request=request)


def elsewhere(request: httpx.Request) -> httpx.Response:
    """Sends on to an address inside, where another answer would be."""
    if request.url.host == "intern.example.org":
        return httpx.Response(200, json=ABOUT)
    return httpx.Response(302, headers={"Location": "http://intern.example.org/"})


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch):
    """Makes the provider answer so, and asks it as a citizen's or as staff's, in production."""

    def ask(answer: Answer, kind: str = "staff", *, production: bool = True, **more: str) -> str:
        client = httpx.Client(transport=httpx.MockTransport(answer))
        monkeypatch.setattr(reachable.httpx, "Client", lambda **_: client)
        settings = Settings(oidc={f"{kind}_issuer": ISSUER, **more}, production=production)
        return (try_staff if kind == "staff" else try_citizens)(settings)

    return ask


@pytest.mark.parametrize(
    ("told", "kind", "settings", "named"),
    [
        ({"end_session_endpoint": None}, "staff", {}, "ZAAKSPOOR_OIDC_STAFF_LOGOUT op off"),
        ({"end_session_endpoint": None}, "citizen", {}, "ZAAKSPOOR_OIDC_CITIZEN_LOGOUT op off"),
        ({"end_session_endpoint": None}, "citizen", {"citizen_logout": "off"}, ""),
        ({"code_challenge_methods_supported": ["plain"]}, "staff", {}, "PKCE met S256"),
        ({"code_challenge_methods_supported": ["plain", "S256"]}, "staff", {}, ""),
        ({"id_token_signing_alg_values_supported": ["HS256", "none"]}, "staff", {}, "niemand kan inloggen"),
        ({"id_token_signing_alg_values_supported": ["HS256", "RS256"]}, "staff", {}, ""),
        ({"claims_supported": ["sub"]}, "citizen", {}, "auth_time"),
        ({"claims_supported": ["sub"]}, "citizen", {"citizen_auth_time": "off"}, ""),
        ({"claims_supported": ["sub"]}, "staff", {}, ""),
    ],
)  # fmt: skip
def test_t6_what_we_count_on_and_a_provider_does_not_tell_of_is_named(
    found, told: dict[str, object], kind: str, settings: dict[str, str], named: str
) -> None:
    if not named:
        assert found(provider(ABOUT | told), kind, **settings).endswith("sleutels.")
        return
    with pytest.raises(Unfinished, match=named):
        found(provider(ABOUT | told), kind, **settings)


@pytest.mark.parametrize("kind", ["staff", "citizen"])
def test_t6_a_provider_that_is_what_it_should_be_is_well(found, kind: str) -> None:
    assert found(provider(ABOUT), kind) == "De inlogdienst antwoordt, met 2 sleutels."


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (provider(ABOUT | {"issuer": "https://kwaad.example"}), "noemt zich 'https://kwaad.example'"),
        (
            provider(ABOUT | {"jwks_uri": "http://inloggen.example.org/keys"}),
            "De inlogdienst noemt adressen zonder https.",
        ),
        (provider(ABOUT | {"token_endpoint": "ftp://x"}), "De inlogdienst noemt adressen zonder https."),
        (provider({"issuer": ISSUER}), "Op dit adres staat geen inlogdienst van OpenID Connect."),
        (provider([]), "Op dit adres staat geen inlogdienst van OpenID Connect."),
        (provider(ABOUT, {}), "Op dit adres staat geen inlogdienst van OpenID Connect."),
        (lambda _: httpx.Response(200, text="<html>"), "Op dit adres staat geen inlogdienst van OpenID Connect."),
        (lambda _: httpx.Response(404), "antwoordt niet zoals het hoort (HTTPStatusError)."),
        (elsewhere, "antwoordt niet zoals het hoort (HTTPStatusError)."),
        (fails, "antwoordt niet zoals het hoort (ConnectError)."),
    ],
)
def test_t6_a_provider_that_is_not_what_it_should_be_is_named(found, answer: Answer, sentence: str) -> None:
    with pytest.raises(NoConnection) as refused:
        found(answer)
    assert sentence in str(refused.value)


def test_t6_without_a_provider_nothing_is_asked() -> None:
    assert try_staff(Settings()) == "Er is geen inlogdienst ingesteld."


def test_t8_signing_in_follows_no_redirect_of_a_provider() -> None:
    there = Provider(ISSUER, "wij", "", "https://wij.example/terug", httpx.MockTransport(elsewhere))
    with pytest.raises(SignInFailed):
        asyncio.run(authorize_address(there, state="s", nonce="n", verifier="v" * 50))
