"""Providers of every kind, asked again about somebody: what each answer means for the session."""

import asyncio
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from portal.sign_on.errors import SignInFailed
from portal.sign_on.identity import told_account
from portal.sign_on.provider import Provider, asked_again
from portal.sign_on.role_claims import role_claim
from processes.base.errors import Busy
from processes.storage.staff_sessions import ProviderTokens

ISSUER, US = "https://idp.example", "wij"
KEY = ECKey.generate_key("P-256", {"kid": "k"})
NOW = {"sub": "s", "roles": ["worker"]}
NOTHING: dict[str, Any] = {"sub": "s"}


def id_token(**change: Any) -> str:
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": US, "sub": "s", "iat": now, "exp": now + 36_000, "roles": ["decider"], **change}
    return jwt.encode({"alg": "ES256", "kid": "k"}, claims, KEY)


class Answers:
    """A provider over HTTP: `person` is its userinfo answer, or None without that endpoint; `token` its answer to a refresh.

    A number is a status; an exception is raised instead of answering.
    """

    def __init__(self, person: Any, token: Any = 400, *, tells: bool = False) -> None:
        """`tells`: it says by back-channel logout who is out."""
        self.person, self.token, self.tells = person, token, tells

    def provider(self, settings: Mapping[str, str] = MappingProxyType({})) -> Provider:
        inside = httpx.MockTransport(self.answer)
        return Provider(ISSUER, US, "geheim", "https://wij.example/terug", inside, roles=role_claim(settings))

    def answer(self, request: httpx.Request) -> httpx.Response:
        given = {"keys": [KEY.as_dict(private=False)]} if request.url.path == "/jwks" else self._about()
        if request.url.path == "/person":
            given = 401 if request.headers["authorization"] == "Bearer oud" else self.person
        if request.url.path == "/token":
            given = self.token
        if isinstance(given, Exception):
            raise given
        return httpx.Response(given) if isinstance(given, int) else httpx.Response(200, json=given)

    def _about(self) -> dict[str, Any]:
        person = {} if self.person is None else {"userinfo_endpoint": f"{ISSUER}/person"}
        person |= {"backchannel_logout_supported": True} if self.tells else {}
        return {"issuer": ISSUER, "token_endpoint": f"{ISSUER}/token", "jwks_uri": f"{ISSUER}/jwks", **person}


def ask(answers: Answers, access: str = "goed", refresh: str = "") -> dict[str, Any]:
    tokens = ProviderTokens(ISSUER, "s", access, refresh)
    return asyncio.run(asked_again(answers.provider(), tokens))[0]


FRESH = {"access_token": "nieuw", "id_token": id_token()}
WITHOUT_ID = {"access_token": "nieuw"}


@pytest.mark.parametrize(
    ("answers", "given", "roles"),
    [
        (Answers(NOW), {}, ["worker"]),
        (Answers(NOW), {"refresh": "r"}, ["worker"]),
        (Answers(NOTHING), {}, None),
        (Answers(NOTHING, FRESH), {"refresh": "r"}, ["decider"]),
        (Answers(NOW, FRESH), {"access": "oud", "refresh": "r"}, ["decider"]),
        (Answers(NOW, WITHOUT_ID), {"access": "oud", "refresh": "r"}, ["worker"]),
        (Answers(None, FRESH), {"refresh": "r"}, ["decider"]),
        (Answers(None, tells=True), {}, None),
    ],
    ids=["roles are told", "roles are told, and a refresh is spared", "no roles are told", "roles after a refresh",
         "the token ended", "the token ended, and no ID token comes", "nothing but a refresh", "it tells by itself"],
)  # fmt: skip
def test_t7_a_provider_that_knows_somebody_says_so(answers: Answers, given: dict[str, Any], roles: Any) -> None:
    assert ask(answers, **given).get("roles") == roles


IN_GROUP, GROUPS = {"sub": "s", "groups": ["worker"]}, {"staff_roles_claim": "groups"}


@pytest.mark.parametrize(
    ("answers", "refresh", "roles"),
    [
        (Answers(IN_GROUP), "", {"worker"}),
        (Answers(NOTHING), "", set()),
        (Answers(NOTHING, WITHOUT_ID), "r", set()),
        (Answers(NOTHING, FRESH), "r", set()),
        (Answers(None, FRESH), "r", set()),
        (Answers(NOTHING, {"access_token": "n", "id_token": id_token(groups=["worker"])}), "r", {"worker"}),
        (Answers(None, WITHOUT_ID), "r", None),
    ],
    ids=["a group", "no claim", "no claim, nor after a refresh", "none in any answer", "none in the only answer", "in the ID token alone", "nothing told of anybody"],
)  # fmt: skip
@pytest.mark.parametrize("settings", [GROUPS, GROUPS | {"staff_roles": "worker=worker"}])
def test_t7_who_was_taken_out_of_the_last_group_has_no_role_left(
    answers: Answers, refresh: str, roles: set[str] | None, settings: dict[str, str]
) -> None:
    """A provider such as Keycloak leaves a claim out whose list became empty."""
    tokens = ProviderTokens(ISSUER, "s", "goed", refresh)
    claims, fresh = asyncio.run(asked_again(answers.provider(settings), tokens))
    account = told_account(claims, fresh)
    assert (account and account.roles) == roles


@pytest.mark.parametrize(
    ("answers", "given"),
    [
        (Answers(401), {}),
        (Answers(403), {}),
        (Answers({"sub": "een-ander", "roles": ["admin"]}), {}),
        (Answers(["geen", "object"]), {}),
        (Answers(NOW, 400), {"access": "oud", "refresh": "r"}),
        (Answers(NOW, {"access_token": "n", "id_token": id_token(sub="een-ander")}), {"access": "oud", "refresh": "r"}),
        (Answers(NOW, {"access_token": "n", "id_token": id_token(iss="https://ander.example")}), {"access": "oud", "refresh": "r"}),
        (Answers({"sub": "een-ander"}, WITHOUT_ID), {"access": "oud", "refresh": "r"}),
        (Answers(None), {}),
        (Answers(None, 400), {"refresh": "r"}),
    ],
)  # fmt: skip
def test_t7_a_provider_that_knows_nobody_any_more_ends_the_session(answers: Answers, given: dict[str, Any]) -> None:
    with pytest.raises(SignInFailed):
        ask(answers, **given)


@pytest.mark.parametrize("trouble", [500, 502, 429, httpx.ConnectError("weg"), httpx.ReadTimeout("traag")])
@pytest.mark.parametrize("where", ["person", "token"])
def test_t7_a_provider_in_trouble_says_nothing_about_anybody(trouble: Any, where: str) -> None:
    answers = Answers(trouble) if where == "person" else Answers(None, trouble)
    with pytest.raises(Busy):
        ask(answers, refresh="r")
