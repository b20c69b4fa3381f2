"""Vervanging: who stands in for whom. One page, on the workbench and for an administrator among the members of staff."""

from dataclasses import dataclass
from typing import Final

from fastapi import Request
from starlette.responses import Response

from portal.pages import go_to, render
from portal.received import Received
from processes.actions import act
from processes.actions.substitution import EndSubstitute, SetSubstitute
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.workbench import read_substitution
from processes.storage.services import Services

DONE: Final = {"ingesteld": "De vervanging is ingesteld.", "voorbij": "De vervanging is voorbij."}
FIELDS: Final = {"reason": "absence", "staff": "away"}  # how a field of the action is called on the page


@dataclass(frozen=True, slots=True)
class SubstitutionDoor:
    """Where the page stands: its address and its template."""

    address: str
    template: str

    def show(
        self, request: Request, services: Services, actor: Actor, done: str = "", *, errors: dict[str, str] | None = None,
        typed: Received | None = None,
    ) -> Response:  # fmt: skip
        """The page, with what was wrong with the form where something was; `done` is a key of DONE."""
        return render(
            request, self.template, Invalid.status if errors else 200, page=read_substitution(services, actor),
            here=self.address, done=DONE.get(done), errors=errors or {}, typed=typed or Received({}, {}),
            place="substitution",
        )  # fmt: skip

    def arrange(self, request: Request, services: Services, actor: Actor, form: Received) -> Response:
        action = SetSubstitute(
            form.one("substitute"), form.one("first"), form.one("last"), form.one("away"), form.text("absence")
        )
        try:
            act(services, actor, action, once=form.form_key or None)
        except Invalid as error:
            errors = {FIELDS.get(name, name): sentence for name, sentence in error.fields.items()}
            return self.show(request, services, actor, errors=errors, typed=form)
        return go_to(f"{self.address}?gedaan=ingesteld")

    def end(self, services: Services, actor: Actor, form: Received, substitution: int) -> Response:
        act(services, actor, EndSubstitute(substitution), once=form.form_key or None)
        return go_to(f"{self.address}?gedaan=voorbij")
