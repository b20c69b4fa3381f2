"""The house style: what is in use, a proposal with its check, taking it into use, and the way back to an earlier one."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin, Number
from portal.admin.style_form import PackageForm, StyleForm, chosen_file, style_typed, typed_again, typed_of
from portal.doors import PlainForm, TheServices
from portal.downloads import send_document
from portal.pages import go_to, render
from portal.uploads import one_file
from processes.actions import act
from processes.actions.house_style import (
    DropStyleProposal,
    MendStyleProposal,
    ReturnToStyle,
    SaveStyleProposal,
    UseStyle,
    WithdrawStyle,
)
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.base.typed_values import read_date
from processes.house_style.package import MOST_BYTES, WRONG, unpacked
from processes.house_style.style import COLOURS, CORNER_NAMES, FONT_NAMES, ONLY_BOLD, HouseStyle
from processes.house_style.themes import theme
from processes.reads.admin.house_style import (
    read_proposal,
    read_style_page,
    style_as_file,
    style_of,
    style_to_change,
    theme_of,
)
from processes.storage.services import Services
from processes.storage.upload_room import let_go

HOME = "/beheer/huisstijl"
PROPOSAL = f"{HOME}/voorstel"
router = APIRouter(prefix="/huisstijl")


@router.get("")
def overview(request: Request, actor: Admin, services: TheServices, gelukt: str = "") -> Response:
    return _overview(request, services, actor, done=gelukt)


@router.post("/begin")
def begin(actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """A proposal out of a theme, an earlier style, or (`number` 0) how the program comes along."""
    if code := form.one("theme"):
        style, files = theme_of(services, actor, code)
    else:
        number = form.one("number")
        style, files = style_of(services, actor, int(number) if number.isdecimal() else -1), ()
    act(services, actor, SaveStyleProposal(style, files, form.one("seen")), once=form.form_key)
    return go_to(PROPOSAL)


@router.get("/wijzigen")
def change(request: Request, actor: Admin, services: TheServices) -> Response:
    style, seen = style_to_change(services, actor)
    return _form(request, services, actor, typed=typed_of(style), seen=seen)


@router.post("/wijzigen")
def save(request: Request, actor: Admin, form: StyleForm, services: TheServices) -> Response:
    before, newest = style_to_change(services, actor)
    try:
        style, files = style_typed(services, before, form)
        act(services, actor, SaveStyleProposal(style, files, form.one("seen")), once=form.form_key)
    except Invalid as error:
        return _form(request, services, actor, typed=typed_again(form), seen=newest, errors=error.fields)
    return go_to(PROPOSAL)


@router.get("/voorstel")
def proposal(request: Request, actor: Admin, services: TheServices) -> Response:
    return _proposal(request, services, actor)


@router.post("/voorstel/herstellen")
def mend(request: Request, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    try:
        act(services, actor, MendStyleProposal(form.one("seen")), once=form.form_key)
    except Invalid as error:
        return _proposal(request, services, actor, errors=error.fields)
    return go_to(PROPOSAL)


@router.post("/voorstel/weggooien")
def drop(actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, DropStyleProposal(), once=form.form_key)
    return go_to(f"{HOME}?gelukt=weg")


@router.post("/voorstel/in-gebruik")
def use(request: Request, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    typed = {name: form.text(name) for name in ("valid_from", "reason")}
    try:
        act(services, actor, _asked(typed, form.one("seen")), once=form.form_key)
    except Invalid as error:
        return _proposal(request, services, actor, typed=typed, errors=error.fields)
    services.styles.forget()
    return go_to(f"{HOME}?gelukt=gebruik")


@router.post("/versie/{number}/terug")
def go_back(request: Request, number: Number, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    try:
        act(services, actor, ReturnToStyle(number), once=form.form_key)
    except Invalid as error:
        return _overview(request, services, actor, errors=error.fields)
    services.styles.forget()
    return go_to(f"{HOME}?gelukt=terug")


@router.post("/versie/{number}/intrekken")
def withdraw(number: Number, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, WithdrawStyle(number), once=form.form_key)
    services.styles.forget()
    return go_to(f"{HOME}?gelukt=ingetrokken")


@router.get("/versie/{number}/bestand")
def download(number: Number, actor: Admin, services: TheServices) -> Response:
    content = style_as_file(services, actor, number)
    return send_document([content], f"huisstijl-{number}.json", "application/json", len(content))


@router.post("/bestand")
def bring(request: Request, actor: Admin, form: PackageForm, services: TheServices) -> Response:
    """A house style that was saved as a file becomes the proposal."""
    try:
        style, files = unpacked(_packed(services, form))
        act(services, actor, SaveStyleProposal(style, tuple(files.values()), form.one("seen")), once=form.form_key)
    except Invalid as error:
        return _overview(request, services, actor, errors=error.fields)
    return go_to(PROPOSAL)


def _overview(request: Request, services: Services, actor: Actor, done: str = "", **more: object) -> Response:
    page = read_style_page(services, actor)
    status = Invalid.status if more else 200
    return render(
        request, "admin/style/overview.html", status, page=page, done=done, standard_style=HouseStyle(),
        theme_styles={code: theme(code)[0] for code in page.themes}, **more,
    )  # fmt: skip


def _packed(services: Services, form: PackageForm) -> bytes:
    upload = one_file(form, "Kies eerst een bestand.")
    try:
        if upload.size > MOST_BYTES:
            raise Invalid({"file": WRONG})
        return chosen_file(services, form, "file")
    finally:
        let_go(services, form.uploads)


def _asked(typed: dict[str, str], seen: str) -> UseStyle:
    try:
        return UseStyle(read_date(typed["valid_from"]), typed["reason"], seen)
    except ValueError as error:
        raise Invalid({"valid_from": str(error)}) from error


def _form(request: Request, services: Services, actor: Actor, **more: object) -> Response:
    page = read_style_page(services, actor)
    fonts = [(code, name) for code, name in FONT_NAMES.items() if code not in ONLY_BOLD]
    groups: dict[str, list[object]] = {}
    for one in COLOURS:
        groups.setdefault(one.group, []).append(one)
    held = page.proposal.style if page.proposal else page.now.style
    status = Invalid.status if more.get("errors") else 200
    return render(
        request, "admin/style/form.html", status, page=page, held=held, groups=groups, text_fonts=fonts,
        heading_fonts=list(FONT_NAMES.items()), corners=list(CORNER_NAMES.items()), **more,
    )  # fmt: skip


def _proposal(
    request: Request, services: Services, actor: Actor, *, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> Response:  # fmt: skip
    found = read_proposal(services, actor)
    shown = typed or {"valid_from": found.today.isoformat(), "reason": ""}
    more = {"errors": errors} if errors else {}
    return render(
        request, "admin/style/proposal.html", Invalid.status if errors else 200, found=found, typed=shown, **more
    )
