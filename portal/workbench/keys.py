"""/werk/toetsen: the keys of the workbench, and whether this browser takes them (WCAG 2.1.4). They never work in a field."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.pages import get_services, go_to, render
from portal.security.sessions import cookie_name, set_cookie
from portal.workbench.doors import Desk

OFF: Final = "uit"
YEAR_SECONDS: Final = 365 * 24 * 3600
# the key as a script hears it, as people read it, and what it does; `portal/static/own/keys.js` finds the place by `data-key`
KEYS: Final = (
    ("/", "/", "naar het zoekveld"),
    ("?", "?", "deze lijst tonen"),
    ("j", "J", "naar de volgende taak of zaak in de lijst"),
    ("k", "K", "naar de vorige taak of zaak in de lijst"),
    ("Enter", "Enter", "openen wat is gekozen"),
    ("o", "O", "naar de eerste taak of zaak op de pagina"),
    ("v", "V", "naar Vandaag"),
    ("c", "C", "een nieuwe zaak"),
    ("n", "N", "een notitie bij deze zaak"),
    ("t", "T", "een telefoonnotitie bij deze zaak"),
    ("Escape", "Esc", "deze lijst sluiten"),
)
router = APIRouter(prefix="/toetsen")


def keys_on(request: Request) -> bool:
    """Whether the browser of this request takes keys; it does until somebody says no."""
    return request.cookies.get(_name(request)) != OFF


def _name(request: Request) -> str:
    return cookie_name(get_services(request).settings, "toetsen")


@router.get("")
def keys(request: Request, actor: Desk) -> Response:  # noqa: ARG001 - the guard
    return render(request, "workbench/keys.html", place="keys", keys=KEYS, on=keys_on(request))


@router.post("")
def choose(request: Request, actor: Desk, form: PlainForm, services: TheServices) -> Response:  # noqa: ARG001 - the guard
    answer = go_to("/werk/toetsen")
    set_cookie(answer, services.settings, _name(request), "aan" if form.one("keys") == "aan" else OFF, YEAR_SECONDS)
    return answer
