"""The filled-in answers in words, to read once more before sending."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from portal.forms import Component, Filled, FormSchema, ReadDecision
from processes.base.dutch import long_date, long_moment, number_in_words, yes_or_no

Answer = tuple[str, str]
NOTHING = "niet ingevuld"


def answers(schema: FormSchema, filled: Filled, departments: Sequence[tuple[str, str]]) -> list[Answer]:
    """Question and answer, in the order of the form. Files are listed apart."""
    found: list[Answer] = []
    for component in schema.components:
        if component.type == "decisions":
            for place, decision in enumerate(filled.decisions, 1):
                name = "Besluit" if len(filled.decisions) == 1 else f"Besluit {place}"
                found += [(f"{name}: {term}", text) for term, text in _decision(decision, dict(departments))]
        elif component.key in filled.values:
            found.append((component.label, _in_words(component, filled.values[component.key], dict(departments))))
    return found


def _decision(decision: ReadDecision, departments: dict[str, str]) -> list[Answer]:
    rows = [("onderwerp", decision.subject)]
    if decision.number:
        rows.append(("kenmerk", decision.number))
    if decision.missing:
        rows.append(("datum", "er is niet op tijd beslist"))
    if decision.taken_on:
        rows.append(("genomen op", long_date(decision.taken_on)))
    if decision.announced_on:
        rows.append(("gekregen op", long_date(decision.announced_on)))
    if decision.department:
        rows.append(("afdeling", departments.get(decision.department, decision.department)))
    return rows


def _in_words(component: Component, value: Any, departments: dict[str, str]) -> str:
    if value in (None, "", []):
        return NOTHING
    titles = {choice.value: choice.title for choice in component.choices} | departments
    if isinstance(value, list | tuple):
        return ", ".join(titles.get(str(item), str(item)) for item in value)
    # bool stands before numbers and datetime before date, because the first is also the second
    for kind, words in WORDS:
        if isinstance(value, kind):
            return words(value)
    return titles.get(str(value), str(value))


WORDS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (bool, yes_or_no), ((int, float), number_in_words), (datetime, long_moment), (date, long_date),
)  # fmt: skip
