"""Single logout over SAML: who signs out here is signed out at the provider, and the other way round, by each of the three bindings."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kit.browser import ORIGIN, TestClient, token_of
from kit.saml_logout import CALLED, LogoutRequest, answer_to, brought, onward, query_of, read_request
from kit.saml_portal import WHO, SamlPortal, saml_portal
from kit.saml_provider import Answer
from lxml import etree
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, BINDING_SOAP

OUT = "U bent uitgelogd"
BY_BROWSER = (BINDING_HTTP_POST, BINDING_HTTP_REDIRECT)
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"


def signed_in(by_way: SamlPortal, session: str = "_s1", name: str = "s00000000:999993653") -> TestClient:
    """A browser of somebody whose session at the provider has this number."""

    def numbered(response: object) -> None:
        response.assertion.authn_statement[0].session_index = session  # type: ignore[attr-defined]

    client = TestClient(by_way.client.app)
    assert by_way.sign_in(Answer(name=name, before=numbered), client).status_code == 200, by_way.provider.failed
    return client


def lives(client: TestClient) -> bool:
    return bool(client.get(WHO, follow_redirects=False).status_code == 200)


def sign_out(client: TestClient) -> str:
    token = token_of(client.get("/mijn").text)
    answer = client.post("/uitloggen?soort=citizen", data={"csrf": token}, headers=ORIGIN)
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    passes_on = policy.endswith(" https:")  # a provider may send the browser on
    assert passes_on == ("data-onward" in answer.text)
    return str(answer.text)


@pytest.mark.parametrize("binding", BY_BROWSER, ids=CALLED.get)
def test_d10_who_signs_out_here_goes_on_to_digid_with_a_signed_request(tmp_path: Path, binding: str) -> None:
    with saml_portal(tmp_path, provider={"logout": (binding,)}) as by_way:
        client = signed_in(by_way)
        method, address, fields = onward(sign_out(client))
        assert (method, address) == (
            {BINDING_HTTP_POST: "post", BINDING_HTTP_REDIRECT: "get"}[binding], by_way.provider.logout_at(binding),
        )  # fmt: skip
        asked = read_request(by_way.provider, binding, fields)
        assert (asked.name_id.text, [one.text for one in asked.session_index]) == ("s00000000:999993653", ["_s1"])
        assert asked.name_id.format.endswith(":persistent")  # the name to the letter
        assert not lives(client)
        page = answer_to(by_way, asked)
        assert (page.status_code, OUT in page.text, "niet helemaal" in page.text) == (200, True, False)
        page = answer_to(by_way, asked, sign=False)
        assert page.status_code == 400
        part = answer_to(by_way, asked, change=lambda text: text)
        assert part.status_code == 200


def test_d10_a_provider_that_wants_no_browser_for_it_is_asked_by_ourselves(tmp_path: Path) -> None:
    with saml_portal(tmp_path, provider={"logout": (BINDING_SOAP,)}) as by_way:
        client = signed_in(by_way)
        assert OUT in sign_out(client)
        assert by_way.provider.failed == []
        assert [one.name_id.text for one in by_way.provider.logouts] == ["s00000000:999993653"]
        assert not lives(client)


def test_d10_without_single_logout_the_session_ends_here_alone(tmp_path: Path) -> None:
    with saml_portal(tmp_path, logout="off") as by_way:
        assert "SingleLogoutService" not in by_way.client.get("/inloggen/saml/metadata/digid").text
        client = signed_in(by_way)
        assert OUT in sign_out(client)
        assert not lives(client)
        assert brought(by_way, BINDING_SOAP, LogoutRequest()).status_code == 404


def test_d10_a_place_to_sign_out_without_tls_is_left_out_and_everybody_still_signs_in(tmp_path: Path) -> None:
    with saml_portal(tmp_path, provider={"logout": (BINDING_HTTP_POST,)}) as by_way:
        metadata = by_way.provider.metadata
        good = metadata.read_text()
        bad = re.sub(r"(<[^<>]*SingleLogoutService[^<>]*)https://", r"\1http://", good)
        assert bad != good
        metadata.write_text(bad)
        client = signed_in(by_way)
        assert "<form" not in sign_out(client).partition("<main")[2].partition("</main")[0]
        assert not lives(client)


@pytest.mark.parametrize("by_way", ["digid"], indirect=True)
@pytest.mark.parametrize("binding", [*BY_BROWSER, BINDING_SOAP], ids=CALLED.get)
def test_d10_a_request_of_digid_ends_the_sessions_that_it_names(by_way: SamlPortal, binding: str) -> None:
    first, second, other = (
        signed_in(by_way), signed_in(by_way, "_s2"), signed_in(by_way, "_s3", "s00000000:999990676")
    )  # fmt: skip
    answer = brought(by_way, binding, LogoutRequest(sessions=("_s1",)))
    assert [lives(one) for one in (first, second, other)] == [False, True, True], answer.text
    told = etree.fromstring(READ[binding](by_way, answer))
    assert told.find(".//{*}StatusCode").get("Value") == SUCCESS
    assert told.find("{*}Issuer").text == by_way.entity_id
    brought(by_way, binding, LogoutRequest())
    assert [lives(one) for one in (second, other)] == [False, True]


def _by_soap(by_way: SamlPortal, answer: object) -> bytes:
    inside = re.search(r"<soap:Body>(.*)</soap:Body>", answer.text, re.DOTALL)[1]  # type: ignore[attr-defined]
    return _signed(by_way, inside)


def _by_form(by_way: SamlPortal, answer: object) -> bytes:
    method, address, fields = onward(answer.text)  # type: ignore[attr-defined]
    assert (method, address, fields["RelayState"]) == ("post", by_way.provider.logout_at(BINDING_HTTP_POST), "teken")
    return _signed(by_way, by_way.provider.server.unravel(fields["SAMLResponse"], BINDING_HTTP_POST).decode())


def _by_redirect(by_way: SamlPortal, answer: object) -> bytes:
    query = query_of(answer.headers["location"])  # type: ignore[attr-defined]
    assert query["RelayState"] == "teken"
    assert {"SigAlg", "Signature"} <= set(query)
    return bytes(by_way.provider.server.unravel(query["SAMLResponse"], BINDING_HTTP_REDIRECT, "SAMLResponse"))


def _signed(by_way: SamlPortal, text: str) -> bytes:
    by_way.provider.server.sec.correctly_signed_message(text, "logout_response", must=True)
    return text.encode()


READ: dict[str, Callable[[SamlPortal, object], bytes]] = {
    BINDING_SOAP: _by_soap, BINDING_HTTP_POST: _by_form, BINDING_HTTP_REDIRECT: _by_redirect
}  # fmt: skip


PROTOCOL = "urn:oasis:names:tc:SAML:2.0:status:"
OVER = (datetime.now(UTC) - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize("by_way", ["digid"], indirect=True)
@pytest.mark.parametrize("binding", [*BY_BROWSER, BINDING_SOAP], ids=CALLED.get)
@pytest.mark.parametrize(
    ("spoilt", "codes"),
    [
        ((r'NotOnOrAfter="[^"]*"', f'NotOnOrAfter="{OVER}"'), ["Requester", "RequestDenied"]),
        ((">s00000000:999993653<", "><"), ["Requester", "UnknownPrincipal"]),
        ((r'Version="2.0"', 'Version="1.1"'), ["VersionMismatch"]),
    ],
)
def test_d10_a_request_of_digid_that_cannot_be_done_is_answered_with_why(
    by_way: SamlPortal, binding: str, spoilt: tuple[str, str], codes: list[str]
) -> None:
    """Core, 3.2.2.2: a code of who is at fault, with a finer one inside it; so the provider can go on to the next organisation."""
    client = signed_in(by_way)
    answer = brought(by_way, binding, LogoutRequest(before=lambda text: re.sub(*spoilt, text)))
    told = etree.fromstring(READ[binding](by_way, answer))
    assert [one.get("Value").removeprefix(PROTOCOL) for one in told.iter("{*}StatusCode")] == codes
    assert told.get("InResponseTo")
    assert lives(client)


def test_d10_a_form_is_answered_by_a_redirect_that_sends_it_nowhere_again(tmp_path: Path) -> None:
    """A browser repeats a form after a 307, and may after a 302; after a 303 it never does."""
    with saml_portal(tmp_path, provider={"logout": (BINDING_HTTP_REDIRECT,)}) as by_way:
        (answer,) = brought(by_way, BINDING_HTTP_POST, LogoutRequest()).history
        assert (answer.status_code, "SAMLResponse" in query_of(answer.headers["location"])) == (303, True)
