"""In which language a visitor reads: Dutch, or English once chosen by the link on each page of citizens and departments.

The choice is one cookie, set by `?taal=en` on any page, so that the secret of a department's link stands in no second address. What a
citizen keeps at Mijn gegevens sets it too, then and at each sign-in. Pages of staff are Dutch.
"""

from typing import Final
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.words import Language
from portal.security.places import own_path

DUTCH: Final = "nl"
LANGUAGES: Final = frozenset({DUTCH, Language.ENGLISH})
COOKIE: Final = "taal"
BACK: Final = "terug"
YEAR: Final = 365 * 24 * 60 * 60  # seconds
STAFF: Final = ("/werk", "/beheer", "/demo", "/meelezen")
SCOPE: Final = "zaakspoor.language"


class ChosenLanguage:
    """Notes for each request in which language its page is, and keeps a choice that the address holds."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        chosen = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get(COOKIE, "")
        kept = HTTPConnection(scope).cookies.get(COOKIE, "")
        scope[SCOPE] = next((one for one in (chosen, kept) if one in LANGUAGES), DUTCH)

        async def with_choice(message: Message) -> None:
            if message["type"] == "http.response.start" and chosen in LANGUAGES:
                MutableHeaders(scope=message).append("Set-Cookie", language_cookie(chosen, secure=self.secure))
            await send(message)

        await self.app(scope, receive, with_choice)


def language_of(request: HTTPConnection) -> str:
    """`nl` or `en`: the language of the page that answers this request."""
    return DUTCH if request.url.path.startswith(STAFF) else request.scope.get(SCOPE, DUTCH)


def language_chosen(request: HTTPConnection) -> str:
    """The language of this page when it is no Dutch: then somebody chose it. Empty for Dutch, which comes by itself."""
    return language_of(request) if language_of(request) != DUTCH else ""


def language_cookie(language: str, *, secure: bool) -> str:
    """The header that keeps a choice for a year."""
    return f"{COOKIE}={language}; Path=/; Max-Age={YEAR}; SameSite=Lax; HttpOnly{'; Secure' if secure else ''}"


def other_language(request: HTTPConnection) -> str:
    """The address of this page in the other language, from the page itself, so that it leads to no other site and holds no secret of a link;
    empty for pages of staff, and for the answer to a form, since what is typed there would be lost.
    """
    if request.scope.get("method") not in {"GET", "HEAD"} or request.url.path.startswith(STAFF):
        return ""
    other = DUTCH if language_of(request) != DUTCH else str(Language.ENGLISH)
    asked = [(name, value) for name, value in parse_qsl(request.url.query) if name != COOKIE]
    kept = [(name, value) for name, value in asked if name != BACK or own_path(value, "")]  # nobody is sent elsewhere
    return f"?{urlencode([*kept, (COOKIE, other)])}"
