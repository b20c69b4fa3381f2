"""/werk/nieuw: choose a case type, then register a letter, a visit or a forwarded piece."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine import DocumentType
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
    with_originals,
)
from portal.doors import TheServices, row_id
from portal.forms import fields_for, lists_for
from portal.kept_forms import HeldForm, forget_sent
from portal.large_files import large_context
from portal.pages import get_services, go_to, render
from portal.received import Received
from portal.security.looking import saw
from portal.workbench.doors import Worker
from portal.workbench.draft import RegistrationDraft, draft_with, empty_draft, read_draft
from portal.workbench.looking_up import BUTTON, looked_up
from portal.workbench.post_handling import OUT
from portal.workbench.register_form import asks_decisions, command, in_front, offers_missing, own_questions
from portal.workbench.register_post import CHANNELS as CHANNELS_OF_POST
from portal.workbench.register_post import draft_of_post, post_along, register_with_post
from processes.actions import act
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotFound
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.words import CaseChannel

router = APIRouter(prefix="/nieuw")
DOCUMENT_ROW: Final = re.compile(r"document-(\d{1,2})-files")
CHANNELS = (
    (CaseChannel.LETTER, "Per brief"),
    (CaseChannel.COUNTER, "Aan de balie"),
    (CaseChannel.EMAIL, "Per e-mail"),
    (CaseChannel.FORWARDED, "Doorgestuurd door een andere organisatie"),
)


@router.get("")
def choose(request: Request, actor: Worker, services: TheServices, post: str = "") -> Response:
    """`post`: the id of the piece of post that becomes the case."""
    kinds, along = reads.read_case_types(services, actor), post_along(services, actor, post)
    return render(request, "workbench/choose.html", kinds=kinds, along=along, place="new")


@router.get("/{case_type}")
def start(
    request: Request, actor: Worker, services: TheServices, case_type: str, bij: str = "", post: str = ""
) -> Response:
    """`bij` is the number of the case that it belongs to, `post` the id of a piece of post: what these know is filled in beforehand."""
    along = post_along(services, actor, post)
    page = reads.read_registering(services, actor, case_type, bij)
    role = page.roles[0][0]
    if bij and page.main is None:
        raise NotFound("Bij deze zaak kan deze nieuwe zaak niet horen. Controleer het zaaknummer.")
    draft = draft_of_post(along, role) if along else empty_draft(role)
    return _page(request, page, draft_with(page.main, role) if page.main else draft, along=along)


@router.post("/{case_type}")
def register(request: Request, actor: Worker, form: HeldForm, services: TheServices, case_type: str) -> Response:
    """Register, or add a row when that button was pressed. A file for the archive that is no PDF becomes one, to be checked first.

    Whatever comes of it, the files that were chosen wait on the page.
    """
    address, ready = f"/werk/nieuw/{case_type}", CheckedForm(form, NOTHING_WAITS)
    errors: Mapping[str, str] = {}
    with kept_unless_refused(services, form.brought, mistakes=True):
        along = post_along(services, actor, form.one("post"))
        page = reads.read_registering(services, actor, case_type, form.one("main_case"))
        draft = read_draft(form, page.roles[0][0])
        try:
            ready = prepare(services, actor, address, form, _kind_of(page, form))
            draft = read_draft(ready.form, page.roles[0][0], every_document=bool(ready.form.files or form.large.coming))
            errors = ready.form.refused
            if form.one(BUTTON):
                draft, errors = _with_register(services, actor, draft, form.one(BUTTON))
            elif not ready.to_check and not form.one("add"):
                refuse_changed(services, page.form, ready.form)
                action = command(page, draft, actor, ready.form.refused)
                action = replace(action, documents=with_originals(action.documents, ready.originals))
                if along:
                    number = register_with_post(services, actor, action, along, form, ready.waiting.address)
                else:
                    number = act(services, actor, action, once=form.form_key or None, form=ready.waiting.address)
                forget_sent(services, actor, form)
                return go_to(f"/werk/zaken/{number}?gedaan=geregistreerd{'-slot' if form.locked else ''}")
        except Invalid as error:
            errors = error.fields
    waiting = hold(services, actor, address, ready, errors, form.brought)
    return _page(request, page, draft, errors, waiting=waiting, along=along)


@router.get("/{case_type}/pdf/{key}")
def made_pdf(actor: Worker, services: TheServices, case_type: str, key: str) -> Response:
    """The PDF that was made of a chosen file, to be checked before the case is registered."""
    return send_waiting(services, actor, f"/werk/nieuw/{case_type}", key)


def _with_register(
    services: Services, actor: Actor, draft: RegistrationDraft, chosen: str
) -> tuple[RegistrationDraft, Mapping[str, str]]:
    """The draft with what the registers say of the party whose button was pressed."""
    at = min(row_id(chosen) or 0, len(draft.parties) - 1)
    row, errors = looked_up(services, actor, draft.parties[at], at)
    return replace(draft, parties=[*draft.parties[:at], row, *draft.parties[at + 1 :]]), errors


def _kind_of(page: reads.RegisterPage, form: Received) -> KindOf:
    """The document type of a file: of a row of documents the one chosen there, else that of the question on the start form."""
    types = page.form.document_types if page.form else {}
    asked = {one.key: one.document_type for one in own_questions(page).components if one.key}

    def kind(field: str) -> DocumentType | None:
        row = DOCUMENT_ROW.fullmatch(field)
        return types.get(form.one(f"document-{row[1]}-type") if row else asked.get(field, ""))

    return kind


def _page(
    request: Request, page: reads.RegisterPage, draft: RegistrationDraft, errors: Mapping[str, str] | None = None, *,
    waiting: Waiting = NOTHING_WAITS, along: reads.PostItemPage | None = None,
) -> Response:  # fmt: skip
    if page.main:  # its parties and decisions stand in the form
        saw(request, page.main.number, "register")
    schema = own_questions(page)
    typed = draft.typed if draft.typed.fields else None
    extras = lists_for(page.departments, page.form.document_types if page.form else {})
    fields = fields_for(schema, {}, errors, typed=typed, extras=extras)
    fields = [replace(one, required=False) if one.name in waiting.fields else one for one in fields]
    first, more = in_front(fields)
    return render(
        request, "workbench/register.html", 422 if errors else 200, page=page, draft=draft, errors=errors or {},
        fields=first, more=more, more_open=any(one.error or one.value for one in more), with_decisions=asks_decisions(page), with_missing=offers_missing(page),
        channels=CHANNELS, registers=get_services(request).registers is not None, known=_known(page), waiting=waiting, place="new",
        along=along, along_channel=CHANNELS_OF_POST[along.channel_code] if along else CaseChannel.LETTER, out=OUT,
        **begun_context(request, page.form, typed), **large_context(request, f"/werk/nieuw/{page.case_type}", typed),
    )  # fmt: skip


def _known(page: reads.RegisterPage) -> dict[str, str]:
    """The end of the number of each party of the main case, by its id, so that a worker knows who is meant."""
    parties = page.main.parties if page.main else ()
    return {str(party.id): party.identity for party in parties if party.identity}
