"""/werk/toegang: asking to see a case above one's clearance, and answering such questions."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.pages import go_to, render
from portal.received import Received
from portal.workbench.doors import Desk, Worker
from processes.actions import act
from processes.actions.case_access import AskAccess, EndAccess, GiveAccess, RefuseAccess
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/toegang")
DONE = {
    "gevraagd": "Uw vraag is gesteld. Is er een zaak met dit nummer, dan krijgt u hier antwoord.",
    "gegeven": "Uw collega mag de zaak nu zien.",
    "geweigerd": "Uw collega leest hier waarom niet.",
    "ingetrokken": "Uw collega ziet de zaak niet meer.",
}


@router.get("")
def access(request: Request, actor: Desk, services: TheServices, zaak: str = "", gedaan: str = "") -> Response:
    return _page(request, services, actor, case=zaak[:40], done=DONE.get(gedaan))


@router.post("")
def ask(request: Request, actor: Desk, form: PlainForm, services: TheServices) -> Response:
    wanted = AskAccess(form.one("case"), form.text("why"))
    return _change(request, services, actor, wanted, form, "gevraagd", {"reason": "why"})


@router.post("/{access}/geven")
def give(request: Request, actor: Worker, form: PlainForm, services: TheServices, access: RowId) -> Response:
    wanted = GiveAccess(access, form.one(f"until-{access}"))
    return _change(request, services, actor, wanted, form, "gegeven", {"until": f"until-{access}"})


@router.post("/{access}/weigeren")
def refuse(request: Request, actor: Worker, form: PlainForm, services: TheServices, access: RowId) -> Response:
    wanted = RefuseAccess(access, form.text(f"answer-{access}"))
    return _change(request, services, actor, wanted, form, "geweigerd", {"answer": f"answer-{access}"})


@router.post("/{access}/intrekken")
def end(request: Request, actor: Worker, form: PlainForm, services: TheServices, access: RowId) -> Response:
    return _change(request, services, actor, EndAccess(access), form, "ingetrokken", {})


def _change(
    request: Request, services: Services, actor: Actor, wanted: object, form: Received, done: str, named: dict[str, str]
) -> Response:
    """Carry out and show the page again; `named`: how a field of the action is called on the page."""
    try:
        act(services, actor, wanted, once=form.form_key or None)
    except Invalid as error:
        errors = {named.get(name, name): sentence for name, sentence in error.fields.items()}
        return _page(request, services, actor, Invalid.status, errors=errors, case=form.one("case"), typed=form)
    return go_to(f"/werk/toegang?gedaan={done}")


def _page(
    request: Request, services: Services, actor: Actor, status: int = 200, *, case: str = "", done: str | None = None,
    errors: dict[str, str] | None = None, typed: Received | None = None,
) -> Response:  # fmt: skip
    return render(
        request, "workbench/access.html", status, page=reads.read_access(services, actor), place="access", case=case,
        done=done, errors=errors or {}, typed=typed or Received({}, {}),
    )  # fmt: skip
