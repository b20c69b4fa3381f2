"""The forms of a draft for a reader without a role: each question by itself, and each form as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from engine import Model, Value
from engine.edits import Files
from engine.sentences import KnownName, known_names
from processes.reads.studio.forms import FOLDER
from processes.reads.studio.sentence_words import condition_text
from processes.reads.studio.shared_text import Line, SharedText
from processes.studio.questions import KIND_WORDS, Question, anchors_of, questions_in

SHORT: Final = 100  # characters of a question in a title
WHOLE: Final = "Over het formulier als geheel, bijvoorbeeld over een vraag die ontbreekt of over de volgorde."
HIDDEN: Final = "Deze vraag is er niet als"


def of_forms(order: Sequence[str], files: Files, model: Model | None) -> Iterator[SharedText]:
    """For each form, in this order, its questions and texts, and then the form as a whole. A form that cannot be read has none."""
    values = {**model.inputs, **model.outputs, **model.values} if model else {}
    names = known_names(model) if model else {}
    for file in order:
        try:
            questions = questions_in(files[file])
        except ValueError:
            continue
        name = file.removeprefix(FOLDER)
        yield from _questions(name, questions, values, names)
        if lines := tuple(_summed(one) for one in questions if one.label):
            yield SharedText(_place(name), f"Formulier '{_called(name)}'", "", lines, WHOLE, _group(name))


def _questions(
    form: str, questions: Sequence[Question], values: Mapping[str, Value], names: Mapping[str, KnownName]
) -> Iterator[SharedText]:
    for number, (one, anchor) in enumerate(zip(questions, anchors_of(questions), strict=True), 1):
        if lines := tuple(_lines(one, values.get(one.key), names)):
            kind = "vraag" if one.key else "tekst"
            title = f"Formulier '{_called(form)}', {kind} {number}: {one.label[:SHORT]}".rstrip(": ")
            yield SharedText(f"{_place(form)}#{anchor}", title, "", lines, group=_group(form))


def _lines(question: Question, value: Value | None, names: Mapping[str, KnownName]) -> Iterator[Line]:
    """The words of one part as people will read them; nothing for a part without words."""
    if not question.label:
        return
    yield "Vraag" if question.key else "", question.label
    if question.description:
        yield "Uitleg", question.description
    if question.key:
        yield "Soort", f"{_kind(question)}{', verplicht' if question.required else ''}"
    if value and value.choices:
        yield "Keuzes", "; ".join(one.title for one in value.choices)
    hidden, plain = condition_text(question.hidden_when, names)
    if question.hidden_when and not plain:
        yield HIDDEN, hidden.removeprefix("als ")


def _summed(question: Question) -> Line:
    """One part on one line, as comments on a whole form quote it."""
    kind = f"{_kind(question).capitalize()}{', verplicht' if question.required else ''}"
    return kind, f"{question.label} {f'({question.description})' if question.description else ''}".strip()


def _kind(question: Question) -> str:
    return KIND_WORDS.get(question.type, "vast onderdeel")


def _place(form: str) -> str:
    return f"formulieren/vragen/{form}"


def _group(form: str) -> str:
    return f"Formulier '{_called(form)}'"


def _called(form: str) -> str:
    return form.removesuffix(".json")
