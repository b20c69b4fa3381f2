"""The settings of a draft: those of one part as a list, one to change, a new one, one that goes or moves."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from engine.edits import (
    AddSetting,
    Edit,
    EditRefused,
    MoveSetting,
    RemoveSetting,
)
from portal.admin.roles import Admin
from portal.admin.studio.pages import draft_page, home_of, setting_path
from portal.admin.studio.typed import VALUE, changes, new_setting, typed_in
from portal.admin.studio.way_back import KeepsWayBack
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from portal.received import Received
from processes.actions import act
from processes.actions.drafting import EditDraft
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotFound
from processes.reads.studio import (
    TEXT_PREFIX,
    SettingToEdit,
    element_lines,
    read_meanwhile,
    read_new_setting,
    read_setting,
    read_settings,
)
from processes.storage.services import Services
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter(prefix="/{name}/ontwerp", route_class=KeepsWayBack)
Word = Annotated[str, Query(max_length=200)]
DONE = {
    "bewaard": "Bewaard", "toegevoegd": "Toegevoegd", "weg": "Weggehaald", "verplaatst": "Verplaatst",
}  # fmt: skip


@router.get("/{part}")
def settings(
    request: Request, name: str, part: str, actor: Admin, services: TheServices, gedaan: Word = ""
) -> Response:
    page = read_settings(services, actor, name, part)
    return draft_page(
        request, "settings.html", page.checked, part, page=page, lines=element_lines(page), done=DONE.get(gedaan, "")
    )


@router.get("/{part}/nieuw")
def new(
    request: Request, name: str, part: str, actor: Admin, services: TheServices, soort: Word = "", bij: Word = "",
    binnen: Word = "",
) -> Response:  # fmt: skip
    """`soort` is the kind of setting, `bij` the element, `binnen` the path of the setting that it comes in."""
    page = read_new_setting(services, actor, name, part, bij, setting_path(binnen), soort)
    return _shown(request, part, page)


@router.post("/{part}/nieuw")
def add(request: Request, name: str, part: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    element, parent, kind = form.one("element"), setting_path(form.one("parent")), form.one("kind")
    page = typed_in(read_new_setting(services, actor, name, part, element, parent, kind), form)
    edits = (AddSetting(element, parent, new_setting(page)),)
    return _saved(request, services, actor, part, form, page, edits, "toegevoegd", back=_above(name, part, page))


@router.get("/{part}/instelling/{element}/{path:path}")
def setting(
    request: Request, name: str, part: str, element: str, path: str, actor: Admin, services: TheServices,
    gedaan: Word = "",
) -> Response:  # fmt: skip
    page = read_setting(services, actor, name, part, element, setting_path(path))
    return _shown(request, part, page, done=DONE.get(gedaan, ""))


@router.post("/{part}/instelling/{element}/{path:path}")
def save(
    request: Request, name: str, part: str, element: str, path: str, actor: Admin, form: PlainForm,
    services: TheServices,
) -> Response:  # fmt: skip
    """The button `step` says whether to save the fields, to take the setting away, or to move it up or down."""
    before = read_setting(services, actor, name, part, element, setting_path(path))
    step, home = form.one("step"), f"{home_of(name)}/{part}"
    if step == "remove":
        edits: tuple[Edit, ...] = (RemoveSetting(element, setting_path(path)),)
        return _saved(request, services, actor, part, form, before, edits, "weg", back=_above(name, part, before))
    if step in {"up", "down"}:
        number = setting_path(path)[-1][1]
        moved = MoveSetting(element, setting_path(path), max(0, number + (1 if step == "down" else -1)))
        return _saved(
            request, services, actor, part, form, before, (moved,), "verplaatst", back=_above(name, part, before)
        )
    page = typed_in(before, form)
    back = f"{home}/instelling/{element}/{path}"
    return _saved(request, services, actor, part, form, page, changes(before, page), "bewaard", back=back)


def _saved(
    request: Request, services: Services, actor: Actor, part: str, form: Received, page: SettingToEdit,
    edits: tuple[Edit, ...], done: str, *, back: str,
) -> Response:  # fmt: skip
    name = page.checked.head.name
    if not page.checked.check.readable:
        raise NotFound
    words = f"{page.label} '{page.title}': {done if done != 'weg' else 'weggehaald'}."
    try:
        act(services, actor, EditDraft(name, form.one("seen"), words, edits), once=form.form_key)
    except EditRefused as refused:
        return _shown(request, part, page, Invalid.status, errors={_field_of(page, refused): str(refused)})
    except ChangedMeanwhile as changed:
        meanwhile = read_meanwhile(services, changed, "", "")
        return _shown(
            request, part, page, changed.status, meanwhile=meanwhile, present=_present(services, actor, part, page)
        )
    return go_to(f"{back}?gedaan={done}")


def _shown(request: Request, part: str, page: SettingToEdit, status: int = 200, **more: Any) -> Response:
    given: dict[str, Any] = {"done": "", "meanwhile": None, "present": {}, **more}
    return draft_page(request, "setting.html", page.checked, part, status, page=page, part_slug=part, **given)


def _present(services: Services, actor: Actor, part: str, page: SettingToEdit) -> dict[str, str]:
    """The present values of the fields that somebody else changed."""
    if page.new:
        return {}
    try:
        newest = read_setting(services, actor, page.checked.head.name, part, page.element, setting_path(page.path))
    except NotFound:
        return {}
    typed = {field.name: field.value for field in page.fields}
    return {field.name: field.value or "(leeg)" for field in newest.fields if field.value != typed[field.name]}


def _field_of(page: SettingToEdit, refused: EditRefused) -> str:
    """The field that a refusal is about; empty when it is about none."""
    names = {one.name for one in page.fields}
    for name in (refused.attribute, f"{TEXT_PREFIX}{refused.setting}", TEXT_PREFIX):
        if name in names and (name != TEXT_PREFIX or refused.setting == page.name):
            return f"{VALUE}{name}"
    return ""


def _above(name: str, part: str, page: SettingToEdit) -> str:
    """The page of the setting that this one stands in, or the list."""
    home = f"{home_of(name)}/{part}"
    return f"{home}/instelling/{page.element}/{page.parent}" if page.parent else home
