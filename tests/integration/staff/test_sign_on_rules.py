"""Rules of signing in: how strongly staff must do it, which sign-in a process has, and how often a provider is asked."""

import asyncio
from dataclasses import replace
from typing import Any

import httpx
import pytest
from kit.browser import ORIGIN, TestClient, hidden_fields
from kit.sign_on import ISSUER as ISSUER_HERE
from kit.sign_on import simulator_of
from kit.small_portal import portal, sign_in

from portal.app import create_app
from portal.sign_on import provider as asking
from portal.sign_on.errors import TooWeak
from portal.sign_on.identity import Demands, known_staff
from portal.sign_on.remembered import KEYS_SECONDS, LIVES_SECONDS, Remembered
from portal.sign_on.role_claims import role_claim
from processes.base.errors import Busy
from processes.base.settings import Face

CLAIMS = {"sub": "s", "preferred_username": "noor", "roles": ["worker"]}
ISSUER = "https://idp.example"
FLAG = "authorization_response_iss_parameter_supported"
MFA = Demands(acr=("hoog", "hoger"), amr=("pwd", "otp"))


@pytest.mark.parametrize(
    ("told", "demands"),
    [({}, Demands()), ({"acr": "laag"}, Demands()), ({"acr": "hoger", "amr": ["otp", "pwd", "mfa"]}, MFA),
     ({"acr": "hoog"}, Demands(acr=("hoog",))), ({"amr": ["otp"]}, Demands(amr=("otp",)))],
)  # fmt: skip
def test_t7_staff_who_signed_in_strongly_enough_come_in(told: dict[str, Any], demands: Demands) -> None:
    assert known_staff(CLAIMS | told, ISSUER, demands).username == "noor"


@pytest.mark.parametrize(
    "told",
    [{}, {"acr": "hoog"}, {"amr": ["pwd", "otp"]}, {"acr": "laag", "amr": ["pwd", "otp"]}, {"acr": "hoog", "amr": ["pwd"]},
     {"acr": "hoog", "amr": "pwd otp"}, {"acr": ["hoog"], "amr": ["pwd", "otp"]}, {"acr": "hoog hoger", "amr": ["pwd", "otp"]}],
)  # fmt: skip
def test_t7_staff_who_signed_in_too_weakly_stay_outside(told: dict[str, Any]) -> None:
    with pytest.raises(TooWeak):
        known_staff(CLAIMS | told, ISSUER, MFA)


def test_t7_the_settings_say_how_strongly(tmp_path) -> None:
    with portal(tmp_path, demo=True, oidc={"staff_acr": "hoog"}) as app:
        client = TestClient(app)
        page = sign_in(client, "noor", "staff", "/proef/staf")
        assert (page.status_code, "tweede stap" in page.text) == (403, True)
        provider = simulator_of(client)
        truly = provider.claims_now
        provider.claims_now = lambda person: {**truly(person), "acr": "hoog"}  # type: ignore[method-assign]
        assert sign_in(client, "noor", "staff", "/proef/staf").status_code == 200


PATHS = {
    "/inloggen": {Face.CITIZEN},
    "/inloggen/start/digid": {Face.CITIZEN},
    "/inloggen/medewerker": {Face.WORKBENCH, Face.ADMIN},
    "/inloggen/terug": {Face.CITIZEN, Face.WORKBENCH, Face.ADMIN},
}


@pytest.mark.parametrize("face", list(Face))
def test_t7_a_process_has_only_the_sign_in_of_its_faces(tmp_path, face: Face) -> None:
    with portal(tmp_path, faces=(face,)) as app:
        found = {path for path in PATHS if TestClient(app).get(path, follow_redirects=False).status_code != 404}
    assert found == {path for path, faces in PATHS.items() if face in faces}


def test_t7_a_sign_in_of_staff_does_not_end_at_a_process_for_citizens(tmp_path) -> None:
    with portal(tmp_path) as both:
        client = TestClient(both)
        services = both.state.services
        page = client.get("/inloggen/medewerker", params={"terug": "/werk"})
        sent = hidden_fields(page.text) | {"person": "noor"}
        back = client.post("/demo/aanmelden/authorize", data=sent, headers=ORIGIN, follow_redirects=False)
        citizens = create_app(replace(services, settings=replace(services.settings, faces=(Face.CITIZEN,))))
        other = TestClient(citizens)
        other.cookies.update(client.cookies)
        assert other.get(back.headers["location"], follow_redirects=False).status_code == 404


@pytest.mark.parametrize(("iss", "status"), [("", 200), (ISSUER_HERE, 200), ("https://idp.example", 400)])
def test_t7_an_answer_of_another_provider_is_refused(tmp_path, iss: str, status: int) -> None:
    with portal(tmp_path) as app:
        client = TestClient(app)
        page = client.get("/inloggen/medewerker", params={"terug": "/proef/staf"})
        sent = hidden_fields(page.text) | {"person": "noor"}
        back = client.post("/demo/aanmelden/authorize", data=sent, headers=ORIGIN, follow_redirects=False)
        address = back.headers["location"] + (f"&iss={iss}" if iss else "")
        assert client.get(address).status_code == status


@pytest.mark.parametrize(
    ("always", "iss", "taken"),
    [
        (None, "", True),
        (False, "", True),
        (True, "", False),
        (True, "https://idp.example", True),
        (True, "https://ander.example", False),
    ],
)
def test_t7_an_answer_without_a_name_is_none_of_a_provider_that_always_names_itself(
    always: bool | None, iss: str, taken: bool
) -> None:
    """RFC 9207, 2.4: else an answer of another provider, with its name taken off, would pass for one of this."""
    about = {"issuer": "https://idp.example"} | ({} if always is None else {FLAG: always})
    inside = httpx.MockTransport(lambda _: httpx.Response(200, json=about))
    provider = asking.Provider("https://idp.example", "wij", "", "https://wij.example/terug", inside)
    assert asyncio.run(asking.is_of(provider, iss)) == taken


def test_t7_discovery_and_keys_are_asked_once_for_many_sign_ins(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    truly = asking._ask

    async def counted(provider: Any, method: str, address: str, **more: Any) -> Any:
        asked.append(address.rpartition("/")[2])
        return await truly(provider, method, address, **more)

    monkeypatch.setattr(asking, "_ask", counted)
    with portal(tmp_path) as app:
        for person in ("noor", "sem", "ada"):
            assert sign_in(TestClient(app), person, "staff", "/proef/staf").status_code == 200
    assert sorted(asked) == ["jwks", "openid-configuration", "token", "token", "token"]


class Keys:
    """A provider whose keys change; counts how often it was asked."""

    def __init__(self) -> None:
        self.kid, self.asked, self.clock = "een", 0, 0.0
        self.silent = False
        self.remembered = Remembered(now=lambda: self.clock)

    async def _ask(self) -> dict[str, Any]:
        self.asked += 1
        if self.silent:
            raise Busy
        return {"keys": [{"kid": self.kid}]}

    async def slowly(self) -> dict[str, Any]:
        await asyncio.sleep(0)
        return await self._ask()

    def look(self, kid: str | None) -> str:
        found = asyncio.run(self.remembered.keys("https://idp.example/jwks", kid, self._ask))
        return str(found["keys"][0]["kid"])


def test_t7_an_unknown_key_is_looked_up_at_most_once_in_a_while() -> None:
    keys = Keys()
    assert [keys.look("een") for _ in range(3)] == ["een"] * 3
    keys.kid = "twee"
    assert (keys.look("twee"), keys.asked) == ("een", 1)  # of just now: a forged token would else ask each time
    keys.clock = KEYS_SECONDS
    assert (keys.look("twee"), keys.asked) == ("twee", 2)
    assert ([keys.look(f"verzonnen-{number}") for number in range(50)], keys.asked) == (["twee"] * 50, 2)


def test_t7_a_forged_token_takes_no_good_key_away_while_the_provider_is_silent() -> None:
    keys = Keys()
    keys.look("een")
    keys.clock, keys.silent = KEYS_SECONDS, True
    with pytest.raises(Busy):
        keys.look("verzonnen")
    assert [keys.look(kid) for kid in ("een", "verzonnen", "een")] == ["een"] * 3
    assert keys.asked == 2


def test_t7_however_many_come_at_once_the_provider_is_asked_once() -> None:
    keys = Keys()

    async def at_once() -> list[Any]:
        wanted = (keys.remembered.keys("https://idp.example/jwks", "een", keys.slowly) for _ in range(50))
        return await asyncio.gather(*wanted, return_exceptions=True)

    assert len(asyncio.run(at_once())) == 50
    assert keys.asked == 1
    keys.clock, keys.silent = LIVES_SECONDS + 1, True
    assert {type(one) for one in asyncio.run(at_once())} == {Busy}
    assert keys.asked == 2


def test_t7_a_key_that_was_withdrawn_is_forgotten() -> None:
    keys = Keys()
    keys.look("een")
    keys.kid, keys.clock = "twee", LIVES_SECONDS + 1
    assert keys.look("een") == "twee"


@pytest.mark.parametrize(
    ("settings", "claims", "roles"),
    [
        ({}, {"roles": ["worker", "root"]}, ["worker", "root"]),
        ({}, {"roles": "worker"}, "worker"),
        ({}, {}, None),
        ({"staff_roles_claim": "groups"}, {"groups": ["worker"], "roles": ["admin"]}, ["worker"]),
        ({"staff_roles_claim": "groups"}, {"roles": ["admin"]}, None),
        ({"staff_roles_claim": "groups"}, {"groups": "worker", "roles": ["admin"]}, None),
        ({"staff_roles_claim": "realm_access.roles"}, {"realm_access": {"roles": ["worker"]}}, ["worker"]),
        ({"staff_roles_claim": "https://voorbeeldstad.example/rollen"}, {"https://voorbeeldstad.example/rollen": ["lead"]}, ["lead"]),
        ({"staff_roles": "/zaken/beheer=admin"}, {"roles": ["/zaken/beheer", "/zaken/beheer/stage", "admin"]}, ["admin"]),
        ({"staff_roles": "/zaken/beheer=admin"}, {"roles": ["worker"]}, []),
        ({"staff_roles": "/zaken/beheer=admin"}, {"roles": "/zaken/beheer"}, ["admin"]),
        ({"staff_roles": "/zaken/beheer=admin"}, {"roles": "/zaken/beheer,worker"}, []),
    ],
)  # fmt: skip
def test_t7_roles_come_from_the_claim_and_the_groups_of_the_settings_alone(
    settings: dict[str, str], claims: dict[str, Any], roles: object
) -> None:
    assert role_claim(settings).told({"sub": "s", **claims}).get("roles") == roles
