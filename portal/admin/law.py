"""The rules that deadlines are computed with: the list, one rule, and changing it from a date with its effect shown first."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin, Day
from portal.doors import PlainForm, TheHouse
from portal.pages import go_to, render
from portal.received import Received
from processes.actions import act
from processes.actions.law import RemoveLawRule, SaveLawRule
from processes.actions.law_fields import TypedRule
from processes.actor import Actor
from processes.errors import Invalid
from processes.house import House
from processes.reads.admin import check_rule, check_rule_out, read_law, read_rule, rules_to_follow, typed_rule

HOME = "/beheer/wettelijke-termijnen"
router = APIRouter(prefix="/wettelijke-termijnen")
TEXTS = (
    "valid_from", "title", "article", "amount", "unit", "after", "counts_from", "extension", "extension_unit",
    "extension_article", "consent", "source", "checked_on", "certainty",
)  # fmt: skip


@router.get("")
def law(request: Request, actor: Admin, house: TheHouse, zoek: str = "") -> Response:
    return render(request, "admin/law.html", groups=read_law(house, actor, zoek), search=zoek)


@router.get("/nieuw")
def new(request: Request, actor: Admin, house: TheHouse) -> Response:
    return _form(request, house, actor, TypedRule(code="", new=True))


@router.post("/nieuw")
def add(request: Request, actor: Admin, form: PlainForm, house: TheHouse) -> Response:
    typed = _typed(form, form.one("code"), form.one("variant") or "standard", new=True)
    return _step(request, house, actor, form, typed)


@router.get("/regel/{code}/{variant}")
def rule(request: Request, code: str, variant: str, actor: Admin, house: TheHouse, opgeslagen: str = "") -> Response:
    page = read_rule(house, actor, code, variant)
    return render(request, "admin/law_rule.html", page=page, saved=opgeslagen == "ja")


@router.get("/regel/{code}/{variant}/wijzigen")
def change(request: Request, code: str, variant: str, actor: Admin, house: TheHouse) -> Response:
    return _form(request, house, actor, typed_rule(house, actor, code, variant))


@router.post("/regel/{code}/{variant}/wijzigen")
def save(request: Request, code: str, variant: str, actor: Admin, form: PlainForm, house: TheHouse) -> Response:
    return _step(request, house, actor, form, _typed(form, code, variant, new=False))


@router.get("/regel/{code}/{variant}/{since}/weghalen")
def ask_out(request: Request, code: str, variant: str, since: Day, actor: Admin, house: TheHouse) -> Response:
    effect = check_rule_out(house, actor, code, variant, since)
    page = read_rule(house, actor, code, variant)
    return render(request, "admin/law_rule_out.html", page=page, since=since, effect=effect)


@router.post("/regel/{code}/{variant}/{since}/weghalen")
def take_out(code: str, variant: str, since: Day, actor: Admin, form: PlainForm, house: TheHouse) -> Response:
    act(house, actor, RemoveLawRule(code, variant, since), once=form.form_key)
    return go_to(f"{HOME}/regel/{code}/{variant}?opgeslagen=ja")


def _step(request: Request, house: House, actor: Actor, form: Received, typed: TypedRule) -> Response:
    """First the form, then a page that shows the effect, and from there saving or back to the form."""
    if form.one("step") == "change":
        return _form(request, house, actor, typed)
    try:
        if form.one("step") == "save":
            act(house, actor, SaveLawRule(typed), once=form.form_key)
            return go_to(f"{HOME}/regel/{typed.code}/{typed.variant}?opgeslagen=ja")
        checked = check_rule(house, actor, typed)
    except Invalid as error:
        return _form(request, house, actor, typed, error.fields)
    return render(request, "admin/law_confirm.html", checked=checked, typed=typed, texts=TEXTS)


def _typed(form: Received, code: str, variant: str, *, new: bool) -> TypedRule:
    texts = {name: form.one(name) for name in TEXTS}
    return TypedRule(
        code=code, variant=variant, new=new, moved=form.ticked("moved"), backwards=form.ticked("backwards"), **texts
    )


def _form(
    request: Request, house: House, actor: Actor, typed: TypedRule, errors: dict[str, str] | None = None
) -> Response:
    more: dict[str, Any] = {"errors": errors} if errors else {}
    follow = rules_to_follow(house, actor, typed.code)
    status = Invalid.status if errors else 200
    return render(request, "admin/law_form.html", status, typed=typed, follow=follow, **more)
