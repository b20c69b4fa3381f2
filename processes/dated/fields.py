"""The fields of a setting that holds from a day on: what an administrator typed in, plain values to store out, and back.

A stored value is plain JSON: text, a whole number (of euros the cents), yes or no, a day as ISO text, or None when a field
was left empty. Every sentence about what is wrong stands at its field.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from processes.base import setting_values
from processes.base.dutch import euros_in_words, long_date, number_in_words, yes_or_no
from processes.base.email_address import WrongAddress, email_address
from processes.base.errors import Invalid
from processes.base.typed_values import one_line, plain, read_date, read_number
from processes.law.years import FIRST_DAY, LAST_DAY

Value = str | int | bool | None
CENTS: Final = 100
MOST_DIGITS: Final = 9  # of a whole number: room for every bound, and no more zeros in front than somebody types


class FieldKind(StrEnum):
    """The kinds of content of a field: one line, a text of several lines, a mail address, a whole number, an amount in euros,
    a day, one of some choices, several of some choices, networks, or yes or no.
    """

    LINE = "line"
    TEXT = "text"
    EMAIL = "email"
    NUMBER = "number"
    EUROS = "euros"
    DAY = "day"
    CHOICE = "choice"
    SEVERAL = "several"  # stored as the words of the choices, with spaces between them
    NETWORKS = "networks"  # the same of networks such as 10.0.0.0/8
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class SettingField:
    """One field. `longest` counts the characters of a text; `least` and `most` bound a number, or an amount in cents.

    `choices` are pairs of the stored word and what people read; `offers` names choices that differ by installation (a word of
    `OfferedChoices`). `past`: the day may not lie in the future. `installed`: the setting of the program that holds while the field is
    empty; `within`: and that is the most there may be.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    hint: str = ""
    needed: bool = True
    longest: int = 200
    least: int = 0
    most: int = 1_000_000
    choices: tuple[tuple[str, str], ...] = ()
    past: bool = False
    offers: str = ""
    installed: str = ""
    within: bool = False
    empty: str = ""  # what people read for an empty field


class OfferedChoices(StrEnum):
    """The choices that differ by installation: members of staff by number, case types by the id of their process, and lanes of case
    types in which staff or a committee work.
    """

    STAFF = "staff"
    CASE_TYPES = "case_types"
    LANES = "lanes"


def read_fields(fields: Sequence[SettingField], typed: Mapping[str, str], today: date) -> dict[str, Value]:
    """The values to store, by name. Raises Invalid with a sentence for each field that is not good."""
    values: dict[str, Value] = {}
    wrong: dict[str, str] = {}
    for field in fields:
        try:
            values[field.name] = _read(field, typed.get(field.name, ""), today)
        except ValueError as error:
            wrong[field.name] = str(error)
    if wrong:
        raise Invalid(wrong)
    return values


def _read(field: SettingField, text: str, today: date) -> Value:
    if field.kind == FieldKind.TICK:
        return bool(text)
    if not text.strip():
        if field.needed:
            what = "Maak een keuze" if field.kind == FieldKind.CHOICE else "Vul in"
            raise ValueError(f"{what}: {field.label.rstrip('?')}.")
        return None
    return READERS[field.kind](field, text, today)


def _line(field: SettingField, text: str, _today: date) -> str:
    return _not_too_long(field, one_line(text))


def _text(field: SettingField, text: str, _today: date) -> str:
    return _not_too_long(field, "\n".join(line.rstrip() for line in text.strip().splitlines()))


def _not_too_long(field: SettingField, text: str) -> str:
    if len(text) > field.longest:
        raise ValueError(f"Gebruik hoogstens {number_in_words(field.longest)} tekens.")
    return text


def _email(_field: SettingField, text: str, _today: date) -> str:
    try:
        return email_address(text)
    except WrongAddress as wrong:
        raise ValueError(str(wrong)) from wrong


def _number(field: SettingField, text: str, _today: date) -> int:
    clean = plain(text)
    if clean.isascii() and clean.isdigit() and len(clean) <= MOST_DIGITS and field.least <= int(clean) <= field.most:
        return int(clean)
    raise ValueError(f"Vul een heel getal in van {field.least} tot en met {number_in_words(field.most)}.")


def _euros(field: SettingField, text: str, _today: date) -> int:
    cents = round(read_number(text) * CENTS, 4)
    if cents != int(cents) or not field.least <= cents <= field.most:
        bounds = f"{euros_in_words(field.least)} tot en met {euros_in_words(field.most)}"
        raise ValueError(f"Vul een bedrag in van {bounds}, met hoogstens twee cijfers achter de komma.")
    return int(cents)


def _day(field: SettingField, text: str, today: date) -> str:
    day = read_date(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"Vul een dag in van {FIRST_DAY.year} tot en met {LAST_DAY.year}.")
    if field.past and day > today:
        raise ValueError("Deze dag ligt in de toekomst. Vul in wanneer u dit heeft nagekeken.")
    return day.isoformat()


def _choice(field: SettingField, text: str, _today: date) -> str:
    if text not in dict(field.choices):
        raise ValueError("Maak een keuze.")
    return text


def _several(field: SettingField, text: str, _today: date) -> str:
    chosen = tuple(dict.fromkeys(text.split()))
    known = dict(field.choices)
    if field.choices and any(one not in known for one in chosen):
        raise ValueError("Kies alleen uit de lijst.")
    return _not_too_long(field, " ".join(chosen))


def _networks(field: SettingField, text: str, _today: date) -> str:
    try:
        return _not_too_long(field, " ".join(dict.fromkeys(setting_values.networks(text))))
    except ValueError as error:
        raise ValueError(f"Dit veld {error}") from error


READERS: Final[Mapping[FieldKind, Callable[[SettingField, str, date], Value]]] = {
    FieldKind.LINE: _line,
    FieldKind.TEXT: _text,
    FieldKind.EMAIL: _email,
    FieldKind.NUMBER: _number,
    FieldKind.EUROS: _euros,
    FieldKind.DAY: _day,
    FieldKind.CHOICE: _choice,
    FieldKind.SEVERAL: _several,
    FieldKind.NETWORKS: _networks,
}


def shown(field: SettingField, value: Value) -> str:
    """A stored value as people read it; what the field says for an empty one."""
    if field.kind == FieldKind.TICK:
        return yes_or_no(bool(value))
    if value is None:
        return field.empty
    if field.kind == FieldKind.SEVERAL:
        names = dict(field.choices)
        return ", ".join(names.get(one, one) for one in str(value).split())
    if field.kind == FieldKind.EUROS:
        return euros_in_words(int(value))
    if field.kind == FieldKind.DAY:
        return long_date(date.fromisoformat(str(value)))
    return dict(field.choices).get(str(value), str(value))


def typed_of(field: SettingField, value: Value) -> str:
    """A stored value as the field of a form shows it, to be changed."""
    if value is None or value is False:
        return ""
    if field.kind == FieldKind.TICK:
        return "ja"
    if field.kind == FieldKind.EUROS:
        return f"{int(value) / CENTS:.2f}".removesuffix(".00").replace(".", ",")
    return str(value)


# Where the setting was looked up, and how sure we are, for those that come from a law or an official list.
SOURCES: Final = (
    SettingField("source", "Bron", hint="Waar u dit heeft gelezen, zoals de Staatscourant met het nummer.", longest=500),
    SettingField("checked_on", "Nagekeken op", FieldKind.DAY, past=True),
    SettingField(
        "certainty", "Hoe zeker is dit?", FieldKind.CHOICE,
        choices=(
            ("sure", "gelezen in de wet of de lijst zelf"),
            ("high", "vaste praktijk"),
            ("medium", "beredeneerd, iemand moet dit nakijken"),
        ),
    ),
)  # fmt: skip
