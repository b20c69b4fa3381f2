"""A worker decides on what a department answered to a request beside documents (P4, P5)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.workbench.dates import date_or_none
from portal.workbench.doors import Worker
from portal.workbench.tabs import change_on_tab, show_tab
from processes.actions.replying import DecideReply

router = APIRouter(prefix="/zaken")
GRANTED = {"ja": True, "nee": False}


@router.post("/{number}/verzoeken/antwoord/{reply}")
def decide(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, reply: RowId
) -> Response:
    wrong: dict[str, str] = {}
    due = date_or_none(form, f"termijn-{reply}", wrong)
    if wrong:
        return show_tab(request, services, actor, number, "verzoeken", errors=wrong, typed=form)
    note = f"bericht-{reply}"
    action = DecideReply(
        reply,
        GRANTED.get(form.one(f"besluit-{reply}")),
        form.text(note),
        form.one(f"afdeling-{reply}"),
        due,
    )
    return change_on_tab(request, services, actor, action, form, number, "verzoeken", "antwoord-afdeling")
