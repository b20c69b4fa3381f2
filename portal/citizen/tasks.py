"""A task in the citizen's inbox (B5): the form that the drawing gives it, then a page that says it is done."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.begun import begun_context, refuse_changed
from portal.chosen_files import kept_unless_refused
from portal.citizen.addresses import TaskId
from portal.citizen.refusals import refusal
from portal.doors import Citizen, TheServices
from portal.drafts import KEEP, NOTHING_KEPT, STEP, ShownDraft, keep, kept_typed
from portal.forms import Filled, FormSchema, fields_for, lists_for, read_form
from portal.kept_forms import FilesForm, FilesReceived, forget_sent
from portal.large_files import large_context
from portal.pages import go_to, render
from portal.received import Received
from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.base.errors import TOO_LATE, AlreadyDone, DraftTooLong, Invalid
from processes.base.uploads import why_refused
from processes.execution.forms import FormPage
from processes.reads.citizen import CitizenTaskPage, read_task
from processes.reads.drafts import read_draft
from processes.storage.services import Services
from processes.storage.upload_room import let_go

router = APIRouter(prefix="/mijn")
WORDS = {"textfield", "textarea", "filepicker"}


@router.get("/taken/{task}")
def show(request: Request, task: TaskId, actor: Citizen, services: TheServices, bewaard: str = "") -> Response:
    """The form, with what was kept of it earlier."""
    try:
        page = read_task(services, actor, task)
    except AlreadyDone as error:
        return refusal(request, error, read_task(services, actor, task, done_too=True).number)
    draft = read_draft(services, actor, _address(task))
    return _page(request, page, kept_typed(draft), kept=ShownDraft(draft, just_now=bool(bewaard)))


@router.post("/taken/{task}")
def complete(request: Request, task: TaskId, actor: Citizen, form: FilesForm, services: TheServices) -> Response:
    with kept_unless_refused(services, form.brought):
        page = read_task(services, actor, task, done_too=True)
    if form.one(STEP) == KEEP and page.done_at is None:
        return _keep(request, services, actor, page, form)
    try:
        with kept_unless_refused(services, form.brought):
            act(services, actor, _action(services, page, form), once=form.form_key, form=_address(task))
    except Invalid as error:
        return _page(request, page, form, error.fields)
    except TOO_LATE as error:
        return refusal(request, error, page.number)
    forget_sent(services, actor, form)
    return go_to(f"/mijn/taken/{task}/klaar")


@router.get("/taken/{task}/klaar")
def done(request: Request, task: TaskId, actor: Citizen, services: TheServices) -> Response:
    """Proof of what was sent (B6); of a task that is not done there is none."""
    page = read_task(services, actor, task, done_too=True)
    if page.done_at is None:
        return go_to(f"/mijn/taken/{task}")
    return render(request, "citizen/task_done.html", task=page)


def _address(task: str) -> str:
    return f"/mijn/taken/{task}"


def _keep(request: Request, services: Services, actor: Actor, page: CitizenTaskPage, form: FilesReceived) -> Response:
    """Keep what was typed, whatever is wrong with it. Files are chosen again, as the page says."""
    let_go(services, form.brought)
    try:
        keep(services, actor, _address(page.id), form)
    except DraftTooLong as error:
        return _page(request, page, form, {"": str(error)})
    return go_to(f"{_address(page.id)}?bewaard=ja")


def _action(services: Services, page: CitizenTaskPage, form: FilesReceived) -> CompleteTask:
    """The action of what was typed, with its files. Raises Invalid."""
    if page.form is None:
        return CompleteTask(page.id)
    schema = FormSchema.parse(page.form.schema, page.form.values)
    filled, documents = filled_answer(services, page.form, schema, form)
    if says_nothing(schema, filled):
        raise Invalid({"": "U heeft nog niets ingevuld."})
    return CompleteTask(page.id, filled.values, documents)


def filled_answer(
    services: Services, asked: FormPage, schema: FormSchema, form: FilesReceived
) -> tuple[Filled, tuple[NewDocument, ...]]:
    """The answers and files of a form, as far as `schema` asks them. Raises Invalid with every mistake."""
    refuse_changed(services, asked, form)
    if form.refused:
        raise Invalid(form.refused)
    filled = read_form(schema, form, asked.departments, asked.current)
    wrong = {field: why_refused(asked.document_types.get(kind), upload) for field, kind, upload in filled.files}
    if found := {field: sentence for field, sentence in wrong.items() if sentence}:
        raise Invalid(found)
    return filled, tuple(NewDocument(upload, kind, field=field) for field, kind, upload in filled.files)


def says_nothing(schema: FormSchema, filled: Filled) -> bool:
    """Whether a form that asks for a text or files was sent without any; not ticking a box can be an answer."""
    asked = [component for component in schema.components if component.key]
    only_words = all(component.type in WORDS for component in asked)
    return bool(asked) and only_words and not filled.files and not any(filled.values.values())


def _page(
    request: Request, page: CitizenTaskPage, typed: Received | None = None, errors: Mapping[str, str] | None = None,
    kept: ShownDraft = NOTHING_KEPT,
) -> Response:  # fmt: skip
    schema = FormSchema.parse(page.form.schema, page.form.values) if page.form else FormSchema(())
    current = page.form.current if page.form else {}
    extras = lists_for(page.form.departments, page.form.document_types) if page.form else {}
    fields = fields_for(schema, current, errors, typed=typed, extras=extras)
    status = Invalid.status if errors else 200
    return render(
        request, "citizen/task.html", status, task=page, fields=fields, errors=errors or {}, kept=kept,
        has_files=schema.has_files, **begun_context(request, page.form, typed), **large_context(request, _address(page.id)),
    )  # fmt: skip
