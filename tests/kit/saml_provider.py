"""A provider of SAML for tests, made with pysaml2 and the program xmlsec1: it reads our requests and metadata, signs its answers, and
exchanges artifacts at a server of its own over TLS in which both sides show a certificate.

A test may change an answer at four moments: the response before the assertion is signed (`before`), the text after that (`signed`), the
answer to the artifact before it is signed (`wrapping`), and all of it afterwards (`sent`).
"""

import re
import traceback
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from secrets import token_bytes
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.x509 import load_pem_x509_certificate
from saml2 import BINDING_HTTP_ARTIFACT, BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, BINDING_SOAP, class_name
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAMEID_FORMAT_PERSISTENT, NameID
from saml2.samlp import ArtifactResolve, ArtifactResponse, Response, StatusCode
from saml2.server import Server
from saml2.sigver import pre_signature_part

from kit.certificates import HERE, https_server
from kit.saml_keys import Authority

MISSING = "xmlsec1 ontbreekt. Installeer het met: apt-get install --no-install-recommends xmlsec1"
XMLSEC = "/usr/bin/xmlsec1"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
CLASSES = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
SMARTCARD = f"{CLASSES}Smartcard"
ASSERTION = re.compile(r"<(\w+):Assertion\b.*</\1:Assertion>", re.DOTALL)
Text = Callable[[str], str]


def same(text: str) -> str:
    return text


@dataclass
class Answer:
    """What the provider says of somebody, and how a test spoils it."""

    name: str = "s00000000:999993653"
    level: str = SMARTCARD
    attributes: str = ""  # the content of an AttributeStatement
    status: tuple[str, ...] = ()  # codes when it did not succeed
    before: Callable[[Response], None] = lambda _: None
    unsigned: Text = same
    signed: Text = same
    wrapping: Text = same
    sent: Text = same
    sign_with: str = ""  # another file with a key and a certificate
    sign_assertion: bool = True
    sign_answer: bool = True
    algorithms: tuple[str, str] = (RSA_SHA256, SHA256)
    encrypt: Text | None = None  # the signed assertion in, an EncryptedAssertion out


@dataclass
class Request:
    """A request of ours that pysaml2 read, with its signature checked."""

    id: str
    relay_state: str
    answer_at: str
    message: Any


@dataclass
class SamlProvider:
    folder: Path
    authority: Authority
    entity_id: str = "urn:proef:inlogdienst"
    post_only: bool = False
    logout: tuple[str, ...] = (BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, BINDING_SOAP)  # the bindings of single logout
    port: int = 0
    pages_port: int = 0  # where browsers come, when that is elsewhere: `kit.saml_pages`
    answers: dict[str, tuple[Answer, Request]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    logouts: list[Any] = field(default_factory=list)  # requests to sign out that came over SOAP
    living: dict[str, str] = field(
        default_factory=dict
    )  # of who is signed in there: the name that we know, by the number of the session

    def begin(self, our_metadata: str, key: Path | None = None) -> None:
        """Take our metadata, as an administrator of the provider does, and write those of the provider for us."""
        self.key = key or self.authority.issue(f"teken-{len(self.entity_id)}-{self.port}")
        sign_in = [(f"{self.pages}/post", BINDING_HTTP_POST)]
        if not self.post_only:
            sign_in.append((f"{self.pages}/inloggen", BINDING_HTTP_REDIRECT))
        self.config = IdPConfig().load({
            "entityid": self.entity_id, "xmlsec_binary": XMLSEC, "key_file": str(self.key), "cert_file": str(self._only_certificate()),
            "signing_algorithm": RSA_SHA256, "digest_algorithm": SHA256, "metadata": {"inline": [our_metadata]},
            "service": {"idp": {
                "endpoints": {
                    "single_sign_on_service": sign_in,
                    "artifact_resolution_service": [(f"{self.back_channel}/artefact", BINDING_SOAP)],
                    "single_logout_service": [(self.logout_at(binding), binding) for binding in self.logout],
                },
                "want_authn_requests_signed": True, "want_authn_requests_only_with_valid_cert": False,
            }},
        })  # fmt: skip
        self.server = Server(config=self.config)
        self.metadata.write_text(str(entity_descriptor(self.config)))

    @property
    def metadata(self) -> Path:
        return self.folder / f"{self.entity_id.rpartition(':')[2]}.xml"

    @property
    def pages(self) -> str:
        """Where its pages for browsers stand."""
        return f"https://{HERE}:{self.pages_port or self.port}"

    @property
    def back_channel(self) -> str:
        """Where we ask it something ourselves."""
        return f"https://{HERE}:{self.port}"

    def logout_at(self, binding: str) -> str:
        """Where it hears of single logout, by this binding."""
        place = self.back_channel if binding == BINDING_SOAP else self.pages
        return f"{place}/uit-{binding.rpartition(':')[2].lower()}"

    def signed_out(self, soap: str) -> str:
        """The answer of SOAP to a request to sign somebody out, whose signature is checked."""
        asked = self.server.sec.correctly_signed_message(_inside(soap), "logout_request", must=True)
        self.logouts.append(asked)
        for one in asked.session_index:
            self.living.pop(one.text, None)
        answer = self.server.create_logout_response(
            asked, [BINDING_SOAP], sign=True, sign_alg=RSA_SHA256, digest_alg=SHA256
        )
        return in_soap(_without_declaration(str(answer)))

    def read(self, address: str) -> Request:
        """A request that came by redirect. Raises when its signature is not ours."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        read = self.server.parse_authn_request(
            query["SAMLRequest"], BINDING_HTTP_REDIRECT, relay_state=query["RelayState"], sigalg=query["SigAlg"],
            signature=query["Signature"],
        )  # fmt: skip
        return self._request(read, query["RelayState"])

    def read_form(self, fields: Mapping[str, str]) -> Request:
        return self._request(
            self.server.parse_authn_request(fields["SAMLRequest"], BINDING_HTTP_POST), fields["RelayState"]
        )

    def artifact(self, request: Request, answer: Answer | None = None) -> str:
        """The artifact that stands for this answer."""
        made = artifact_of(self.entity_id)
        self.answers[made] = (answer or Answer(), request)
        return made

    def back(self, request: Request, answer: Answer | None = None) -> tuple[str, dict[str, str]]:
        """Where the browser goes with it."""
        return request.answer_at, {"SAMLart": self.artifact(request, answer), "RelayState": request.relay_state}

    def exchanged(self, soap: str) -> str:
        """The answer of SOAP to a question whose signature is checked; an artifact works once."""
        self.asked.append(soap)
        question: ArtifactResolve = self.server.parse_artifact_resolve(soap)
        self.server.sec.correctly_signed_message(_inside(soap), "artifact_resolve", must=True)
        answer, request = self.answers.pop(question.artifact.text)
        text = self._response(answer, request)
        wrapped = self._wrapped(text, question, answer)
        return answer.sent(in_soap(wrapped))

    def _response(self, answer: Answer, request: Request) -> str:
        now = datetime.now(UTC)
        if answer.status:
            response = self.server.create_error_response(request.id, request.answer_at, ("", ""), sign=False)
            response.status.status_code = codes_of(answer.status)
            response.status.status_message = None
            return str(response)
        response = self.server.create_authn_response(
            {}, request.id, request.answer_at, request.message.issuer.text,
            name_id=NameID(format=NAMEID_FORMAT_PERSISTENT, text=answer.name),
            authn={"class_ref": answer.level, "authn_instant": now.timestamp()}, sign_assertion=False, sign_response=False,
            session_not_on_or_after=(now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )  # fmt: skip
        response.assertion.attribute_statement = []
        answer.before(response)
        if answer.sign_assertion:
            response.assertion.signature = self._place(response.assertion.id, answer)
        text = str(response)
        if answer.attributes:
            prefix = text.partition(":AuthnStatement")[0].rpartition("<")[2]
            statement = f"<{prefix}:AttributeStatement>{answer.attributes}</{prefix}:AttributeStatement>"
            end = f"</{prefix}:AuthnStatement>"
            text = text.replace(end, end + statement)
        text = answer.unsigned(text)
        if answer.sign_assertion:
            text = self._signed(text, class_name(response.assertion), response.assertion.id, answer)
        if answer.encrypt:
            closed = answer.encrypt
            text = ASSERTION.sub(lambda found: closed(found[0]), text)
        return _without_declaration(answer.signed(text))

    def _wrapped(self, response: str, question: ArtifactResolve, answer: Answer) -> str:
        info = {"in_response_to": question.id, "issuer": self.server._issuer(), "sign": False}
        made = self.server._status_response(
            ArtifactResponse, info.pop("issuer"), None, sign=False, in_response_to=question.id
        )
        if answer.sign_answer:
            made.signature = self._place(made.id, answer)
        text = str(made)
        end = text.rindex("</")
        text = answer.wrapping(text[:end] + response + text[end:])
        return _without_declaration(
            self._signed(text, class_name(made), made.id, answer) if answer.sign_answer else text
        )

    def place_of(self, signed_id: str, method: str = RSA_SHA256, digest: str = SHA256) -> Any:
        """The signature of an element before it is made."""
        return pre_signature_part(signed_id, self.server.sec.my_cert, sign_alg=method, digest_alg=digest)

    def signed_text(self, text: str, name: str, node: str, key: str = "") -> str:
        """The text with the signature of one of its elements made; `key`: another file than that of the provider."""
        return str(self.server.sec.sign_statement(text, name, key_file=key or None, node_id=node))

    def _place(self, signed_id: str, answer: Answer) -> Any:
        return self.place_of(signed_id, *answer.algorithms)

    def _signed(self, text: str, name: str, node: str, answer: Answer) -> str:
        return self.signed_text(text, name, node, answer.sign_with)

    def _request(self, read: Any, relay_state: str) -> Request:
        where = self.server.response_args(read.message, [BINDING_HTTP_ARTIFACT])["destination"]
        return Request(read.message.id, relay_state, where, read.message)

    def _only_certificate(self) -> Path:
        place = self.key.with_suffix(".crt")
        place.write_text(
            "-----BEGIN CERTIFICATE-----" + self.key.read_text().partition("-----BEGIN CERTIFICATE-----")[2]
        )
        return place


def artifact_of(entity_id: str, index: int = 1, handle: bytes | None = None) -> str:
    """As SAML 2.0 bindings, 3.6.4 say; pysaml2 would write the index as text."""
    source = sha1(entity_id.encode(), usedforsecurity=False).digest()
    return b64encode(b"\x00\x04" + index.to_bytes(2) + source + (handle or token_bytes(20))).decode()


def check_signed_query(query: str, certificate: str) -> None:
    """Over the words of the address as they stand (SAML 2.0 bindings, 3.4.4.1), which pysaml2 writes anew. Raises ValueError."""
    signed, _, signature = query.partition("&Signature=")
    key = load_pem_x509_certificate(certificate.encode()).public_key()
    try:
        key.verify(b64decode(unquote(signature)), signed.encode(), PKCS1v15(), hashes.SHA256())
    except InvalidSignature as error:
        raise ValueError(query) from error


def in_soap(message: str) -> str:
    return f'<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>{message}</soap:Body></soap:Envelope>'


def codes_of(codes: tuple[str, ...]) -> StatusCode:
    """Each with the next one inside it."""
    inner = codes_of(codes[1:]) if codes[1:] else None
    return StatusCode(value=codes[0], status_code=inner)


def _without_declaration(text: str) -> str:
    return text.partition("?>")[2] if text.startswith("<?xml") else text


def _inside(soap: str) -> str:
    """The message inside an envelope, as it was signed."""
    body = soap[soap.index("Body>") + 5 :]
    return body[: body.rindex("</", 0, body.rindex("</"))]


@contextmanager
def saml_provider(folder: Path, authority: Authority, **about: Any) -> Iterator[SamlProvider]:
    """A provider whose server runs: it takes only clients that the authority knows."""
    if not Path(XMLSEC).exists():
        raise RuntimeError(MISSING)
    provider = SamlProvider(folder, authority, **about)

    class Exchange(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            soap = self.rfile.read(int(self.headers["Content-Length"])).decode()
            try:
                status, told = 200, (provider.signed_out if self.path.startswith("/uit-") else provider.exchanged)(soap)
            except (KeyError, ValueError) as error:
                status, told = 400, repr(error)
                provider.failed.append(traceback.format_exc())
            self.send_response(status)
            self.end_headers()
            self.wfile.write(told.encode())

        def log_message(self, *_: Any) -> None:
            """Not on the screen of a test."""

    with https_server(Exchange, authority.issue("server"), clients=authority.place) as provider.port:
        yield provider
