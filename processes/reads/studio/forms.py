"""The forms of a draft: the list, and one with its questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine import Element, Model, Value
from engine.vocabulary import option_word
from engine.words import ElementKind, Side, ValueType
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.reads.admin.uploading import ShownFinding, reading_of
from processes.reads.admin.words import KINDS
from processes.reads.studio.draft import read_draft_files
from processes.reads.studio.draft_check import DraftCheck, draft_check
from processes.storage.services import Services
from processes.studio.questions import ASKS, KIND_WORDS, Question, anchors_of, questions_in

FOLDER: Final = "forms/"
AT_START: Final = "de burger, of de behandelaar die registreert"
SIDES: Final[Mapping[str, str]] = {
    Side.CITIZEN: "de burger",
    Side.DEPARTMENT: "de afdeling of wie een link heeft",
    Side.WORKER: "de behandelaar",
    Side.COMMITTEE: "de commissie",
}


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form. `places`: the steps that show it; `asks`: how many questions."""

    name: str
    places: tuple[str, ...]
    asks: int
    findings: tuple[ShownFinding, ...]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One part of a form with what it asks for, in words. `anchor`: its name in the address of the form."""

    number: int
    question: Question
    kind: str
    value: str
    anchor: str


@dataclass(frozen=True, slots=True)
class FormToEdit:
    """`values`: what a new question may ask for, by code. `process` and `taken`: where a new value stands, and the codes that there
    are; no process when the drawing cannot be read. `broken` says why the form cannot be read.
    """

    name: str
    line: FormLine
    questions: tuple[QuestionLine, ...]
    values: Mapping[str, Value]
    broken: str
    process: str = ""
    taken: frozenset[str] = frozenset()
    kinds: tuple[tuple[str, str], ...] = tuple((kind, option_word(ValueType(kind))) for kind in ASKS)


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
    lines = tuple(
        _question(number, one, declared, anchor)
        for number, (one, anchor) in enumerate(zip(found, anchors_of(found), strict=True))
    )
    return (
        checked,
        FormToEdit(form, line, lines, free, broken, model.process if model else "", frozenset(declared)),
        files[file],
    )


def _model(checked: DraftCheck) -> Model | None:
    return reading_of(checked.check.folder.drawing).model if checked.check.readable else None


def _question(number: int, question: Question, declared: Mapping[str, Value], anchor: str) -> QuestionLine:
    value = declared[question.key].title if question.key in declared else question.key
    return QuestionLine(number, question, KIND_WORDS.get(question.type, "vast onderdeel"), value, anchor)


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


@dataclass(frozen=True, slots=True)
class PlaceOfForm:
    """A step that shows the form. `who` is the side that fills it in, in words; `explanation` stands above it."""

    name: str
    who: str
    explanation: str


@dataclass(frozen=True, slots=True)
class FormOnShow:
    """A form of a draft to look at. `model` is None when the drawing cannot be read; then the form is not shown."""

    name: str
    source: bytes
    model: Model | None
    places: tuple[PlaceOfForm, ...]


def read_form_on_show(services: Services, actor: Actor, name: str, form: str) -> tuple[DraftCheck, FormOnShow]:
    """One form of a draft as people will see it. Raises NotFound."""
    checked, _, source = read_form_of_draft(services, actor, name, form)
    model = _model(checked)
    places = [_place(model, one) for one in model.elements.values() if one.form == form] if model else []
    return checked, FormOnShow(form, source, model, tuple(places))


def _place(model: Model, element: Element) -> PlaceOfForm:
    role = model.role_of(element.id)
    if element.kind == ElementKind.START_EVENT:
        return PlaceOfForm(model.case_type.title if model.case_type else model.name, AT_START, element.documentation)
    who = SIDES.get(role.side, "") if role else ""
    return PlaceOfForm(" ".join(element.name.split()) or element.id, who, element.documentation)
