"""The settings of one element, for the panel beside the drawing: forms without a page around them, and saving one of them.

The answers to a save are JSON, as those of the page that draws: the new save, or the sentence that helps.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from engine.edits import AddSetting, Edit, EditRefused, RemoveSetting, path_of
from portal.admin.roles import Admin
from portal.admin.studio.drawing import told_meanwhile
from portal.admin.studio.typed import changes, new_setting, typed_in
from portal.doors import PlainForm, TheServices
from portal.pages import render
from portal.received import Received
from processes.actions import act
from processes.actions.drafting import EditDraft
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotFound, ZaakspoorError
from processes.reads.studio import ElementForms, SettingToEdit, read_draft, read_element
from processes.storage.services import Services
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter(prefix="/{name}/ontwerp/element")
Element = Annotated[str, Path(max_length=200)]


@router.get("/{element}")
def forms(request: Request, name: str, element: Element, actor: Admin, services: TheServices) -> Response:
    """A step that is drawn but not saved yet is not in the draft: then a sentence says when its settings come."""
    try:
        found = read_element(services, actor, name, element)
    except NotFound:
        found = None
    return render(request, "admin/studio/element.html", page=found, before=fields_before)


@router.post("/{element}")
def save(name: str, element: Element, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """The button `step` says whether to save the setting at `path`, to add it, or to take it away."""
    try:
        found = read_element(services, actor, name, element)
        words, edits = _asked(found, form)
        revision = act(services, actor, EditDraft(name, form.one("seen"), words, edits), once=form.form_key)
        return JSONResponse({"revision": revision, "number": _number(services, actor, name), "words": words})
    except EditRefused as refused:
        return JSONResponse({"sentence": str(refused)}, Invalid.status)
    except ChangedMeanwhile as error:
        return JSONResponse(told_meanwhile(services, actor, name, error), error.status)
    except ZaakspoorError as error:
        return JSONResponse({"sentence": str(error)}, error.status)


def fields_before(form: SettingToEdit) -> str:
    """The text before the names of the fields of a form: several of them stand on one page."""
    return f"{'new' if form.new else 'set'}.{form.path}."


def _asked(found: ElementForms, form: Received) -> tuple[str, tuple[Edit, ...]]:
    """The change in words, and its edits. Raises NotFound for a setting that is gone."""
    step, path = form.one("step"), form.one("path")
    offered = found.new if step == "add" else found.forms
    before = next((one for one in offered if one.path == path), None)
    if before is None:
        raise NotFound("Deze instelling is er niet (meer). Kies het onderdeel opnieuw.")
    if step == "remove":
        return f"{before.label} '{before.title}' weggehaald.", (RemoveSetting(found.element, path_of(path)),)
    page = typed_in(before, form, fields_before(before))
    if step == "add":
        added = AddSetting(found.element, path_of(before.parent), new_setting(page))
        return f"{before.label} toegevoegd.", (added,)
    shown = before.label if before.title == before.label else f"{before.label} '{before.title}'"
    return f"{shown} bewaard.", changes(before, page)


def _number(services: Services, actor: Actor, name: str) -> int:
    return read_draft(services, actor, name).number
