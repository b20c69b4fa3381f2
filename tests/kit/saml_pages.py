"""The pages of the provider of `kit.saml_provider` for a browser: there one chooses who one is, stops, comes in too weakly, and signs out.

They stand at an address of their own: a browser shows no certificate, which everybody must where artifacts are exchanged. A provider tells the
level that it is asked, gives each sign-in a number of its own, and remembers in a cookie who is signed in.
"""

import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from secrets import token_hex
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from lxml import etree
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, BINDING_SOAP, class_name

from kit.certificates import https_server
from kit.saml_keys import Authority, certificate_in
from kit.saml_logout import LogoutRequest, given_to_browser, read_request, request_of
from kit.saml_provider import (
    RSA_SHA256,
    Answer,
    Request,
    SamlProvider,
    check_signed_query,
    codes_of,
    in_soap,
    saml_provider,
)

NAME = "Inlogdienst van de proef"
EVERYWHERE, NOT_EVERYWHERE = "U bent overal uitgelogd", "U bent niet overal uitgelogd"
OUT_HERE, OUT_IN_FRAME = "Overal uitloggen", "Overal uitloggen in een kader"
OUT = {OUT_HERE: "", OUT_IN_FRAME: ' formtarget="kader"'}
STOP, WEAK = "Annuleren", "Te zwak"
STOPPED = ("urn:oasis:names:tc:SAML:2.0:status:Responder", "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed")
SUCCESS, PARTLY = "urn:oasis:names:tc:SAML:2.0:status:Success", "urn:oasis:names:tc:SAML:2.0:status:PartialLogout"


@dataclass(frozen=True)
class Came:
    """A request of a browser: the path, its query as it stands, and the fields of both query and body."""

    path: str
    query: str
    fields: Mapping[str, str]
    session: str

    @property
    def by_redirect(self) -> bool:
        return bool(self.query)


@dataclass(frozen=True)
class Shown:
    """An answer: a page, or with `to` a redirect. `session`: the new content of the cookie."""

    page: str = ""
    to: str = ""
    session: str | None = None


@dataclass
class SamlSite:
    """A provider with pages. `own` and `entity_id` are of our side; `people` can be chosen by their names, and `weak` is a level too low for us.

    `asked` are the requests to sign in. `partly`: another organisation does not answer when somebody signs out.
    """

    provider: SamlProvider
    own: Path
    entity_id: str
    weak: str
    people: Mapping[str, Answer] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    partly: bool = False

    def begin(self, people: Mapping[str, Answer]) -> Self:
        """Take our metadata, as they stand on our site now."""
        self.people = people
        self.provider.begin(httpx.get(self.entity_id).raise_for_status().text)
        return self

    @property
    def sign_out_page(self) -> str:
        """Where somebody signs out without having been sent by us."""
        return f"{self.provider.pages}/uitloggen"

    def tell(self, session: str) -> int:
        """The provider itself, without a browser, has this session end here. The status of our answer, whose signature is checked."""
        to = self._place(BINDING_SOAP)
        text = request_of(self.provider, self._of(session), to, signed=True)
        answer = httpx.post(to, content=in_soap(text).encode(), headers={"Content-Type": "text/xml"})
        inside = etree.fromstring(answer.content).find(".//{*}LogoutResponse")
        self.provider.server.sec.correctly_signed_message(etree.tostring(inside).decode(), "logout_response", must=True)
        assert _succeeded(inside)
        return answer.status_code

    def shown(self, came: Came) -> Shown:
        """Raises for what is not ours, which a test must hear of."""
        if came.path.startswith("/uit-"):
            return self._heard(came)
        pages = {"/inloggen": self._who, "/post": self._who, "/gekozen": self._chosen, "/uitloggen": self._sign_out}
        return pages[came.path](came)

    def _who(self, came: Came) -> Shown:
        by = self.provider
        request = by.read(f"?{came.query}") if came.by_redirect else by.read_form(came.fields)
        if came.by_redirect:
            check_signed_query(came.query, certificate_in(self.own))
        self.asked.append(request)
        buttons = "".join(
            f'<p><button name="wie" value="{name}">{name}</button></p>' for name in (*self.people, STOP, WEAK)
        )
        hidden = f'<input type="hidden" name="vraag" value="{len(self.asked) - 1}">'
        return Shown(_page(NAME, f'<form method="post" action="/gekozen">{hidden}{buttons}</form>'))

    def way_back(self, request: Request, who: str) -> Shown:
        """How a browser goes back to us when this button is pressed."""
        if who == STOP:
            return self._back(request, Answer(status=STOPPED))
        asked, session = request.message.requested_authn_context.authn_context_class_ref[0].text, f"_{token_hex(8)}"
        answer = self.people.get(who) or next(iter(self.people.values()))

        def numbered(response: Any) -> None:
            response.assertion.authn_statement[0].session_index = session

        self.provider.living[session] = answer.name
        told = replace(answer, level=self.weak if who == WEAK else asked, before=numbered)
        return self._back(request, told, session)

    def _chosen(self, came: Came) -> Shown:
        return self.way_back(self.asked[int(came.fields["vraag"])], came.fields["wie"])

    def _back(self, request: Request, answer: Answer, session: str = "") -> Shown:
        address, query = self.provider.back(request, answer)
        return Shown(to=f"{address}?{urlencode(query)}", session=session)

    def _sign_out(self, came: Came) -> Shown:
        """Buttons, and what they do: our side hears of it by the first binding that this provider takes itself."""
        if not came.fields:
            buttons = "".join(f'<button name="ja" value="ja"{how}>{name}</button>' for name, how in OUT.items())
            return Shown(_page("Uitloggen", f'<form method="post">{buttons}</form><iframe name="kader"></iframe>'))
        binding = self.provider.logout[0]
        told = self._of(came.session)
        del self.provider.living[came.session]
        return _carried(given_to_browser(self.provider, binding, told, self._place(binding)))

    def _heard(self, came: Came) -> Shown:
        """A request of ours to sign somebody out, or our answer to one of the provider."""
        binding = BINDING_HTTP_REDIRECT if came.by_redirect else BINDING_HTTP_POST
        if came.by_redirect:
            check_signed_query(came.query, certificate_in(self.own))
        if "SAMLResponse" in came.fields:
            return Shown(_page(EVERYWHERE if self._answered(binding, came.fields) else NOT_EVERYWHERE, ""))
        asked = read_request(self.provider, binding, came.fields)
        for one in asked.session_index:
            assert self.provider.living.pop(one.text) == asked.name_id.text
        given = self.provider.server.apply_binding(
            binding, self._answer(asked, signed=not came.by_redirect), self._place(binding), came.fields.get("RelayState", ""),
            response=True, sign=True, sigalg=RSA_SHA256,
        )  # fmt: skip
        return _carried(given)

    def _answer(self, asked: Any, *, signed: bool) -> str:
        made = self.provider.server.create_logout_response(
            asked, [BINDING_HTTP_POST if signed else BINDING_HTTP_REDIRECT], sign=False
        )
        if self.partly:
            made.status.status_code = codes_of((SUCCESS, PARTLY))
        if not signed:
            return str(made)
        made.signature = self.provider.place_of(made.id)
        return self.provider.signed_text(str(made), class_name(made), made.id)

    def _answered(self, binding: str, fields: Mapping[str, str]) -> bool:
        text = self.provider.server.unravel(fields["SAMLResponse"], binding, "SAMLResponse")
        if binding == BINDING_HTTP_POST:
            self.provider.server.sec.correctly_signed_message(text.decode(), "logout_response", must=True)
        return _succeeded(etree.fromstring(text))

    def _of(self, session: str) -> LogoutRequest:
        return LogoutRequest(name=self.provider.living[session], sessions=(session,))

    def _place(self, binding: str) -> str:
        """Where our metadata say that we hear of single logout."""
        return str(self.provider.server.metadata.single_logout_service(self.entity_id, binding, "spsso")[0]["location"])


def _carried(given: Mapping[str, Any]) -> Shown:
    """A message of pysaml2 for the browser to bring, by who is signed in here no more."""
    to = dict(given["headers"]).get("Location", "")
    return Shown("" if to else given["data"], to, session="")


def _succeeded(answer: Any) -> bool:
    return [one.get("Value") for one in answer.iter("{*}StatusCode")] == [SUCCESS]


def _page(title: str, content: str) -> str:
    return f'<!doctype html><html lang="nl"><head><title>{title}</title></head><body><main><h1>{title}</h1>{content}</main></body></html>'


@contextmanager
def saml_site(folder: Path, authority: Authority, own: Path, ours: str, weak: str, **about: Any) -> Iterator[SamlSite]:
    """A provider that answers browsers, and us behind them, until the test is over. `ours` is our name; `about` is as in `saml_provider`."""
    with saml_provider(folder, authority, **about) as provider:
        site = SamlSite(provider, own, ours, weak)
        with https_server(_pages_of(site), authority.issue(f"paginas-{provider.port}")) as provider.pages_port:
            yield site


def _pages_of(site: SamlSite) -> type[BaseHTTPRequestHandler]:
    cookie_name = (
        f"proef-{site.provider.port}"  # a browser does not tell the servers of one machine apart by their ports
    )

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, body: str) -> None:
            parts, cookies = urlsplit(self.path), SimpleCookie(self.headers.get("Cookie", ""))
            session = cookies[cookie_name].value if cookie_name in cookies else ""
            try:
                shown = site.shown(
                    Came(parts.path, parts.query, dict(parse_qsl(parts.query) + parse_qsl(body)), session)
                )
            except Exception:  # noqa: BLE001 - of whatever kind: the test must hear of it
                site.provider.failed.append(traceback.format_exc())
                shown = Shown(_page("Er ging iets mis", ""))
            self.send_response(303 if shown.to else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if shown.to:
                self.send_header("Location", shown.to)
            if shown.session is not None:
                self.send_header(
                    "Set-Cookie", f"{cookie_name}={shown.session}; Secure; HttpOnly; SameSite=None; Path=/"
                )
            self.end_headers()
            self.wfile.write(shown.page.encode())

        def log_message(self, *_: Any) -> None:
            """Not on the screen of a test."""

    return Pages
