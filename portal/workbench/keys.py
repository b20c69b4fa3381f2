"""/werk/toetsen: the keys of the workbench, and whether they work for the reader (WCAG 2.1.4). They never work in a field."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from portal.security.sessions import session_of
from portal.workbench.doors import Desk
from processes.actions import act
from processes.actions.views import ChooseKeys

# the key as a script hears it, as people read it, and what it does; `portal/static/own/keys.js` finds the place by `data-key`
KEYS: Final = (
    ("/", "/", "naar het zoekveld"),
    ("?", "?", "deze lijst tonen"),
    ("j", "J", "naar de volgende taak of zaak in de lijst, of naar het volgende document"),
    ("k", "K", "naar de vorige taak of zaak in de lijst, of naar het vorige document"),
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
    """Whether keys work for who is signed in; they do until somebody says no, and then in no browser."""
    session = session_of(request)
    return session is None or not session.keys_off


@router.get("")
def keys(request: Request, actor: Desk) -> Response:  # noqa: ARG001 - the guard
    return render(request, "workbench/keys.html", place="keys", keys=KEYS, on=keys_on(request))


@router.post("")
def choose(actor: Desk, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, ChooseKeys(on=form.one("keys") == "aan"), once=form.form_key or None)
    return go_to("/werk/toetsen")
