"""Reads what somebody typed on the form that begins a case: typed values, every mistake at once, and the action that files it; and which form that is."""

from collections.abc import Mapping, Sequence

from portal.begun import begun_in
from portal.citizen.contact import contact_wrong, parties_of
from portal.citizen.filing_parts import FilingParts, parts_of
from portal.citizen.together import named_in
from portal.drafts import filing_form
from portal.forms import Filled, FormSchema, ReadDecision, read_form, typed_decisions
from portal.received import Received
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, RegisterCase
from processes.base.actor import Actor
from processes.base.chosen_files import ChosenFiles
from processes.base.clock import local_date
from processes.base.errors import Invalid
from processes.base.uploads import Upload
from processes.execution.co_filers import PLACE
from processes.reads.citizen import StartPage, read_start
from processes.storage.drafts import Draft
from processes.storage.services import Services

# the fields of one decision, and those about people, as they stand on the page
PLACES = (
    "subject", "number", "taken_on", "announced_on", "department", "missing",
    "other_name", "other_address", "name", "channel", "email", "postcode", "huisnummer", "address", "phone",
)  # fmt: skip
LONGEST_SUBJECT, LONGEST_NUMBER = 300, 80  # what the columns of a decision hold


def page_to_file(
    services: Services, actor: Actor, code: str, typed: Received | None, draft: Draft | None = None, *,
    renewed: bool = False,
) -> StartPage:  # fmt: skip
    """The page to file this, as somebody began with it; `renewed`: as it is now. Raises NotFound and NotFiledAnyMore."""
    begun = begun_in(services, typed)
    on = begun.on if begun else local_date(draft.saved_at) if draft else None
    return read_start(services, code, None if renewed or not begun else begun.version, on, visitor=actor.is_visitor)


def form_address(actor: Actor, code: str) -> str:
    """Where this form is opened and sent, by who is signed in or by a visitor."""
    return filing_form(code, visitor=actor.is_visitor)


def schema_of(page: StartPage) -> FormSchema:
    return FormSchema.parse(page.form.schema, page.form.values)


def read_filing(page: StartPage, actor: Actor, form: Received, held: ChosenFiles, wrong: Mapping[str, str]) -> Filled:
    """Typed values. Raises Invalid, also for what the law needs to know of a decision and for the contact details."""
    files: dict[str, list[Upload]] = {}
    for file in held.files:
        files.setdefault(file.field, []).append(file.upload)
    schema, typed = schema_of(page), Received(form.fields, files)
    filled, read = Filled(), dict[str, str]()
    try:
        filled = read_form(schema, typed, page.form.departments)
    except Invalid as error:
        read = error.fields
    decisions = _decisions_wrong(page, typed_decisions(schema, typed))
    found = {**read, **decisions, **contact_wrong(page, actor, form), **wrong}
    if found:
        raise Invalid(_in_order(parts_of(page, schema), {**found, **read}))
    return filled


def _in_order(parts: FilingParts, wrong: Mapping[str, str]) -> dict[str, str]:
    """Every mistake at once, in the order of the page."""
    codes = {part.code: number for number, part in enumerate(parts.parts)}

    def place(name: str) -> tuple[int, str, int]:
        decision, _, field = name.rpartition("-") if name.startswith(("decision-", f"{PLACE}-")) else ("", "", name)
        return codes.get(parts.of(name), -1), decision, PLACES.index(field) if field in PLACES else 0

    return {name: wrong[name] for name in sorted(wrong, key=place)}


def _decisions_wrong(page: StartPage, decisions: Sequence[ReadDecision]) -> dict[str, str]:
    wrong = {}
    for place, decision in enumerate(decisions):
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


def action_of(page: StartPage, form: Received, filled: Filled, actor: Actor, identity: dict[str, str],
            held: ChosenFiles, language: str = "") -> RegisterCase:  # fmt: skip
    """`language`: in which the page was read, where that says how its reader wants our mails; empty: as chosen at Mijn gegevens."""
    decisions = tuple(
        NewDecision(d.subject, d.number, d.taken_on, d.announced_on, d.department, d.missing) for d in filled.decisions
    )
    documents = tuple(NewDocument(file.upload, file.type, field=file.field) for file in held.files)
    return RegisterCase(
        page.code, "portal", page.today, parties_of(page, actor, form, identity, language), decisions, filled.values, documents,
        version=page.form.version, co_filers=named_in(page, actor, form),
    )  # fmt: skip
