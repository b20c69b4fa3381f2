"""The first check of every request (pure ASGI): what cannot be meant for us is refused before anything of it is read.

A NUL sign in address or headers (PostgreSQL cannot store it, and no browser sends it), a target that is no path
(`OPTIONS *`), and in production another host than ours and a request that did not come by https through a proxy of ours.
"""

from urllib.parse import unquote_to_bytes, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from portal.security.client import client_of, from_inside
from processes.base.settings import Settings

# asked by the orchestrator and by Prometheus without a proxy, under the name of the container
WATCHED = {"/healthz", "/readyz", "/metrics"}
PORTS = {"https": ":443", "http": ":80"}
NUL = "Het adres of een kop van deze aanvraag bevat een teken dat niet kan. Controleer het adres."
NO_PATH = "Deze aanvraag noemt geen pagina. Controleer het adres."
OTHER_HOST = "Deze naam hoort niet bij deze site. Gebruik het adres dat in onze mails en brieven staat."
NO_HTTPS = "Deze site is alleen te bereiken met https. Gebruik het adres dat in onze mails en brieven staat."


def host_of(address: str) -> str:
    """`zaken.example` or `zaken.example:8443` of an address, as browsers write the Host header."""
    parts = urlsplit(address)
    return parts.netloc.lower().removesuffix(PORTS.get(parts.scheme, ":"))


class EntranceCheck:
    """Refuses, or lets through with the scheme that the visitor's browser spoke."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.host = host_of(settings.public_url)
        self.port = PORTS.get(urlsplit(settings.public_url).scheme, ":")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            refused = self._refused(scope)
            if refused:
                await PlainTextResponse(refused[1], refused[0])(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """The status and the sentence for what may not come in."""
        if has_nul(scope):
            return 400, NUL
        if not scope["path"].startswith("/"):
            return 400, NO_PATH
        scope["scheme"] = client_of(scope, self.settings).scheme
        if not self.settings.production or (scope["path"] in WATCHED and from_inside(scope, self.settings)):
            return None
        if Headers(scope=scope).get("host", "").lower().removesuffix(self.port) != self.host:
            return 421, OTHER_HOST
        client = client_of(scope, self.settings)
        return None if client.by_proxy and client.scheme == "https" else (403, NO_HTTPS)


def has_nul(scope: Scope) -> bool:
    """Whether a NUL stands in path, query or a header, also in the way that a query or a cookie writes it."""
    if "\0" in scope["path"] or b"\0" in unquote_to_bytes(scope["query_string"]):
        return True
    return any(b"\0" in value or (name == b"cookie" and b"\\000" in value) for name, value in scope["headers"])
