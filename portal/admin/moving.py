"""Lopende zaken verplaatsen: the dry run, the start, how far it is, stopping, and the way back."""

from collections.abc import Iterable, Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from portal.admin.agreeing import after_asking
from portal.admin.roles import MOST, Admin, Number
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from processes.actions import act
from processes.actions.moving import ReturnCase, ReturnCases, StartMove, StopMove
from processes.base.errors import Invalid, NotFound, NotNow
from processes.base.typed_values import case_number
from processes.reads.admin import read_door, read_move, read_moving, try_move

router = APIRouter(prefix="/zaaktypen/{process}/verplaatsen")
TO = "naar."  # before the id of an element of the old version, in the name of the field with its new id
LARGEST = 2**63 - 1
Version = Annotated[int, Query(ge=0, le=MOST)]
CaseId = Annotated[int, Query(ge=0, le=LARGEST)]


def home_of(process: str) -> str:
    """The address of moving the cases of this case type."""
    return f"/beheer/zaaktypen/{process}/verplaatsen"


@router.get("")
def moves(request: Request, process: str, actor: Admin, services: TheServices) -> Response:
    return render(
        request,
        "admin/moves.html",
        page=read_moving(services, actor, process),
        home=home_of(process),
        door=read_door(services, actor, process),
    )


@router.get("/proef")
def trial(
    request: Request, process: str, actor: Admin, services: TheServices, van: Version = 0, na: CaseId = 0
) -> Response:
    """`van`: the version that the cases follow now; `na`: the case after which this part begins."""
    return _trial(request, services, actor, process, van, _names(request.query_params.multi_items()), na)


@router.post("")
def start(request: Request, process: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    version, names = form.one("van"), _names((name, form.one(name)) for name in form.fields)
    number = int(version) if version.isascii() and version.isdecimal() and int(version) <= MOST else 0
    try:
        move = act(services, actor, StartMove(process, number, names), once=form.form_key)
    except Invalid as wrong:
        return _trial(request, services, actor, process, number, names, 0, wrong)
    return after_asking(process, move, f"{home_of(process)}/{move}")


@router.get("/{move}")
def one_move(
    request: Request, process: str, move: Number, actor: Admin, services: TheServices, terug: str = ""
) -> Response:
    """`terug`: the number of a case that was just put back."""
    page = read_move(services, actor, process, move)
    return render(
        request,
        "admin/move.html",
        page=page,
        home=home_of(process),
        done=terug,
        typed="",
        door=read_door(services, actor, process),
    )


@router.post("/{move}/stoppen")
def stop(process: str, move: Number, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, StopMove(move), once=form.form_key)
    return go_to(f"{home_of(process)}/{move}")


@router.post("/{move}/terug")
def put_back(process: str, move: Number, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    answer = act(services, actor, ReturnCases(move), once=form.form_key)
    return after_asking(process, answer, f"{home_of(process)}/{move}")


@router.post("/{move}/terug/zaak")
def put_one_back(
    request: Request, process: str, move: Number, actor: Admin, form: PlainForm, services: TheServices
) -> Response:
    try:
        number = act(services, actor, ReturnCase(move, case_number(form.one("case"))), once=form.form_key)
    except (NotFound, NotNow) as wrong:
        said = "Deze zaak is er niet." if isinstance(wrong, NotFound) else str(wrong)
        return render(
            request, "admin/move.html", wrong.status, page=read_move(services, actor, process, move),
            home=home_of(process), done="", typed=form.one("case"), errors={"case": said}, door=read_door(services, actor, process),
        )  # fmt: skip
    return go_to(f"{home_of(process)}/{move}?{urlencode({'terug': number})}")


def _names(fields: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The renamed elements that were chosen, old id to new id."""
    return {name.removeprefix(TO): chosen for name, chosen in fields if name.startswith(TO) and chosen}


def _trial(
    request: Request, services: TheServices, actor: Admin, process: str, version: int, names: Mapping[str, str],
    after: int, wrong: Invalid | None = None,
) -> Response:  # fmt: skip
    found = try_move(services, actor, process, version, names, after)
    asked = urlencode([("van", version), *((TO + one, to) for one, to in names.items())])
    return render(
        request, "admin/move_trial.html", wrong.status if wrong else 200, trial=found, home=home_of(process), names=names, asked=asked,
        after=after, door=read_door(services, actor, process), errors=wrong.fields if wrong else {},
    )  # fmt: skip
