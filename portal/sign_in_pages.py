"""Where and when somebody signed in, and signing out there (C20): what the pages of citizens, the workbench and the administration share."""

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from portal.received import Received
from portal.security.own_sign_ins import FIELD, own_sign_ins, sign_out_of
from portal.sign_on.signing_out import signed_out_by
from processes.base.actor import Actor
from processes.storage.services import Services
from processes.storage.words import SessionKind

DONE: Final = {"uitgelogd": "U bent op dat apparaat uitgelogd."}
LAST_PAGE: Final = 1_000
PageNumber = Annotated[int, Query(ge=1, le=LAST_PAGE)]


def signed_out_as_asked(request: Request, services: Services, actor: Actor, form: Received, back: str) -> Response:
    """Sign out of the one that the form names, and go `back`; or, when it names none, of every own one, also at the provider by which that of
    now came in. One that is not theirs, or ended meanwhile, ends nothing.
    """
    if only := form.one(FIELD):
        sign_out_of(request, services, actor, only)
        return go_to(back)
    return signed_out_by(request, services, SessionKind(actor.kind), lambda: sign_out_of(request, services, actor))


def staff_sign_ins(face: str, template: str, guard: Callable[..., Actor]) -> APIRouter:
    """The page of members of staff at `face`/inloggen, for whom the guard lets in."""
    router, address = APIRouter(prefix="/inloggen"), f"{face}/inloggen"
    Member = Annotated[Actor, Depends(guard)]  # noqa: N806 - a type

    @router.get("")
    def show(
        request: Request, actor: Member, services: TheServices, gedaan: str = "", pagina: PageNumber = 1
    ) -> Response:
        return render(
            request, template, sign_ins=own_sign_ins(request, services, actor, pagina), here=address,
            done=DONE.get(gedaan, ""), place="sign_ins",
        )  # fmt: skip

    @router.post("")
    def end(request: Request, actor: Member, form: PlainForm, services: TheServices) -> Response:
        return signed_out_as_asked(request, services, actor, form, f"{address}?gedaan=uitgelogd")

    return router
