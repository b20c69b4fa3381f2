"""/werk/nieuw: choose a case type, then register a letter, a visit or a forwarded piece."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine import DocumentType
from portal.chosen_files import kept_unless_refused
from portal.converting import (
    NOTHING_WAITS,
    CheckedForm,
    KindOf,
    Waiting,
    prepare,
    send_waiting,
    with_originals,
)
from portal.doors import TheServices
from portal.forms import fields_for, lists_for
from portal.kept_forms import FilesForm
from portal.pages import go_to, render
from portal.received import Received
from portal.security.looking import saw
from portal.workbench.doors import Worker
from portal.workbench.draft import RegistrationDraft, draft_with, empty_draft, read_draft
from portal.workbench.register_form import asks_decisions, command, offers_missing, own_questions
from processes.actions import act
from processes.base.errors import Invalid, NotFound
from processes.reads import workbench as reads
from processes.storage.upload_room import let_go
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
def choose(request: Request, actor: Worker, services: TheServices) -> Response:
    kinds = reads.read_case_types(services, actor)
    return render(request, "workbench/choose.html", kinds=kinds, place="new")


@router.get("/{case_type}")
def start(request: Request, actor: Worker, services: TheServices, case_type: str, bij: str = "") -> Response:
    """`bij` is the number of the case that it belongs to: what that one knows is filled in beforehand."""
    page = reads.read_registering(services, actor, case_type, bij)
    role = page.roles[0][0]
    if bij and page.main is None:
        raise NotFound("Bij deze zaak kan deze nieuwe zaak niet horen. Controleer het zaaknummer.")
    return _page(request, page, draft_with(page.main, role) if page.main else empty_draft(role))


@router.post("/{case_type}")
def register(request: Request, actor: Worker, form: FilesForm, services: TheServices, case_type: str) -> Response:
    """Register, or add a row when that button was pressed. A file for the archive that is no PDF becomes one, to be checked first."""
    errors, address, ready = None, f"/werk/nieuw/{case_type}", CheckedForm(form, NOTHING_WAITS)
    try:
        with kept_unless_refused(services, form.uploads):
            page = reads.read_registering(services, actor, case_type, form.one("main_case"))
            draft = read_draft(form, page.roles[0][0])
            ready = prepare(services, actor, address, form, _kind_of(page, form))
            waits = bool(ready.waiting.chosen.files)
            draft = read_draft(ready.form, page.roles[0][0], every_document=waits)
            if ready.to_check:
                return _page(request, page, draft, ready.form.refused, waiting=ready.waiting)
            if not form.one("add"):
                action = command(page, read_draft(ready.form, page.roles[0][0]), actor, ready.form.refused)
                action = replace(action, documents=with_originals(action.documents, ready.originals))
                number = act(services, actor, action, once=form.form_key or None, form=ready.waiting.address)
                return go_to(f"/werk/zaken/{number}?gedaan=geregistreerd{'-slot' if form.locked else ''}")
        let_go(services, form.uploads)
    except Invalid as error:
        errors = error.fields
    lost = bool(form.uploads or form.refused)
    return _page(request, page, draft, errors, files_lost=lost, waiting=ready.waiting)


@router.get("/{case_type}/pdf/{key}")
def made_pdf(actor: Worker, services: TheServices, case_type: str, key: str) -> Response:
    """The PDF that was made of a chosen file, to be checked before the case is registered."""
    return send_waiting(services, actor, f"/werk/nieuw/{case_type}", key)


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
    files_lost: bool = False, waiting: Waiting = NOTHING_WAITS,
) -> Response:  # fmt: skip
    if page.main:  # its parties and decisions stand in the form
        saw(request, page.main.number, "register")
    schema = own_questions(page)
    typed = draft.typed if draft.typed.fields else None
    extras = lists_for(page.departments, page.form.document_types if page.form else {})
    fields = fields_for(schema, {}, errors, typed=typed, extras=extras)
    fields = [replace(one, required=False) if one.name in waiting.fields else one for one in fields]
    return render(
        request, "workbench/register.html", 422 if errors else 200, page=page, draft=draft, errors=errors or {},
        fields=fields, with_decisions=asks_decisions(page), with_missing=offers_missing(page),
        channels=CHANNELS, known=_known(page), files_lost=files_lost, waiting=waiting, place="new",
    )  # fmt: skip


def _known(page: reads.RegisterPage) -> dict[str, str]:
    """The end of the number of each party of the main case, by its id, so that a worker knows who is meant."""
    parties = page.main.parties if page.main else ()
    return {str(party.id): party.identity for party in parties if party.identity}
