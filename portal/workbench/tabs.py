"""The tabs of a case: real links, each a page of its own. `show_tab` also shows one again after a refused change."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.converting import NOTHING_WAITS, Waiting, waiting_in_draft
from portal.doors import TheServices, row_id
from portal.large_files import large_context
from portal.pages import get_services, render
from portal.received import Received
from portal.security.looking import saw
from portal.workbench.doors import DONE, Desk, Then, carry_out
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.execution.alarms import is_about
from processes.execution.unreadable import page_is_back
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/zaken")

Read = Callable[..., Any]  # services, actor, number, and what one tab is asked besides
TABS: Mapping[str, tuple[str, str, Read]] = {  # address -> name, template, read
    "": ("Overzicht", "overview", reads.read_overview),
    "partijen": ("Partijen", "parties", reads.read_parties),
    "documenten": ("Documenten", "documents", reads.read_documents),
    "verzoeken": ("Verzoeken", "requests", reads.read_requests),
    "tijdlijn": ("Tijdlijn", "history", reads.read_history),
    "brieven": ("Brieven", "letters", reads.read_letters),
    "tekening": ("Tekening", "drawing", reads.read_on_drawing),
}
DOCUMENTS = "documenten"
LONGEST_PAGE = 7  # digits of the number of a page
NOTHING_ASKED: Mapping[str, Any] = {}
FOR_COMMITTEE = ("", "partijen", DOCUMENTS)


@router.get("/{number}")
def overview(request: Request, actor: Desk, services: TheServices, number: str, gedaan: str = "") -> Response:
    return show_tab(request, services, actor, number, "", done=gedaan)


@router.get("/{number}/tijdlijn")
def timeline(
    request: Request,
    actor: Desk,
    services: TheServices,
    number: str,
    gedaan: str = "",
    soort: str = "",
    pagina: str = "1",
    aan: str = "",
) -> Response:
    """`soort`: one of the filters, `pagina`: which page of it; what is neither is the first page of all. `aan`: the party to answer."""
    asked = {"kind": soort, "page": page_number(pagina)}
    typed = Received({"party-reply": [aan]}) if aan else None
    return show_tab(request, services, actor, number, "tijdlijn", done=gedaan, asked=asked, typed=typed)


@router.get("/{number}/tekening")
def on_drawing(request: Request, actor: Desk, services: TheServices, number: str, proces: str = "") -> Response:
    """`proces`: which process of the case; the case itself without one. Raises NotFound for what is no process of this case."""
    chosen = row_id(proces)
    if proces and chosen is None:
        raise NotFound("Dit proces hoort niet bij de zaak.")
    return show_tab(request, services, actor, number, "tekening", asked={"instance": chosen})


@router.get("/{number}/{tab}")
def other_tab(
    request: Request, actor: Desk, services: TheServices, number: str, tab: str, gedaan: str = ""
) -> Response:
    waiting, typed = (
        waiting_in_draft(services, actor, tab_address(number, tab)) if tab == DOCUMENTS else (NOTHING_WAITS, None)
    )
    return show_tab(request, services, actor, number, tab, done=gedaan, typed=typed, waiting=waiting)


def show_tab(
    request: Request, services: Services, actor: Actor, number: str, tab: str, *, errors: Mapping[str, str] | None = None,
    typed: Received | None = None, done: str = "", waiting: Waiting = NOTHING_WAITS,
    asked: Mapping[str, Any] = NOTHING_ASKED,
) -> Response:  # fmt: skip
    """One tab. With `errors` it is shown again (422), with what was typed; `waiting`: files that wait to be added; `asked`: what the
    read of this tab takes besides. Raises NotFound for an unknown tab.
    """
    if tab not in TABS:
        raise NotFound
    name, template, read = TABS[tab]
    large = large_context(request, tab_address(number, tab), typed) if tab == DOCUMENTS else {}
    return show_page(request, read(services, actor, number, **asked), number, template, name, tab, errors=errors, typed=typed,
                     done=DONE.get(done), waiting=waiting, **large)  # fmt: skip


def change_on_tab(
    request: Request, services: Services, actor: Actor, action: object, form: Received, number: str, tab: str, done: str | Then,
    suffix: str = "",
) -> Response:  # fmt: skip
    """Carry out what a form on a tab asks, and go back to the tab, which says so; refused, it is shown with the errors.

    `done` is a key of DONE, or tells it from the answer of the action; `suffix` as in carry_out.
    """
    return carry_out(
        services, actor, action, form,
        lambda answer: f"{tab_address(number, tab)}?gedaan={done if isinstance(done, str) else done(answer)}",
        lambda errors: show_tab(request, services, actor, number, tab, errors=errors, typed=form), suffix,
    )  # fmt: skip


def show_page(
    request: Request, page: Any, number: str, template: str, name: str, tab: str = "", *,
    errors: Mapping[str, str] | None = None, typed: Received | None = None, done: str | None = None, **more: Any,
) -> Response:  # fmt: skip
    """Any page of a case, under its head and tabs. `page.head` says which case; `tab` is the one that is current."""
    saw(request, page.head.number, template)
    shown = TABS if page.head.handles else FOR_COMMITTEE
    links = [(TABS[key][0], tab_address(number, key), key == tab) for key in shown]
    answer = render(
        request, f"workbench/case/{template}.html", 422 if errors else 200, page=page, head=page.head, tab=name,
        tabs=links, here=f"/werk/zaken/{number}", errors=errors or {}, typed=typed or Received(), done=done,
        place="cases", **more,
    )  # fmt: skip
    lift_alarm(request, page.head)
    return answer


def lift_alarm(request: Request, head: reads.Head) -> None:
    """A page that could not be shown before is shown: the alarm about it goes."""
    if is_about(head.alarm, request.url.path):
        page_is_back(get_services(request), head.number, request.url.path)


def page_number(typed: str) -> int:
    """The number of a page in an address; the first for what is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < LONGEST_PAGE else 1


def tab_address(number: str, tab: str) -> str:
    return f"/werk/zaken/{number}/{tab}" if tab else f"/werk/zaken/{number}"
