"""/werk/verzoeken: the document requests of all cases."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import TheServices
from portal.pages import render
from portal.workbench.doors import Worker
from processes.reads import workbench as reads

router = APIRouter(prefix="/verzoeken")
KINDS = (
    (reads.RequestsShown.OPEN, "Lopend"),
    (reads.RequestsShown.REPLIED, "Te beslissen"),
    (reads.RequestsShown.JUDGE, "Te beoordelen"),
    (reads.RequestsShown.LATE, "Te laat"),
    (reads.RequestsShown.ENDED, "Klaar"),
)


@router.get("")
def requests(
    request: Request, actor: Worker, services: TheServices, stand: str = "lopend", afdeling: str = "",
    behandelaar: str = "", pagina: int = 1,
) -> Response:  # fmt: skip
    known = {str(kind) for kind, _ in KINDS}
    shown = reads.RequestsShown(stand if stand in known else "lopend")
    page = reads.read_request_list(services, actor, reads.RequestFilter(shown, afdeling, behandelaar, pagina))
    chosen = {"afdeling": afdeling, "behandelaar": behandelaar}
    return render(
        request, "workbench/request_list.html", page=page, chosen=chosen, stand=str(shown),
        kinds=[(kind, name, page.counts[kind]) for kind, name in KINDS],
        address=_address(chosen), place="requests", most=reads.MOST, me=actor.subject,
    )  # fmt: skip


def _address(chosen: dict[str, str]) -> str:
    """The address of this list without state and page, which the links on the page add."""
    kept = urlencode({name: value for name, value in chosen.items() if value}).replace("%", "%%")
    return f"/werk/verzoeken?{kept}&" if kept else "/werk/verzoeken?"
