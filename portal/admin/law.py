"""The rules that deadlines are computed with: the list, one rule, and changing it from a date with its effect shown first."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin, Day
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from portal.received import Received
from processes.actions import act
from processes.actions.law import RemoveLawRule, SaveLawRule
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.law.typed_rules import TypedRule
from processes.reads.admin import check_rule, check_rule_out, read_law, read_rule, rules_to_follow, typed_rule
from processes.storage.services import Services

HOME = "/beheer/wettelijke-termijnen"
router = APIRouter(prefix="/wettelijke-termijnen")
TEXTS = (
    "valid_from", "title", "article", "amount", "unit", "after", "counts_from", "extension", "extension_unit",
    "extension_article", "consent", "source", "checked_on", "certainty",
)  # fmt: skip


@router.get("")
def law(request: Request, actor: Admin, services: TheServices, zoek: str = "") -> Response:
    return render(request, "admin/law.html", groups=read_law(services, actor, zoek), search=zoek)


@router.get("/nieuw")
def new(request: Request, actor: Admin, services: TheServices) -> Response:
    return _form(request, services, actor, TypedRule(code="", new=True))


@router.post("/nieuw")
def add(request: Request, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    typed = _typed(form, form.one("code"), form.one("variant") or "standard", new=True)
    return _step(request, services, actor, form, typed)


@router.get("/regel/{code}/{variant}")
def rule(
    request: Request, code: str, variant: str, actor: Admin, services: TheServices, opgeslagen: str = ""
) -> Response:
    page = read_rule(services, actor, code, variant)
    return render(request, "admin/law_rule.html", page=page, saved=opgeslagen == "ja")


@router.get("/regel/{code}/{variant}/wijzigen")
def change(request: Request, code: str, variant: str, actor: Admin, services: TheServices) -> Response:
    return _form(request, services, actor, typed_rule(services, actor, code, variant))


@router.post("/regel/{code}/{variant}/wijzigen")
def save(request: Request, code: str, variant: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    return _step(request, services, actor, form, _typed(form, code, variant, new=False))


@router.get("/regel/{code}/{variant}/{since}/weghalen")
def ask_out(request: Request, code: str, variant: str, since: Day, actor: Admin, services: TheServices) -> Response:
    effect = check_rule_out(services, actor, code, variant, since)
    page = read_rule(services, actor, code, variant)
    return render(request, "admin/law_rule_out.html", page=page, since=since, effect=effect)


@router.post("/regel/{code}/{variant}/{since}/weghalen")
def take_out(code: str, variant: str, since: Day, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, RemoveLawRule(code, variant, since), once=form.form_key)
    return go_to(f"{HOME}/regel/{code}/{variant}?opgeslagen=ja")


def _step(request: Request, services: Services, actor: Actor, form: Received, typed: TypedRule) -> Response:
    """First the form, then a page that shows the effect, and from there saving or back to the form."""
    if form.one("step") == "change":
        return _form(request, services, actor, typed)
    try:
        if form.one("step") == "save":
            act(services, actor, SaveLawRule(typed), once=form.form_key)
            return go_to(f"{HOME}/regel/{typed.code}/{typed.variant}?opgeslagen=ja")
        checked = check_rule(services, actor, typed)
    except Invalid as error:
        return _form(request, services, actor, typed, error.fields)
    return render(request, "admin/law_confirm.html", checked=checked, typed=typed, texts=TEXTS)


def _typed(form: Received, code: str, variant: str, *, new: bool) -> TypedRule:
    texts = {name: form.one(name) for name in TEXTS}
    return TypedRule(
        code=code,
        variant=variant,
        new=new,
        seen=form.one("seen") or None,
        moved=form.ticked("moved"),
        backwards=form.ticked("backwards"),
        **texts,
    )


def _form(
    request: Request, services: Services, actor: Actor, typed: TypedRule, errors: dict[str, str] | None = None
) -> Response:
    more: dict[str, Any] = {"errors": errors} if errors else {}
    if errors and not typed.new:  # it shows what there is now
        typed = replace(typed, seen=typed_rule(services, actor, typed.code, typed.variant).seen)
    follow = rules_to_follow(services, actor, typed.code)
    status = Invalid.status if errors else 200
    return render(request, "admin/law_form.html", status, typed=typed, follow=follow, **more)
