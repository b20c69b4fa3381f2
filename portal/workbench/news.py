"""/werk/nieuws: what colleagues and departments did that concerns the reader."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.pages import go_to, render
from portal.workbench.doors import Worker
from portal.workbench.waiting_words import TODAY, today_of
from processes.actions import act
from processes.actions.messages import ReadNews
from processes.reads import workbench as reads

router = APIRouter(prefix="/nieuws")


@router.get("")
def news(request: Request, actor: Worker, services: TheServices, pagina: int = 1) -> Response:
    page = reads.read_desk_news(services, actor, pagina)
    return render(request, "workbench/news.html", page=page, place="news", most=reads.MOST)


@router.post("/gelezen")
def all_read(actor: Worker, form: PlainForm, services: TheServices) -> Response:
    """Everything that the reader could see on the page, and nothing that came since."""
    upto = form.one("tot")
    act(
        services,
        actor,
        ReadNews(upto=int(upto) if upto.isascii() and upto.isdecimal() else 0),
        once=form.form_key or None,
    )
    return go_to("/werk/nieuws")


@router.post("/{news}/gelezen")
def one_read(actor: Worker, form: PlainForm, services: TheServices, news: RowId) -> Response:
    act(services, actor, ReadNews(one=news), once=form.form_key or None)
    return go_to(today_of(form.one("van")) if form.one("lijst") == TODAY else "/werk/nieuws")
