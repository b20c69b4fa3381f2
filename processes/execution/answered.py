"""The questions of a form as the drawing asks them, each with its answer in words: schema and typed values in, lines out.

A question that counts only in some cases (`conditional`) and was not answered is left out; any other one that was not answered says so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, Protocol

import orjson

from engine import Value
from processes.base.dutch import long_date, long_moment, number_in_words, yes_or_no
from processes.base.written import OwnWords, listed
from processes.execution.facts import to_fact
from processes.execution.filed_words import FiledAnswer
from processes.storage.model_cache import Deployed

NOTHING: Final = "niet ingevuld"
NO_FILE: Final = "niet meegestuurd"
SILENT: Final = frozenset(
    {
        "text",
        "in-time",
        "button",
        "separator",
        "spacer",
        "delivery-judgement",
        "inventory",
        "redactions",
        "concerns",
        "view-answers",
        "asked-again",
    }
)
WITH_FILES: Final = frozenset({"filepicker", "documents-upload"})
# bool stands before numbers and datetime before date, because the first is also the second
WORDS: Final[tuple[tuple[Any, Callable[[Any], str]], ...]] = (
    (bool, yes_or_no), ((int, float), number_in_words), (datetime, long_moment), (date, long_date),
)  # fmt: skip


class SaidOfDecision(Protocol):
    """A contested decision as a form tells of it, as `NewDecision` of registering and the forms of the portal hold it."""

    @property
    def subject(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def taken_on(self) -> date | None: ...
    @property
    def announced_on(self) -> date | None: ...
    @property
    def department(self) -> str | None: ...
    @property
    def missing(self) -> bool: ...


def answers_on(
    deployed: Deployed, element: str, values: Mapping[str, Any], *, decisions: Sequence[SaidOfDecision] = (),
    files: Mapping[str, Sequence[str]], departments: Mapping[str, str],
) -> tuple[FiledAnswer, ...]:  # fmt: skip
    """Everything that the form of an element asks. `files`: names by field; `departments`: names by code."""
    declared = {**deployed.model.inputs, **deployed.model.outputs, **deployed.model.values}
    found: list[FiledAnswer] = []
    for component in components_of(deployed, element):
        kind, key = str(component.get("type")), str(component.get("key", ""))
        if kind in SILENT or not key:
            continue
        value = declared.get(key)
        question, secret = (
            str(component.get("label") or (value.title if value else key)),
            bool(value and value.confidential),
        )
        if kind == "decisions":
            found += [FiledAnswer(*line) for line in decision_lines(decisions, departments)]
        elif kind in WITH_FILES:
            found.append(FiledAnswer(question, ", ".join(files.get(key, ())) or NO_FILE, secret))
        elif not (component.get("conditional") and values.get(key) in (None, "", [])):
            titles = {**_choices(component, value), **departments}
            found.append(FiledAnswer(question, value_in_words(_typed(value, values.get(key)), titles), secret))
    return tuple(found)


def components_of(deployed: Deployed, element: str) -> list[dict[str, Any]]:
    """The components on the form of an element; none without a form."""
    name = deployed.model.elements[element].form
    return list(orjson.loads(deployed.folder.forms[name]).get("components", [])) if name else []


def decision_lines(decisions: Sequence[SaidOfDecision], departments: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Lines about each contested decision."""
    for place, decision in enumerate(decisions, 1):
        name = "Besluit" if len(decisions) == 1 else f"Besluit {place}"
        yield from ((f"{name}: {term}", text) for term, text in _decision(decision, departments))


def value_in_words(value: Any, titles: Mapping[str, str]) -> str:
    """A typed answer in words; a choice by its title. What somebody wrote is `OwnWords`."""
    if value in (None, "", [], ()):
        return NOTHING
    if isinstance(value, list | tuple):
        return listed(value_in_words(item, titles) for item in value)
    for kind, words in WORDS:
        if isinstance(value, kind):
            return words(value)
    return titles.get(str(value)) or OwnWords(value)


def _decision(decision: SaidOfDecision, departments: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "onderwerp", OwnWords(decision.subject)
    if decision.number:
        yield "kenmerk", OwnWords(decision.number)
    if decision.missing:
        yield "datum", "er is niet op tijd beslist"
    if decision.taken_on:
        yield "genomen op", long_date(decision.taken_on)
    if decision.announced_on:
        yield "gekregen op", long_date(decision.announced_on)
    if decision.department:
        yield "afdeling", departments.get(decision.department, decision.department)


def _choices(component: Mapping[str, Any], value: Value | None) -> dict[str, str]:
    given = {str(one["value"]): str(one.get("label", one["value"])) for one in component.get("values") or ()}
    return given or {choice.value: choice.title for choice in (value.choices if value else ())}


def _typed(value: Value | None, answer: Any) -> Any:
    """An answer that was stored or played as text, in the type that the drawing declares."""
    return to_fact(value, answer) if value is not None and isinstance(answer, str) and answer else answer
