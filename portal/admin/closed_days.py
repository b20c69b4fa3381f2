"""Days that a decree makes equal to a holiday: the list, and adding or taking out one with its effect shown first."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.law import HOME as LAW
from portal.admin.roles import Admin, Day
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from processes.actions import act
from processes.actions.law import RemoveClosedDay, SaveClosedDay
from processes.base.errors import Invalid
from processes.base.typed_values import read_date
from processes.law.typed_rules import TypedDay
from processes.reads.admin import check_day, check_day_out, read_closed_days

HOME = f"{LAW}/dagen"
router = APIRouter(prefix="/wettelijke-termijnen/dagen")
DONE = {"erbij": "De dag staat in de lijst.", "weg": "De dag is weggehaald."}


@router.get("")
def days(request: Request, actor: Admin, services: TheServices, gedaan: str = "") -> Response:
    page = read_closed_days(services, actor)
    return render(request, "admin/closed_days.html", page=page, done=DONE.get(gedaan))


@router.get("/nieuw")
def new(request: Request, actor: Admin) -> Response:
    del actor
    return _form(request, TypedDay("", "gelijkgesteld met een feestdag"))


@router.post("/nieuw")
def add(request: Request, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """First the form, then a page that shows the effect, and from there saving or back to the form."""
    typed = TypedDay(*(form.one(name) for name in ("day", "title", "source", "checked_on", "certainty")))
    if form.one("step") == "change":
        return _form(request, typed)
    try:
        if form.one("step") == "save":
            act(services, actor, SaveClosedDay(typed), once=form.form_key)
            return go_to(f"{HOME}?gedaan=erbij")
        effect = check_day(services, actor, typed)
    except Invalid as error:
        return _form(request, typed, error.fields)
    day = read_date(typed.day)  # the check has read it
    return render(request, "admin/closed_day_confirm.html", typed=asdict(typed), day=day, effect=effect)


@router.get("/{day}/weghalen")
def ask_out(request: Request, day: Day, actor: Admin, services: TheServices) -> Response:
    return render(request, "admin/closed_day_out.html", day=day, effect=check_day_out(services, actor, day))


@router.post("/{day}/weghalen")
def take_out(day: Day, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, RemoveClosedDay(day), once=form.form_key)
    return go_to(f"{HOME}?gedaan=weg")


def _form(request: Request, typed: TypedDay, errors: dict[str, str] | None = None) -> Response:
    more: dict[str, Any] = {"errors": errors} if errors else {}
    return render(request, "admin/closed_day.html", Invalid.status if errors else 200, typed=typed, **more)
