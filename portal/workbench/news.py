"""/werk/nieuws: what colleagues and departments did that concerns the reader, and whether it comes by mail."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices, row_id
from portal.pages import go_to, render
from portal.received import Received
from portal.workbench.doors import Worker, carry_out
from portal.workbench.waiting_words import TODAY, today_of
from processes.actions import act
from processes.actions.desk_mail import HOURS, ChooseDeskMail
from processes.actions.messages import ReadNews
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.words import DeskMailKind

MAILS = (("", "Geen mail"), (DeskMailKind.AT_ONCE, "Zo snel mogelijk"), (DeskMailKind.DAILY, "Eén keer per dag"))
DONE = {"mail": "Uw keuze voor mail is bewaard."}
router = APIRouter(prefix="/nieuws")


@router.get("")
def news(request: Request, actor: Worker, services: TheServices, pagina: int = 1, gedaan: str = "") -> Response:
    return _page(request, services, actor, pagina, done=DONE.get(gedaan, ""))


@router.post("/mail")
def mail(request: Request, actor: Worker, form: PlainForm, services: TheServices) -> Response:
    wanted = ChooseDeskMail(form.one("desk_mail"), form.one("desk_hour"))

    def again(errors: Mapping[str, str]) -> Response:
        return _page(request, services, actor, errors=errors, typed=form)

    return carry_out(services, actor, wanted, form, "/werk/nieuws?gedaan=mail", again)


@router.post("/gelezen")
def all_read(actor: Worker, form: PlainForm, services: TheServices) -> Response:
    """Everything that the reader could see on the page, and nothing that came since."""
    act(services, actor, ReadNews(upto=row_id(form.one("tot")) or 0), once=form.form_key or None)
    return go_to("/werk/nieuws")


@router.post("/{news}/gelezen")
def one_read(actor: Worker, form: PlainForm, services: TheServices, news: RowId) -> Response:
    act(services, actor, ReadNews(one=news), once=form.form_key or None)
    return go_to(today_of(form) if form.one("lijst") == TODAY else "/werk/nieuws")


def _page(
    request: Request, services: Services, actor: Actor, number: int = 1, *, done: str = "",
    errors: Mapping[str, str] | None = None, typed: Received | None = None,
) -> Response:  # fmt: skip
    page = reads.read_desk_news(services, actor, number)
    chosen = (typed.one("desk_mail"), typed.one("desk_hour")) if typed else (page.mail.kind, str(page.mail.hour))
    return render(
        request, "workbench/news.html", Invalid.status if errors else 200, page=page, place="news", most=reads.MOST,
        done=done, errors=errors or {}, chosen=chosen, mails=MAILS, hours=[(hour, f"{hour}.00 uur") for hour in HOURS],
    )  # fmt: skip
