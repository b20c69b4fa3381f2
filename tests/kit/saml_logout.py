"""Single logout at the provider of `kit.saml_provider`: its requests that somebody signs out here, how each binding carries them, and its
answers to ours. A test may change the text before it is signed (`before`) and afterwards (`after`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, BINDING_SOAP
from saml2.saml import NAMEID_FORMAT_PERSISTENT, NameID

from kit.browser import TestClient
from kit.installation import BASE
from kit.saml_portal import SamlPortal
from kit.saml_provider import RSA_SHA256, SHA256, SamlProvider, Text, in_soap, same

FORM = re.compile(r'<form method="(post|get)" action="([^"]*)" data-onward>')
FIELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')
CALLED = {BINDING_HTTP_POST: "form", BINDING_HTTP_REDIRECT: "redirect", BINDING_SOAP: "soap"}


@dataclass(frozen=True)
class LogoutRequest:
    """A request of the provider, and how a test spoils it."""

    name: str = "s00000000:999993653"
    sessions: tuple[str, ...] = ()
    before: Text = same
    after: Text = same
    sign: bool = True
    sign_with: str = ""
    algorithm: str = RSA_SHA256
    relay_state: str = "teken"
    message_id: str = ""


def doors(by_saml: SamlPortal) -> dict[str, str]:
    """Where we hear of it, by binding."""
    at, itself = (f"{BASE}/inloggen/saml/{door}/{by_saml.way}" for door in ("uitloggen", "afgemeld"))
    return {BINDING_HTTP_POST: at, BINDING_HTTP_REDIRECT: at, BINDING_SOAP: itself}


def request_of(provider: SamlProvider, told: LogoutRequest, to: str, *, signed: bool) -> str:
    """The text of a request for this address."""
    until = (datetime.now(UTC) + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    name = NameID(format=NAMEID_FORMAT_PERSISTENT, text=told.name)
    made = provider.server.create_logout_request(
        to, "urn:wij", name_id=name, session_indexes=list(told.sessions), expire=until, sign=False
    )
    made = made[1] if isinstance(made, tuple) else made
    made.id = told.message_id or made.id
    if signed and told.sign:
        made.signature = provider.place_of(made.id, told.algorithm)
    text = told.before(str(made))
    if signed and told.sign:
        text = provider.signed_text(text, "urn:oasis:names:tc:SAML:2.0:protocol:LogoutRequest", made.id, told.sign_with)
    return told.after(text.partition("?>")[2] if text.startswith("<?xml") else text)


def brought(by_saml: SamlPortal, binding: str, told: LogoutRequest, client: TestClient | None = None) -> Any:
    """Our answer to a request that came in this way; a redirect of ours is not followed."""
    to, provider = doors(by_saml)[binding], by_saml.provider
    client = client or TestClient(by_saml.client.app)
    if binding == BINDING_SOAP:
        soap = in_soap(request_of(provider, told, to, signed=True))
        return client.post(to, content=soap.encode(), headers={"Content-Type": "text/xml"})
    given = given_to_browser(provider, binding, told, to)
    if binding == BINDING_HTTP_REDIRECT:
        return client.get(dict(given["headers"])["Location"], follow_redirects=False)
    fields = {name: unescape(value) for name, value in FIELD.findall(given["data"].replace("'", '"'))}
    return client.post(to, data=fields, headers={"Origin": "https://inlogdienst.example"})


def given_to_browser(provider: SamlProvider, binding: str, told: LogoutRequest, to: str) -> Mapping[str, Any]:
    """A request as a browser gets it: `data` is a page that posts it, or `headers` hold the address of a redirect."""
    text = request_of(provider, told, to, signed=binding != BINDING_HTTP_REDIRECT)
    given: Mapping[str, Any] = provider.server.apply_binding(
        binding, text, to, told.relay_state, sign=told.sign, sigalg=told.algorithm
    )
    return given


def onward(page: str) -> tuple[str, str, dict[str, str]]:
    """The form with which our page passes a browser on: method, address and fields."""
    method, address = FORM.search(page).groups()
    return (
        method,
        unescape(address),
        {name: unescape(value) for name, value in FIELD.findall(page.partition("data-onward")[2])},
    )


def read_request(provider: SamlProvider, binding: str, fields: Mapping[str, str]) -> Any:
    """Our request to sign somebody out, as pysaml2 reads it with its signature checked."""
    if binding == BINDING_HTTP_POST:
        return provider.server.parse_logout_request(fields["SAMLRequest"], binding).message
    return provider.server.parse_logout_request(
        fields["SAMLRequest"], binding, relay_state=fields.get("RelayState"), sigalg=fields["SigAlg"],
        signature=fields["Signature"],
    ).message  # fmt: skip


def answer_to(by_saml: SamlPortal, asked: Any, *, sign: bool = True, change: Text = same) -> Any:
    """The page after the provider's answer to our request, which its page posts."""
    made = by_saml.provider.server.create_logout_response(
        asked, [BINDING_HTTP_POST], sign=sign, sign_alg=RSA_SHA256, digest_alg=SHA256
    )
    to = doors(by_saml)[BINDING_HTTP_POST]
    given = by_saml.provider.server.apply_binding(BINDING_HTTP_POST, change(str(made)), to, "", response=True)
    fields = {name: unescape(value) for name, value in FIELD.findall(given["data"].replace("'", '"'))}
    return TestClient(by_saml.client.app).post(to, data=fields, headers={"Origin": "https://inlogdienst.example"})


def query_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))
