"""Reads a submitted form into typed values. WTForms converts and checks; the sentences are ours.

Names of the special fields: `decision-0-subject` (and `number taken_on announced_on department missing`),
`judgement-<document id>` with `reason-<id>` and `portal-<id>`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from wtforms.form import BaseForm

from portal.forms.conditions import uncounted
from portal.forms.converting import wtform_field
from portal.forms.schema import FormSchema
from portal.received import Received
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.base.errors import Invalid
from processes.base.typed_values import read_date, trimmed
from processes.base.uploads import Upload
from processes.law.outcomes import together
from processes.storage.words import DocumentState

DECISION = re.compile(r"decision-(\d{1,2})-(?:number|subject|taken_on|announced_on|department|missing)")
OUTCOME = re.compile(r"outcome-(\d{1,18})")
JUDGEMENT = re.compile(r"judgement-(\d{1,18})")


@dataclass(frozen=True, slots=True)
class ReadDecision:
    """A contested decision as a person described it; `missing`: a failure to decide, without dates."""

    subject: str
    number: str = ""
    taken_on: date | None = None
    announced_on: date | None = None
    department: str | None = None
    missing: bool = False


@dataclass(frozen=True, slots=True)
class TypedJudgement:
    accepted: bool
    reason: str = ""
    on_portal: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """`values` by code of the drawing; `files` as (field, document type, file); `judgements` by document id,
    `outcomes` by decision id.
    """

    values: dict[str, Any] = field(default_factory=dict)
    files: tuple[tuple[str, str, Upload], ...] = ()
    decisions: tuple[ReadDecision, ...] = ()
    judgements: dict[int, TypedJudgement] = field(default_factory=dict)
    explanation: str | None = None
    outcomes: dict[int, str] = field(default_factory=dict)


class _Source:
    """The submitted fields with the methods that WTForms calls."""

    def __init__(self, received: Received) -> None:
        self._fields = received.fields

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def getlist(self, name: str) -> list[str]:
        return [trimmed(value) for value in self._fields.get(name, [])]


def read_form(
    schema: FormSchema,
    received: Received,
    departments: Sequence[tuple[str, str]] = (),
    known: Mapping[str, Any] | None = None,
    today: date | None = None,
) -> Filled:
    """Typed values of everything on the form. Raises Invalid with a sentence per field; `received` keeps what was
    typed.

    `known`: what the case holds already, for questions that only count when something holds. The answer to a question
    that does not count is dropped; files stay, for their loss would be noticed too late. `today`: the day by which a day that must still
    come, or must have come, is judged; without it none is.
    """
    wrong: dict[str, str] = {}
    values = _plain_values(schema, received, departments, wrong)
    outcomes = _outcomes(schema, received, values, wrong)
    without = uncounted(schema, values, known or {})
    values |= dict.fromkeys(without & set(values))
    wrong = {**_days_wrong(schema, values, known or {}, today), **wrong} if today else wrong
    filled = Filled(
        values={key: value for key, value in values.items() if key not in _explanations(schema)},
        files=_files(schema, received, wrong),
        decisions=_decisions(schema, received, wrong),
        judgements=_judgements(received) if _has(schema, "delivery-judgement") else {},
        outcomes=outcomes,
        explanation=next((values[key] for key in _explanations(schema) if key in values), None),
    )
    wrong = {name: sentence for name, sentence in wrong.items() if name not in without}
    if wrong:
        order = {component.key: place for place, component in enumerate(schema.components)}
        raise Invalid(dict(sorted(wrong.items(), key=lambda item: order.get(item[0], len(order)))))
    return filled


def _days_wrong(schema: FormSchema, values: Mapping[str, Any], known: Mapping[str, Any], today: date) -> dict[str, str]:
    """Days in the past that must still come, and questions that cannot be answered yet."""
    wrong = {}
    for component in schema.components:
        answer = values.get(component.key)
        if component.ahead and isinstance(answer, date) and _day_of(answer) < today:
            wrong[component.key] = "Deze dag is al voorbij. Kies een dag die nog komt."
        waits = known.get(component.not_before)
        if answer and isinstance(waits, date) and today < (day := _day_of(waits)):
            wrong[component.key] = f"Dit kunt u pas invullen vanaf {long_date(day)}, want dan is het pas."
    return wrong


def _day_of(moment: date) -> date:
    return local_date(moment) if isinstance(moment, datetime) else moment


def _explanations(schema: FormSchema) -> list[str]:
    return [component.key for component in schema.components if component.type == "result-explanation"]


def _has(schema: FormSchema, kind: str) -> bool:
    return any(component.type == kind for component in schema.components)


def _plain_values(
    schema: FormSchema, received: Received, departments: Sequence[tuple[str, str]], wrong: dict[str, str]
) -> dict[str, Any]:
    made = {component.key: wtform_field(component, departments) for component in schema.components if component.key}
    fields = {key: one for key, one in made.items() if one is not None}
    form = BaseForm(fields)
    form.process(_Source(received))
    if not form.validate():
        for key, sentences in form.errors.items():
            if key is not None:
                wrong[key] = str(sentences[0])
    return {key: _none_if_empty(value) for key, value in form.data.items()}


def _outcomes(schema: FormSchema, received: Received, values: dict[str, Any], wrong: dict[str, str]) -> dict[int, str]:
    """The outcome per decision; what they come to is the value of the component, so that later questions can depend on it."""
    component = next((one for one in schema.components if one.type == "outcomes"), None)
    if component is None:
        return {}
    allowed = {choice.value for choice in component.choices}
    named = ((OUTCOME.fullmatch(name), name) for name in received.fields)
    chosen = {int(found[1]): received.one(name) for found, name in named if found and received.one(name)}
    if unknown := set(chosen.values()) - allowed:
        wrong[component.key] = f"'{min(unknown)[:40]}' is geen keuze bij '{component.label}'."
    elif component.required and not chosen:
        wrong[component.key] = f"Kies een antwoord bij '{component.label}'."
    values[component.key] = together(chosen.values())
    return chosen


def _none_if_empty(value: Any) -> Any:
    return None if value == "" else value


def _files(schema: FormSchema, received: Received, wrong: dict[str, str]) -> tuple[tuple[str, str, Upload], ...]:
    found: list[tuple[str, str, Upload]] = []
    for component in schema.components:
        if component.type not in {"filepicker", "documents-upload"}:
            continue
        uploads = received.files.get(component.key, [])
        # a department may answer that a document does not exist: then the remark counts, and the action decides
        if component.required and not uploads and component.type == "filepicker":
            wrong[component.key] = f"Kies een bestand bij '{component.label}'."
        if len(uploads) > 1 and component.type == "filepicker" and not component.multiple:
            wrong[component.key] = f"Kies hoogstens één bestand bij '{component.label}'."
        found += [(component.key, component.document_type, upload) for upload in uploads]
    return tuple(found)


def _decisions(schema: FormSchema, received: Received, wrong: dict[str, str]) -> tuple[ReadDecision, ...]:
    component = next((one for one in schema.components if one.type == "decisions"), None)
    if component is None:
        return ()
    rows = sorted({int(match[1]) for name in received.fields if (match := DECISION.fullmatch(name))})
    read = [
        _decision(received, row, wrong, missing=component.offers_missing) for row in rows if _row_used(received, row)
    ]
    if component.required and not read:
        wrong["decision-0-subject"] = "Vul in om welk besluit het gaat."
    return tuple(read)


def typed_decisions(schema: FormSchema, received: Received) -> tuple[ReadDecision, ...]:
    """The contested decisions as far as they can be read, whatever else is wrong with the form. Where one is asked and none is typed, one
    without anything, so that each of its fields can be said to be missing.
    """
    asked = next((one for one in schema.components if one.type == "decisions"), None)
    read = _decisions(schema, received, {})
    return read or ((ReadDecision(""),) if asked and asked.required else ())


def _row_used(received: Received, row: int) -> bool:
    names = ("number", "subject", "taken_on", "announced_on", "missing")
    return any(received.one(f"decision-{row}-{name}") for name in names)


def _decision(received: Received, row: int, wrong: dict[str, str], *, missing: bool) -> ReadDecision:
    """`missing`: the form lets somebody say that there is no decision yet."""

    def typed(name: str) -> str:
        return received.one(f"decision-{row}-{name}")

    missing = missing and received.ticked(f"decision-{row}-missing")
    if not typed("subject"):
        wrong[f"decision-{row}-subject"] = "Vul in waar het besluit over gaat."
    taken = _date(typed("taken_on"), f"decision-{row}-taken_on", wrong)
    announced = _date(typed("announced_on"), f"decision-{row}-announced_on", wrong)
    return ReadDecision(
        subject=typed("subject"), number=typed("number"), department=typed("department") or None, missing=missing,
        taken_on=None if missing else taken, announced_on=None if missing else announced,
    )  # fmt: skip


def _date(text: str, name: str, wrong: dict[str, str]) -> date | None:
    return _or_wrong(lambda: read_date(text), name, wrong) if text else None


def _or_wrong(read: Callable[[], date], name: str, wrong: dict[str, str]) -> date | None:
    try:
        return read()
    except ValueError as error:
        wrong[name] = str(error)
        return None


def _judgements(received: Received) -> dict[int, TypedJudgement]:
    found = {}
    for name in received.fields:
        match = JUDGEMENT.fullmatch(name)
        if match and received.one(name) in {DocumentState.ACCEPTED, DocumentState.REFUSED}:
            key = match[1]
            found[int(key)] = TypedJudgement(
                accepted=received.one(name) == DocumentState.ACCEPTED,
                reason=received.one(f"reason-{key}"),
                on_portal=received.ticked(f"portal-{key}"),
            )
    return found
