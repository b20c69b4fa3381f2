"""A file that was sent by mistake is taken back from the page of its delivery (P3)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.department.door import DepartmentGuest
from portal.department.pages import show_receipt, show_refusal
from portal.doors import PlainForm, TheServices
from portal.drafts import asks_language
from portal.pages import go_to
from processes.actions import act
from processes.actions.recalling import RecallFile
from processes.base.errors import TOO_LATE, Invalid

router = APIRouter()


@router.post("/{token}/ontvangst/{receipt}/terug/{document}")
def take_back(
    request: Request, token: str, receipt: str, document: str, guest: DepartmentGuest, form: PlainForm, services: TheServices
) -> Response:  # fmt: skip
    """Nothing happens without a reason, so that a program that sends every form takes nothing back."""
    if asks_language(form):
        return show_receipt(request, token, receipt, typed=form)
    reason = f"reden-{document}"
    try:
        act(services, guest, RecallFile(token, receipt, document, form.text(reason)))
    except Invalid as error:
        return show_receipt(request, token, receipt, typed=form, errors=error.fields)
    except TOO_LATE as error:
        return show_refusal(request, token, error)
    return go_to(f"/verzoek/{token}/ontvangst/{receipt}?terug=ja")
