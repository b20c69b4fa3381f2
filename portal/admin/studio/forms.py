"""The forms of a draft: the list, one with its questions, and each question to change, move, add or take away."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from engine.edits import AddSetting, EditRefused, SetForm
from portal.admin.roles import Admin, Number
from portal.admin.studio.pages import draft_page, home_of
from portal.admin.studio.way_back import KeepsWayBack
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from portal.received import Received
from processes.actions import act
from processes.actions.drafting import EditDraft, SaveDraftFiles
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.studio import (
    FormToEdit,
    element_lines,
    read_form_of_draft,
    read_forms,
    read_meanwhile,
    read_settings,
)
from processes.storage.services import Services
from processes.studio.new_values import new_value, setting_of
from processes.studio.questions import (
    Question,
    with_moved_question,
    with_new_question,
    with_question,
    without_question,
)
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter(prefix="/{name}/ontwerp/formulieren", route_class=KeepsWayBack)
PLACE = "formulieren"
PREVIEW = "voorbeeld"
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
    """The button `step` says whether the question asks for a value that there is, or for one that is made with it."""
    _, found, content = read_form_of_draft(services, actor, name, form_name)
    if form.one("step") == "make":
        return _with_value(request, services, actor, name, form, found, content)
    try:
        changed = with_new_question(content, found.values.get(form.one("value")), form.text("label"))
    except Invalid as error:
        return _shown(request, services, actor, name, form_name, Invalid.status, errors=error.fields, typed=form)
    return _saved(request, services, actor, name, form_name, form, changed, "Vraag toegevoegd aan")


def _with_value(
    request: Request, services: Services, actor: Actor, name: str, form: Received, found: FormToEdit, content: bytes
) -> Response:
    """A question and the value that it asks for in one save, so that one press undoes both."""
    try:
        value = new_value(form.one("title"), form.one("kind"), form.text("choices"), found.taken)
        changed = with_new_question(content, value, form.text("asked"))
    except Invalid as error:
        errors = {"asked" if field == "label" else field: said for field, said in error.fields.items()}
        return _shown(request, services, actor, name, found.name, Invalid.status, errors=errors, typed=form)
    edits = (AddSetting(found.process, (), setting_of(value)), SetForm(found.name, changed.decode()))
    words = (
        f"Vraag met het nieuwe gegeven '{value.title}' toegevoegd aan formulier '{found.name.removesuffix('.json')}'."
    )
    try:
        act(services, actor, EditDraft(name, form.one("seen"), words, edits), once=form.form_key)
    except EditRefused as refused:
        return _shown(
            request, services, actor, name, found.name, Invalid.status, errors={"title": str(refused)}, typed=form
        )
    except ChangedMeanwhile as error:
        meanwhile = read_meanwhile(services, error, "", "")
        return _shown(request, services, actor, name, found.name, error.status, meanwhile=meanwhile, typed=form)
    return go_to(f"{home_of(name)}/formulieren/vragen/{found.name}?gedaan=ja")


@router.get("/vragen/{form_name}/{number}")
def question(
    request: Request,
    name: str,
    form_name: FormName,
    number: Number,
    actor: Admin,
    services: TheServices,
    terug: str = "",
) -> Response:
    """`terug`: whoever came from the preview goes back there."""
    return _asked(request, services, actor, name, form_name, number, back=_back(terug))


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
            request, services, actor, name, form_name, number, Invalid.status, errors=error.fields, typed=typed,
            back=_back(form.one("back")),
        )  # fmt: skip
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
        form.text("english"),
        form.text("english_description"),
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
    if _back(form.one("back")):
        return go_to(f"{home_of(name)}/formulieren/voorbeeld/{form_name}")
    return go_to(f"{home_of(name)}/formulieren/vragen/{form_name}?gedaan=ja")


def _back(asked: str) -> str:
    """The page to go back to, as far as it is one that we know."""
    return PREVIEW if asked == PREVIEW else ""


def _shown(
    request: Request, services: Services, actor: Actor, name: str, form_name: str, status: int = 200, **more: Any
) -> Response:
    checked, found, _ = read_form_of_draft(services, actor, name, form_name)
    given: dict[str, Any] = {"done": "", "meanwhile": None, "typed": None, "own": "", **more}
    return draft_page(request, "form.html", checked, PLACE, status, form=found, **given)


def _asked(
    request: Request, services: Services, actor: Actor, name: str, form_name: str, number: int, status: int = 200,
    *, typed: Question | None = None, back: str = "", **more: Any,
) -> Response:  # fmt: skip
    checked, found, _ = read_form_of_draft(services, actor, name, form_name)
    if number >= len(found.questions):
        return go_to(f"{home_of(name)}/formulieren/vragen/{form_name}")
    line = found.questions[number]
    return draft_page(
        request,
        "question.html",
        checked,
        PLACE,
        status,
        form=found,
        line=line,
        question=typed or line.question,
        back=back,
        said_at=f"formulieren/vragen/{form_name}#{line.anchor}",
        **more,
    )
