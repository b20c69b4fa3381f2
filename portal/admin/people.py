"""Members of staff: who has which role, who is signed in, and the accounts that wait for an administrator."""

from collections.abc import Mapping
from types import MappingProxyType

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from processes.actions import act
from processes.actions.people import AS_NEW, AdmitAccount, BlockPerson, EndSessions, UnblockPerson
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.admin import read_people
from processes.storage.services import Services

router = APIRouter(prefix="/medewerkers")
SAME: Mapping[str, str] = MappingProxyType({})  # a field of the action has the name that it has on the page
DONE = {
    "uitloggen": "De medewerker is overal uitgelogd.",
    "blokkeren": "De medewerker is uitgelogd en kan niet meer inloggen.",
    "deblokkeren": "De medewerker kan weer inloggen.",
    "toegelaten": "Het account is toegelaten. De medewerker kan nu inloggen.",
}


@router.get("")
def people(request: Request, actor: Admin, services: TheServices, gedaan: str = "") -> Response:
    return _page(request, services, actor, done=DONE.get(gedaan))


@router.post("/toelaten")
def admit(request: Request, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    field = form.one("field")  # each form on the page has a field of its own name
    wanted = AdmitAccount(form.one("issuer"), form.one("subject"), form.one(field))
    return _change(request, services, actor, wanted, form.form_key, "toegelaten", {"number": field})


@router.post("/{number}/uitloggen")
def end_sessions(request: Request, number: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    return _change(request, services, actor, EndSessions(number), form.form_key, "uitloggen")


@router.post("/{number}/blokkeren")
def block(request: Request, number: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    return _change(request, services, actor, BlockPerson(number), form.form_key, "blokkeren")


@router.post("/{number}/deblokkeren")
def unblock(request: Request, number: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    return _change(request, services, actor, UnblockPerson(number), form.form_key, "deblokkeren")


def _change(
    request: Request, services: Services, actor: Actor, wanted: object, key: str, done: str, named: Mapping[str, str] = SAME,
) -> Response:  # fmt: skip
    try:
        act(services, actor, wanted, once=key)
    except Invalid as error:
        errors = {named.get(name, name): sentence for name, sentence in error.fields.items()}
        return _page(request, services, actor, Invalid.status, errors=errors)
    return go_to(f"/beheer/medewerkers?gedaan={done}")


def _page(
    request: Request, services: Services, actor: Actor, status: int = 200, *, done: str | None = None,
    errors: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    page = read_people(services, actor)
    return render(request, "admin/people.html", status, page=page, done=done, as_new=AS_NEW, errors=errors or {})
