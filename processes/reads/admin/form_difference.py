"""The changes between two versions of a form, a sentence for each question and text that came, went or is asked otherwise."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine import Value
from engine.sentences import KnownName, condition_in_words, read_condition
from processes.studio.questions import KIND_WORDS, TEXT_PART, Question, parts_of, questions_in

ASKED_OTHERWISE: Final = {
    "multiple": "of meer dan één antwoord mag", "documentType": "de soort document", "subtype": "of het een dag of een moment is",
    "values": "de keuzes", "openType": "de soort van open stukken", "closedType": "de soort van stukken die binnen blijven",
}  # fmt: skip
LONGEST: Final = 120  # characters of a question that are shown
TOLD_APART: Final = {"type", "key", "label", "text", "description", "validate", "conditional", "properties", "id"}
Parts = dict[str, tuple[int, Question, Mapping[str, Any]]]


def form_changes(
    old: bytes, new: bytes, values: Mapping[str, Value], names: Mapping[str, KnownName]
) -> tuple[str, ...]:
    """`erbij: vraag 'Waarom?' (tekstvak, verplicht)`, ... `values`: what the new drawing declares, for the choices of a new question; `names`: the facts of a condition.

    Empty when only something differs that nobody sees, or when one of them cannot be read.
    """
    try:
        before, after = _parts(old), _parts(new)
    except ValueError:
        return ()
    return tuple(_told(before, after, values, names))


def _told(before: Parts, after: Parts, values: Mapping[str, Value], names: Mapping[str, KnownName]) -> Iterator[str]:
    for name, (_at, question, _part) in after.items():
        if name not in before:
            yield f"erbij: {_named(question)}{_described(question, values)}"
    for name, (_at, question, _part) in before.items():
        if name not in after:
            yield f"weg: {_named(question)}"
    for name, (_at, question, part) in after.items():
        if name in before and (said := list(_otherwise(before[name][1:], (question, part), names))):
            yield f"anders: {_named(question)}: {'; '.join(said)}"
    stay = [name for name in before if name in after]
    if stay != [name for name in after if name in before]:
        yield "de volgorde van de vragen is anders"


def _parts(form: bytes) -> Parts:
    """Each part by a name that stays: a question by its key, a text by its words."""
    found: Parts = {}
    for at, (question, part) in enumerate(zip(questions_in(form), parts_of(form), strict=True)):
        found.setdefault(question.key or f"{question.type} {question.label}", (at, question, part))
    return found


def _named(question: Question) -> str:
    words = " ".join(question.label.split()) or question.key
    shown = words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}..."
    return f"{'tekst' if question.type == TEXT_PART else 'vraag'} '{shown}'"


def _described(question: Question, values: Mapping[str, Value]) -> str:
    if question.type == TEXT_PART:
        return ""
    value = values.get(question.key)
    chosen = ", ".join(f"'{one.title}'" for one in value.choices) if value else ""
    said = [KIND_WORDS.get(question.type, "vast onderdeel") + (f" uit {chosen}" if chosen else "")]
    said += [
        "verplicht" if question.required else "niet verplicht",
        *(["niet altijd te zien"] if question.hidden_when else []),
    ]
    return f" ({', '.join(said)})"


def _condition(text: str, names: Mapping[str, KnownName]) -> str:
    sentence = read_condition(text, names)
    return condition_in_words(sentence, names) if sentence else text


def _otherwise(
    old: tuple[Question, Mapping[str, Any]], new: tuple[Question, Mapping[str, Any]], names: Mapping[str, KnownName]
) -> Iterator[str]:
    was, now = old[0], new[0]
    if was.label != now.label:
        yield f"de vraag was '{' '.join(was.label.split())}'"
    if was.type != now.type:
        kinds = (KIND_WORDS.get(one.type, "vast onderdeel") for one in (was, now))
        yield "de soort was {} en wordt {}".format(*kinds)
    if was.required != now.required:
        yield "is nu verplicht" if now.required else "is niet meer verplicht"
    if was.description != now.description:
        yield f"de uitleg was '{was.description}' en wordt '{now.description}'"
    if was.hidden_when != now.hidden_when:
        yield f"is niet te zien als {_condition(now.hidden_when, names)}" if now.hidden_when else "is nu altijd te zien"
    if (was.english, was.english_description) != (now.english, now.english_description):
        yield "de Engelse tekst"
    rest = [name for name in {**old[1], **new[1]} if name not in TOLD_APART and old[1].get(name) != new[1].get(name)]
    yield from dict.fromkeys(ASKED_OTHERWISE.get(name, "hoe het antwoord wordt gegeven") for name in rest)
