"""Conditions and timers as sentences: the list of all, a page for each, and the same form in the panel beside the drawing.

Without a script a form is built in steps: a button shows the choices that fit what was chosen so far, another adds a row. What was
typed stays at each step, and only *Bewaren* saves.
"""

from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from engine.edits import EditRefused
from portal.admin.roles import Admin
from portal.admin.studio.drawing import told_meanwhile
from portal.admin.studio.pages import draft_page, home_of, setting_path
from portal.admin.studio.sentence_typed import TEXT, TypedSentence, sentence_typed, with_example
from portal.admin.studio.way_back import KeepsWayBack
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from portal.received import Received
from processes.actions import act
from processes.actions.drafting import EditDraft
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotFound
from processes.reads.studio import (
    MOST_ROWS,
    SentenceKind,
    SentencePage,
    read_draft,
    read_meanwhile,
    read_sentence,
    read_sentence_of_setting,
    read_sentences,
)
from processes.storage.services import Services
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter(prefix="/{name}/ontwerp/elementen", route_class=KeepsWayBack)
Element = Annotated[str, Path(max_length=200)]
PLACE: Final = "elementen"


@router.get("")
def sentences(request: Request, name: str, actor: Admin, services: TheServices) -> Response:
    page = read_sentences(services, actor, name)
    return draft_page(request, "sentences.html", page.checked, PLACE, page=page)


@router.get("/{element}")
def sentence(
    request: Request, name: str, element: Element, actor: Admin, services: TheServices, gedaan: str = ""
) -> Response:
    shown = with_example(read_sentence(services, actor, name, element))
    return _shown(request, shown, done="Bewaard" if gedaan else "")


@router.post("/{element}")
def save(
    request: Request, name: str, element: Element, actor: Admin, form: PlainForm, services: TheServices
) -> Response:
    return _saved(request, services, actor, name, read_sentence(services, actor, name, element), form)


@router.get("/{element}/instelling/{path:path}")
def sentence_of_setting(
    request: Request, name: str, element: Element, path: str, actor: Admin, services: TheServices, gedaan: str = ""
) -> Response:
    page = read_sentence_of_setting(services, actor, name, element, setting_path(path))
    return _shown(request, TypedSentence(page), done="Bewaard" if gedaan else "")


@router.post("/{element}/instelling/{path:path}")
def save_of_setting(
    request: Request, name: str, element: Element, path: str, actor: Admin, form: PlainForm, services: TheServices
) -> Response:
    page = read_sentence_of_setting(services, actor, name, element, setting_path(path))
    return _saved(request, services, actor, name, page, form)


def _saved(
    request: Request, services: Services, actor: Actor, name: str, page: SentencePage, form: Received
) -> Response:
    typed = sentence_typed(page, form)
    if typed.edits is None:
        return _shown(request, typed, Invalid.status if typed.errors else 200)
    try:
        _save(services, actor, name, typed, form)
    except EditRefused as refused:
        return _shown(request, replace(typed, errors={_wrong_field(form): str(refused)}), Invalid.status)
    except ChangedMeanwhile as changed:
        meanwhile = read_meanwhile(services, changed, "", "")
        return _shown(request, typed, changed.status, meanwhile=meanwhile)
    return go_to(f"{home_of(name)}/{PLACE}/{page.address}?gedaan=bewaard")


@router.get("/{element}/paneel")
def panel(request: Request, name: str, element: Element, actor: Admin, services: TheServices) -> Response:
    """The form alone, for beside the drawing."""
    try:
        return _in_panel(request, with_example(read_sentence(services, actor, name, element)))
    except NotFound:
        return Response("", media_type="text/html")


@router.post("/{element}/paneel")
def save_in_panel(
    request: Request, name: str, element: Element, actor: Admin, form: PlainForm, services: TheServices
) -> Response:
    """JSON when it was saved, as the page that draws expects; the form again when there is more to choose."""
    typed = sentence_typed(read_sentence(services, actor, name, element), form)
    if typed.edits is None:
        return _in_panel(request, typed)
    try:
        revision = _save(services, actor, name, typed, form)
    except EditRefused as refused:
        return _in_panel(request, replace(typed, errors={_wrong_field(form): str(refused)}))
    except ChangedMeanwhile as changed:
        return JSONResponse(told_meanwhile(services, actor, name, changed), changed.status)
    number = read_draft(services, actor, name).number
    return JSONResponse({"revision": revision, "number": number, "words": _words(typed.page)})


def _save(services: Services, actor: Actor, name: str, typed: TypedSentence, form: Received) -> str:
    edits = typed.edits or ()
    return act(services, actor, EditDraft(name, form.one("seen"), _words(typed.page), edits), once=form.form_key)


def _words(page: SentencePage) -> str:
    what = "moment" if page.kind == SentenceKind.TIMER else "voorwaarde"
    return f"{page.place[:1].upper()}{page.place[1:]}: {what} veranderd."


def _wrong_field(form: Received) -> str:
    return TEXT if form.one("step") == "type" else ""


def _shown(request: Request, typed: TypedSentence, status: int = 200, **more: Any) -> Response:
    given: dict[str, Any] = {"done": "", "meanwhile": None, **_given(typed), **more}
    return draft_page(request, "sentence.html", typed.page.checked, PLACE, status, **given)


def _in_panel(request: Request, typed: TypedSentence) -> Response:
    head = typed.page.checked.head
    given = {**_given(typed), "in_panel": True}
    return render(request, "admin/studio/sentence_panel.html", head=head, home=home_of(head.name), **given)


def _given(typed: TypedSentence) -> dict[str, Any]:
    return {
        "page": typed.page, "typed": typed, "errors": dict(typed.errors), "in_panel": False,
        "may_more": len(typed.page.condition.rows) < MOST_ROWS,
    }  # fmt: skip
