"""The questions of a form (form-js) as somebody changes them on a page: bytes in, bytes out, all else of the form as it was.

`number` counts the parts of a form from 0. Each change raises Invalid with a sentence for its field.
"""

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine import Value
from engine.form_parts import MOST_COMPONENTS, read_form
from engine.translating import ENGLISH, PROPERTIES
from engine.words import ValueType
from processes.base.errors import Invalid, NotFound

LONGEST: Final = 2000
TEXT_PART: Final = "text"
KIND_WORDS: Final[Mapping[str, str]] = {
    "text": "tekst tussen de vragen", "textarea": "tekstvak", "textfield": "korte tekst", "radio": "keuze", "select": "keuzelijst",
    "checkbox": "vinkje", "number": "getal", "datetime": "dag of moment", "filepicker": "bestanden",
}  # fmt: skip
# what asks for a value of each type; the types that are not here have parts of their own, which a drawing brings along
ASKS: Final[dict[str, dict[str, Any]]] = {
    ValueType.TEXT: {"type": "textarea"},
    ValueType.NUMBER: {"type": "number"},
    ValueType.CHOICE: {"type": "radio"},
    ValueType.BOOLEAN: {"type": "checkbox"},
    ValueType.DATE: {"type": "datetime", "subtype": "date"},
    ValueType.DATETIME: {"type": "datetime", "subtype": "datetime"},
    ValueType.FILE: {"type": "filepicker"},
}


@dataclass(frozen=True, slots=True)
class Question:
    """One part of a form: a question, or a text between questions (`key` empty, the words in `label`).

    `hidden_when` is an expression; when it holds, the part is not shown. `english`: the label or text in English.
    """

    label: str
    description: str = ""
    required: bool = False
    hidden_when: str = ""
    key: str = ""
    type: str = TEXT_PART
    english: str = ""
    english_description: str = ""


def questions_in(content: bytes) -> tuple[Question, ...]:
    """Every part of a form, in order. Raises ValueError with a sentence."""
    return tuple(_question(one) for one in read_form(content))


def anchors_of(questions: Sequence[Question]) -> tuple[str, ...]:
    """A name for each part that stays when the parts are moved: of a question by its key, of a text by its place among the texts."""
    found: list[str] = []
    texts = itertools.count(1)
    for one in questions:
        name = f"vraag-{one.key}" if one.key else f"tekst-{next(texts)}"
        again = sum(other == name or other.startswith(f"{name}~") for other in found)
        found.append(f"{name}~{again + 1}" if again else name)
    return tuple(found)


def parts_of(content: bytes) -> tuple[Mapping[str, Any], ...]:
    """Every part of a form as form-js has it. Raises ValueError with a sentence."""
    return tuple(read_form(content))


def with_question(content: bytes, number: int, question: Question) -> bytes:
    """The form with other words and rules at one part; its key and type stay."""
    form, part = _opened(content, number)
    _check(question)
    if _question(part) == question:
        return content
    _put(part, _name_of_label(part), question.label)
    _put_english(part, _name_of_label(part), question.english)
    if part.get("type") != TEXT_PART:
        _put(part, "description", question.description)
        _put_english(part, "description", question.english_description)
        rules = {**part.get("validate", {}), "required": True if question.required else None}
        _put(part, "validate", {name: value for name, value in rules.items() if value is not None})
    _put(part, "conditional", {"hide": f"={question.hidden_when}"} if question.hidden_when else {})
    return _written(form)


def with_new_question(content: bytes, value: Value | None, label: str) -> bytes:
    """The form with a question for this value at its end, or with a text when there is no value."""
    form = _form(content)
    _check(Question(label))
    if len(form["components"]) >= MOST_COMPONENTS:
        raise Invalid({"label": f"Een formulier heeft hoogstens {MOST_COMPONENTS} onderdelen."})
    if value is None:
        form["components"].append({"type": TEXT_PART, "text": label})
    elif value.type not in ASKS:
        raise Invalid({"value": f"Naar '{value.title}' kan zo niet worden gevraagd. Kies een ander gegeven."})
    elif any(one.get("key") == value.code for one in form["components"]):
        raise Invalid({"value": f"Dit formulier vraagt al naar '{value.title}'."})
    else:
        part = {**ASKS[value.type], "key": value.code, "label": label}
        form["components"].append({**part, "multiple": True} if value.type == ValueType.FILE and value.list else part)
    return _written(form)


def without_question(content: bytes, number: int) -> bytes:
    form, _ = _opened(content, number)
    del form["components"][number]
    return _written(form)


def with_moved_question(content: bytes, number: int, to: int) -> bytes:
    form, part = _opened(content, number)
    form["components"].remove(part)
    form["components"].insert(max(0, to), part)
    return _written(form)


def _question(part: dict[str, Any]) -> Question:
    hide = str((part.get("conditional") or {}).get("hide", ""))
    required = bool((part.get("validate") or {}).get("required", False))
    label = _name_of_label(part)
    return Question(
        str(part.get(label, "")), str(part.get("description", "")), required, hide.removeprefix("=").strip(),
        str(part.get("key", "")), str(part.get("type", "")), _english(part, label), _english(part, "description"),
    )  # fmt: skip


def _name_of_label(part: dict[str, Any]) -> str:
    """Where form-js keeps the words of a part."""
    return "text" if part.get("type") == TEXT_PART else "label"


def _english(part: dict[str, Any], name: str) -> str:
    said = part.get(PROPERTIES)
    return str(said.get(f"{name}.{ENGLISH}", "")) if isinstance(said, dict) else ""


def _put_english(part: dict[str, Any], name: str, text: str) -> None:
    said = part.get(PROPERTIES)
    properties = dict(said) if isinstance(said, dict) else {}
    if properties.get(f"{name}.{ENGLISH}", "") == text:
        return
    _put(properties, f"{name}.{ENGLISH}", text)
    _put(part, PROPERTIES, properties)


def _check(question: Question) -> None:
    wrong = {}
    if not question.label:
        wrong["label"] = "Vul de tekst in."
    for name in ("label", "description", "hidden_when", "english", "english_description"):
        if len(getattr(question, name)) > LONGEST:
            wrong[name] = f"Maak dit korter: hoogstens {LONGEST} tekens."
    if wrong:
        raise Invalid(wrong)


def _put(part: dict[str, Any], name: str, value: Any) -> None:
    """In its place when it is there, at the end when it is new, and gone when it is empty."""
    if value:
        part[name] = value
    else:
        part.pop(name, None)


def _form(content: bytes) -> dict[str, Any]:
    try:
        read_form(content)
    except ValueError as problem:
        raise Invalid({"": f"Dit formulier is niet te lezen. {problem}"}) from problem
    form: dict[str, Any] = json.loads(content.decode("utf-8-sig"))
    return form


def _opened(content: bytes, number: int) -> tuple[dict[str, Any], dict[str, Any]]:
    form = _form(content)
    if not 0 <= number < len(form["components"]):
        raise NotFound("Deze vraag is er niet (meer). Kijk op het formulier welke er zijn.")
    return form, form["components"][number]


def _written(form: dict[str, Any]) -> bytes:
    return (json.dumps(form, indent=2, ensure_ascii=False) + "\n").encode()
