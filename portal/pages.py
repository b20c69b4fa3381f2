"""Every page is made here: the Jinja2 environment, `render`, and how a face reaches the services.

A template sees what is passed to `render` plus: `request`, `settings`, `theme`, `style` (the house style in use or None),
`organisation` (how one reaches it, or None while nobody filled that in), `session` (the sign-in or None),
`csrf_token`, `form_key` (a fresh one-time key), `static_url` and `now`. Undefined names are errors.
"""

import secrets
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
from portal.security.csrf import CLOCK, token_at, token_for
from portal.security.sessions import session_of
from processes.storage.business_time import business_now
from processes.storage.current_settings import current_organisation, current_settings
from processes.storage.services import Services

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """One environment for all faces; templates are compiled once."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    made.filters.update(FILTERS)
    made.globals.update(
        static_url=static_url,
        is_built=is_built,
        style_addresses=addresses_of,
        new_form_key=lambda: secrets.token_urlsafe(24),
    )
    return made


def get_services(request: HTTPConnection) -> Services:
    """The services of this application. Works as a dependency: `services: Services = Depends(get_services)`."""
    return cast("Services", request.app.state.services)


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A whole page. `context["errors"]` (field -> sentence) puts 'Fout:' before the title."""
    services = get_services(request)
    session = session_of(request)
    demo_now = business_now(services) if services.settings.demo else None  # the bar of the demo shows it
    style = style_now(services, demo_now)
    page = environment().get_template(template)
    shared = {
        "request": request,
        "settings": current_settings(services),
        "organisation": current_organisation(services),
        "is_copy": request.app.state.is_copy,
        "theme": services.settings.theme,
        "style": style,
        "session": session,
        "session_seconds": int((session.expires_at - datetime.now(UTC)).total_seconds()) if session else 0,
        "csrf_token": token_for(request, services),
        "clock_token": token_at(CLOCK, services),
        "demo_now": demo_now,
        "errors": {},
    }
    return HTMLResponse(page.render(shared | context), status_code=status)


def go_to(address: str) -> RedirectResponse:
    """After every change that worked: a GET of the next page, so that reloading repeats nothing."""
    return RedirectResponse(address, status_code=303)
