"""Answers that came in at the return address, for somebody to read."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin, Number
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from processes.actions import act
from processes.actions.mail_answers import SettleAnswer
from processes.reads.admin import read_answers

router = APIRouter(prefix="/antwoorden")


@router.get("")
def show(request: Request, actor: Admin, services: TheServices, gedaan: str = "") -> Response:
    done = "Het antwoord is afgehandeld." if gedaan else None
    return render(request, "admin/answers.html", page=read_answers(services, actor), done=done)


@router.post("/{answer}/afgehandeld")
def settle(answer: Number, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, SettleAnswer(answer), once=form.form_key)
    return go_to("/beheer/antwoorden?gedaan=ja")
