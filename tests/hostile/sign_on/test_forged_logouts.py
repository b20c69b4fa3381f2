"""Every request to sign somebody out that somebody could forge, replay or carry to the wrong place: nobody is put out by it, and the security
log names the check. Over SAML by each binding; over OpenID Connect between the people of two providers.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kit.browser import TestClient
from kit.log_lines import log_lines
from kit.saml_keys import Authority
from kit.saml_logout import CALLED, LogoutRequest, answer_to, brought, doors, request_of
from kit.saml_portal import WHO, SamlPortal
from kit.saml_provider import RSA_SHA256
from kit.sign_on import ISSUER, logout_claims, signed, tell_logout
from kit.small_portal import services_of, sign_in
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, BINDING_SOAP
from saml2.saml import NameID

from portal.sign_on.saml import logout_reading, signatures
from processes.storage import staff_sessions
from processes.storage.sign_in import SIMULATED
from processes.storage.staff_sessions import ProviderTokens

SHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
STAFF = "/proef/staf"
OF_XML = (BINDING_HTTP_POST, BINDING_SOAP)
ALL = (*OF_XML, BINDING_HTTP_REDIRECT)


def put(pattern: str, value: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert re.search(pattern, text), text
        return re.sub(pattern, value, text, count=1)

    return change


def moment(**ago: int) -> str:
    return (datetime.now(UTC) - timedelta(**ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


DENIED = {"issue_instant", "too_late", "version", "subject", "session_index"}
# what is wrong, the check that stops it, and by which bindings it can be tried
SPOILT: dict[str, tuple[LogoutRequest, str, tuple[str, ...]]] = {
    "of another": (LogoutRequest(before=put("urn:proef:inlogdienst", "urn:ander")), "issuer", ALL),
    "to another address": (LogoutRequest(before=put('Destination="[^"]*"', 'Destination="https://ander.example"')), "destination", ALL),
    "to no address": (LogoutRequest(before=put('Destination="[^"]*"', "")), "destination", (BINDING_HTTP_POST, BINDING_HTTP_REDIRECT)),
    "made long ago": (LogoutRequest(before=put('IssueInstant="[^"]*"', f'IssueInstant="{moment(hours=1)}"')), "issue_instant", ALL),
    "made in the future": (LogoutRequest(before=put('IssueInstant="[^"]*"', f'IssueInstant="{moment(hours=-30)}"')), "issue_instant", ALL),
    "over": (LogoutRequest(before=put('NotOnOrAfter="[^"]*"', f'NotOnOrAfter="{moment(minutes=5)}"')), "too_late", ALL),
    "of another version": (LogoutRequest(before=put('Version="2.0"', 'Version="1.1"')), "version", ALL),
    "nobody": (LogoutRequest(before=put(">s00000000:999993653<", "><")), "subject", ALL),
    "a session without a number": (LogoutRequest(sessions=("_s1",), before=put(">_s1<", "><")), "session_index", ALL),
    "not a request": (LogoutRequest(before=lambda text: text.replace("LogoutRequest", "ManageNameIDRequest")), "kind", (BINDING_HTTP_REDIRECT,)),
    "not signed": (LogoutRequest(sign=False), "unsigned", ALL),
    "signed by SHA-1": (LogoutRequest(algorithm=SHA1), "signature_method", OF_XML),
    "changed after signing": (LogoutRequest(name="s00000000:999990676", after=put("999990676", "999993653")), "signature", OF_XML),
    "a document type": (LogoutRequest(before=lambda text: f"<!DOCTYPE x>{text}"), "document_type", (BINDING_HTTP_REDIRECT,)),
    "a very long note along": (LogoutRequest(relay_state="x" * 600), "relay_state", (BINDING_HTTP_POST, BINDING_HTTP_REDIRECT)),
}  # fmt: skip


def refused(by_saml: SamlPortal, binding: str, told: LogoutRequest) -> tuple[int, str]:
    """The status, and the check that the security log names."""
    with log_lines() as lines:
        status = brought(by_saml, binding, told).status_code
    found = [line for line in lines if line.get("log") == "security"]
    assert [(line["event"], line["outcome"], line["kind"]) for line in found] == [
        ("token_refused", "refused", "logout")
    ], found
    return status, found[0]["why"]


@pytest.fixture
def tess(by_saml: SamlPortal) -> TestClient:
    client = TestClient(by_saml.client.app)
    assert by_saml.sign_in(client=client).status_code == 200
    return client


@pytest.mark.parametrize("binding", ALL, ids=CALLED.get)
def test_d10_no_spoilt_request_of_saml_puts_anybody_out(
    by_saml: SamlPortal, tess: TestClient, binding: str, tmp_path: Path
) -> None:
    tries = {name: (told, why) for name, (told, why, ways) in SPOILT.items() if binding in ways}
    if binding in OF_XML:
        stranger = Authority(tmp_path, "vreemd", first=50).issue("vreemd")
        tries["of a stranger"] = LogoutRequest(sign_with=str(stranger)), "signature"
    found = {name: refused(by_saml, binding, told) for name, (told, _) in tries.items()}
    answered = (
        303 if binding == BINDING_HTTP_REDIRECT else 200
    )  # what is truly of the provider hears that it was denied
    assert found == {name: (answered if why in DENIED else 400, why) for name, (_, why) in tries.items()}
    assert tess.get(WHO, follow_redirects=False).status_code == 200


def with_prefixes(many: int, *, of: str) -> Callable[[str], str]:
    """The message with so many prefixes for the bytes that are digested: those of the transform, or of the signature itself."""
    method = "http://www.w3.org/2001/10/xml-exc-c14n#"
    found = rf'<([\w:]*{of}) Algorithm="{method}"\s*(/>|></[\w:]*>)'
    listed = f'<ec:InclusiveNamespaces xmlns:ec="{method}" PrefixList="{" ".join(["xs"] * many)}"/>'
    return put(found, rf'<\1 Algorithm="{method}">{listed}</\1>')


@pytest.mark.parametrize("of", ["CanonicalizationMethod", "Transform"])
@pytest.mark.parametrize("binding", OF_XML, ids=CALLED.get)
def test_t1_who_names_thousands_of_prefixes_is_refused_before_a_signature_is_worked_at(
    by_saml: SamlPortal, monkeypatch: pytest.MonkeyPatch, binding: str, of: str
) -> None:
    """Each is looked for at each element and above it, and the library does that before it knows whether anybody signed."""
    asked, fits = [], signatures._fits
    monkeypatch.setattr(signatures, "_fits", lambda *given: asked.append(given) or fits(*given))
    tried = {many: LogoutRequest(after=with_prefixes(many, of=of)) for many in (21, 15_000)}
    assert {many: refused(by_saml, binding, told) for many, told in tried.items()} == dict.fromkeys(
        tried, (400, "signature_prefixes")
    )
    assert asked == []
    few = LogoutRequest(before=with_prefixes(3, of=of))  # some providers write those of the types of values
    assert brought(by_saml, binding, few).status_code in {200, 303}
    assert asked


@pytest.mark.parametrize("binding", ALL, ids=CALLED.get)
def test_t1_a_message_far_larger_than_a_request_to_sign_out_is_not_looked_at(
    by_saml: SamlPortal, monkeypatch: pytest.MonkeyPatch, binding: str
) -> None:
    read: list[object] = []
    monkeypatch.setattr(logout_reading, "each_id_once", read.append)
    long = LogoutRequest(before=lambda text: text.replace("</", f"<!--{'x' * 70_000}--></", 1))
    assert refused(by_saml, binding, long) == (400, "size")
    assert read == []


def test_d10_a_redirect_is_refused_whose_words_were_changed(by_saml: SamlPortal, tess: TestClient) -> None:
    """The signature covers the words of the address: another name, another algorithm, a word twice, one that grows when it is opened."""
    to, provider = doors(by_saml)[BINDING_HTTP_REDIRECT], by_saml.provider
    text = request_of(provider, LogoutRequest(), to, signed=False)
    given = provider.server.apply_binding(BINDING_HTTP_REDIRECT, text, to, "teken", sign=True, sigalg=RSA_SHA256)
    good = dict(given["headers"])["Location"]
    other = provider.server.apply_binding(
        BINDING_HTTP_REDIRECT, text.replace("999993653", "999990676"), to, "teken", sign=True, sigalg=RSA_SHA256
    )
    request = re.search("SAMLRequest=[^&]*", good)[0]
    changed = {
        "another request": good.replace(request, re.search("SAMLRequest=[^&]*", dict(other["headers"])["Location"])[0]),
        "another note": good.replace("RelayState=teken", "RelayState=ander"),
        "a request twice": f"{good}&SAMLRequest=x",
        "another algorithm": re.sub("SigAlg=[^&]*", "SigAlg=none", good),
        "signature of nothing": re.sub("Signature=[^&]*", "Signature=AAAA", good),
        "no base64": re.sub("Signature=[^&]*", "Signature=%E2%98%83", good),
    }  # fmt: skip
    client = TestClient(by_saml.client.app)
    assert {name: client.get(one).status_code for name, one in changed.items()} == dict.fromkeys(changed, 400)
    assert tess.get(WHO, follow_redirects=False).status_code == 200


@pytest.mark.parametrize("binding", ALL, ids=CALLED.get)
def test_d10_a_request_of_saml_ends_sessions_once(by_saml: SamlPortal, binding: str) -> None:
    client, again = TestClient(by_saml.client.app), TestClient(by_saml.client.app)
    fixed = LogoutRequest(message_id=f"_eenmalig-{CALLED[binding]}")
    by_saml.sign_in(client=client)
    assert brought(by_saml, binding, fixed).status_code in {200, 303}
    assert client.get(WHO, follow_redirects=False).status_code == 303
    by_saml.sign_in(client=again)
    # it ends nobody, and is answered: else a page that is loaded twice leaves the provider waiting, and the next organisation open
    assert brought(by_saml, binding, fixed).status_code in {200, 303}
    assert again.get(WHO, follow_redirects=False).status_code == 200


def test_d10_an_answer_to_what_we_never_asked_is_refused(by_saml: SamlPortal) -> None:
    asked = by_saml.provider.server.create_logout_request(
        doors(by_saml)[BINDING_HTTP_POST],
        by_saml.entity_id,
        subject_id=None,
        name_id=NameID(text="s00000000:999993653"),
        sign=False,
    )
    asked = asked[1] if isinstance(asked, tuple) else asked
    asked.issuer.text = by_saml.entity_id
    with log_lines() as lines:
        assert answer_to(by_saml, asked).status_code == 400
    assert [line["why"] for line in lines if line.get("log") == "security"] == ["in_response_to"]


def test_t7_a_logout_token_of_one_provider_puts_nobody_out_of_another(client: TestClient) -> None:
    """A citizen and a member of staff who are called alike at one organisation: each token ends sessions of the people that it is for."""
    sign_in(client, "noor", "staff", STAFF)
    sign_in(client, "tess")
    services = services_of(client)
    tess = client.cookies.get("zaakspoor-citizen")
    staff_sessions.came_by(services, tess, ProviderTokens(SIMULATED, "noor"), "s-1")
    assert tell_logout(client, signed(client, logout_claims(aud="zaakspoor-citizen"))) == 200
    assert client.get(STAFF, follow_redirects=False).status_code == 200
    assert client.get("/proef/wie", follow_redirects=False).status_code == 303
    sign_in(client, "tess")
    staff_sessions.came_by(services, client.cookies.get("zaakspoor-citizen"), ProviderTokens(SIMULATED, "noor"), "s-1")
    assert tell_logout(client, signed(client, logout_claims(iss=f"{ISSUER}/ander"))) == 400
    assert tell_logout(client, signed(client, logout_claims(sid="s-1"))) == 200
    assert client.get("/proef/wie", follow_redirects=False).status_code == 200
    assert tell_logout(client, signed(client, logout_claims(aud="zaakspoor-citizen", sub=None, sid="s-1"))) == 200
    assert client.get("/proef/wie", follow_redirects=False).status_code == 303
