"""The forms of a draft: the list, and one with its questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine import Model, Value
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.reads.admin.uploading import ShownFinding, reading_of
from processes.reads.admin.words import KINDS
from processes.reads.studio.draft import read_draft_files
from processes.reads.studio.draft_check import DraftCheck, draft_check
from processes.storage.services import Services
from processes.studio.questions import ASKS, Question, questions_in

FOLDER: Final = "forms/"
TYPES: Final[Mapping[str, str]] = {
    "text": "tekst tussen de vragen", "textarea": "tekstvak", "textfield": "korte tekst", "radio": "keuze", "select": "keuzelijst",
    "checkbox": "vinkje", "number": "getal", "datetime": "dag of moment", "filepicker": "bestanden",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form. `places`: the steps that show it; `asks`: how many questions."""

    name: str
    places: tuple[str, ...]
    asks: int
    findings: tuple[ShownFinding, ...]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One part of a form with what it asks for, in words."""

    number: int
    question: Question
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class FormToEdit:
    """`values`: what a new question may ask for, by code. `broken` says why the form cannot be read."""

    name: str
    line: FormLine
    questions: tuple[QuestionLine, ...]
    values: Mapping[str, Value]
    broken: str


def read_forms(services: Services, actor: Actor, name: str) -> tuple[FormLine, ...]:
    """Every form of a draft, by name. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    checked = draft_check(services, actor, head, files)
    model = _model(checked)
    return tuple(_line(one, files[one], model, checked) for one in sorted(files) if one.startswith(FOLDER))


def read_form_of_draft(services: Services, actor: Actor, name: str, form: str) -> tuple[DraftCheck, FormToEdit, bytes]:
    """One form of a draft, and its bytes. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    file = f"{FOLDER}{form}"
    if file not in files:
        raise NotFound("Dit formulier is er niet (meer). Kijk bij 'Formulieren' welke er zijn.")
    checked = draft_check(services, actor, head, files)
    model = _model(checked)
    declared = {**model.inputs, **model.outputs, **model.values} if model else {}
    line = _line(file, files[file], model, checked)
    try:
        found, broken = questions_in(files[file]), ""
    except ValueError as problem:
        found, broken = (), str(problem)
    asked = {one.key for one in found}
    free = {code: value for code, value in declared.items() if value.type in ASKS and code not in asked}
    lines = tuple(_question(number, one, declared) for number, one in enumerate(found))
    return checked, FormToEdit(form, line, lines, free, broken), files[file]


def _model(checked: DraftCheck) -> Model | None:
    return reading_of(checked.check.folder.drawing).model if checked.check.readable else None


def _question(number: int, question: Question, declared: Mapping[str, Value]) -> QuestionLine:
    value = declared[question.key].title if question.key in declared else question.key
    return QuestionLine(number, question, TYPES.get(question.type, "vast onderdeel"), value)


def _line(file: str, content: bytes, model: Model | None, checked: DraftCheck) -> FormLine:
    name = file.removeprefix(FOLDER)
    elements = model.elements.values() if model else ()
    places = [
        f"{KINDS.get(one.kind, 'stap')} '{' '.join(one.name.split()) or one.id}'"
        for one in elements
        if one.form == name
    ]
    try:
        asks = sum(bool(one.key) for one in questions_in(content))
    except ValueError:
        asks = 0
    found = tuple(one for one in checked.check.findings if one.element == file)
    return FormLine(name, tuple(places), asks, found)
