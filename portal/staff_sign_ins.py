"""Where and when a member of staff signed in (C20). One page, on the workbench and in the administration."""

from dataclasses import dataclass
from typing import Final

from fastapi import Request
from starlette.responses import Response

from portal.pages import go_to, render
from portal.received import Received
from portal.security.own_sign_ins import FIELD, sign_in_lines, sign_out_of
from portal.sign_on.signing_out import signed_out_by
from processes.base.actor import Actor
from processes.storage.services import Services
from processes.storage.words import SessionKind

DONE: Final = {"uitgelogd": "U bent op dat apparaat uitgelogd."}


@dataclass(frozen=True, slots=True)
class StaffSignInsDoor:
    """Where the page stands: its address and its template."""

    address: str
    template: str

    def show(self, request: Request, services: Services, actor: Actor, done: str = "") -> Response:
        """`done` is a key of DONE, or empty."""
        return render(
            request, self.template, sign_ins=sign_in_lines(request, services, actor), here=self.address,
            done=DONE.get(done, ""), place="sign_ins",
        )  # fmt: skip

    def end(self, request: Request, services: Services, actor: Actor, form: Received) -> Response:
        """Sign out of the one that the form names, or everywhere, at the provider too, when it names none."""
        if only := form.one(FIELD):
            sign_out_of(services, actor, only)
            return go_to(f"{self.address}?gedaan=uitgelogd")
        return signed_out_by(request, services, SessionKind.STAFF, lambda: sign_out_of(services, actor))
