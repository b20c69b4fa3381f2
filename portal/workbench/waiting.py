"""/werk/berichten, /werk/brieven and so on: every list of what waits, with pages. Vandaag shows the beginning of each."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.pages import go_to, render
from portal.workbench.doors import Worker, only_of_this_case
from portal.workbench.waiting_words import NAMES, TITLES, TODAY, WHOSE, today_of
from processes.actions import act
from processes.actions.messages import MarkRead
from processes.reads import workbench as reads

router = APIRouter()
OF_EVERYBODY = reads.WaitingKind.LETTERS  # one post room prints for all


def _page(
    request: Request, actor: Worker, services: TheServices, kind: reads.WaitingKind, van: str, pagina: int
) -> Response:
    van = van if van in WHOSE and kind != OF_EVERYBODY else "alles"
    page = reads.read_waiting(services, actor, kind, WHOSE[van], pagina)
    lists = [(code, name) for code, name in NAMES.items() if code != "team" or page.teams]
    return render(
        request, "workbench/waiting.html", page=page, van=van, lists=[] if kind == OF_EVERYBODY else lists,
        titles=TITLES, most=reads.MOST, place=kind,
    )  # fmt: skip


@router.get("/berichten")
def messages(request: Request, actor: Worker, services: TheServices, van: str = "mij", pagina: int = 1) -> Response:
    return _page(request, actor, services, reads.WaitingKind.MESSAGES, van, pagina)


@router.get("/meldingen")
def notices(request: Request, actor: Worker, services: TheServices, van: str = "mij", pagina: int = 1) -> Response:
    return _page(request, actor, services, reads.WaitingKind.NOTICES, van, pagina)


@router.get("/brieven")
def letters(request: Request, actor: Worker, services: TheServices, pagina: int = 1) -> Response:
    return _page(request, actor, services, reads.WaitingKind.LETTERS, "alles", pagina)


@router.get("/concepten")
def drafts(request: Request, actor: Worker, services: TheServices, van: str = "mij", pagina: int = 1) -> Response:
    return _page(request, actor, services, reads.WaitingKind.DRAFTS, van, pagina)


@router.get("/vastgehouden")
def held(request: Request, actor: Worker, services: TheServices, van: str = "alles", pagina: int = 1) -> Response:
    return _page(request, actor, services, reads.WaitingKind.HELD, van, pagina)


@router.get("/mails")
def mails(request: Request, actor: Worker, services: TheServices, van: str = "alles", pagina: int = 1) -> Response:
    return _page(request, actor, services, reads.WaitingKind.MAILS, van, pagina)


@router.get("/dwangsommen")
def penalties(request: Request, actor: Worker, services: TheServices, van: str = "alles", pagina: int = 1) -> Response:
    return _page(request, actor, services, reads.WaitingKind.PENALTIES, van, pagina)


@router.post("/zaken/{number}/berichten/{note}/gelezen", dependencies=[Depends(only_of_this_case)])
def read_one(actor: Worker, form: PlainForm, services: TheServices, number: str, note: RowId) -> Response:
    """One message or notice was read. Back to the list that it stood in."""
    act(services, actor, MarkRead(number, note), once=form.form_key or None)
    kinds = {str(kind) for kind in (reads.WaitingKind.MESSAGES, reads.WaitingKind.NOTICES)}
    back, van = form.one("lijst"), form.one("van")
    if back == TODAY:
        return go_to(today_of(form))
    return go_to(f"/werk/{back if back in kinds else 'berichten'}?van={van if van in WHOSE else 'mij'}")
