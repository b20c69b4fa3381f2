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

# where keys work: each as people read it, and what it does; `portal/static/own/keys.js` finds the place by `data-key`
KEYS: Final = (
    ("Overal", (
        ("/", "naar het zoekveld"), ("J", "naar de volgende regel, of het volgende document"), ("K", "naar de vorige regel, of het vorige document"), ("O", "naar de eerste taak of zaak"),
        ("Enter", "openen wat is gekozen"), ("L", "naar Vandaag"), ("C", "een nieuwe zaak"), ("?", "deze lijst tonen"),
        ("Esc", "deze lijst sluiten"),
    )),
    ("Op de regel die u heeft gekozen", (
        ("P", "oppakken"), ("B", "beslissen of beoordelen"), ("A", "een bericht beantwoorden"), ("G", "gelezen"),
        ("V", "een brief is vandaag verzonden"), ("D", "gedaan of gebeld"), ("X", "een zaak kiezen of niet"),
    )),
    ("In een lijst", (("F", "naar de filters"),)),
    ("Bij een zaak", (("N", "een notitie"), ("T", "een telefoonnotitie"), ("H", "bij Verzoeken een afdeling herinneren"))),
    ("Bij het beoordelen en beslissen", (
        ("1 tot 5", "het eerste tot vijfde stuk hier openen"), ("Y", "akkoord, en naar het volgende stuk"),
        ("W", "niet akkoord, en schrijven waarom"),
    )),
)  # fmt: skip
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
