"""A form of a draft shown with the real fields and tried by filling it in: what it says to a mistake, and which questions count.

In: a form with its drawing, and what somebody typed. Out: its fields, each with the number of its question. Nothing is stored.
Fields that tell what the case knows already begin with `z-`, which no value of a drawing does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine import Model, Value, compile_expression
from engine.errors import EngineError
from engine.translating import in_language
from engine.words import ValueType
from portal.forms import FormSchema, ShownField, UnknownForm, fields_for, lists_for, read_form
from portal.forms.conditions import shown_components, uncounted
from portal.forms.schema import LEFT_OUT, WITH_FILES
from portal.received import Received
from processes.base.errors import Invalid
from processes.law.disclosure_grounds import GROUNDS, PUBLIC
from processes.reads.studio import FormOnShow
from processes.rehearsal.departments import DEPARTMENTS
from processes.studio.questions import parts_of

KNOWN: Final = "z-"
NAMES: Final = tuple((one.code, one.name) for one in DEPARTMENTS)
PAPER: Final = {"id": 1, "title": "Advies van 3 maart", "href": "#voorbeeld", "detail": "advies.pdf"}
# what special questions are asked about, invented
INVENTED: Final[Mapping[str, Any]] = {
    "outcomes": [{"id": 1, "subject": "Parkeervergunning", "number": "PV-1", "chosen": ""}],
    "delivery-judgement": [PAPER],
    "documents-upload": ["het besluit", "de aanvraag"],
    "inventory": {
        "documents": [{**PAPER, "public": "", "grounds": (), "date": "", "note": ""}],
        "publics": tuple(PUBLIC.items()),
        "grounds": tuple((code, one.title) for code, one in GROUNDS.items()),
    },
    "redactions": [{**PAPER, "grounds": (), "redacted": "", "redacted_href": ""}],
    "concerns": {"documents": [{**PAPER, "chosen": ()}], "parties": (("1", "Bram Voorbeeld"),)},
    "view-answers": [{"party": 1, "name": "Bram Voorbeeld", "view": "Ik wil niet dat mijn adres openbaar wordt.", "answer": ""}],
    "asked-again": [{"party": 1, "name": "Bram Voorbeeld", "changes": ["Advies van 3 maart wordt toch openbaar."]}],
}  # fmt: skip
YES_NO: Final = (("true", "ja"), ("false", "nee"))


@dataclass(frozen=True, slots=True)
class TriedQuestion:
    """One part of the form. `hidden_when` is its condition; `counts` whether it counts, given what was filled in."""

    number: int
    field: ShownField | None  # None: it is not shown, given what the case knows
    words: str
    hidden_when: str
    counts: bool


@dataclass(frozen=True, slots=True)
class TriedForm:
    """`known`: questions for what the case knows already. `filled`: what it would store, by title; None as long as nobody tried."""

    questions: tuple[TriedQuestion, ...]
    known: tuple[ShownField, ...]
    errors: Mapping[str, str]
    filled: tuple[tuple[str, str], ...] | None


def tried(shown: FormOnShow, typed: Received | None, language: str = "") -> TriedForm:
    """The form as it is, or as it answers to what was typed. Raises UnknownForm when it cannot be shown."""
    if shown.model is None:
        raise UnknownForm
    model = in_language(shown.model, language)
    schema = FormSchema.parse(shown.source, {**model.inputs, **model.outputs, **model.values}, language)
    try:
        return _tried(schema, model, shown.source, typed)
    except EngineError as error:
        raise UnknownForm(f"De voorwaarde van een vraag is niet te lezen. {error}") from error


def _tried(schema: FormSchema, model: Model, source: bytes, typed: Received | None) -> TriedForm:
    knowable = _knowable(schema)
    known = _typed_knowledge(knowable, typed) if typed else {}
    filled, errors = _filled(schema, typed, known)
    extras = {**INVENTED, **lists_for(NAMES, model.document_types)}
    shown = shown_components(schema, known)
    fields = iter(fields_for(schema, known, errors, typed=typed, extras=extras))
    without = uncounted(schema, filled or {}, known) if typed else frozenset()
    numbers = [number for number, part in enumerate(parts_of(source)) if part.get("type") not in LEFT_OUT]
    questions = [
        TriedQuestion(
            number, next(fields) if any(one is component for one in shown) else None, component.label or component.text,
            component.hide.removeprefix("=").strip(), component.key not in without,
        )
        for number, component in zip(numbers, schema.components, strict=True)
    ]  # fmt: skip
    told = _in_words(schema, filled, without) if filled is not None and not errors else None
    return TriedForm(tuple(questions), tuple(_known_field(one, typed) for one in knowable), errors, told)


def _filled(
    schema: FormSchema, typed: Received | None, known: Mapping[str, Any]
) -> tuple[dict[str, Any] | None, Mapping[str, str]]:
    """The values that a real page would take from it, and what it would say. Files are not chosen here, so a missing one is no mistake."""
    if typed is None:
        return None, {}
    try:
        return read_form(schema, typed, NAMES, known).values, {}
    except Invalid as error:
        files = {one.key for one in schema.components if one.type in WITH_FILES} | {"files"}
        wrong = {name: sentence for name, sentence in error.fields.items() if name not in files}
        return _sent_plainly(schema, typed), wrong


def _sent_plainly(schema: FormSchema, typed: Received) -> dict[str, Any]:
    """Answers as they were typed, for conditions of a form that still has a mistake."""
    found: dict[str, Any] = {}
    for one in schema.components:
        text = typed.one(one.key) if one.key else ""
        if one.value and one.value.type == ValueType.BOOLEAN:
            found[one.key] = text in {"ja", "true", "on", "y"}
        elif one.value and one.value.type == ValueType.CHOICE:
            found[one.key] = typed.all(one.key) if one.is_list else text or None
    return found


def _knowable(schema: FormSchema) -> list[Value]:
    """The yes or no and the choices that conditions read and this form does not ask."""
    asked = {one.key for one in schema.components}
    read: set[str] = set()
    for one in schema.components:
        read |= compile_expression(one.hide).names if one.hide else set()
    kinds = {ValueType.BOOLEAN, ValueType.CHOICE}
    return [value for code, value in schema.values.items() if code in read - asked and value.type in kinds]


def _typed_knowledge(values: Sequence[Value], typed: Received) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in values:
        if text := typed.one(f"{KNOWN}{one.code}"):
            answer = text == "true" if one.type == ValueType.BOOLEAN else text
            found[one.code] = [answer] if one.list else answer
    return found


def _known_field(value: Value, typed: Received | None) -> ShownField:
    choices = YES_NO if value.type == ValueType.BOOLEAN else tuple((one.value, one.title) for one in value.choices)
    name = f"{KNOWN}{value.code}"
    return ShownField(
        "select", name, value.title, "", False, typed.one(name) if typed else "", None, choices, {}, typed
    )


def _in_words(
    schema: FormSchema, filled: Mapping[str, Any] | None, without: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    return tuple(_told(schema, filled or {}, without))


def _told(schema: FormSchema, filled: Mapping[str, Any], without: frozenset[str]) -> Iterator[tuple[str, str]]:
    for one in schema.components:
        answer = filled.get(one.key)
        if not one.key or one.key in without or answer in (None, "", []):
            continue
        titles = {choice.value: choice.title for choice in one.choices}
        answers = answer if isinstance(answer, list | tuple) else [answer]
        words = [
            "ja" if said is True else "nee" if said is False else titles.get(str(said), str(said)) for said in answers
        ]
        yield one.label, ", ".join(words)
