"""Versions that are not in use yet, the agreement of a second administrator, and the way back to an older version."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.agreeing import after_asking
from portal.admin.guard import keep_plan, kept_plan, played_or_ordered, playing_now
from portal.admin.models import BPMN
from portal.admin.planned import place_of, read_plan
from portal.admin.roles import Admin, Number
from portal.doors import PlainForm, TheServices
from portal.downloads import send_document
from portal.pages import go_to, render
from processes.actions import act
from processes.actions.deploying import DeployFolder, Refused
from processes.actions.proposing import ApproveVersion, SendBackVersion, WithdrawVersion
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.admin import check_upload, read_door, read_proposal, read_version
from processes.reads.studio import DeployGuard, read_guard
from processes.storage.services import Services

router = APIRouter(prefix="/zaaktypen/{process}")


@router.get("/voorstel")
def proposal(request: Request, process: str, actor: Admin, services: TheServices) -> Response:
    return _proposal(request, services, actor, process)


@router.post("/voorstel/repetities")
def play(request: Request, process: str, actor: Admin, services: TheServices) -> Response:
    """Play its rehearsals now, and say how they went."""
    guard = read_guard(services, read_proposal(services, actor, process)[1])
    if played_or_ordered(services, actor, guard).missing:
        return go_to(f"/beheer/zaaktypen/{process}/voorstel")
    return _proposal(request, services, actor, process)


@router.get("/voorstel/tekening")
def proposed_drawing(process: str, actor: Admin, services: TheServices) -> Response:
    found = read_proposal(services, actor, process)[1].folder.drawing
    return send_document([found], f"{process}-voorstel.bpmn", BPMN, len(found))


@router.post("/voorstel/akkoord")
def approve(request: Request, process: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    _line, checked = read_proposal(services, actor, process)
    guard = played_or_ordered(services, actor, read_guard(services, checked))
    if guard.missing:
        return go_to(f"/beheer/zaaktypen/{process}/voorstel")
    if guard.broken:
        return _proposal(request, services, actor, process, Refused.status)
    try:
        answer = act(services, actor, ApproveVersion(process, form.one("proposal")), once=form.form_key)
    except Refused as refused:
        return _proposal(request, services, actor, process, refused.status)
    return go_to(place_of(answer))


@router.post("/voorstel/terugsturen")
def send_back(request: Request, process: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    wanted = SendBackVersion(process, form.one("proposal"), form.text("answer"))
    try:
        act(services, actor, wanted, once=form.form_key)
    except Invalid as wrong:
        return _proposal(request, services, actor, process, wrong.status, errors=wrong.fields, answer=wanted.answer)
    return go_to(f"/beheer/zaaktypen/{process}/voorstel")


@router.post("/voorstel/intrekken")
def withdraw(process: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    answer = act(services, actor, WithdrawVersion(process, form.one("proposal")), once=form.form_key)
    return after_asking(process, answer, "/beheer/zaaktypen?ingetrokken=ja")


@router.get("/{version}/terug")
def ask_back(request: Request, process: str, version: Number, actor: Admin, services: TheServices) -> Response:
    return _back(request, services, actor, process, version)


@router.post("/{version}/terug")
def go_back(
    request: Request, process: str, version: Number, actor: Admin, form: PlainForm, services: TheServices
) -> Response:
    folder = read_version(services, actor, process, version)
    checked = check_upload(services, actor, folder)  # now, so that the transaction finds the answer ready
    guard, here = played_or_ordered(services, actor, read_guard(services, checked)), _way_back(process, version)
    if guard.missing:
        keep_plan(services, actor, here, form)
        return go_to(here)
    if guard.broken:
        return _back(request, services, actor, process, version, Refused.status, typed=form)
    try:
        answer = act(services, actor, DeployFolder(folder, read_plan(form, version)), once=form.form_key, form=here)
    except Invalid as wrong:
        return _back(request, services, actor, process, version, wrong.status, errors=wrong.fields, typed=form)
    except Refused as refused:
        return _back(request, services, actor, process, version, refused.status, typed=form)
    return go_to(place_of(answer))


def _proposal(
    request: Request, services: Services, actor: Actor, process: str, status: int = 200, **more: Any
) -> Response:
    line, checked = read_proposal(services, actor, process)
    context = {"answer": "", **_guard(services, read_guard(services, checked)), **more}
    return render(
        request,
        "admin/proposal.html",
        status,
        proposal=line,
        check=checked,
        door=read_door(services, actor, process),
        **context,
    )


def _back(
    request: Request, services: Services, actor: Actor, process: str, version: int, status: int = 200, **more: Any
) -> Response:
    checked = check_upload(services, actor, read_version(services, actor, process, version))
    typed = kept_plan(services, actor, _way_back(process, version))
    context = {"typed": typed, **_guard(services, read_guard(services, checked)), **more}
    door = read_door(services, actor, process)
    return render(
        request, "admin/version_back.html", status, process=process, version=version, check=checked, door=door, **context
    )  # fmt: skip


def _guard(services: Services, guard: DeployGuard) -> dict[str, Any]:
    return {"guard": guard, "playing": playing_now(services, guard)}


def _way_back(process: str, version: int) -> str:
    return f"/beheer/zaaktypen/{process}/{version}/terug"
