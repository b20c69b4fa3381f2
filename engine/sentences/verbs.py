"""The verbs: what a sentence can say of a fact. One table of verbs, with the kinds of facts that each fits and how it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.sentences.names import NameKind


class Takes(StrEnum):
    """The kinds of things that follow a verb."""

    NOTHING = "nothing"
    ONE = "one"  # one fixed value
    SEVERAL = "several"  # two or more of them
    NUMBER = "number"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Verb:
    """`written`: how it stands in an expression, with `{name}` and `{value}`. `opposite`: the verb that `not` before it makes."""

    code: str
    words: str
    kinds: frozenset[NameKind]
    takes: Takes
    written: str
    opposite: str = ""


def _verb(code: str, words: str, kinds: str, takes: Takes, written: str, opposite: str = "") -> Verb:
    return Verb(code, words, frozenset(map(NameKind, kinds.split())), takes, written, opposite)


ALL = " ".join(kind for kind in NameKind if kind not in {NameKind.ANSWERS, NameKind.TODAY})
TABLE = (
    _verb("is", "is", "choice text", Takes.ONE, "{name} == {value}", "is_not"),
    _verb("is_not", "is niet", "choice text", Takes.ONE, "{name} != {value}", "is"),
    _verb("among", "is een van", "choice text", Takes.SEVERAL, "{name} in ({value})", "not_among"),
    _verb("not_among", "is geen van", "choice text", Takes.SEVERAL, "{name} not in ({value})", "among"),
    _verb("yes", "is ja", "yes_no", Takes.NOTHING, "{name}", "not_yes"),
    _verb("not_yes", "is niet ja (nee of niet ingevuld)", "yes_no", Takes.NOTHING, "not {name}", "yes"),
    _verb("no", "is nee", "yes_no", Takes.NOTHING, "{name} == false", "not_no"),
    _verb("not_no", "is niet nee (ja of niet ingevuld)", "yes_no", Takes.NOTHING, "{name} != false", "no"),
    _verb("equals", "is gelijk aan", "number", Takes.NUMBER, "{name} == {value}", "differs"),
    _verb("differs", "is niet gelijk aan", "number", Takes.NUMBER, "{name} != {value}", "equals"),
    _verb("more", "is meer dan", "number", Takes.NUMBER, "{name} > {value}"),
    _verb("at_least", "is ten minste", "number", Takes.NUMBER, "{name} >= {value}"),
    _verb("less", "is minder dan", "number", Takes.NUMBER, "{name} < {value}"),
    _verb("at_most", "is ten hoogste", "number", Takes.NUMBER, "{name} <= {value}"),
    _verb("before", "is vóór", "day today", Takes.MOMENT, "{name} < {value}"),
    _verb("until", "is uiterlijk op", "day today", Takes.MOMENT, "{name} <= {value}"),
    _verb("on", "is op", "day today", Takes.MOMENT, "{name} == {value}", "not_on"),
    _verb("not_on", "is niet op", "day today", Takes.MOMENT, "{name} != {value}", "on"),
    _verb("after", "is na", "day today", Takes.MOMENT, "{name} > {value}"),
    _verb("since", "is op of na", "day today", Takes.MOMENT, "{name} >= {value}"),
    _verb("holds", "bevat", "list", Takes.ONE, "{value} in {name}", "lacks"),
    _verb("lacks", "bevat niet", "list", Takes.ONE, "{value} not in {name}", "holds"),
    _verb("any", "zijn minstens één keer", "answers", Takes.ONE, "any_of({name}, {value})", "none"),
    _verb("none", "zijn geen enkele keer", "answers", Takes.ONE, "not any_of({name}, {value})", "any"),
    _verb("all", "zijn allemaal", "answers", Takes.ONE, "all_of({name}, {value})"),
    _verb("filled", "is ingevuld", ALL, Takes.NOTHING, "not empty({name})", "empty"),
    _verb("empty", "is niet ingevuld", ALL, Takes.NOTHING, "empty({name})", "filled"),
)
VERBS: Mapping[str, Verb] = {one.code: one for one in TABLE}


def verbs_of(kind: NameKind) -> tuple[Verb, ...]:
    """The verbs that fit a fact of this kind."""
    return tuple(one for one in TABLE if kind in one.kinds)
