"""/werk: Vandaag."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import TheServices
from portal.pages import go_to, render
from portal.workbench.doors import DONE, Desk, DeskOrLead, at_desk
from portal.workbench.today_presses import presses_of
from portal.workbench.waiting_words import NAMES, TITLES, WHOSE, taken_back_at
from processes.reads import workbench as reads

router = APIRouter()
LONGEST_ID = 64  # of a task


@router.get("")
def today(
    request: Request, actor: DeskOrLead, services: TheServices, van: str = "alles", pagina: int = 1, gedaan: str = "",
    terug: str = "",
) -> Response:  # fmt: skip
    """The list of the team is offered to who is in one. `terug`: what was done here a moment ago, and can be taken back. Who leads a team
    and does no case work begins at the figures.
    """
    if not at_desk(actor):
        return go_to("/werk/cijfers")
    van = van if van in WHOSE else "alles"
    page = reads.read_today(services, actor, WHOSE[van], pagina)
    request.state.desk_counts = lambda: page.desk  # asked along with the page
    lists = [(code, WHOSE[code], name) for code, name in NAMES.items() if code != "team" or page.teams]
    return render(
        request, "workbench/today.html", page=page, van=van, lists=lists, place="today",
        titles=TITLES, kinds=reads.WaitingKind, most=reads.MOST, done=DONE.get(gedaan),
        back=taken_back_at(terug), presses_of=presses_of,
    )  # fmt: skip


@router.get("/volgende")
def following(actor: Desk, services: TheServices, na: str = "") -> Response:
    """To the row of Vandaag behind the task `na`, which was done a moment ago; to Vandaag when nothing is left."""
    place = reads.read_next(services, actor, na[:LONGEST_ID])
    return go_to(f"/werk/{place}" if place else "/werk")
