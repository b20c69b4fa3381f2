"""After a backup was put back: which of the mails that wait may leave."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import MOST, Admin
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from processes.actions import act
from processes.actions.mailing import LetMailGo
from processes.base.errors import Invalid
from processes.reads.admin.held_mail import read_held_mail

router = APIRouter(prefix="/herstel")
WAYS = ("alle", "gekozen", "geen")


@router.get("")
def show(request: Request, actor: Admin, services: TheServices) -> Response:
    return render(request, "admin/held_mail.html", held=read_held_mail(services, actor), typed={})


@router.post("/mail")
def choose(request: Request, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    way, ids = form.one("way"), form.all("ids")
    if way not in WAYS:
        held = read_held_mail(services, actor)
        wrong = {"way": "Kies wat er met de mail moet gebeuren."}
        return render(request, "admin/held_mail.html", Invalid.status, held=held, errors=wrong, typed={"ids": ids})
    chosen = tuple(int(one) for one in ids if one.isdecimal() and len(one) < len(str(MOST)))
    send = chosen if way == "gekozen" else ()
    act(services, actor, LetMailGo(send, all=way == "alle"), once=form.form_key)
    return go_to("/beheer?opnieuw=herstel")
