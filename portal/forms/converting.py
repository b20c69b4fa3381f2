"""Converts typed text to a value, one WTForms field per component. Errors are Dutch sentences that name the field."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, Field, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from portal.forms.schema import Component
from processes.base.typed_values import one_line, read_date, read_moment, read_number, trimmed

LONGEST_LINE = 500
LONGEST_TEXT = 50_000


class _Read(Field):  # type: ignore[misc] # WTForms has no types
    """Text that one of the functions of `typed_values` turns into a value; empty text is None."""

    def __init__(self, label: str, validators: Sequence[Any], read: Any, **more: Any) -> None:
        super().__init__(label, validators, **more)
        self._read = read

    def process_formdata(self, valuelist: list[str]) -> None:
        text = trimmed(valuelist[0]) if valuelist else ""
        self.data = self._read(text) if text else None


class _Lines(StringField):  # type: ignore[misc] # WTForms has no types
    """One value per line."""

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = "\n".join(valuelist).splitlines()
        self.data = [clean for line in lines if (clean := trimmed(line))]


class _Ticked(Field):  # type: ignore[misc] # WTForms has no types
    """Every choice that was ticked."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = [value for value in valuelist if value]


def wtform_field(component: Component, departments: Sequence[tuple[str, str]]) -> Any:
    """The unbound WTForms field of a component; None for those that carry files, decisions or judgements."""
    required, label = _required(component), component.label
    if component.type in {"textfield", "textarea", "result-explanation"}:
        return _text(component, required)
    if component.type == "number":
        return _Read(label, required, read_number)
    if component.type == "datetime":
        return _Read(label, required, read_moment if component.subtype == "datetime" else read_date)
    if component.type == "department":
        return _choice(StringField, label, required, {code for code, _ in departments})
    if component.type == "departments":
        return _choice(_Ticked, label, required, {code for code, _ in departments})
    return _choosing(component, required)


def _text(component: Component, required: list[Any]) -> Any:
    if component.is_list:
        return _Lines(component.label, required)
    most, kept = (LONGEST_LINE, [_one_line]) if component.type == "textfield" else (LONGEST_TEXT, [])
    length = Length(max=most, message=f"Schrijf hoogstens {most} tekens.")
    return StringField(component.label, [*required, length], filters=kept)


def _one_line(text: str | None) -> str | None:
    return one_line(text) if text else text


def _choosing(component: Component, required: list[Any]) -> Any:
    if component.type == "checkbox":
        return BooleanField(component.label, required, false_values=("", "nee", "false", "0"))
    allowed = {choice.value for choice in component.choices}
    if component.type == "checklist" or (component.is_list and component.type == "select"):
        return _choice(_Ticked, component.label, required, allowed)
    if component.type in {"radio", "select", "in-time"}:
        return _choice(StringField, component.label, required, allowed, [_yes_no] if component.is_yes_no else [])
    return None


def _yes_no(_form: Any, field: Any) -> None:
    field.data = {"ja": True, "nee": False}.get(field.data)


def _choice(kind: Any, label: str, required: list[Any], allowed: set[str], last: Sequence[Any] = ()) -> Any:
    """WTForms' own fields with choices speak English and bring their own markup: the check is one comparison."""

    def known(_form: Any, field: Any) -> None:
        chosen = field.data if isinstance(field.data, list) else [field.data]
        if not allowed.issuperset(chosen):
            raise ValidationError(f"Kies bij '{label}' een van de mogelijkheden.")

    return kind(label, [*required, known, *last])


def _required(component: Component) -> list[Any]:
    if not component.required:
        return [Optional()]
    if component.type == "checkbox":
        sentence = f"Zet een vinkje bij '{component.label}'."
    elif component.choices or component.type in {"department", "departments"}:
        sentence = f"Kies een antwoord bij '{component.label}'."
    else:
        sentence = f"Vul '{component.label}' in."
    return [InputRequired(sentence)]
