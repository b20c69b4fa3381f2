"""Reads what somebody typed on the form that begins a case: typed values, every mistake at once, and the action that files it."""

from collections.abc import Mapping, Sequence

from portal.citizen.contact import contact_wrong, parties_of
from portal.citizen.filing_parts import FilingParts
from portal.forms import Filled, FormSchema, ReadDecision, read_form, typed_decisions
from portal.received import Received
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, RegisterCase
from processes.base.actor import Actor
from processes.base.chosen_files import ChosenFiles
from processes.base.errors import Invalid
from processes.base.uploads import Upload
from processes.reads.citizen import StartPage

OF_DECISION = ("subject", "number", "taken_on", "announced_on", "department", "missing")  # as they stand on the page
LONGEST_SUBJECT, LONGEST_NUMBER = 300, 80  # what the columns of a decision hold


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
    # every mistake at once, in the order of the page
    found = {
        **contact_wrong(page, actor, form),
        **_decisions_wrong(page, typed_decisions(schema, typed)),
        **read,
        **wrong,
    }
    if found:
        raise Invalid(found)
    return filled


def _in_order(parts: FilingParts, wrong: Mapping[str, str]) -> dict[str, str]:
    codes = {part.code: place for place, part in enumerate(parts.parts)}

    def place(name: str) -> tuple[int, str, int]:
        start, _, field = name.rpartition("-")
        of_decision = start if field in OF_DECISION else ""
        return codes.get(parts.of(name), -1), of_decision, OF_DECISION.index(field) if of_decision else 0

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
            held: ChosenFiles) -> RegisterCase:  # fmt: skip
    decisions = tuple(
        NewDecision(d.subject, d.number, d.taken_on, d.announced_on, d.department, d.missing) for d in filled.decisions
    )
    documents = tuple(NewDocument(file.upload, file.type, field=file.field) for file in held.files)
    return RegisterCase(
        page.code, "portal", page.today, parties_of(page, actor, form, identity), decisions, filled.values, documents,
        version=page.form.version,
    )  # fmt: skip
