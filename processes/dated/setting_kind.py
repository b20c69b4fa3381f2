"""A kind of setting that holds from a day on: its fields, its pages in words, and what comes along when nobody changed it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from processes.dated.fields import SettingField, Value
from processes.law.years import FIRST_DAY

Made = TypeVar("Made")
Values = Mapping[str, Value]


class Section(StrEnum):
    """The parts of the page of settings, as people read them."""

    LETTERS = "Brieven"
    LAW = "Bewaartermijnen en dwangsom"
    MAIL = "E-mail"
    INSTALLATION = "Toegang en bestanden"
    SITE = "De site"
    PEOPLE = "Mensen"


def nothing_wrong(_values: Values) -> Mapping[str, str]:
    """The check of a kind whose fields go together whatever they hold."""
    return {}


def never(_before: object, _after: object) -> bool:
    """The answer of a kind that one administrator may change alone."""
    return False


@dataclass(frozen=True, slots=True)
class Standard:
    """A version that comes along in code. Its source and the day on which that was looked up are among the values."""

    code: str
    values: Values
    valid_from: date = FIRST_DAY


@dataclass(frozen=True)
class DatedKind(Generic[Made]):
    """`word` is the stored word (`law_rule.kind`). `one` and `title` are its name in words, single and plural.

    `make` turns the values of a version (code, first day, values) into the record that the program uses; what it raises
    makes the version unreadable. `titled`: how one code is called on pages. `wrong`: sentences by field for values that do
    not go together. `code`: how a new code is typed, None when nobody can add one. `recomputes`: running or closed cases are
    computed again after a change (`processes.execution.touched_by_law`). `section`: where it stands on the page of settings;
    `begins_today`: its form proposes today as the first day. `weakens`: whether going from one record to another takes something
    away that guards against one administrator alone, so that a second one must agree.
    """

    word: str
    title: str
    one: str
    about: str
    fields: tuple[SettingField, ...]
    make: Callable[[str, date, Values], Made]
    titled: Callable[[str, Values], str]
    standard: tuple[Standard, ...] = ()
    wrong: Callable[[Values], Mapping[str, str]] = nothing_wrong
    code: SettingField | None = None
    code_pattern: re.Pattern[str] = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")
    code_wrong: str = "Gebruik hoogstens 40 kleine letters, cijfers, punten of streepjes."
    recomputes: bool = False
    section: Section = Section.LETTERS
    begins_today: bool = False
    weakens: Callable[[Made, Made], bool] = never


def short_code(example: str) -> dict[str, Any]:
    """The arguments of a DatedKind whose code an administrator makes up: a short name, such as `example`."""
    return {
        "code": SettingField(
            "code", "Code", hint=f"Een korte naam, zoals {example}. De code verandert later niet meer."
        ),
        "code_pattern": re.compile(r"[a-z][a-z0-9-]{0,39}"),
        "code_wrong": "Gebruik hoogstens 40 kleine letters, cijfers of streepjes, en begin met een letter.",
    }
