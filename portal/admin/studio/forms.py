"""The forms of a draft: the list, one with its questions, and each question to change, move, add or take away."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from portal.admin.roles import Admin, Number
from portal.admin.studio.pages import draft_page, home_of
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from portal.received import Received
from processes.actions import act
from processes.actions.drafting import SaveDraftFiles
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.studio import (
    element_lines,
    read_form_of_draft,
    read_forms,
    read_meanwhile,
    read_settings,
)
from processes.storage.services import Services
from processes.studio.questions import (
    Question,
    with_moved_question,
    with_new_question,
    with_question,
    without_question,
)
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter(prefix="/{name}/ontwerp/formulieren")
PLACE = "formulieren"
FormName = Annotated[str, Path(max_length=100)]


@router.get("")
def forms(request: Request, name: str, actor: Admin, services: TheServices, gedaan: str = "") -> Response:
    page = read_settings(services, actor, name, PLACE)
    done = {"weg": "Weggehaald", "toegevoegd": "Toegevoegd", "verplaatst": "Verplaatst"}.get(gedaan, "")
    return draft_page(
        request, "forms.html", page.checked, PLACE, page=page, lines=element_lines(page), done=done,
        forms=read_forms(services, actor, name),
    )  # fmt: skip


@router.get("/vragen/{form_name}")
def form(
    request: Request, name: str, form_name: FormName, actor: Admin, services: TheServices, gedaan: str = ""
) -> Response:
    return _shown(request, services, actor, name, form_name, done="Bewaard" if gedaan else "")


@router.post("/vragen/{form_name}")
def add(
    request: Request, name: str, form_name: FormName, actor: Admin, form: PlainForm, services: TheServices
) -> Response:
    _, found, content = read_form_of_draft(services, actor, name, form_name)
    try:
        changed = with_new_question(content, found.values.get(form.one("value")), form.text("label"))
    except Invalid as error:
        return _shown(request, services, actor, name, form_name, Invalid.status, errors=error.fields, typed=form)
    return _saved(request, services, actor, name, form_name, form, changed, "Vraag toegevoegd aan")


@router.get("/vragen/{form_name}/{number}")
def question(
    request: Request, name: str, form_name: FormName, number: Number, actor: Admin, services: TheServices
) -> Response:
    return _asked(request, services, actor, name, form_name, number)


@router.post("/vragen/{form_name}/{number}")
def save(
    request: Request,
    name: str,
    form_name: FormName,
    number: Number,
    actor: Admin,
    form: PlainForm,
    services: TheServices,
) -> Response:
    """The button `step` says whether to save, to take the question away, or to move it up or down."""
    _, _, content = read_form_of_draft(services, actor, name, form_name)
    step = form.one("step")
    try:
        if step == "remove":
            changed, words = without_question(content, number), "Vraag weggehaald uit"
        elif step in {"up", "down"}:
            changed, words = (
                with_moved_question(content, number, number + (1 if step == "down" else -1)),
                "Volgorde van",
            )
        else:
            changed, words = (
                with_question(content, number, _typed(services, actor, name, form_name, number, form)),
                "Vraag veranderd in",
            )
    except Invalid as error:
        typed = _typed(services, actor, name, form_name, number, form)
        return _asked(
            request, services, actor, name, form_name, number, Invalid.status, errors=error.fields, typed=typed
        )
    return _saved(request, services, actor, name, form_name, form, changed, words)


def _typed(services: Services, actor: Actor, name: str, form_name: str, number: int, form: Received) -> Question:
    _, found, _ = read_form_of_draft(services, actor, name, form_name)
    was = found.questions[number].question if number < len(found.questions) else Question("")
    return Question(
        form.text("label"),
        form.text("description"),
        form.ticked("required"),
        form.one("hidden_when"),
        was.key,
        was.type,
    )


def _saved(
    request: Request,
    services: Services,
    actor: Actor,
    name: str,
    form_name: str,
    form: Received,
    content: bytes,
    words: str,
) -> Response:
    file = f"forms/{form_name}"
    said = f"{words} formulier '{form_name.removesuffix('.json')}'."
    try:
        act(services, actor, SaveDraftFiles(name, form.one("seen"), said, {file: content}), once=form.form_key)
    except ChangedMeanwhile as changed:
        meanwhile = read_meanwhile(services, changed, "", "")
        return _shown(
            request, services, actor, name, form_name, changed.status, meanwhile=meanwhile, own=form.text("label")
        )
    return go_to(f"{home_of(name)}/formulieren/vragen/{form_name}?gedaan=ja")


def _shown(
    request: Request, services: Services, actor: Actor, name: str, form_name: str, status: int = 200, **more: Any
) -> Response:
    checked, found, _ = read_form_of_draft(services, actor, name, form_name)
    given: dict[str, Any] = {"done": "", "meanwhile": None, "typed": None, "own": "", **more}
    return draft_page(request, "form.html", checked, PLACE, status, form=found, **given)


def _asked(
    request: Request, services: Services, actor: Actor, name: str, form_name: str, number: int, status: int = 200,
    *, typed: Question | None = None, **more: Any,
) -> Response:  # fmt: skip
    checked, found, _ = read_form_of_draft(services, actor, name, form_name)
    if number >= len(found.questions):
        return go_to(f"{home_of(name)}/formulieren/vragen/{form_name}")
    line = found.questions[number]
    return draft_page(
        request, "question.html", checked, PLACE, status, form=found, line=line, question=typed or line.question, **more
    )
