"""Turns a draft as typed into the command that registers the case. Every mistake comes back with its field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from engine.words import MainCaseRule
from portal.doors import row_id
from portal.forms import Filled, FormSchema, ShownField, read_form
from portal.received import Received
from portal.workbench.dates import date_or_none
from portal.workbench.draft import RegistrationDraft, Row
from processes.actions.filing import LONGEST_TITLE, NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.base.typed_values import read_branch, read_bsn, read_kvk, read_phone
from processes.reads.workbench import RegisterPage
from processes.storage.words import PartyKind, PostChannel, ReadingLanguage

STORY = {"textarea"}
ASKED_APART = {"decisions", "text"}  # the page asks for decisions itself, and the static text speaks to the citizen


def own_questions(page: RegisterPage) -> FormSchema:
    """The questions of the start form that the page does not ask itself."""
    if page.form is None:
        return FormSchema(())
    schema = FormSchema.parse(page.form.schema, page.form.values)
    return replace(schema, components=tuple(one for one in schema.components if one.type not in ASKED_APART))


def in_front(fields: Sequence[ShownField]) -> tuple[list[ShownField], list[ShownField]]:
    """The questions that stand open on the page, the required ones and the story, and those that wait behind a fold."""
    story = next((one for one in fields if one.kind in STORY), None)
    first = [one for one in fields if one.required or one is story]
    return first, [one for one in fields if one not in first]


def asks_decisions(page: RegisterPage) -> bool:
    """Whether this case type is about decisions of the municipality."""
    if page.form is None:
        return True
    return any(one.type == "decisions" for one in FormSchema.parse(page.form.schema, page.form.values).components)


def offers_missing(page: RegisterPage) -> bool:
    """Whether somebody may say that there is no decision yet: not for a bezwaar, which does not lie against that."""
    if page.form is None:
        return True
    components = FormSchema.parse(page.form.schema, page.form.values).components
    return all(one.offers_missing for one in components if one.type == "decisions")


def command(page: RegisterPage, draft: RegistrationDraft, actor: Actor, refused: Mapping[str, str]) -> RegisterCase:
    """The action, which carries every mistake that can be seen before it looks. `refused`: files that did not fit."""
    form, wrong = draft.typed, dict(refused)
    received = date_or_none(form, "received_on", wrong)
    if received is None and "received_on" not in wrong:
        wrong["received_on"] = "Vul in wanneer het stuk is ontvangen."
    postmark = date_or_none(form, "postmark_on", wrong)
    parties = tuple(party_of(at, row, wrong) for at, row in enumerate(draft.parties))
    decisions = _decisions(page, draft, wrong)
    documents = tuple(_documents(draft, wrong))
    filled = _answers(page, form, wrong)
    attached = tuple(NewDocument(upload, kind, field=field) for field, kind, upload in filled.files)
    return RegisterCase(
        case_type=page.case_type, channel=form.one("channel"), received_on=received or page.today, parties=parties,
        decisions=decisions, values=filled.values, documents=(*attached, *documents), postmark_on=postmark,
        handler=actor.subject if form.ticked("mine") else None,
        main_case=form.one("main_case") if page.main_asked != MainCaseRule.NONE else None, wrong=wrong,
    )  # fmt: skip


def _answers(page: RegisterPage, form: Received, wrong: dict[str, str]) -> Filled:
    try:
        return read_form(own_questions(page), form, page.departments)
    except Invalid as error:
        wrong.update(error.fields)
        return Filled()


def party_of(at: int, row: Row, wrong: dict[str, str]) -> NewParty:
    """One party as typed; `wrong` gets a sentence for a number that cannot be."""
    return NewParty(
        role=row["role"], name=row["name"], kind=row["kind"], identity=identity_of_row(at, row, wrong),
        email=row["email"] or None, phone=_read(read_phone, row["phone"], f"party-{at}-phone", wrong), address=row["address"] or None,
        channel=row["channel"] if row["channel"] in {PostChannel.PORTAL, PostChannel.POST} else PostChannel.POST,
        secret_address=_ticked(row["secret_address"]), deceased=_ticked(row["deceased"]),
        **_electronic(at, row, wrong),
        same_as=row_id(row["same_as"]) if _ticked(row["same"]) and not row["number"].strip() else None,
        sure=_ticked(row["sure"]), needs=row["needs"],
        language=row["language"] if row["language"] in {*ReadingLanguage} else "",
        branch=_read(read_branch, row["branch"], f"party-{at}-branch", wrong) or "",
    )  # fmt: skip


def _electronic(at: int, row: Row, wrong: dict[str, str]) -> dict[str, Any]:
    """When and how the party said to be reachable electronically (Awb 2:8): asked of who gets letters by the portal."""
    if row["channel"] != PostChannel.PORTAL:
        return {}
    name, found = "electronic_since", dict[str, str]()
    since, by = date_or_none(Received({name: [row[name]]}), name, found), row["electronic_how"] or None
    wrong.update({f"party-{at}-{field}": sentence for field, sentence in found.items()})
    return {"electronic_since": since, "electronic_how": by}


def identity_of_row(at: int, row: Row, wrong: dict[str, str]) -> str | None:
    """The number of a party as `bsn:...` or `kvk:...`, None when none was typed; `wrong` gets a sentence for one that cannot be."""
    if not row["number"]:
        return None
    kind, read = ("kvk", read_kvk) if row["kind"] == PartyKind.COMPANY else ("bsn", read_bsn)
    number = _read(read, row["number"], f"party-{at}-number", wrong)
    return f"{kind}:{number}" if number else None


def _read(read: Callable[[str], str], text: str, name: str, wrong: dict[str, str]) -> str | None:
    """The value of a field that may stay empty; a mistake goes into `wrong`."""
    try:
        return read(text) if text else None
    except ValueError as error:
        wrong[name] = str(error)
        return None


def _decisions(page: RegisterPage, draft: RegistrationDraft, wrong: dict[str, str]) -> tuple[NewDecision, ...]:
    if not asks_decisions(page):
        return ()
    rows = [(at, row) for at, row in enumerate(draft.decisions) if any(row.values())]
    if not rows:
        wrong["decision-0-subject"] = "Vul in om welk besluit het gaat."
    offered = offers_missing(page)
    return tuple(decision_of(at, row if offered else {**row, "missing": ""}, wrong) for at, row in rows)


def decision_of(at: int, row: Row, wrong: dict[str, str]) -> NewDecision:
    """One contested decision as typed; `wrong` gets a sentence for a date that cannot be."""

    def day(name: str) -> date | None:
        found: dict[str, str] = {}
        made = date_or_none(Received({name: [row[name]]}), name, found)
        wrong.update({f"decision-{at}-{name}": sentence for sentence in found.values()})
        return made

    return NewDecision(
        subject=row["subject"], number=row["number"], taken_on=day("taken_on"), announced_on=day("announced_on"),
        department=row["department"] or None, missing=_ticked(row["missing"]), taken_by=row["taken_by"] or None,
        woo=_ticked(row["woo"]),
    )  # fmt: skip


def _documents(draft: RegistrationDraft, wrong: dict[str, str]) -> list[NewDocument]:
    found = []
    for at, (row, files) in enumerate(zip(draft.documents, draft.files, strict=True)):
        if files and not row.get("type"):
            wrong[f"document-{at}-type"] = "Kies wat voor document dit is."
        title = row.get("title", "") if len(files) == 1 else ""
        if len(title) > LONGEST_TITLE:
            wrong[f"document-{at}-title"] = f"Maak de titel korter: hoogstens {LONGEST_TITLE} tekens."
        found += [NewDocument(upload, row.get("type", ""), title, f"document-{at}-files") for upload in files]
    return found


def _ticked(text: str) -> bool:
    return text not in {"", "nee"}
