"""/werk/taken/{id}: the form of a task, with the case beside it. Nothing typed is lost when a colleague was first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine.words import Side
from portal.begun import begun_context, refuse_changed
from portal.chosen_files import kept_unless_refused
from portal.converting import (
    NOTHING_WAITS,
    CheckedForm,
    KindOf,
    Waiting,
    hold,
    prepare,
    send_waiting,
    waiting_in_draft,
    with_originals,
)
from portal.doors import PlainForm, TheServices, row_ids
from portal.forms import Filled, FormSchema, fields_for, lists_for, read_form
from portal.kept_forms import FilesReceived, LongForm, forget_sent
from portal.large_files import large_context
from portal.pages import get_services, go_to, render
from portal.received import Received
from portal.security.looking import saw
from portal.security.refusals import tell_refusal
from portal.workbench.disclosing import (
    assessments_in,
    concerns_in,
    redactions_in,
    shown_concerns,
    shown_inventory,
    shown_redactions,
    view_answers_in,
)
from portal.workbench.doors import DONE, Desk
from portal.workbench.inspecting import for_court, inspection_in, shown_papers
from portal.workbench.judging import judgements_in, shown_deliveries, to_judge
from portal.workbench.receipt import EMPTY, RECEIVED, receipt_in
from portal.workbench.tabs import lift_alarm
from portal.workbench.task_together import after_step, exceptions_unticked, together_context, with_others
from portal.workbench.today_presses import CALL
from portal.workbench.unseen import explained, unseen_context
from processes.access.guards import reason_wrong
from processes.actions import act
from processes.actions.answers import EnterLateAnswer, ReceiptDays
from processes.actions.filing import NewDocument
from processes.actions.foreseeing import ForeseenLetter, foresee_letters
from processes.actions.tasks import ANSWER_CHANGED, CompleteTask, TakeTask
from processes.base.actor import Actor
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, ZaakspoorError
from processes.execution.forms import FormPage
from processes.post.converting import convertible
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.words import LookKind, TaskState

router = APIRouter(prefix="/taken")
ANSWERS_SEEN = "gezien"  # the mark of the answers of citizens that the page showed (C13)
FORESEE = "voorbeeld"  # the button that shows the letters of a task before it is done


@router.get("/{task}")
def show(request: Request, actor: Desk, services: TheServices, task: str, gedaan: str = "") -> Response:
    page = reads.read_task(services, actor, task)
    waiting, typed = (
        waiting_in_draft(services, actor, _address(page)) if _takes_archive(page) else (NOTHING_WAITS, None)
    )
    return _page(request, page, done=gedaan, typed=typed, waiting=waiting)


@router.get("/{task}/pdf/{key}")
@router.get("/{task}/alsnog/pdf/{key}")
def made_pdf(request: Request, actor: Desk, services: TheServices, task: str, key: str) -> Response:
    """The PDF that was made of a chosen file, to be checked before the task is done."""
    page = reads.read_task(services, actor, task)
    saw(request, page.head.number, page.name, LookKind.TASK)
    return send_waiting(services, actor, _address(page), key)


@router.post("/{task}")
def complete(request: Request, actor: Desk, form: LongForm, services: TheServices, task: str) -> Response:
    page, ready = None, CheckedForm(form, NOTHING_WAITS)
    try:
        with kept_unless_refused(services, form.brought, mistakes=True):
            page = reads.read_task(services, actor, task)
            _still_open(page)
            ready = _ready(services, actor, page, form)
            if ready.to_check:
                status = Invalid.status if ready.form.refused else 200
                return _page(request, page, status, errors=ready.form.refused, typed=form, waiting=ready.waiting)
            refuse_changed(services, page.form, ready.form)
            action = _action(page, ready.form)
            action = replace(action, documents=with_originals(action.documents, ready.originals))
            done = with_others(page, explained(services, action, form), form)
            if form.one("stap") == FORESEE and _may_foresee(page):
                return _page(request, page, typed=form, foreseen=foresee_letters(services, actor, done))
            act(services, actor, done, once=form.form_key or None, form=ready.waiting.address)
            forget_sent(services, actor, form)
    except ZaakspoorError as error:
        if page is None:
            raise
        return _refused(request, services, actor, page, form, error, ready)
    return go_to(after_step(page, form))


@router.post("/{task}/alsnog")
def enter_late(request: Request, actor: Desk, form: LongForm, services: TheServices, task: str) -> Response:
    """An answer on paper to a question that lapsed."""
    page, ready = None, CheckedForm(form, NOTHING_WAITS)
    try:
        with kept_unless_refused(services, form.brought, mistakes=True):
            page = reads.read_task(services, actor, task)
            ready = _ready(services, actor, page, form)
            if ready.to_check:
                status = Invalid.status if ready.form.refused else 200
                return _page(request, page, status, errors=ready.form.refused, typed=form, waiting=ready.waiting)
            refuse_changed(services, page.form, ready.form)
            action = _late_answer(page, ready.form)
            action = replace(action, documents=with_originals(action.documents, ready.originals))
            act(services, actor, action, once=form.form_key or None, form=ready.waiting.address)
            forget_sent(services, actor, form)
    except ZaakspoorError as error:
        if page is None:
            raise
        return _refused(request, services, actor, page, form, error, ready)
    return go_to(f"/werk/zaken/{page.head.number}?gedaan=alsnog")


@router.post("/{task}/oppakken")
def take(actor: Desk, form: PlainForm, services: TheServices, task: str) -> Response:
    """Put the own name on a task, or take it off, as the page of the press said."""
    back = form.ticked("terug")
    act(services, actor, TakeTask(task, back, form.one("van")), once=form.form_key or None)
    return go_to(f"/werk/taken/{task}?gedaan={'teruggelegd' if back else 'opgepakt'}")


def _address(page: reads.WorkerTaskPage) -> str:
    """The address to which the form on this page is sent."""
    return f"/werk/taken/{page.id}{'/alsnog' if page.lapsed else ''}"


def _ready(services: Services, actor: Actor, page: reads.WorkerTaskPage, form: FilesReceived) -> CheckedForm:
    """The form with the files that wait; a task without files has none. Raises as `prepare` does."""
    schema = _schema(page)
    if not schema.has_files:
        return CheckedForm(form, NOTHING_WAITS)
    return prepare(services, actor, _address(page), form, _kind_of(page))


def _takes_archive(page: reads.WorkerTaskPage) -> bool:
    """Whether this task asks for a document that is kept as PDF, or did before it lapsed."""
    asked = _kind_of(page)
    schema = _schema(page)
    kinds = (asked(one.key) for one in schema.components)
    asks = page.state == TaskState.OPEN or page.lapsed is not None
    return asks and any(kind is not None and kind.archive for kind in kinds)


def _schema(page: reads.WorkerTaskPage) -> FormSchema:
    """The form of the task. A file that stays since the task was sent back need not be chosen again."""
    if page.form is None:
        return FormSchema(())
    schema = FormSchema.parse(page.form.schema, page.form.values)
    parts = (replace(one, required=False) if one.document_type in page.kept else one for one in schema.components)
    return replace(schema, components=tuple(parts)) if page.kept else schema


def _kind_of(page: reads.WorkerTaskPage) -> KindOf:
    if page.form is None:
        return lambda _: None
    types, schema = page.form.document_types, _schema(page)
    named = {one.key: one.document_type for one in schema.components if one.key}
    return lambda field: types.get(named.get(field, ""))


def _may_foresee(page: reads.WorkerTaskPage) -> bool:
    """A form with files would lose what was chosen when it is shown again; an answer on paper leads to no letter that staff write."""
    schema = _schema(page)
    return page.side == Side.WORKER and not page.why_not and not schema.has_files


def _still_open(page: reads.WorkerTaskPage) -> None:
    if page.state != TaskState.OPEN:
        raise AlreadyDone(f"De taak '{page.name}' is al gedaan. Uw invoer is niet opgeslagen.")


def _action(page: reads.WorkerTaskPage, form: FilesReceived) -> CompleteTask:
    wrong = {**form.refused, **exceptions_unticked(page, form)}
    received = receipt_in(form, wrong)
    if page.form is None:
        _refuse(wrong)
        return CompleteTask(page.id, received=received, answers_seen=form.one(ANSWERS_SEEN) or None)
    schema = _schema(page)
    judgements = judgements_in(page, form, wrong) if to_judge(schema) else {}
    assessments = assessments_in(page, form, wrong)
    filled = _filled(page, page.form, schema, form, wrong)
    return CompleteTask(
        page.id, filled.values, _documents(filled), judgements, filled.explanation, assessments, redactions_in(page, form),
        inspection_in(page.inspection, form), filled.outcomes, received,
        concerns_in(page, form), view_answers_in(page, form), row_ids(form.all("again")), answers_seen=form.one(ANSWERS_SEEN) or None,
    )  # fmt: skip


def _late_answer(page: reads.WorkerTaskPage, form: FilesReceived) -> EnterLateAnswer:
    wrong = {**form.refused, **reason_wrong(form.text("reason"))}
    received = receipt_in(form, wrong)
    if received is None:
        wrong.setdefault(RECEIVED, EMPTY)
    if page.form is None:
        _refuse(wrong)
        return EnterLateAnswer(page.id, received or ReceiptDays(page.today), form.text("reason"))
    filled = _filled(page, page.form, _schema(page), form, wrong)
    return EnterLateAnswer(
        page.id, received or ReceiptDays(page.today), form.text("reason"), filled.values, _documents(filled)
    )


def _filled(
    page: reads.WorkerTaskPage, asked: FormPage, schema: FormSchema, form: FilesReceived, wrong: Mapping[str, str]
) -> Filled:
    """The form as it was filled in. Raises Invalid with every mistake, those of `wrong` too."""
    try:
        filled = read_form(schema, form, asked.departments, asked.current, page.today)
    except Invalid as error:
        raise Invalid({**error.fields, **wrong}) from error
    _refuse(wrong)
    return filled


def _refuse(wrong: Mapping[str, str]) -> None:
    if wrong:
        raise Invalid(dict(wrong))


def _documents(filled: Filled) -> tuple[NewDocument, ...]:
    return tuple(NewDocument(upload, kind, field=field) for field, kind, upload in filled.files)


def _refused(
    request: Request,
    services: Services,
    actor: Actor,
    page: reads.WorkerTaskPage,
    form: FilesReceived,
    error: ZaakspoorError,
    ready: CheckedForm,
) -> Response:
    """Invalid: the form again, with the files. Somebody was first, or it may not: the sentence, with everything that was typed."""
    waiting = ready.waiting
    if isinstance(error, Invalid):
        waiting = hold(services, actor, _address(page), ready, error.fields, form.brought)
        return _page(request, page, 422, refused=error, typed=form, waiting=waiting)
    if isinstance(error, AlreadyDone):
        page = reads.read_task(services, actor, page.id)
        return _page(request, page, 409, sentence=str(error), typed=form)
    tell_refusal(request, error)
    if isinstance(error, NotAllowed) or error.status == AlreadyDone.status:
        return _page(request, page, error.status, sentence=str(error), typed=form, waiting=waiting)
    raise error


def _page(
    request: Request, page: reads.WorkerTaskPage, status: int = 200, *, errors: Mapping[str, str] | None = None,
    sentence: str = "", typed: Received | None = None, done: str = "", waiting: Waiting = NOTHING_WAITS,
    foreseen: Sequence[ForeseenLetter] | None = None, refused: Invalid | None = None,
) -> Response:  # fmt: skip
    errors = refused.fields if refused else errors
    saw(request, page.head.number, page.name, LookKind.TASK)
    schema = _schema(page)
    extras: dict[str, Any] = {
        "delivery-judgement": shown_deliveries(page), "inventory": shown_inventory(page.inventory, part=page.part is not None), "concerns": shown_concerns(page), "view-answers": page.views, "asked-again": page.changed,
        "redactions": shown_redactions(page.redactions), "in-time": page.in_time, "inspection": shown_papers(page.inspection), "court-only": for_court(page.inspection), "outcomes": page.outcomes,
        "filepicker": {one.key: page.kept[one.document_type] for one in schema.components if one.document_type in page.kept},
    }  # fmt: skip
    departments = page.form.departments if page.form else ()
    extras |= lists_for(departments, page.form.document_types) if page.form else {}
    if page.state == TaskState.OPEN or page.lapsed:
        extras["converted"] = convertible(get_services(request))
    fields = fields_for(schema, page.form.current if page.form else {}, errors, typed=typed, extras=extras)
    fields = [replace(one, required=False) if one.name in waiting.fields else one for one in fields]
    answer = render(
        request, "workbench/task.html", status, page=page, head=page.head, fields=fields, has_files=schema.has_files,
        errors=errors or {}, sentence=sentence, typed=typed or Received(), kept=_kept(schema, departments, typed) if sentence else [],
        foreseen=foreseen, may_foresee=_may_foresee(page), answers_seen=_answers_seen(page, typed, errors),
        done=DONE.get(done), place="today", waiting=waiting, calls=CALL.match(page.name), **begun_context(request, page.form, typed), **large_context(request, _address(page), typed),
        **together_context(request, page, typed), **unseen_context(refused, typed),
    )  # fmt: skip
    lift_alarm(request, page.head)
    return answer


def _answers_seen(page: reads.WorkerTaskPage, typed: Received | None, errors: Mapping[str, str] | None) -> str:
    """The mark of the answers that the worker has read: what was typed was typed beside those of the page before, until that is said."""
    told = (errors or {}).get("") == ANSWER_CHANGED
    return page.answers_seen if told or typed is None else typed.one(ANSWERS_SEEN) or page.answers_seen


def _kept(schema: FormSchema, departments: Sequence[tuple[str, str]], typed: Received | None) -> list[tuple[str, str]]:
    """The typed or chosen answers, by label and in the words of the form, to copy by hand."""
    if typed is None:
        return []
    found = []
    for one in schema.components:
        titles = {choice.value: choice.title for choice in one.choices} | dict(departments)
        text = "\n".join(titles.get(answer, answer) for answer in typed.texts(one.key)) if one.key else ""
        if text:
            found.append((one.label, text))
    return found
