"""A language that somebody chose as a person follows to the browser: the cookie by which pages are read in it."""

from starlette.responses import Response

from portal.language.chosen import COOKIE, YEAR
from portal.security.sessions import set_cookie
from processes.base.settings import Settings


def keep_language(answer: Response, settings: Settings, language: str) -> None:
    """From this answer on, pages are in `language` (`nl` or `en`), for a year."""
    set_cookie(answer, settings, COOKIE, language, YEAR)
