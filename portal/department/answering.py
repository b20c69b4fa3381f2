"""Another form in the department's lane (B5), by the same link. A delivery of documents has pages of its own."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.begun import begun_context, refuse_changed
from portal.chosen_files import kept_unless_refused
from portal.department.by_hand import WORD_FIELD, only_by_hand
from portal.department.door import Guest
from portal.department.kept import kept_delivery
from portal.department.pages import show_choice, show_refusal
from portal.doors import TheServices
from portal.drafts import KEEP, NOTHING_KEPT, STEP, ShownDraft, keep, kept_typed
from portal.forms import FormSchema, fields_for, lists_for, read_form
from portal.kept_forms import FilesForm, FilesReceived
from portal.pages import go_to, render
from portal.received import Received
from portal.security.csrf import FormTooOld
from processes.actions import act
from processes.actions.delivering import AnswerByLink
from processes.actions.filing import NewDocument
from processes.base.actor import Actor
from processes.base.errors import TOO_LATE, AlreadyDone, DraftTooLong, Invalid
from processes.base.uploads import why_refused
from processes.reads.department import AskedForm, enter, read_dossier, read_task
from processes.reads.drafts import read_draft
from processes.storage.services import Services
from processes.storage.upload_room import let_go

router = APIRouter()


@router.api_route("/{token}/taak/{task}", methods=["GET", "HEAD"])
def show(request: Request, token: str, task: str, services: TheServices, bewaard: str = "") -> Response:
    page = read_dossier(services, token)
    asked = page.request(task)
    if asked is not None:
        kept = kept_delivery(services, token, asked, just_now=bool(bewaard))
        return show_choice(request, token, page, asked, "", {}, kept=kept)
    try:
        form, draft = read_task(services, token, task), read_draft(services, enter(services, token), _address(task))
        return _page(request, token, form, kept_typed(draft), kept=ShownDraft(draft, just_now=bool(bewaard)))
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
            if form.one(STEP) == KEEP:
                return _keep(request, token, guest, asked, form, services)
            action, kept = _action(services, token, asked, form), read_draft(services, guest, _address(task))
            only_by_hand(form, kept, asked.form.current if asked.form else {})
            act(services, guest, action, once=key, form=_address(task))
    except Invalid as error:
        return _page(request, token, asked, form, error.fields)
    except TOO_LATE as error:
        return show_refusal(request, token, error)
    return go_to(f"/verzoek/{token}?gedaan={'slot' if form.locked else 'ja'}")


def _address(task: str) -> str:
    return f"taak/{task}"


def _keep(
    request: Request, token: str, guest: Actor, asked: AskedForm, form: FilesReceived, services: Services
) -> Response:
    """Keep what was typed, whatever is wrong with it. Files are chosen again, as the page says."""
    let_go(services, form.uploads)
    try:
        keep(services, guest, _address(asked.task), form)
    except DraftTooLong as error:
        return _page(request, token, asked, form, {"": str(error)})
    return go_to(f"/verzoek/{token}/{_address(asked.task)}?bewaard=ja")


def _action(services: Services, token: str, asked: AskedForm, form: FilesReceived) -> AnswerByLink:
    """Raises Invalid."""
    if form.refused:
        raise Invalid(form.refused)
    if asked.form is None:
        return AnswerByLink(token, asked.task)
    refuse_changed(services, asked.form, form)
    schema = FormSchema.parse(asked.form.schema, asked.form.values)
    filled = read_form(schema, form, asked.form.departments, asked.form.current)
    kinds = asked.form.document_types
    wrong = {field: why_refused(kinds.get(kind), upload) for field, kind, upload in filled.files}
    if found := {field: sentence for field, sentence in wrong.items() if sentence}:
        raise Invalid(found)
    documents = tuple(NewDocument(upload, kind, field=field) for field, kind, upload in filled.files)
    return AnswerByLink(token, asked.task, filled.values, documents)


def _page(
    request: Request, token: str, asked: AskedForm, typed: Received | None = None,
    errors: Mapping[str, str] | None = None, kept: ShownDraft = NOTHING_KEPT,
) -> Response:  # fmt: skip
    form = asked.form
    schema = FormSchema.parse(form.schema, form.values) if form else FormSchema(())
    extras = lists_for(form.departments, form.document_types) if form else {}
    fields = fields_for(schema, form.current if form else {}, errors, typed=typed, extras=extras)
    status = Invalid.status if errors else 200
    asks_word = kept.draft is not None or WORD_FIELD in (errors or {}) or not any(one.required for one in fields)
    return render(
        request, "department/task.html", status, token=token, asked=asked, fields=fields, has_files=schema.has_files,
        errors=errors or {}, kept=kept, asks_word=asks_word, **begun_context(request, form, typed),
    )  # fmt: skip
