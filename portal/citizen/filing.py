"""Nieuwe zaak: choose a case type, fill in the form, check it, send it, and get a receipt. The form stands below two doors: for who is
signed in, and for a visitor who files without.

What was typed travels along in the form itself. It is also kept as a draft, in which the files wait, so that somebody can go
on later or elsewhere; sending the form drops it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.begun import FIELD as BEGUN
from portal.begun import begun_context, begun_in, refuse_changed
from portal.chosen_files import kept_unless_refused, only_there, opened, refuse_lost, seal
from portal.citizen.addresses import CaseNumber, CaseTypeCode
from portal.citizen.answers import Answer, answers
from portal.citizen.contact import asks_address, contact_answers, fields_of, name_of, other_answers, with_address
from portal.citizen.filing_files import chosen_now, taken_along
from portal.citizen.filing_guard import ON, admit
from portal.citizen.filing_parts import CONTACT, WHO, FilingPart, FilingParts, parts_of
from portal.citizen.filing_reading import action_of, form_address, page_to_file, read_filing, schema_of
from portal.citizen.not_filed import not_filed
from portal.citizen.together import may_name, shown_rows, with_other_rows
from portal.doors import Citizen, Filer, PlainForm, TheServices
from portal.drafts import (
    CHECK,
    KEEP,
    NOTHING_KEPT,
    PART,
    TO,
    WHOLE,
    ShownDraft,
    filing_form,
    keep,
    keep_on_the_way,
    kept_typed,
)
from portal.forms import fields_for, lists_for
from portal.kept_forms import FilesForm, FilesReceived, forget_sent
from portal.language.chosen import language_chosen
from portal.large_files import large_context
from portal.pages import get_services, go_to, render
from portal.received import Received
from portal.security.guards import own_identity
from processes.actions import act
from processes.base.actor import Actor
from processes.base.chosen_files import ChosenFiles
from processes.base.clock import local_date
from processes.base.errors import DraftTooLong, Invalid, NotFound
from processes.execution.co_filers import MOST
from processes.execution.out_of_use import NotFiledAnyMore
from processes.reads.citizen import (
    Profile,
    StartPage,
    finds_addresses,
    read_case_types,
    read_filed,
    read_profile,
)
from processes.reads.drafts import read_draft
from processes.storage.large_uploads import give_up_form
from processes.storage.services import Services

router, visitors = APIRouter(prefix="/mijn"), APIRouter(prefix="/indienen")
CARRIED_APART = {"csrf", "form_key", "held", "stap", "weg", PART, TO}
CANNOT = (NotFound, NotFiledAnyMore)


@router.get("/nieuw", dependencies=[ON])
def types(request: Request, actor: Citizen, services: TheServices) -> Response:  # noqa: ARG001 - the guard of the page
    return render(request, "citizen/new.html", types=read_case_types(services))


@router.get("/nieuw/{code}", dependencies=[ON])
@visitors.get("/{code}", dependencies=[ON])
def start(
    request: Request, code: CaseTypeCode, actor: Filer, services: TheServices, bewaard: str = "", vernieuwd: str = "",
    deel: str = "",
) -> Response:  # fmt: skip
    """A part of the form, with what was kept of it earlier; with `vernieuwd` as it is now, whatever version somebody began with."""
    draft = read_draft(services, actor, form_address(actor, code))
    typed = kept_typed(draft)
    try:
        page = page_to_file(services, actor, code, typed, draft, renewed=bool(vernieuwd))
    except CANNOT as error:
        return not_filed(request, code, error, typed, draft)
    admit(page, actor)
    held = taken_along(page, only_there(services, draft.held)) if draft else ChosenFiles()
    parts, errors = parts_of(page, schema_of(page)), dict(held.lost)
    here = _Here(page, actor, parts, read_profile(services, actor), held, seal(services, actor, f"new:{code}", held))
    if deel == CHECK and typed is not None and not errors:
        return _checked(request, actor, here, typed)
    kept = ShownDraft(draft, just_now=bool(bewaard)) if bewaard or not deel else NOTHING_KEPT
    part = None if deel == WHOLE else parts.first_wrong(errors) if errors else parts.find(deel) or parts.first
    return _form(request, here, part, typed, errors, kept)


@router.post("/nieuw/{code}", dependencies=[ON])
@visitors.post("/{code}", dependencies=[ON])
def check(request: Request, code: CaseTypeCode, actor: Filer, form: FilesForm, services: TheServices) -> Response:
    """Check one part, or without its name the whole form; nothing is filed yet: the last page shows everything once more."""
    try:
        with kept_unless_refused(services, form.brought):
            page, profile = page_to_file(services, actor, code, form), read_profile(services, actor)
    except CANNOT as error:
        return not_filed(request, code, error, form, read_draft(services, actor, form_address(actor, code)))
    admit(page, actor)
    held, wrong = chosen_now(services, actor, page, form)
    parts = parts_of(page, schema_of(page))
    here = _Here(page, actor, parts, profile, held, seal(services, actor, f"new:{code}", held))
    part = parts.find(form.one(PART))
    if same_page := _filled_further(request, here, part, form, wrong):
        return same_page
    if form.one("stap") == KEEP:
        return _keep(request, services, actor, here, part, form, wrong)
    kept = keep_on_the_way(services, actor, here.address, form, held)
    forget_sent(services, actor, form)  # the draft holds them
    if form.one(TO):
        return _elsewhere(request, here, part, form, wrong, kept=kept)
    if part is None:
        return _checked(request, actor, here, form, wrong)
    return _onward(request, actor, here, part, form, _errors(services, actor, here, form, wrong), kept=kept)


@router.post("/nieuw/{code}/versturen", dependencies=[ON])
@visitors.post("/{code}/versturen", dependencies=[ON])
def send(request: Request, code: CaseTypeCode, actor: Filer, form: PlainForm, services: TheServices) -> Response:
    try:
        page, profile = page_to_file(services, actor, code, form), read_profile(services, actor)
    except CANNOT as error:
        return not_filed(request, code, error, form, read_draft(services, actor, form_address(actor, code)))
    admit(page, actor)
    held, errors, parts = ChosenFiles(), dict[str, str](), parts_of(page, schema_of(page))
    try:
        held = taken_along(page, opened(services, actor, f"new:{code}", form.one("held")))
        refuse_lost(held)
        refuse_changed(services, page.form, form)
        if form.one("stap") != "wijzigen":
            action = action_of(
                page,
                form,
                read_filing(page, actor, form, held, {}),
                actor,
                own_identity(request),
                held,
                language_chosen(request),
            )
            begun = begun_in(services, form)
            action = replace(action, begun_on=begun.on if begun else None)
            who, address = replace(actor, name=name_of(actor, form)), form_address(actor, code)
            number = act(services, who, action, once=held.once, form=address)
            give_up_form(services, actor, address)
            return go_to(f"{'/indienen/ontvangen' if page.visitor else '/mijn/ingediend'}/{number}")
    except Invalid as error:
        of_page = fields_of(page, actor, form)
        errors = {of_page.get(name, name): sentence for name, sentence in error.fields.items()}
    here = _Here(page, actor, parts, profile, held, seal(services, actor, f"new:{code}", held))
    return _form(request, here, None, form, errors)


@router.get("/ingediend/{number}")
def filed(request: Request, number: CaseNumber, actor: Citizen, services: TheServices) -> Response:
    return render(request, "citizen/new_receipt.html", filed=read_filed(services, actor, number))


@dataclass(frozen=True, slots=True)
class _Here:
    """Everything that a page of the form needs beside what was typed; `sealed` holds the files."""

    page: StartPage
    actor: Actor
    parts: FilingParts
    profile: Profile
    held: ChosenFiles
    sealed: str

    @property
    def address(self) -> str:
        """Where the form is opened and sent."""
        return filing_form(self.page.code, visitor=self.page.visitor)


def _keep(
    request: Request, services: Services, actor: Actor, here: _Here, part: FilingPart | None, form: FilesReceived,
    wrong: Mapping[str, str],
) -> Response:  # fmt: skip
    """Keep the form as it is, whatever is wrong with it; a file that cannot be taken is told at once."""
    try:
        keep(services, actor, here.address, form, here.held)
        forget_sent(services, actor, form)
    except DraftTooLong as error:
        wrong = {**wrong, "": str(error)}
    if not wrong:
        return go_to(f"{here.address}?bewaard=ja&{PART}={part.code if part else WHOLE}")
    return _form(request, here, part, form, wrong)


def _elsewhere(
    request: Request, here: _Here, part: FilingPart | None, form: Received, wrong: Mapping[str, str], *, kept: bool
) -> Response:  # fmt: skip
    """Another part, or all on one page, with what was typed so far, right or wrong; a file that cannot be taken is told at once."""
    if wrong:
        return _form(request, here, part, form, wrong)
    to = here.parts.find(form.one(TO))
    if kept:
        return go_to(f"{here.address}?{PART}={to.code if to else WHOLE}")
    return _form(request, here, to, form)


def _onward(
    request: Request, actor: Actor, here: _Here, part: FilingPart, form: Received, errors: Mapping[str, str], *, kept: bool
) -> Response:  # fmt: skip
    """The next part, when nothing is wrong in this one. `kept`: a draft holds what was typed."""
    parts, onward = here.parts, here.parts.after(part)
    if mine := parts.wrong_in(part, errors):
        return _form(request, here, part, form, mine)
    if onward == parts.last and errors:
        bad = parts.first_wrong(errors)
        return _form(request, here, bad, form, parts.wrong_in(bad, errors))
    if kept:  # so that the way back in the browser sends nothing again
        return go_to(f"{here.address}?{PART}={onward.code}")
    return _checked(request, actor, here, form) if onward == parts.last else _form(request, here, onward, form)


def _filled_further(
    request: Request, here: _Here, part: FilingPart | None, form: FilesReceived, wrong: Mapping[str, str]
) -> Response | None:
    """The same page after a button that fills it in further: an address, one more person or one less. None for any other button."""
    if asks_address(form):
        return _with_address(request, here, part, form)
    changed = with_other_rows(here.page, here.actor, form)
    if changed is None:
        return None
    services = get_services(request)
    keep_on_the_way(services, here.actor, here.address, changed, here.held)
    forget_sent(services, here.actor, form)
    return _form(request, here, part, changed, wrong)


def _with_address(request: Request, here: _Here, part: FilingPart | None, form: FilesReceived) -> Response:
    """The same page, with the address of the postcode and house number that were typed."""
    try:
        return _form(request, here, part, with_address(get_services(request), form))
    except Invalid as error:
        return _form(request, here, part, form, error.fields)


def _errors(
    services: Services, actor: Actor, here: _Here, form: Received, wrong: Mapping[str, str]
) -> Mapping[str, str]:
    try:
        refuse_changed(services, here.page.form, form)
        read_filing(here.page, actor, form, here.held, wrong)
    except Invalid as error:
        return error.fields
    return {}


def _checked(
    request: Request, actor: Actor, here: _Here, form: Received, wrong: Mapping[str, str] | None = None
) -> Response:
    """The page with everything once more; where something is wrong, the form with every mistake."""
    page, services = here.page, get_services(request)
    try:
        refuse_changed(services, page.form, form)
        filled = read_filing(page, actor, form, here.held, wrong or {})
    except Invalid as error:
        return _form(request, here, None, form, error.fields)
    typed = {name: values for name, values in form.fields.items() if name not in CARRIED_APART}
    shown = _shown(here, actor, form, answers(schema_of(page), filled, page.form.departments))
    return render(
        request, "citizen/new_check.html", page=page, address=here.address, parts=here.parts, shown=shown, held=here.held.files, typed=typed,
        sealed=here.sealed,
    )  # fmt: skip


def _shown(
    here: _Here, actor: Actor, form: Received, said: Mapping[str, list[Answer]]
) -> list[tuple[FilingPart, list[Answer]]]:
    """Question and answer, part by part."""
    by_part: dict[str, list[Answer]] = {
        WHO: other_answers(here.page, actor, form), CONTACT: contact_answers(here.page, actor, form),
    }  # fmt: skip
    for key, lines in said.items():
        by_part.setdefault(here.parts.of(key), []).extend(lines)
    return [(part, by_part.get(part.code, [])) for part in here.parts.parts[:-1]]


def _form(
    request: Request, here: _Here, part: FilingPart | None, typed: Received | None = None,
    errors: Mapping[str, str] | None = None, kept: ShownDraft = NOTHING_KEPT,
) -> Response:  # fmt: skip
    """One part of the form, or without it all of them on one page."""
    page, services = here.page, get_services(request)
    extras = lists_for(page.form.departments, page.form.document_types)
    fields = fields_for(schema_of(page), {}, errors, typed=typed, extras=extras)
    return render(
        request, "citizen/new_form.html", Invalid.status if errors else 200, page=page, address=here.address, part=part, parts=here.parts,
        fields=here.parts.shown(part, fields) if part else fields, carried=_carried(here.parts, part, typed),
        names=may_name(page, here.actor), people=shown_rows(typed), most=MOST, profile=here.profile, finds=finds_addresses(services), typed=typed, held=here.held.files, sealed=here.sealed, errors=errors or {}, kept=kept,
        **begun_context(request, page.form, typed, _begun_on(services, page, typed, kept)),
        **large_context(request, here.address),
    )  # fmt: skip


def _carried(parts: FilingParts, part: FilingPart | None, typed: Received | None) -> list[tuple[str, str]]:
    """The fields of the other parts, with what was typed there, as hidden fields of this page."""
    if part is None or typed is None:
        return []
    others = ((name, values) for name, values in typed.fields.items() if parts.of(name) != part.code)
    return [(name, value) for name, values in others if name not in CARRIED_APART | {BEGUN} for value in values]


def _begun_on(services: Services, page: StartPage, typed: Received | None, kept: ShownDraft) -> date:
    """The day on which somebody began with this form; of a draft that does not say so the day on which it was kept."""
    if begun := begun_in(services, typed):
        return begun.on
    return local_date(kept.draft.saved_at) if kept.draft else page.today
