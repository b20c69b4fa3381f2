"""Nieuwe zaak: choose a case type, fill in the form, check it, send it, and get a receipt.

What was typed travels along in the form itself. It is also kept as a draft, in which the files wait, so that somebody can go
on later or elsewhere; sending the form drops it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.begun import begun_context, begun_in, refuse_changed
from portal.chosen_files import kept_unless_refused, only_there, opened, refuse_lost, seal
from portal.citizen.addresses import CaseNumber, CaseTypeCode
from portal.citizen.answers import answers
from portal.citizen.filing_files import chosen_now, taken_along
from portal.citizen.not_filed import not_filed
from portal.doors import Citizen, PlainForm, TheServices
from portal.drafts import KEEP, NOTHING_KEPT, ShownDraft, filing_form, keep, keep_on_the_way, kept_typed
from portal.forms import Filled, FormSchema, fields_for, lists_for, read_form
from portal.kept_forms import FilesForm, FilesReceived, forget_sent
from portal.large_files import large_context
from portal.pages import get_services, go_to, render
from portal.received import Received
from portal.security.guards import own_identity
from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.actor import Actor
from processes.base.chosen_files import ChosenFile, ChosenFiles
from processes.base.clock import local_date
from processes.base.email_address import typed_address
from processes.base.errors import DraftTooLong, Invalid, NotFound
from processes.base.typed_values import read_phone
from processes.base.uploads import Upload
from processes.execution.out_of_use import NotFiledAnyMore
from processes.reads.citizen import Profile, StartPage, read_case_types, read_filed, read_profile, read_start
from processes.reads.drafts import read_draft
from processes.storage.drafts import Draft
from processes.storage.large_uploads import give_up_form
from processes.storage.services import Services
from processes.storage.words import PartyKind, PostChannel

router = APIRouter(prefix="/mijn")
CARRIED_APART = {"csrf", "form_key", "held", "stap", "weg"}
CONTACT = {"party-0-name": "", "party-0-address": "address", "party-0-channel": "channel"}
LONGEST_SUBJECT, LONGEST_NUMBER = 300, 80  # what the columns of a decision hold
CANNOT = (NotFound, NotFiledAnyMore)
KINDS = ("bsn", "kvk", "eidas")


@router.get("/nieuw")
def types(request: Request, actor: Citizen, services: TheServices) -> Response:  # noqa: ARG001 - the guard of the page
    return render(request, "citizen/new.html", types=read_case_types(services))


@router.get("/nieuw/{code}")
def start(
    request: Request, code: CaseTypeCode, actor: Citizen, services: TheServices, bewaard: str = "", vernieuwd: str = ""
) -> Response:
    """The form, with what was kept of it earlier; with `vernieuwd` as it is now, whatever version somebody began with."""
    draft = read_draft(services, actor, filing_form(code))
    try:
        page = page_to_file(services, code, kept_typed(draft), draft, renewed=bool(vernieuwd))
    except CANNOT as error:
        return not_filed(request, code, error, kept_typed(draft), draft)
    held = taken_along(page, only_there(services, draft.held)) if draft else ChosenFiles()
    sealed = seal(services, actor, f"new:{code}", held)
    kept = ShownDraft(draft, just_now=bool(bewaard))
    return _form(
        request, page, read_profile(services, actor), kept_typed(draft), dict(held.lost), held.files, sealed, kept
    )


@router.post("/nieuw/{code}")
def check(request: Request, code: CaseTypeCode, actor: Citizen, form: FilesForm, services: TheServices) -> Response:
    """Check the form; nothing is filed yet: the next page shows everything once more."""
    try:
        with kept_unless_refused(services, form.brought):
            page, profile = page_to_file(services, code, form), read_profile(services, actor)
    except CANNOT as error:
        return not_filed(request, code, error, form, read_draft(services, actor, filing_form(code)))
    held, wrong = chosen_now(services, actor, page, form)
    sealed = seal(services, actor, f"new:{code}", held)
    if form.one("stap") == KEEP:
        return _keep(request, services, actor, page, profile, form, held, wrong)
    keep_on_the_way(services, actor, filing_form(code), form, held)
    forget_sent(services, actor, form)  # the draft holds them
    try:
        refuse_changed(services, page.form, form)
        filled = _filled(page, form, held, wrong)
    except Invalid as error:
        return _form(request, page, profile, form, error.fields, held.files, sealed)
    typed = {name: values for name, values in form.fields.items() if name not in CARRIED_APART}
    said = answers(_schema(page), filled, page.form.departments)
    return render(
        request,
        "citizen/new_check.html",
        page=page,
        answers=said,
        contact=form,
        held=held.files,
        typed=typed,
        sealed=sealed,
    )


@router.post("/nieuw/{code}/versturen")
def send(request: Request, code: CaseTypeCode, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    try:
        page, profile = page_to_file(services, code, form), read_profile(services, actor)
    except CANNOT as error:
        return not_filed(request, code, error, form, read_draft(services, actor, filing_form(code)))
    held, errors = ChosenFiles(), dict[str, str]()
    try:
        held = taken_along(page, opened(services, actor, f"new:{code}", form.one("held")))
        refuse_lost(held)
        refuse_changed(services, page.form, form)
        if form.one("stap") != "wijzigen":
            action = _action(page, form, _filled(page, form, held, {}), actor, own_identity(request), held)
            begun = begun_in(services, form)
            action = replace(action, begun_on=begun.on if begun else None)
            number = act(services, actor, action, once=held.once, form=filing_form(code))
            give_up_form(services, actor, filing_form(code))
            return go_to(f"/mijn/ingediend/{number}")
    except Invalid as error:
        errors = {CONTACT.get(name, name): sentence for name, sentence in error.fields.items()}
    return _form(request, page, profile, form, errors, held.files, seal(services, actor, f"new:{code}", held))


@router.get("/ingediend/{number}")
def filed(request: Request, number: CaseNumber, actor: Citizen, services: TheServices) -> Response:
    return render(request, "citizen/new_receipt.html", filed=read_filed(services, actor, number))


def page_to_file(
    services: Services, code: str, typed: Received | None, draft: Draft | None = None, *, renewed: bool = False
) -> StartPage:
    """The page to file this, as somebody began with it; `renewed`: as it is now. Raises NotFound and NotFiledAnyMore."""
    begun = begun_in(services, typed)
    on = begun.on if begun else local_date(draft.saved_at) if draft else None
    return read_start(services, code, None if renewed or not begun else begun.version, on)


def _keep(request: Request, services: Services, actor: Actor, page: StartPage, profile: Profile, form: FilesReceived,
          held: ChosenFiles, wrong: Mapping[str, str]) -> Response:  # fmt: skip
    """Keep the form as it is, whatever is wrong with it; a file that cannot be taken is told at once."""
    try:
        keep(services, actor, filing_form(page.code), form, held)
        forget_sent(services, actor, form)
    except DraftTooLong as error:
        wrong = {**wrong, "": str(error)}
    if not wrong:
        return go_to(f"{filing_form(page.code)}?bewaard=ja")
    return _form(request, page, profile, form, wrong, held.files, seal(services, actor, f"new:{page.code}", held))


def _schema(page: StartPage) -> FormSchema:
    return FormSchema.parse(page.form.schema, page.form.values)


def _form(request: Request, page: StartPage, profile: Profile, typed: Received | None = None,
          errors: Mapping[str, str] | None = None, held: tuple[ChosenFile, ...] = (), sealed: str = "",
          kept: ShownDraft = NOTHING_KEPT) -> Response:  # fmt: skip
    services, extras = get_services(request), lists_for(page.form.departments, page.form.document_types)
    fields = fields_for(_schema(page), {}, errors, typed=typed, extras=extras)
    return render(
        request, "citizen/new_form.html", Invalid.status if errors else 200, page=page, fields=fields, profile=profile,
        typed=typed, held=held, sealed=sealed, errors=errors or {}, kept=kept,
        **begun_context(request, page.form, typed, _begun_on(services, page, typed, kept)),
        **large_context(request, filing_form(page.code)),
    )  # fmt: skip


def _begun_on(services: Services, page: StartPage, typed: Received | None, kept: ShownDraft) -> date:
    """The day on which somebody began with this form; of a draft that does not say so the day on which it was kept."""
    if begun := begun_in(services, typed):
        return begun.on
    return local_date(kept.draft.saved_at) if kept.draft else page.today


def _filled(page: StartPage, form: Received, held: ChosenFiles, wrong: Mapping[str, str]) -> Filled:
    """Typed values. Raises Invalid, also for what the law needs to know of a decision and for the contact details."""
    files: dict[str, list[Upload]] = {}
    for file in held.files:
        files.setdefault(file.field, []).append(file.upload)
    filled, found = Filled(), dict(wrong)
    try:
        filled = read_form(_schema(page), Received(form.fields, files), page.form.departments)
    except Invalid as error:
        found = {**error.fields, **found}
    found.update(_decisions_wrong(page, filled))
    found.update(_contact_wrong(form))
    if found:
        raise Invalid(found)
    return filled


def _decisions_wrong(page: StartPage, filled: Filled) -> dict[str, str]:
    wrong = {}
    for place, decision in enumerate(filled.decisions):
        name = f"decision-{place}-announced_on"
        if len(decision.subject) > LONGEST_SUBJECT:
            wrong[f"decision-{place}-subject"] = f"Maak dit korter. Gebruik hoogstens {LONGEST_SUBJECT} tekens."
        if len(decision.number) > LONGEST_NUMBER:
            wrong[f"decision-{place}-number"] = f"Dit is te lang. Gebruik hoogstens {LONGEST_NUMBER} tekens."
        if not decision.missing and decision.announced_on is None:
            wrong[name] = (
                "Vul in wanneer u het besluit kreeg. Weet u het niet precies? Vul dan de datum van de brief in."
            )
        elif decision.announced_on and decision.announced_on > page.today:
            wrong[name] = "Deze datum ligt in de toekomst. Controleer de datum."
    return wrong


def _contact_wrong(form: Received) -> dict[str, str]:
    wrong: dict[str, str] = {}
    typed_address(form.one("email"), "email", wrong)
    try:
        _phone(form)
    except ValueError as error:
        wrong["phone"] = str(error)
    if form.one("channel") not in {PostChannel.PORTAL, PostChannel.POST}:
        wrong["channel"] = "Kies hoe u onze brieven wilt krijgen."
    if form.one("channel") == PostChannel.POST and not form.one("address"):
        wrong["address"] = "Vul uw adres in. Anders kunnen wij u geen brieven sturen."
    return wrong


def _phone(form: Received) -> str | None:
    """Raises ValueError."""
    return read_phone(form.one("phone")) if form.one("phone") else None


def _action(page: StartPage, form: Received, filled: Filled, actor: Actor, identity: dict[str, str],
            held: ChosenFiles) -> RegisterCase:  # fmt: skip
    kind = next((kind for kind in KINDS if kind in identity), None)
    me = NewParty(
        role=page.role, name=actor.name, kind=PartyKind.COMPANY if kind == "kvk" else PartyKind.PERSON,
        identity=f"{kind}:{identity[kind]}" if kind else None, email=form.one("email") or None,
        phone=_phone(form), address=form.text("address") or None,
        channel=PostChannel.POST if form.one("channel") == PostChannel.POST else PostChannel.PORTAL, to_confirm=True,
    )  # fmt: skip
    decisions = tuple(
        NewDecision(d.subject, d.number, d.taken_on, d.announced_on, d.department, d.missing) for d in filled.decisions
    )
    documents = tuple(NewDocument(file.upload, file.type, field=file.field) for file in held.files)
    return RegisterCase(
        page.code, "portal", page.today, (me,), decisions, filled.values, documents, version=page.form.version
    )
