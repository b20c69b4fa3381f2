"""A citizen changes an answer that was given, until it was used (C13). What somebody typed stays on the page, also when it is too late."""

from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.begun import begun_context
from portal.chosen_files import kept_unless_refused
from portal.citizen.addresses import TaskId
from portal.citizen.tasks import filled_answer, says_nothing
from portal.doors import Citizen, TheServices
from portal.drafts import asks_language
from portal.forms import FormSchema, fields_for, lists_for
from portal.kept_forms import FilesForm, FilesReceived, forget_sent
from portal.large_files import large_context
from portal.pages import go_to, render
from portal.received import Received
from processes.actions import act
from processes.actions.changing_answer import WENT_ON, ChangeAnswer
from processes.base.errors import TOO_LATE, Invalid
from processes.reads.citizen import ChangePage, read_change
from processes.storage.services import Services
from processes.storage.upload_room import let_go

router = APIRouter(prefix="/mijn")
SEEN, WITHOUT = "versie", "weg"
LONGEST_VERSION = 9  # figures of a whole number of ours


@router.get("/taken/{task}/veranderen")
def show(request: Request, task: TaskId, actor: Citizen, services: TheServices) -> Response:
    """The form with the answer as it is now, or why it cannot change any more."""
    return _page(request, read_change(services, actor, task))


@router.post("/taken/{task}/veranderen")
def change(request: Request, task: TaskId, actor: Citizen, form: FilesForm, services: TheServices) -> Response:
    with kept_unless_refused(services, form.brought):
        page = read_change(services, actor, task)
    if asks_language(form):
        let_go(services, form.brought)
        return _page(request, page, form)
    try:
        with kept_unless_refused(services, form.brought):
            act(services, actor, _action(services, page, form), once=form.form_key, form=_address(task))
    except Invalid as error:
        return _page(request, read_change(services, actor, task), form, error.fields)
    except TOO_LATE as error:
        return _page(request, read_change(services, actor, task), form, status=error.status)
    forget_sent(services, actor, form)
    return go_to(f"/mijn/taken/{task}/klaar")


def _address(task: str) -> str:
    return f"/mijn/taken/{task}/veranderen"


def _action(services: Services, page: ChangePage, form: FilesReceived) -> ChangeAnswer:
    """The action of what was typed, with its files. Raises Invalid."""
    without = frozenset(form.all(WITHOUT))
    if page.answer.why:  # the action says so too, whatever was typed
        return ChangeAnswer(page.answer.task, _seen(form), without=without)
    schema = _schema(page)
    if late := _typed_too_late(page, form):
        raise Invalid({"": late})
    filled, documents = filled_answer(services, page.form, schema, form)
    if not page.kept and says_nothing(schema, filled) and all(file.id in without for file in page.files):
        raise Invalid({"": "Uw antwoord is nu leeg. Vul iets in, of laat een bestand staan."})
    return ChangeAnswer(page.answer.task, _seen(form), filled.values, documents, without)


def _seen(form: Received) -> int:
    """The version of the answer that the page showed; 0, which is none, for what no page of ours sent."""
    typed = form.one(SEEN)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_VERSION else 0


def _schema(page: ChangePage) -> FormSchema:
    """The form without the questions that keep their answer. Whether a file is still missing is for the action to say: one may be there."""
    schema = FormSchema.parse(page.form.schema, page.form.values)
    asked = (one for one in schema.components if one.key not in page.kept)
    return FormSchema(
        tuple(replace(one, required=one.required and one.type != "filepicker") for one in asked), schema.values
    )


def _typed_too_late(page: ChangePage, form: FilesReceived) -> str:
    """Tell what was typed below a question that is fixed since the page was shown, to copy by hand; empty without such a thing."""
    schema = FormSchema.parse(page.form.schema, page.form.values)
    fixed = (
        one for one in schema.components if one.key in page.kept and isinstance(page.form.current.get(one.key), str)
    )
    told = [
        f"{one.label}: {form.text(one.key)}" for one in fixed
        if form.text(one.key) not in {"", str(page.form.current[one.key]).strip()}
    ]  # fmt: skip
    return f"{WENT_ON} U vulde dit in: {'; '.join(told)}." if told else ""


def _page(
    request: Request, page: ChangePage, typed: Received | None = None, errors: Mapping[str, str] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    schema = _schema(page)
    extras = lists_for(page.form.departments, page.form.document_types)
    fields = fields_for(schema, page.form.current, errors, typed=typed, extras=extras)
    return render(
        request, "citizen/change_answer.html", Invalid.status if errors else status, page=page, answer=page.answer, fields=fields,
        errors=errors or {}, typed=typed, without=typed.all(WITHOUT) if typed else (), has_files=schema.has_files,
        **begun_context(request, page.form, typed), **large_context(request, _address(page.answer.task)),
    )  # fmt: skip
