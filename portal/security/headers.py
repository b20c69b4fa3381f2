"""Security headers on every answer (pure ASGI), and the refusal of changes that another site started.

Pages get `Cache-Control: no-store`; static files bring their own. Under /verzoek and /meelezen no address may leak: no-referrer, and no search
engine keeps the page.
"""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.security.refusals import OTHER_SITE, refused
from processes.base.security_log import SecurityEvent
from processes.base.settings import Settings

SECRET = ("/verzoek", "/meelezen", "/mijn/meedoen")  # addresses that hold the secret of a link

NO_FRAME: Final = "'none'"  # the page may stand in no frame
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
REFUSED = (
    "Deze aanvraag kwam niet van onze eigen pagina en is daarom niet uitgevoerd. "
    "Ga terug, laad de pagina opnieuw en probeer het nog een keer."
)


def origin_of(address: str) -> str:
    """`https://host:port` of an address, as browsers write an Origin."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def content_policy(
    settings: Settings, frame_ancestors: str = NO_FRAME, forms_to: Iterable[str] = (), *, passed_on: bool = False
) -> str:
    """The content security policy: nothing inline, nothing from elsewhere; a form may go only to us and, by redirect,
    to the sign-in provider. `frame_ancestors`: who may show the page in a frame; `forms_to`: where else a form of it goes; `passed_on`: the site
    there passes the browser on to others, such as a broker to DigiD, and browsers hold each of these steps to this page.
    """
    issuers = {origin_of(settings.oidc[name]) for name in ("citizen_issuer", "staff_issuer") if settings.oidc.get(name)}
    issuers |= set(map(origin_of, forms_to))
    rules = {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": frame_ancestors,
        "form-action": " ".join(["'self'", *sorted(issuers), *(["https:"] if passed_on else [])]),
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class SecurityHeaders:
    """Adds the headers. `own_cache` names the path prefixes whose answers set their own caching."""

    def __init__(
        self, app: ASGIApp, settings: Settings, own_cache: Iterable[str] = ("/static/", "/huisstijl/")
    ) -> None:
        self.app = app
        self.own_cache = tuple(own_cache)
        self.fixed = {
            "Content-Security-Policy": content_policy(settings),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        if settings.public_url.startswith("https://"):
            self.fixed["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self.app(scope, receive, with_headers)

    def _add(self, headers: MutableHeaders, path: str) -> None:
        for name, value in self.fixed.items():
            headers.setdefault(name, value)
        if path.startswith(self.own_cache):
            # a page of a rehearsal is shown in a frame without an origin, and needs its styles and fonts; they hold no secret
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            headers["Access-Control-Allow-Origin"] = "*"
        secret_address = path.startswith(SECRET)
        headers["Referrer-Policy"] = "no-referrer" if secret_address else "same-origin"
        if secret_address:
            headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"  # a link that leaks must not be found by searching
        if not path.startswith(self.own_cache) or "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store"


class SameOrigin:
    """Refuses every unsafe method whose Origin is not our own. `machines` are paths that programs call, not browsers."""

    def __init__(self, app: ASGIApp, settings: Settings, machines: Iterable[str] = ()) -> None:
        self.app = app
        self.allowed = origin_of(settings.public_url)
        self.production = settings.production
        self.machines = frozenset(machines)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._changes(scope) and not self._is_ours(Headers(scope=scope)):
            refused(HTTPConnection(scope), SecurityEvent.TOKEN_REFUSED, why=OTHER_SITE)
            answer = PlainTextResponse(REFUSED, status_code=403)
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _changes(self, scope: Scope) -> bool:
        return scope["type"] == "http" and scope["method"] not in SAFE_METHODS and scope["path"] not in self.machines

    def _is_ours(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        site = headers.get("sec-fetch-site")
        if origin in (None, "null"):
            # pages under no-referrer send `null`; then the browser itself must say that the page was ours
            return site == "same-origin"
        if origin == self.allowed:
            return True
        # outside production the program may be opened as localhost, 127.0.0.1 or a forwarded name
        return not self.production and origin.partition("://")[2] == headers.get("host")
