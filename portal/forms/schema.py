"""A form-js schema, read: bytes in, a tuple of components out. Choices come from the schema, else from the drawing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from engine.model import Choice, Value
from engine.translating import form_part_in
from engine.words import ValueType
from processes.base.errors import ZaakspoorError

PLAIN = {"textfield", "textarea", "number", "checkbox", "radio", "select", "checklist", "datetime"}
SPECIAL = {
    "decisions", "department", "departments", "documents-upload", "delivery-judgement", "result-explanation",
    "asked-again", "concerns", "court-only", "filepicker", "in-time", "inspection", "inventory", "outcomes", "redactions", "view-answers",
}  # fmt: skip
WITH_FILES = {"filepicker", "documents-upload", "redactions"}
LEFT_OUT = {"button", "separator", "spacer"}  # of form-js; a page of ours has its own
YES_NO = (Choice("ja", "Ja"), Choice("nee", "Nee"))


class UnknownForm(ZaakspoorError):
    """Dit formulier is niet te lezen. Meld dit aan de beheerder van het zaaktype."""


@dataclass(frozen=True, slots=True)
class Component:
    """One thing on the form. `value` is the declared value of the drawing that it fills, if any."""

    type: str
    key: str = ""
    label: str = ""
    description: str = ""
    required: bool = False
    text: str = ""
    subtype: str = "date"
    document_type: str = ""
    multiple: bool = False
    choices: tuple[Choice, ...] = ()
    value: Value | None = None
    hide: str = ""  # while this expression holds, the question does not count
    ahead: bool = False  # of a day or moment: it may not lie in the past (`disallowPassedDates` of form-js)
    not_before: str = ""  # the value with the day before which this question cannot be answered
    offers_missing: bool = True  # of decisions: somebody may say that there is no decision yet

    @property
    def is_yes_no(self) -> bool:
        """A boolean asked as a choice, so that not answering differs from no."""
        return self.type in {"radio", "select"} and self.value is not None and self.value.type == ValueType.BOOLEAN

    @property
    def is_list(self) -> bool:
        return self.value is not None and self.value.list


@dataclass(frozen=True, slots=True)
class FormSchema:
    components: tuple[Component, ...]
    values: Mapping[str, Value] = field(default_factory=dict)  # everything declared: what a condition may read

    @classmethod
    def parse(cls, source: bytes, values: Mapping[str, Value], language: str = "") -> "FormSchema":
        """In a `language` ("en") with the texts that there are in it; `values` come in that language already.

        Raises UnknownForm when this is no form-js schema or holds a component that we do not know.
        """
        try:
            raw = orjson.loads(source)
            found = [item for item in raw["components"] if item.get("type") not in LEFT_OUT]
            return cls(tuple(_component(_in(item, language), values) for item in found), values)
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise UnknownForm from error

    @property
    def has_files(self) -> bool:
        """Whether the page must send the form with files."""
        return any(component.type in WITH_FILES for component in self.components)


def _in(item: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """A part of a form, with its choices, in a language."""
    choices = {"values": [form_part_in(one, language) for one in item["values"]]} if item.get("values") else {}
    return {**form_part_in(item, language), **choices}


def _component(item: Mapping[str, Any], values: Mapping[str, Value]) -> Component:
    kind = str(item["type"])
    if kind == "text":
        return Component("text", text=str(item.get("text", "")), hide=_hide(item))
    if kind not in PLAIN | SPECIAL:
        raise UnknownForm(f"{UnknownForm()} Het onderdeel '{kind}' kennen wij niet.")
    key = str(item["key"])
    value = values.get(key)
    return Component(
        type=kind, key=key, label=str(item.get("label") or (value.title if value else key)),
        description=str(item.get("description", "")),
        required=bool((item.get("validate") or {}).get("required", False)),
        subtype=str(item.get("subtype", "date")), document_type=str(item.get("documentType", "")),
        multiple=bool(item.get("multiple", False)), choices=_choices(kind, item, value), value=value,
        ahead=item.get("disallowPassedDates") is True, not_before=str(item.get("notBefore") or ""),
        hide=_hide(item), offers_missing=item.get("missing", True) is not False,
    )  # fmt: skip


def _hide(item: Mapping[str, Any]) -> str:
    return str((item.get("conditional") or {}).get("hide") or "")


def _choices(kind: str, item: Mapping[str, Any], value: Value | None) -> tuple[Choice, ...]:
    given = tuple(Choice(str(one["value"]), str(one.get("label", one["value"]))) for one in item.get("values") or ())
    if given or value is None:
        return given
    if value.type == ValueType.BOOLEAN and kind in {"radio", "select"}:
        return YES_NO
    return value.choices
