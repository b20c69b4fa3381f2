"""/werk/zaken/<number>/partijen/nieuw: somebody joins the case."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices, row_id
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
def ask(request: Request, actor: Worker, services: TheServices, number: str, mede: str = "") -> Response:
    """`mede`: the id of who was named as filing along, whose name and address are filled in."""
    return _page(request, services, actor, number, Received(), mede=mede)


@router.post("")
def add(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    if form.one(BUTTON):
        row, errors = looked_up(services, actor, one_party(form, ""), 0)
        return _page(request, services, actor, number, form, errors, row)
    wrong: dict[str, str] = {}
    party = party_of(0, one_party(form, ""), wrong)
    letters = tuple(form.all("letters")) if form.one("letters_shown") else None
    named = row_id(form.one("mede")) if form.one("mede") else None
    return carry_out(services, actor, AddParty(number, party, letters, wrong, named), form, f"/werk/zaken/{number}/partijen?gedaan=betrokkene",
                     lambda errors: _page(request, services, actor, number, form, errors))  # fmt: skip


def _page(
    request: Request,
    services: Services,
    actor: Actor,
    number: str,
    typed: Received,
    errors: Mapping[str, str] | None = None,
    party: Row | None = None,
    mede: str = "",
) -> Response:
    page = reads.read_parties(services, actor, number)
    if not page.roles:
        raise CaseClosed
    wanted = row_id(typed.one("mede", mede))
    named = next((one for one in page.named if one.id == wanted and one.may_ask), None)
    fresh = one_party(typed, named.role if named else page.roles[0][0])
    if named and not typed.fields:
        fresh = {**fresh, "name": named.name, "email": named.email or ""}
    return show_page(
        request,
        page,
        page.head.number,
        "add_party",
        "Partijen",
        "partijen",
        errors=errors,
        typed=typed,
        party=party or fresh,
        named=named,
        registers=services.registers is not None,
    )
