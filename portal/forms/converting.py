"""Converts typed text to a value, one WTForms field per component. Errors are Dutch sentences that name the field."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from wtforms import BooleanField, Field, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from portal.forms.schema import Component
from processes.base.clock import AMSTERDAM
from processes.base.dutch import MONTHS

LONGEST_LINE = 500
LONGEST_TEXT = 50_000
FIRST_YEAR, LAST_YEAR = 1900, 2200


def read_date(text: str) -> date:
    """`2026-02-14`, `14-2-2026`, `14/02/2026` or `14 februari 2026`. Raises ValueError with a Dutch sentence."""
    clean = " ".join(text.lower().split())
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", clean):
        year, month, day = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", clean):
        day, month, year = map(int, match.groups())
    elif (match := re.fullmatch(r"(\d{1,2}) ([a-z]{3,})\.? (\d{4})", clean)) and (found := _month(match[2])):
        day, month, year = int(match[1]), found, int(match[3])
    else:
        raise ValueError("Schrijf de datum als dag, maand en jaar, bijvoorbeeld 14-2-2026.")
    try:
        made = date(year, month, day)
    except ValueError as error:
        raise ValueError("Deze datum bestaat niet. Controleer de dag en de maand.") from error
    if not FIRST_YEAR <= made.year <= LAST_YEAR:
        raise ValueError("Dit jaartal klopt niet. Schrijf het jaar met vier cijfers, bijvoorbeeld 2026.")
    return made


def read_number(text: str) -> int | float:
    """`12`, `1.250`, `3,5`, `1.250,75`. Raises ValueError with a Dutch sentence."""
    clean = re.sub(r"[\s\u00a0€]", "", text)
    if not re.fullmatch(r"-?(\d{1,3}(\.\d{3})+|\d{1,15})(,\d{1,6})?", clean):
        raise ValueError("Schrijf een getal, met een komma voor de cijfers achter de komma. Bijvoorbeeld 1250,75.")
    plain = clean.replace(".", "").replace(",", ".")
    return float(plain) if "." in plain else int(plain)


def read_moment(text: str) -> datetime:
    """`2026-02-14T09:05` or `14-2-2026 9:05`, in Amsterdam. Raises ValueError with a Dutch sentence."""
    match = re.fullmatch(r"(.+?)(?:t|\s+(?:om\s+)?)(\d{1,2})[:.](\d{2})(?::\d{2})?(?:\s*uur)?", text.strip().lower())
    if match is None:
        raise ValueError("Schrijf dag en tijd, bijvoorbeeld 14-2-2026 9.05.")
    day = read_date(match[1])
    try:
        return datetime(day.year, day.month, day.day, int(match[2]), int(match[3]), tzinfo=AMSTERDAM)
    except ValueError as error:
        raise ValueError("Deze tijd bestaat niet. Schrijf bijvoorbeeld 9.05 of 13.30.") from error


def _month(word: str) -> int | None:
    found = [number for number, name in enumerate(MONTHS, 1) if name.startswith(word)]
    return found[0] if len(found) == 1 or word in MONTHS else None


class _Read(Field):  # type: ignore[misc] # WTForms has no types
    """Text that one of the functions above turns into a value; empty text is None."""

    def __init__(self, label: str, validators: Sequence[Any], read: Any, **more: Any) -> None:
        super().__init__(label, validators, **more)
        self._read = read

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = self._read(text) if text else None


class _Lines(StringField):  # type: ignore[misc] # WTForms has no types
    """One value per line."""

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = "\n".join(valuelist).splitlines()
        self.data = [line.strip() for line in lines if line.strip()]


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
    most = LONGEST_LINE if component.type == "textfield" else LONGEST_TEXT
    return StringField(component.label, [*required, Length(max=most, message=f"Schrijf hoogstens {most} tekens.")])


def _choosing(component: Component, required: list[Any]) -> Any:
    if component.type == "checkbox":
        return BooleanField(component.label, required, false_values=("", "nee", "false", "0"))
    allowed = {choice.value for choice in component.choices}
    if component.type == "checklist" or (component.is_list and component.type == "select"):
        return _choice(_Ticked, component.label, required, allowed)
    if component.type in {"radio", "select"}:
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
