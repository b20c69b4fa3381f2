"""Another form in the department's lane (B5), by the same link. A delivery of documents has pages of its own."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.chosen_files import kept_unless_refused
from portal.department.door import Guest
from portal.department.pages import show_choice, show_refusal
from portal.doors import TheServices
from portal.forms import FormSchema, fields_for, lists_for, read_form
from portal.kept_forms import FilesForm, FilesReceived
from portal.pages import go_to, render
from portal.security.csrf import FormTooOld
from processes.actions import act
from processes.actions.delivering import AnswerByLink
from processes.actions.filing import NewDocument
from processes.base.errors import TOO_LATE, AlreadyDone, Invalid
from processes.base.uploads import why_refused
from processes.reads.department import AskedForm, read_dossier, read_task

router = APIRouter()


@router.api_route("/{token}/taak/{task}", methods=["GET", "HEAD"])
def show(request: Request, token: str, task: str, services: TheServices) -> Response:
    page = read_dossier(services, token)
    asked = page.request(task)
    if asked is not None:
        return show_choice(request, token, page, asked, "", {})
    try:
        return _page(request, token, read_task(services, token, task))
    except AlreadyDone as error:
        return show_refusal(request, token, error)


@router.post("/{token}/taak/{task}")
def complete(request: Request, token: str, task: str, guest: Guest, form: FilesForm, services: TheServices) -> Response:
    """Everything that was typed stays when something is wrong; files are chosen again."""
    if not form.form_key and not form.refused:
        raise FormTooOld
    key = f"link:{guest.dossier}:{form.form_key[:40]}"
    try:
        with kept_unless_refused(services, form.uploads):
            asked = read_task(services, token, task)
            act(services, guest, _action(token, asked, form), once=key)
    except Invalid as error:
        return _page(request, token, asked, form, error.fields)
    except TOO_LATE as error:
        return show_refusal(request, token, error)
    return go_to(f"/verzoek/{token}?gedaan={'slot' if form.locked else 'ja'}")


def _action(token: str, asked: AskedForm, form: FilesReceived) -> AnswerByLink:
    """Raises Invalid."""
    if form.refused:
        raise Invalid(form.refused)
    if asked.form is None:
        return AnswerByLink(token, asked.task)
    schema = FormSchema.parse(asked.form.schema, asked.form.values)
    filled = read_form(schema, form, asked.form.departments, asked.form.current)
    kinds = asked.form.document_types
    wrong = {field: why_refused(kinds.get(kind), upload) for field, kind, upload in filled.files}
    if found := {field: sentence for field, sentence in wrong.items() if sentence}:
        raise Invalid(found)
    documents = tuple(NewDocument(upload, kind, field=field) for field, kind, upload in filled.files)
    return AnswerByLink(token, asked.task, filled.values, documents)


def _page(
    request: Request, token: str, asked: AskedForm, typed: FilesReceived | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    form = asked.form
    schema = FormSchema.parse(form.schema, form.values) if form else FormSchema(())
    extras = lists_for(form.departments, form.document_types) if form else {}
    fields = fields_for(schema, form.current if form else {}, errors, typed=typed, extras=extras)
    status = Invalid.status if errors else 200
    return render(
        request, "department/task.html", status, token=token, asked=asked, fields=fields, has_files=schema.has_files,
        errors=errors or {},
    )  # fmt: skip
