"""Other answers to a request than documents, each a clear choice with a remark: more time, not ours, pass on (P4, P5)."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.department.door import DepartmentGuest, nothing_here
from portal.department.pages import show_refusal
from portal.doors import PlainForm, RowId, TheServices
from portal.drafts import asks_language
from portal.pages import go_to, render
from portal.received import Received
from portal.security.csrf import FormTooOld
from processes.actions import act
from processes.actions.replying import ReplyToRequest
from processes.base.errors import TOO_LATE, Invalid
from processes.base.typed_values import read_date
from processes.reads.department import DossierPage, OpenRequest, departments_to_ask, read_dossier, read_reply
from processes.storage.services import Services
from processes.storage.words import ReplyKind

router = APIRouter()
READ = ["GET", "HEAD"]
TIME, NOT_OURS = "meer-tijd", "niet-van-ons"
PAGES = (TIME, NOT_OURS)


@router.api_route("/{token}/anders/{task}/{choice}", methods=READ)
def show(request: Request, token: str, task: str, choice: str, services: TheServices) -> Response:
    dossier = read_dossier(services, token)
    return _page(request, services, token, choice, dossier, _asked(dossier, token, task, choice))


@router.post("/{token}/anders/{task}/{choice}")
def send(
    request: Request, token: str, task: str, choice: str, guest: DepartmentGuest, form: PlainForm, services: TheServices
) -> Response:
    if choice not in PAGES:
        nothing_here(token)
    if not form.form_key:
        raise FormTooOld
    dossier = read_dossier(services, token)
    if asks_language(form):
        return _page(request, services, token, choice, dossier, _asked(dossier, token, task, choice), form)
    try:
        key = f"link:{guest.dossier}:{form.form_key[:40]}"
        reply = act(services, guest, _action(token, task, choice, form), once=key)
    except Invalid as error:
        return _page(
            request, services, token, choice, dossier, _asked(dossier, token, task, choice), form, error.fields
        )
    except TOO_LATE as error:
        return show_refusal(request, token, error)
    return go_to(f"/verzoek/{token}/antwoord/{reply}?nieuw=ja")


@router.api_route("/{token}/antwoord/{reply}", methods=READ)
def reply(request: Request, token: str, reply: RowId, services: TheServices, nieuw: str = "") -> Response:
    """The answer, and the decision on it."""
    shown = read_reply(services, token, reply)
    dossier = read_dossier(services, token)
    return render(request, "department/reply.html", token=token, dossier=dossier, page=shown, new=bool(nieuw))


def _asked(dossier: DossierPage, token: str, task: str, choice: str) -> OpenRequest:
    """The request that waits. Raises LinkGone for another page or task."""
    asked = dossier.request(task)
    if asked is None or asked.request is None or choice not in PAGES:
        nothing_here(token)
    return asked


def _action(token: str, task: str, choice: str, form: Received) -> ReplyToRequest:
    """Raises Invalid."""
    remark, name = form.text("uitleg"), form.one("naam")
    if choice == TIME:
        try:
            until = read_date(form.one("tot")) if form.one("tot") else None
        except ValueError as error:
            raise Invalid({"tot": str(error)}) from error
        return ReplyToRequest(token, task, ReplyKind.MORE_TIME, remark, name, until=until)
    department = form.one("afdeling")
    kind = ReplyKind.FORWARD if department else ReplyKind.NOT_OURS
    return ReplyToRequest(token, task, kind, remark, name, department)


def _page(
    request: Request, services: Services, token: str, choice: str, dossier: DossierPage, asked: OpenRequest,
    typed: Received | None = None, errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    return render(
        request, "department/otherwise.html", Invalid.status if errors else 200, token=token, dossier=dossier, asked=asked, choice=choice,
        more_time=choice == TIME, typed=typed or Received(), errors=errors or {},
        departments=departments_to_ask(services, token) if choice == NOT_OURS else (),
    )  # fmt: skip
