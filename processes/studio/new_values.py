"""A value that is made together with the question that asks for it: its name, its kind and its choices, as somebody types them."""

import keyword
import re
from collections.abc import Collection
from typing import Final

from engine import Value
from engine.edits import NewSetting
from engine.model import Choice
from engine.words import ValueType
from processes.base.errors import Invalid
from processes.base.folding import fold
from processes.studio.questions import ASKS

LONGEST_NAME: Final = 200
LONGEST_CODE: Final = 50  # a code may be 60 signs; a number may come behind it
MOST_CHOICES: Final = 60
FEWEST_CHOICES: Final = 2
NO_LETTERS: Final = re.compile(r"[^a-z0-9]+")
SPOKEN_FOR: Final = frozenset({"true", "false", "none", *keyword.kwlist})  # words of the expression language


def new_value(title: str, kind: str, choices: str, taken: Collection[str]) -> Value:
    """The value of what was typed. `choices`: one on a line; `taken`: the codes that there are. Raises Invalid with the fields."""
    wrong = {}
    lines = list(dict.fromkeys(" ".join(line.split()) for line in choices.splitlines() if line.strip()))
    if not 0 < len(title) <= LONGEST_NAME:
        wrong["title"] = f"Vul in hoe het gegeven heet, in hoogstens {LONGEST_NAME} tekens."
    if kind not in ASKS:
        wrong["kind"] = "Kies wat voor gegeven het is."
    if kind == ValueType.CHOICE and not FEWEST_CHOICES <= len(lines) <= MOST_CHOICES:
        wrong["choices"] = f"Typ {FEWEST_CHOICES} tot {MOST_CHOICES} keuzes, elk op een eigen regel."
    elif kind == ValueType.CHOICE and any(len(line) > LONGEST_NAME for line in lines):
        wrong["choices"] = f"Maak elke keuze hoogstens {LONGEST_NAME} tekens lang."
    elif lines and kind != ValueType.CHOICE:
        wrong["choices"] = "Keuzes horen alleen bij een keuze uit een lijst. Maak dit veld leeg of kies die soort."
    if wrong:
        raise Invalid(wrong)
    return Value(_code(title, taken), title, ValueType(kind), choices=_choices(lines))


def setting_of(value: Value) -> NewSetting:
    """The value as a setting of the drawing."""
    said = (("code", value.code), ("title", value.title), ("type", str(value.type)))
    inside = (NewSetting("choice", (("value", one.value), ("title", one.title))) for one in value.choices)
    return NewSetting("value", said, inside=tuple(inside))


def _choices(lines: list[str]) -> tuple[Choice, ...]:
    found: list[Choice] = []
    for line in lines:
        found.append(Choice(_code(line, [one.value for one in found]), line))
    return tuple(found)


def _code(words: str, taken: Collection[str]) -> str:
    """A code that reads as the words, and that nothing else has: `hoogte_van_de_boete`."""
    code = NO_LETTERS.sub("_", fold(words)).strip("_")[:LONGEST_CODE].rstrip("_")
    code = code if code[:1].isalpha() else f"keuze_{code}".rstrip("_")
    used = {*taken, *SPOKEN_FOR}
    numbered = (f"{code}_{number}" for number in range(2, len(used) + 3))
    return code if code not in used else next(one for one in numbered if one not in used)
