"""The kinds of text that one attribute may hold, and how each is read. A kind is called with the text of the drawing:
it gives the value, or raises ValueError with a Dutch sentence that says what to write instead.
"""

import keyword
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.errors import ExpressionError
from engine.expressions import compile_expression, parse_duration
from engine.words import FollowTo


class KindName(StrEnum):
    """The kinds by name, which a page needs to choose a field for each."""

    TEXT = "text"
    CODE = "code"
    PLACE = "place"
    PROCESS = "process"
    FLAG = "flag"
    NUMBER = "number"
    DURATION = "duration"
    DAYS = "days"
    EXPRESSION = "expression"
    CONDITION = "condition"
    COMMAS = "commas"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class TextKind:
    """One kind of text. `options`: the words that a choice may be; `many`: several of them, with spaces between."""

    name: KindName
    read: Callable[[str], Any]
    options: tuple[StrEnum, ...] = ()
    many: bool = False

    def __call__(self, raw: str) -> Any:
        return self.read(raw)


CODE = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
PROCESS = re.compile(r"[a-z][a-z0-9_-]{0,59}", re.ASCII)
LONGEST = 2_000
LARGEST = 1_000_000
FLAGS = {"true": True, "false": False}
SPOKEN_FOR = {"true", "false", "none"}  # words of the expression language, which could never be read as a fact


def _text(raw: str) -> str:
    if not raw.strip():
        raise ValueError("Vul een tekst in.")
    if len(raw) > LONGEST:
        raise ValueError(f"Gebruik ten hoogste {LONGEST} tekens.")
    return raw.strip()


def _code(raw: str) -> str:
    if not CODE.fullmatch(raw):
        raise ValueError("Gebruik kleine letters, cijfers en _, en begin met een letter.")
    if keyword.iskeyword(raw) or raw in SPOKEN_FOR:
        raise ValueError("Dit woord heeft al een betekenis in expressies. Kies een andere code.")
    return raw


def _place(raw: str) -> str:
    """Where a value goes in the case that follows: the code of a value there, or a word of FollowTo."""
    return raw if raw in set(FollowTo) else _code(raw)


def _process(raw: str) -> str:
    if not PROCESS.fullmatch(raw):
        raise ValueError("Gebruik kleine letters, cijfers, _ en -, en begin met een letter.")
    return raw


def _flag(raw: str) -> bool:
    if raw not in FLAGS:
        raise ValueError("Schrijf true of false.")
    return FLAGS[raw]


def _number(raw: str) -> int:
    if not raw.isascii() or not raw.isdigit() or len(raw) > len(str(LARGEST)) or int(raw) > LARGEST:
        raise ValueError("Schrijf een heel getal.")
    return int(raw)


def _duration(raw: str) -> str:
    try:
        parse_duration(raw)
    except ExpressionError as error:
        raise ValueError(" ".join(map(str, error.args))) from error
    return raw.strip()


def _days(raw: str) -> str:
    """A duration before or after a date, which knows no hours."""
    if "T" in _duration(raw).upper():
        raise ValueError(
            "Bij een datum tellen alleen hele dagen. Schrijf een duur als 14 dagen (in de tekening: P14D), 2 weken (P2W) of 1 maand (P1M)."
        )
    return raw.strip()


def _expression(raw: str) -> str:
    try:
        compiled = compile_expression(raw)
    except ExpressionError as error:
        raise ValueError(" ".join(map(str, error.args))) from error
    if compiled.repeats:
        raise ValueError("Een herhaling hoort alleen bij een timer.")
    return compiled.text


def _commas(raw: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _text(raw).split(",") if part.strip())


text = TextKind(KindName.TEXT, _text)
code = TextKind(KindName.CODE, _code)
place = TextKind(KindName.PLACE, _place)
process = TextKind(KindName.PROCESS, _process)
flag = TextKind(KindName.FLAG, _flag)
number = TextKind(KindName.NUMBER, _number)
duration = TextKind(KindName.DURATION, _duration)
days = TextKind(KindName.DAYS, _days)
expression = TextKind(KindName.EXPRESSION, _expression)
condition = TextKind(KindName.CONDITION, _expression)  # one that holds or not, which a sentence may say
commas = TextKind(KindName.COMMAS, _commas)


def words(kind: TextKind) -> TextKind:
    """Several, with spaces between them; empty is none."""
    return TextKind(kind.name, lambda raw: tuple(kind(part) for part in raw[:LONGEST].split()), kind.options, many=True)


def one_of(*allowed: StrEnum) -> TextKind:
    known = {str(word): word for word in allowed}

    def choose(raw: str) -> StrEnum:
        if raw not in known:
            raise ValueError(f"Kies uit: {', '.join(known)}.")
        return known[raw]

    return TextKind(KindName.CHOICE, choose, allowed)
