"""Mijn gegevens: e-mail, telephone and news by mail (D13-D18)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import Citizen, PlainForm, TheServices
from portal.pages import go_to, render
from portal.security.guards import own_identity
from processes.actions import act
from processes.actions.profile import SaveProfile
from processes.base.errors import Invalid
from processes.reads.citizen import read_profile
from processes.storage.citizens import identity_of

router = APIRouter(prefix="/mijn")


@router.get("/gegevens")
def details(request: Request, actor: Citizen, services: TheServices, opgeslagen: str = "") -> Response:
    profile = read_profile(services, actor)
    return render(request, "citizen/details.html", profile=profile, typed=None, saved=bool(opgeslagen))


@router.post("/gegevens")
def save(request: Request, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    wanted = SaveProfile(
        form.one("email"), form.one("phone"), news_by_mail=form.ticked("news_by_mail"),
        identity=identity_of(own_identity(request)),
    )  # fmt: skip
    try:
        act(services, actor, wanted, once=form.form_key)
    except Invalid as error:
        profile = read_profile(services, actor)
        context = {"profile": profile, "typed": wanted, "saved": False}
        return render(request, "citizen/details.html", Invalid.status, errors=error.fields, **context)
    return go_to("/mijn/gegevens?opgeslagen=ja")
