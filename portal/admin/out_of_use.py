"""Uit gebruik nemen: from which day no case of a case type begins, what people then read, and taking that back."""

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.agreeing import after_asking
from portal.admin.roles import Admin
from portal.doors import PlainForm, TheServices
from portal.drafts import filing_form
from portal.pages import render
from portal.received import Received
from processes.actions import act
from processes.actions.out_of_use import EndUse, KeepInUse
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.base.typed_values import read_date
from processes.reads.admin import EndOfUsePage, read_door, read_end_of_use
from processes.reads.begun_forms import read_begun_forms
from processes.storage.services import Services

router = APIRouter(prefix="/zaaktypen/{process}/uit-gebruik")
DONE = {
    "ja": "Dit staat vast. U kunt het altijd nog veranderen of terugdraaien, ook na die dag.",
    "terug": "Het zaaktype blijft in gebruik.",
}


@router.get("")
def show(request: Request, process: str, actor: Admin, services: TheServices, gedaan: str = "") -> Response:
    return _page(request, services, actor, process, _filled(read_end_of_use(services, actor, process)), done=gedaan)


@router.post("")
def end(request: Request, process: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    try:
        answer = act(services, actor, _wanted(process, form), once=form.form_key)
    except Invalid as error:
        return _page(request, services, actor, process, form, error)
    return after_asking(process, answer, f"/beheer/zaaktypen/{process}/uit-gebruik?gedaan=ja")


@router.post("/terug")
def take_back(request: Request, process: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    try:
        answer = act(services, actor, KeepInUse(process, form.text("ended_reason")), once=form.form_key)
    except Invalid as error:
        known = _filled(read_end_of_use(services, actor, process))
        return _page(request, services, actor, process, known, Invalid({"ended_reason": error.fields["reason"]}))
    return after_asking(process, answer, f"/beheer/zaaktypen/{process}/uit-gebruik?gedaan=terug")


def _wanted(process: str, form: Received) -> EndUse:
    """Raises Invalid for a day that cannot be read."""
    wrong: dict[str, str] = {}
    wanted = EndUse(
        process, _day(form, "from_on", wrong), form.text("message"), form.text("reason"), form.text("message_en"),
        form.one("successor"), _day(form, "finish_until", wrong),
    )  # fmt: skip
    if wrong:
        raise Invalid(wrong)
    return wanted


def _day(form: Received, name: str, wrong: dict[str, str]) -> date | None:
    try:
        return read_date(form.one(name)) if form.one(name) else None
    except ValueError as error:
        wrong[name] = str(error)
        return None


def _filled(page: EndOfUsePage) -> Received:
    """The form as what holds now fills it."""
    end = page.end
    if end is None:
        return Received()
    known = {
        "from_on": end.days.from_on.isoformat(), "finish_until": end.days.finish_until.isoformat(),
        "successor": end.successor or "", "message": end.message, "message_en": end.message_en,
    }  # fmt: skip
    return Received({name: [text] for name, text in known.items()})


def _page(
    request: Request, services: Services, actor: Actor, process: str, typed: Received, wrong: Invalid | None = None,
    done: str = "",
) -> Response:  # fmt: skip
    begun = read_begun_forms(services, actor, process, filing_form(process))
    return render(
        request, "admin/out_of_use.html", wrong.status if wrong else 200, page=read_end_of_use(services, actor, process),
        door=read_door(services, actor, process), typed=typed, errors=wrong.fields if wrong else {}, done=DONE.get(done), begun=begun,
        home=f"/beheer/zaaktypen/{process}/uit-gebruik",
    )  # fmt: skip
