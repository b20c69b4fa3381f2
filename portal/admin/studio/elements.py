"""One element of a draft as BPMN has it: its name, its timer, the process that it calls."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine.edits import Edit, EditRefused, SetCalled, SetTimer
from portal.admin.roles import Admin
from portal.admin.studio.pages import draft_page, home_of
from portal.admin.studio.typed import VALUE, changed_fields, read_fields, texts_of_element
from portal.admin.studio.way_back import KeepsWayBack
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from processes.actions import act
from processes.actions.drafting import EditDraft
from processes.base.errors import Invalid, NotFound
from processes.reads.studio import (
    CALLED,
    DOCUMENTATION,
    NAME,
    TIMER_KIND,
    TIMER_TEXT,
    ElementToEdit,
    read_meanwhile,
    read_step,
)
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter(prefix="/{name}/ontwerp/{part}/onderdeel/{element}", route_class=KeepsWayBack)


@router.get("")
def element(
    request: Request, name: str, part: str, element: str, actor: Admin, services: TheServices, gedaan: str = ""
) -> Response:
    return _shown(request, part, read_step(services, actor, name, part, element), done="Bewaard" if gedaan else "")


@router.post("")
def save(
    request: Request, name: str, part: str, element: str, actor: Admin, form: PlainForm, services: TheServices
) -> Response:
    before = read_step(services, actor, name, part, element)
    if not before.checked.check.readable:
        raise NotFound
    page = replace(before, fields=tuple(read_fields(before.fields, form)))
    words = f"{before.place[:1].upper()}{before.place[1:]}: veranderd."
    try:
        act(services, actor, EditDraft(name, form.one("seen"), words, _changes(before, page)), once=form.form_key)
    except EditRefused as refused:
        field = {"kind": TIMER_KIND, NAME: NAME}.get(refused.attribute, TIMER_TEXT)
        field = DOCUMENTATION if refused.setting == DOCUMENTATION else field
        return _shown(request, part, page, Invalid.status, errors={f"{VALUE}{field}": str(refused)})
    except ChangedMeanwhile as changed:
        meanwhile = read_meanwhile(services, changed, "", "")
        return _shown(request, part, page, changed.status, meanwhile=meanwhile)
    return go_to(f"{home_of(name)}/{part}/onderdeel/{element}?gedaan=bewaard")


def _changes(before: ElementToEdit, page: ElementToEdit) -> tuple[Edit, ...]:
    """Edits of the fields that were changed."""
    was = {one.name: one.value for one in before.fields}
    now = {one.name: one.value for one in page.fields}
    edits = list[Edit](texts_of_element(page.id, changed_fields(before.fields, page.fields)))
    if TIMER_TEXT in now and (now[TIMER_KIND], now[TIMER_TEXT]) != (was[TIMER_KIND], was[TIMER_TEXT]):
        edits.append(SetTimer(page.id, now[TIMER_KIND], now[TIMER_TEXT]))
    if CALLED in now and now[CALLED] != was[CALLED]:
        edits.append(SetCalled(page.id, now[CALLED]))
    return tuple(edits)


def _shown(request: Request, part: str, page: ElementToEdit, status: int = 200, **more: Any) -> Response:
    given: dict[str, Any] = {"done": "", "meanwhile": None, **more}
    return draft_page(request, "step.html", page.checked, part, status, page=page, part_slug=part, **given)
