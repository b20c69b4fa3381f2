"""/werk/zaken/<number>/partijen/nieuw: somebody joins the case."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.received import Received
from portal.workbench.doors import Worker, carry_out
from portal.workbench.draft import Row, one_party
from portal.workbench.looking_up import BUTTON, looked_up
from portal.workbench.register_form import party_of
from portal.workbench.tabs import show_page
from processes.actions.parties import AddParty
from processes.base.actor import Actor
from processes.base.errors import CaseClosed
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/zaken/{number}/partijen/nieuw")


@router.get("")
def ask(request: Request, actor: Worker, services: TheServices, number: str) -> Response:
    return _page(request, services, actor, number, Received())


@router.post("")
def add(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    if form.one(BUTTON):
        row, errors = looked_up(services, actor, one_party(form, ""), 0)
        return _page(request, services, actor, number, form, errors, row)
    wrong: dict[str, str] = {}
    party = party_of(0, one_party(form, ""), wrong)
    letters = tuple(form.all("letters")) if form.one("letters_shown") else None
    return carry_out(services, actor, AddParty(number, party, letters, wrong), form, f"/werk/zaken/{number}/partijen?gedaan=betrokkene",
                     lambda errors: _page(request, services, actor, number, form, errors))  # fmt: skip


def _page(
    request: Request,
    services: Services,
    actor: Actor,
    number: str,
    typed: Received,
    errors: Mapping[str, str] | None = None,
    party: Row | None = None,
) -> Response:
    page = reads.read_parties(services, actor, number)
    if not page.roles:
        raise CaseClosed
    return show_page(
        request,
        page,
        page.head.number,
        "add_party",
        "Partijen",
        "partijen",
        errors=errors,
        typed=typed,
        party=party or one_party(typed, page.roles[0][0]),
        registers=services.registers is not None,
    )
