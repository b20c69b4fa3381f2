"""With which version of a form somebody began, and what is different when it has to be finished with another.

The page carries this along under our seal, in a hidden field that is kept with what was typed. So a form that was begun is known as such
after a new version of the case type went into use, or after the running case moved to it.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import orjson
from fastapi import Request

from portal.forms import FormChanges, FormSchema, changes_between
from portal.pages import get_services
from portal.received import Received
from processes.base.clock import AMSTERDAM
from processes.base.errors import Invalid
from processes.base.secrets import SealBroken
from processes.execution.forms import FormPage, beside_delivery
from processes.reads.begun_forms import read_form_then
from processes.storage.services import Services

FIELD: Final = "begonnen"
PLACE: Final = "begun_form"
CHANGED: Final = "Dit formulier is veranderd sinds u begon. Wat u invulde, staat er nog. Kijk na wat er anders is, en verstuur het dan opnieuw."


@dataclass(frozen=True, slots=True)
class FormBeginning:
    """The id of the model version and the element whose form was begun, and the day."""

    version: int
    element: str
    on: date


def sealed_begun(services: Services, form: FormPage, on: date) -> str:
    """The text for the hidden field."""
    data = orjson.dumps([form.version, form.element, on])
    return urlsafe_b64encode(services.secrets.seal(data, PLACE)).decode()


def begun_in(services: Services, typed: Received | None) -> FormBeginning | None:
    """The content of the hidden field; None when there is none, or none of ours."""
    text = typed.one(FIELD) if typed else ""
    try:
        version, element, on = orjson.loads(services.secrets.open(urlsafe_b64decode(text.encode()), PLACE))
    except (SealBroken, ValueError):
        return None
    return FormBeginning(version, element, date.fromisoformat(on))


def changes_since(
    services: Services, form: FormPage | None, typed: Received | None, *, beside: bool = False
) -> FormChanges:
    """The differences from the form that was begun; nothing for who began with this very form. `beside`: it is that of a delivery, of
    which only what it asks beside documents and the remark can differ.
    """
    begun = begun_in(services, typed) if form else None
    if form is None or typed is None or begun is None or (begun.version, begun.element) == (form.version, form.element):
        return FormChanges()
    then = read_form_then(services, begun.version, begun.element, form)
    if then is None or (then.schema == form.schema and then.values == form.values):
        return FormChanges()
    return changes_between(_questions(then, beside=beside), _questions(form, beside=beside), typed)


def _questions(form: FormPage, *, beside: bool) -> FormSchema:
    asked = beside_delivery(form) if beside else form
    return FormSchema.parse(asked.schema, asked.values) if asked else FormSchema(())


def begun_context(
    request: Request,
    form: FormPage | None,
    typed: Received | None,
    on: date | None = None,
    *,
    beside: bool = False,
) -> dict[str, Any]:
    """Everything that `macros/drafts.html` needs for the hidden field and the list of what is different. `on`: the day on which somebody began,
    where that counts; `beside` as for `changes_since`.
    """
    services = get_services(request)
    begun = sealed_begun(services, form, on or datetime.now(AMSTERDAM).date()) if form else ""
    return {"begun": begun, "changes": changes_since(services, form, typed, beside=beside)}


def refuse_changed(services: Services, form: FormPage | None, received: Received, *, beside: bool = False) -> None:
    """Nothing is taken before its sender has seen what is different. Raises Invalid."""
    if changes_since(services, form, received, beside=beside):
        raise Invalid({"": CHANGED})
