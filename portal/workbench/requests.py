"""Changes from Verzoeken: documents asked, another term, a request or link that stops, the remark that departments read."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.received import Received
from portal.workbench.dates import date_in
from portal.workbench.doors import Worker, carry_out
from portal.workbench.tabs import change_on_tab, show_page, show_tab, tab_address
from processes.actions.course import ChangeRemark
from processes.actions.dossier_links import NewLink, RevokeLink
from processes.actions.requests import AskDepartments, ChangeTerm, RemindDepartment, StopRequest
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/zaken")
TAB = "verzoeken"


@router.get("/{number}/verzoeken/vraag/{button}")
def asking(request: Request, actor: Worker, services: TheServices, number: str, button: str) -> Response:
    """Each department with its own decisions, before anything is sent."""
    return _asking(request, services, actor, number, button)


@router.post("/{number}/verzoeken/vraag/{button}")
def ask(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, button: str) -> Response:
    chosen = tuple(dict.fromkeys(filter(None, (*form.all("departments"), form.one("other")))))
    also = tuple((code, kind) for code, _, kind in (one.partition(":") for one in form.all("also")))
    action = AskDepartments(number, button, chosen, form.ticked("again"), also)

    def again(errors: Mapping[str, str]) -> Response:
        return _asking(request, services, actor, number, button, errors, form)

    return carry_out(services, actor, action, form, f"{tab_address(number, TAB)}?gedaan=gevraagd", again)


def _asking(
    request: Request, services: Services, actor: Actor, number: str, button: str,
    errors: Mapping[str, str] | None = None, typed: Received | None = None,
) -> Response:  # fmt: skip
    page = reads.read_asking(services, actor, number, button)
    untouched = {one.code for one in page.departments if not one.asked_at and one.decisions and not one.complete}
    chosen = set(typed.all("departments")) if typed else untouched
    return show_page(request, page, number, "request_ask", page.label, TAB, errors=errors, typed=typed, chosen=chosen)


@router.post("/{number}/verzoeken/{asked}/termijn")
def term(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, asked: RowId
) -> Response:
    """Another term: first what it does to the reminders, and once that was seen the change itself."""
    name = f"due-{asked}"
    try:
        due = date_in(form, name)
    except Invalid as error:
        return show_tab(request, services, actor, number, TAB, errors=error.fields, typed=form)
    if form.one(f"seen-{asked}") != due.isoformat():
        effect = reads.foresee_term(services, actor, number, asked, due)
        page = reads.read_requests(services, actor, number)
        if due >= page.today:
            return show_page(request, page, number, "requests", "Verzoeken", TAB, typed=form, effect=effect)
    return change_on_tab(request, services, actor, ChangeTerm(asked, due), form, number, TAB, "termijn", f"-{asked}")


@router.post("/{number}/verzoeken/{asked}/herinneren")
def remind(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, asked: RowId
) -> Response:
    return change_on_tab(request, services, actor, RemindDepartment(asked), form, number, TAB, "herinnerd", f"-{asked}")


@router.post("/{number}/verzoeken/{asked}/stoppen")
def stop(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, asked: RowId
) -> Response:
    """The case goes on without these documents; the department reads why."""
    suffix = f"-{asked}"
    action = StopRequest(asked, form.one(f"reason{suffix}"))
    return change_on_tab(request, services, actor, action, form, number, TAB, "gestopt", suffix)


@router.post("/{number}/verzoeken/link/{dossier}")
def revoke(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, dossier: RowId
) -> Response:
    return change_on_tab(request, services, actor, RevokeLink(dossier), form, number, TAB, "link")


@router.post("/{number}/verzoeken/link/{dossier}/nieuw")
def renew(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, dossier: RowId
) -> Response:
    return change_on_tab(request, services, actor, NewLink(dossier), form, number, "verzoeken", "nieuwe-link")


@router.post("/{number}/opmerkingen")
def remark(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    action = ChangeRemark(number, form.text("remark"), form.one("seen"))
    return change_on_tab(request, services, actor, action, form, number, TAB, "opmerkingen")
