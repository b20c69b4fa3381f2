"""Every page is made here: the Jinja2 environment, `render`, and how a face reaches the services.

A template sees what is passed to `render` plus: `request`, `settings`, `theme`, `style` (the house style in use or None),
`organisation` (how one reaches it, or None while nobody filled that in),
`language` (`nl` or `en`), `other_language` (the address of this page in the other one, or an empty text),
`session` (the sign-in or None),
`csrf_token`, `form_key` (a fresh one-time key), `static_url` and `now`. Undefined names are errors.
"""

import secrets
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse

from portal.assets import is_built, static_url
from portal.filters import FILTERS
from portal.house_style import addresses_of, style_now
from portal.language.chosen import DUTCH, language_of, other_language
from portal.language.composed import COMPOSING_FILTERS
from portal.language.days import ENGLISH_FILTERS
from portal.language.english import EnglishTemplates, ours, speaking_of
from portal.security.csrf import CLOCK, token_at, token_for
from portal.security.sessions import session_of
from processes.reads.english_texts import read_english_texts
from processes.storage.business_time import business_now
from processes.storage.current_settings import current_organisation, current_settings
from processes.storage.services import Services

TEMPLATES = Path(__file__).parent / "templates"
TROUBLE = 500


@lru_cache(maxsize=2)
def environment(language: str = DUTCH) -> Environment:
    """One environment for all faces in a language; templates are compiled once."""
    english = language != DUTCH
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do", *([EnglishTemplates] if english else [])],
        auto_reload=False,  # a new release starts anew; looking at the date of each file takes a tenth of the making of a page
    )
    made.filters.update(FILTERS | (ENGLISH_FILTERS | COMPOSING_FILTERS | {"ours": ours} if english else {}))
    made.globals.update(
        static_url=static_url,
        is_built=is_built,
        style_addresses=addresses_of,
        new_form_key=lambda: secrets.token_urlsafe(24),
    )
    return made


def get_services(request: HTTPConnection) -> Services:
    """The services of this application."""
    return cast("Services", request.app.state.services)


async def services_at_hand(request: HTTPConnection) -> Services:
    """The same as a dependency: `services: Services = Depends(services_at_hand)`. It waits for nothing, so it takes no thread."""
    return get_services(request)


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A whole page. `context["errors"]` (field -> sentence) puts 'Fout:' before the title."""
    services = get_services(request)
    session = session_of(request)
    demo_now = business_now(services) if services.settings.demo else None  # the bar of the demo shows it
    style = style_now(services, demo_now)
    language = language_of(request)
    page = environment(language).get_template(template)
    # a page of trouble asks nothing more of a database that may be the trouble
    own = read_english_texts(services) if language != DUTCH and status < TROUBLE else ()
    shared = {
        "request": request,
        "settings": current_settings(services),
        "organisation": current_organisation(services),
        "is_copy": request.app.state.is_copy,
        "language": language,
        "other_language": other_language(request),
        "theme": services.settings.theme,
        "style": style,
        "session": session,
        "session_seconds": int((session.expires_at - datetime.now(UTC)).total_seconds()) if session else 0,
        "csrf_token": token_for(request, services),
        "clock_token": token_at(CLOCK, services),
        "demo_now": demo_now,
        "errors": {},
    }
    with nullcontext() if language == DUTCH else speaking_of(own):
        return HTMLResponse(page.render(shared | context), status_code=status)


def go_to(address: str) -> RedirectResponse:
    """After every change that worked: a GET of the next page, so that reloading repeats nothing."""
    return RedirectResponse(address, status_code=303)
