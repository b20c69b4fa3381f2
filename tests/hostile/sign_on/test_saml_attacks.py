"""Every way to spoil an answer of a provider of SAML, and to carry a good one to the wrong place: nobody comes in by it, who tried gets the
sentence, and the security log has a line that names the check.
"""

import asyncio
import ssl
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from kit.browser import TestClient
from kit.log_lines import log_lines
from kit.saml_encryption import encrypted, name_id
from kit.saml_keys import Authority, certificate_in
from kit.saml_portal import SamlPortal, saml_portal
from kit.saml_provider import Answer, artifact_of
from kit.sign_on import sessions
from kit.small_portal import portal, services_of
from saml_tricks import FORGED, NOT_OURS, PREFIXES, WRAPPED, evil_of, wrapped

from portal.security.sessions import cookie_name
from portal.sign_on.saml import pages
from portal.sign_on.saml.messages import question
from processes.storage.web_sessions import end, load

SENTENCE = "Het antwoord van de inlogdienst klopt niet. U bent niet ingelogd. Begin opnieuw."
GDI = "urn:nl-eid-gdi:1.0:"
BSN = f"{GDI}id:legacy-BSN"


def tried(
    by_saml: SamlPortal, address: str, query: Mapping[str, str], client: TestClient | None = None
) -> tuple[int, str, str]:
    """The status, the check that the log names, and the page."""
    with log_lines() as lines:
        answer: httpx.Response = (client or by_saml.client).get(address, params=query)
    told = [line for line in lines if line.get("log") == "security"]
    assert [line["outcome"] for line in told] == ["failed"], told
    assert told[0]["event"] == "sign_in"
    return answer.status_code, told[0]["why"], answer.text


def refused(by_saml: SamlPortal, answer: Answer) -> str:
    """The check that stopped this answer; the page must say the sentence, and no session may be made."""
    client = TestClient(by_saml.client.app)
    status, why, page = tried(by_saml, *by_saml.provider.back(by_saml.leave(client), answer), client)
    assert by_saml.provider.failed == []  # the provider did its part: the check was ours
    assert (status, SENTENCE in page) == (400, True), page
    return why


@pytest.mark.parametrize("table", [NOT_OURS, WRAPPED, FORGED], ids=["not ours", "wrapped", "forged"])
def test_d10_no_spoilt_answer_lets_anybody_in(
    by_saml: SamlPortal, table: dict[str, tuple[Answer, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    found = {name: refused(by_saml, answer) for name, (answer, _) in table.items()}
    assert {name: why for name, why in found.items() if why not in table[name][1].split("|")} == {}
    assert sessions(by_saml.client) == []
    with capsys.disabled():
        sys.stdout.write(f"\nspoilt answers of SAML: {len(found)} tries, 0 came in, 0 answers of 5xx\n")


def test_d10_another_assertion_in_the_extensions_is_not_read(by_saml: SamlPortal) -> None:
    """XSW7: the signed one stands where it should, and is the only one that counts."""
    client = TestClient(by_saml.client.app)
    spoilt = wrapped(lambda good: f"<ns0:Extensions{PREFIXES}>{evil_of(good)}</ns0:Extensions>{good}")
    assert by_saml.sign_in(Answer(signed=spoilt), client).status_code == 200
    services, cookie = services_of(client), client.cookies[cookie_name(services_of(client).settings, "citizen")]
    made = load(services, cookie)
    assert made is not None
    assert made.identity["bsn"] == "999993653"
    end(services, cookie)


def test_d10_a_comment_does_not_cut_a_number_short(by_saml: SamlPortal) -> None:
    """Canonical XML leaves comments out, so the signature stays good: the whole number must be read."""
    spoilt = Answer(name="s00000000:9999936530", signed=lambda text: text.replace("9999936530", "999993653<!-- -->0"))
    answer = by_saml.sign_in(spoilt, TestClient(by_saml.client.app))
    assert (answer.status_code, by_saml.provider.failed, sessions(by_saml.client)) == (400, [], [])


def test_d10_a_signature_of_another_key_is_refused(by_saml: SamlPortal, tmp_path: Path) -> None:
    """Also one that brings its own certificate along, and our own key, which the provider knows too."""
    stranger = Authority(tmp_path, "vreemd", first=50).issue("vreemd")
    assert {refused(by_saml, Answer(sign_with=str(key))) for key in (stranger, by_saml.own)} == {"signature"}


def spoilt_encryptions(by_saml: SamlPortal, stranger: str) -> dict[str, tuple[Answer, str]]:
    own, us = certificate_in(by_saml.own), by_saml.entity_id

    def told(inside: str) -> Answer:
        return Answer(
            attributes=f'<ns1:Attribute Name="{GDI}ActingSubjectID"><ns1:AttributeValue>{inside}</ns1:AttributeValue></ns1:Attribute>'
        )

    number = name_id("999993653", BSN)
    return {
        "old padding": (told(encrypted(number, own, us, old_padding=True)), "key_encryption"),
        "triple DES": (told(encrypted(number, own, us, method="des")), "encryption_method"),
        "for another key": (told(encrypted(number, stranger, us)), "decryption"),
        "not a name inside": (told(encrypted("<saml:Issuer xmlns:saml='urn:oasis:names:tc:SAML:2.0:assertion'>x</saml:Issuer>", own, us)),
                              "decrypted_content"),
        "two numbers": (told(encrypted(number, own, us) + f"</ns1:AttributeValue><ns1:AttributeValue>{encrypted(name_id('999990019', BSN), own, us)}"),
                        "double_identifier"),
        "an assertion without a seal": (Answer(encrypt=lambda it: encrypted(_alone(it), own, us, method="cbc", element="EncryptedAssertion")),
                                        "encryption_method"),
        "an unsigned assertion": (
            Answer(sign_assertion=False, encrypt=lambda it: encrypted(_alone(it), own, us, element="EncryptedAssertion")), "unsigned"),
    }  # fmt: skip


def _alone(assertion: str) -> str:
    """With the names that the response around it declares."""
    names = ' xmlns:ns1="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:ns2="http://www.w3.org/2000/09/xmldsig#"'
    return (
        assertion
        if "xmlns:ns1" in assertion.partition(">")[0]
        else assertion.replace(":Assertion", f":Assertion{names}", 1)
    )


def test_d10_nothing_is_opened_that_was_encrypted_unsafely(by_saml: SamlPortal, tmp_path: Path) -> None:
    stranger = certificate_in(Authority(tmp_path, "vreemd", first=50).issue("vreemd"))
    table = spoilt_encryptions(by_saml, stranger)
    found = {name: refused(by_saml, answer) for name, (answer, _) in table.items()}
    assert found == {name: why for name, (_, why) in table.items()}


def test_d10_an_answer_works_once(by_saml: SamlPortal) -> None:
    """Should the same assertion come again, to another journey, we know it."""
    fixed = Answer(before=lambda response: setattr(response.assertion, "id", "_eenmalig"))
    assert by_saml.sign_in(fixed).status_code == 200
    assert tried(by_saml, *by_saml.provider.back(by_saml.leave(), fixed))[:2] == (400, "used")
    assert len(sessions(by_saml.client)) == 1
    by_saml.client.post("/uitloggen")


def test_d10_one_journey_asks_the_provider_one_thing(by_saml: SamlPortal) -> None:
    """Who keeps the cookie of a journey cannot have us ask the provider again and again, also not with good artifacts."""
    client = TestClient(by_saml.client.app)
    request = by_saml.leave(client)
    (journey,), asked = dict(client.cookies).items(), len(by_saml.provider.asked)
    spoilt = by_saml.provider.back(request, Answer(name="s00000001:999993653"))
    assert tried(by_saml, *spoilt, client)[:2] == (400, "sector")
    for _ in range(3):
        client.cookies.set(*journey)
        assert tried(by_saml, *by_saml.provider.back(request), client)[:2] == (400, "journey_used")
    assert len(by_saml.provider.asked) == asked + 1


def test_d10_signing_holds_up_no_other_visitor(by_saml: SamlPortal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A signature takes milliseconds of work: it is made in a thread, not where all visitors are served."""
    where: list[str] = []

    def watched(*given: Any) -> bytes:
        try:
            where.append(f"among visitors, in {asyncio.get_running_loop()}")
        except RuntimeError:
            where.append("in a thread")
        return question(*given)

    monkeypatch.setattr(pages, "question", watched)
    assert by_saml.sign_in(client=TestClient(by_saml.client.app)).status_code == 200
    assert where == ["in a thread"]


def test_d10_coming_back_is_counted_for_each_address(tmp_path: Path) -> None:
    """Before anything is read of what came: the way is not even set here."""
    with portal(tmp_path, limits=("sign-in=2/hour",)) as app:
        client = TestClient(app)
        assert [client.get("/inloggen/saml/terug/digid").status_code for _ in range(3)] == [404, 404, 429]


def test_d10_a_stolen_artifact_is_worth_nothing(by_saml: SamlPortal) -> None:
    """Nor does somebody come in as the thief by a link (login CSRF): each answer belongs to the browser that asked for it."""
    address, query = by_saml.provider.back(by_saml.leave(TestClient(by_saml.client.app)))
    thief = TestClient(by_saml.client.app)
    assert tried(by_saml, address, query, thief)[0] == 400
    own = by_saml.leave(thief)
    assert tried(by_saml, address, query, thief)[0] == 400
    assert tried(by_saml, address, {**query, "RelayState": own.relay_state}, thief)[:2] == (400, "in_response_to")


def test_d10_providers_are_not_mixed_up(by_saml: SamlPortal) -> None:
    client = TestClient(by_saml.client.app)
    request = by_saml.leave(client)
    other = artifact_of("urn:proef:een-andere")
    wrong = {
        other: "artifact_of_another", artifact_of(by_saml.provider.entity_id, index=7): "artifact_index", "": "artifact",
        "x" * 500: "artifact", "%%%": "artifact", "AAQ=": "artifact",
    }  # fmt: skip
    for artifact, why in wrong.items():
        query = {"SAMLart": artifact, "RelayState": request.relay_state}
        assert tried(by_saml, request.answer_at, query, client)[:2] == (400, why)
    oidc = client.get("/inloggen/terug", params={"state": request.relay_state, "code": "x"})
    assert oidc.status_code == 400
    assert client.get("/inloggen/saml/terug/eherkenning").status_code == 404


def test_d10_nobody_is_sent_elsewhere_after_signing_in_by_saml(by_saml: SamlPortal) -> None:
    client = TestClient(by_saml.client.app)
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        left = client.get("/inloggen/start/digid", params={"terug": elsewhere}, follow_redirects=False)
        address, query = by_saml.provider.back(by_saml.provider.read(left.headers["location"]))
        came = client.get(address, params=query, follow_redirects=False)
        assert (came.status_code, came.headers["location"]) == (303, "/mijn")


@pytest.mark.parametrize("ours", [False, True], ids=["a server of a stranger", "a client of a stranger"])
def test_d10_the_back_channel_asks_and_shows_a_certificate(tmp_path: Path, ours: bool) -> None:
    """A server of a stranger hears no artifact, and a client that the provider does not know gets no answer."""
    stranger = Authority(tmp_path, "vreemd", first=50)
    wrong = {"tls": str(stranger.issue("wij"))} if ours else {"authorities": str(stranger.place)}
    with saml_portal(tmp_path, **wrong) as by_saml:
        answer = by_saml.sign_in()
        assert (answer.status_code, by_saml.provider.asked) == (503, [])
        assert "niet bereikbaar" in answer.text


def test_d10_a_certificate_that_is_refused_late_is_no_fault_of_ours(
    by_saml: SamlPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over TLS 1.3 that comes when the answer is read, as another error."""

    async def refuses(*_: object) -> httpx.Response:
        raise ssl.SSLError("tlsv13 alert certificate required")

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", refuses)
    answer = by_saml.sign_in(client=TestClient(by_saml.client.app))
    assert (answer.status_code, "niet bereikbaar" in answer.text) == (503, True)
