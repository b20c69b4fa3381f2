"""The facts that a sentence may name: the values and terms of a drawing and what every case has, each with its words and kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.model import Model, Value
from engine.words import ValueType


class NameKind(StrEnum):
    """The kinds of facts, which say what a sentence can say of them."""

    CHOICE = "choice"
    TEXT = "text"
    YES_NO = "yes_no"
    NUMBER = "number"
    DAY = "day"  # a date or a moment
    TODAY = "today"  # a day that is always there, and another one each day
    LIST = "list"
    ANSWERS = "answers"  # what everybody answered
    OTHER = "other"  # only filled in or not: a party, a file


@dataclass(frozen=True, slots=True)
class KnownName:
    """One fact. `choices`: code and title of what it can be; for answers of yes and no `true` and `false`."""

    name: str
    words: str
    kind: NameKind
    choices: tuple[tuple[str, str], ...] = ()
    titled: bool = False  # the words are the title that somebody gave it, which a sentence puts in quotes

    @property
    def said(self) -> str:
        """Its words in a sentence."""
        return f"'{self.words}'" if self.titled else self.words


Names = Mapping[str, KnownName]

OF_TYPE: Mapping[ValueType, NameKind] = {
    ValueType.TEXT: NameKind.TEXT,
    ValueType.NUMBER: NameKind.NUMBER,
    ValueType.CHOICE: NameKind.CHOICE,
    ValueType.DATE: NameKind.DAY,
    ValueType.DATETIME: NameKind.DAY,
    ValueType.BOOLEAN: NameKind.YES_NO,
}
YES_NO = (("true", "ja"), ("false", "nee"))
OF_CASE = (
    ("case.received_on", "de dag waarop de zaak binnenkwam", NameKind.DAY),
    ("case.registered_on", "de dag waarop de zaak is geregistreerd", NameKind.DAY),
    ("case.channel", "hoe de zaak binnenkwam", NameKind.TEXT),
    ("decision.announced_on", "de dag waarop het besluit bekend werd", NameKind.DAY),
    ("decision.taken_on", "de dag waarop het besluit is genomen", NameKind.DAY),
    ("decision.department", "de afdeling die het besluit nam", NameKind.TEXT),
    ("decision.missing", "er is nog geen besluit", NameKind.YES_NO),
    ("decision.late", "het besluit is te laat", NameKind.YES_NO),
    ("decision.several", "de zaak gaat over meer besluiten", NameKind.YES_NO),
)
TODAY = "today()"
ALWAYS = (KnownName(TODAY, "vandaag", NameKind.TODAY),)
OF_CASE_TYPE = (("parts.open", "het aantal deelbesluiten dat nog loopt", NameKind.NUMBER),)
OF_REQUEST = (
    ("request.due", "de termijn van het verzoek", NameKind.DAY),
    ("request.asked_at", "het moment van het verzoek", NameKind.DAY),
    ("request.department", "de afdeling van het verzoek", NameKind.TEXT),
    ("request.delivered", "de lijst van wat is aangeleverd", NameKind.LIST),
    ("request.refused", "de lijst van wat is afgekeurd", NameKind.LIST),
    ("part.announced_on", "de dag waarop het deelbesluit bekend werd", NameKind.DAY),
    ("part.release_on", "de dag waarop het deelbesluit openbaar wordt", NameKind.DAY),
)


def known_names(model: Model) -> dict[str, KnownName]:
    """Every fact that an expression of this drawing may read, its own values first."""
    values = {**model.inputs, **model.outputs, **model.values}
    found = [*map(_of_value, values.values()), *_deadlines(model), *map(_of_answers, values.values())]
    found += [KnownName(*one) for one in (*OF_CASE, *(OF_CASE_TYPE if model.case_type else OF_REQUEST))]
    return {one.name: one for one in (*found, *ALWAYS)}


def _of_value(value: Value) -> KnownName:
    kind = NameKind.LIST if value.list else OF_TYPE.get(value.type, NameKind.OTHER)
    return KnownName(value.code, value.title, kind, _choices(value), titled=True)


def _of_answers(value: Value) -> KnownName:
    choices = YES_NO if value.type == ValueType.BOOLEAN else _choices(value)
    return KnownName(f"answers.{value.code}", f"de antwoorden van allen op '{value.title}'", NameKind.ANSWERS, choices)


def _choices(value: Value) -> tuple[tuple[str, str], ...]:
    return tuple((choice.value, choice.title) for choice in value.choices)


def _deadlines(model: Model) -> Iterator[KnownName]:
    for code, deadline in model.deadlines.items():
        yield KnownName(f"deadline.{code}", f"de termijn '{deadline.title}'", NameKind.DAY)
