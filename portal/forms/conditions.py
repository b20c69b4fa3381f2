"""The questions of a form that count. One with `"conditional": {"hide": "=..."}` does not, while its expression holds.

Comes in: the components, what the form says and what the case holds already; goes out: the keys that do not count.
A page works without JavaScript, so a question that depends on another one of the same form stays visible, and says in
its hint when it counts; a script hides it until the answers are given under which it counts (`counts_when`). What this form
cannot change any more is simply left out.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import product
from math import prod
from typing import Any, Final

from engine import Value, compile_expression
from engine.words import ValueType
from portal.forms.schema import Component, FormSchema
from processes.execution.facts import ANSWERS, to_answers, to_fact

NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # the linter refuses a condition that reads the clock
MOST_TRIED: Final = 200  # combinations of answers; with more, the question just stays on the page


def uncounted(schema: FormSchema, filled: Mapping[str, Any], known: Mapping[str, Any]) -> frozenset[str]:
    """Keys of questions that do not count, given these answers. A later question does not see the answer to one of them."""
    answers = {**known, **filled}
    found: set[str] = set()
    for component in schema.components:
        if component.key and component.hide and _holds(component.hide, schema.values, answers):
            found.add(component.key)
            answers[component.key] = None
    return frozenset(found)


def shown_components(schema: FormSchema, known: Mapping[str, Any]) -> Sequence[Component]:
    """Without those that are hidden whatever is filled in here."""
    asked = {component.key for component in schema.components if component.key}
    return [component for component in schema.components if not _settled(component, schema.values, asked, known)]


def counts_when(component: Component, schema: FormSchema, known: Mapping[str, Any]) -> list[dict[str, str]] | None:
    """Each set of answers on this form, as a browser sends them, under which the question counts; None when it always counts or when
    these sets cannot be listed.
    """
    if not component.hide:
        return None
    asked = {one.key: one for one in schema.components if one.key}
    read = sorted(compile_expression(component.hide).names & set(asked))
    possible = [_sent(asked[code], schema.values.get(code)) for code in read]
    if prod(len(answers) for answers in possible) not in range(1, MOST_TRIED + 1):
        return None
    return [
        dict(zip(read, (sent for sent, _ in tried), strict=True))
        for tried in product(*possible)
        if not _holds(
            component.hide, schema.values, {**known, **dict(zip(read, (one for _, one in tried), strict=True))}
        )
    ]


def _sent(component: Component, value: Value | None) -> tuple[tuple[str, Any], ...]:
    """Every answer that may be given at a question, as a browser sends it and as it is read; nothing when these cannot be counted."""
    if component.type == "checkbox":
        return (("", False), ("ja", True))
    if component.is_yes_no:
        return (("", None), ("ja", True), ("nee", False))
    if component.type not in {"radio", "select", "in-time"}:
        return ()
    return tuple(("" if one is None else str(one), one) for one in _possible(value))


def _settled(component: Component, values: Mapping[str, Value], asked: set[str], known: Mapping[str, Any]) -> bool:
    """Whether it is hidden by what the case holds, whatever is answered to the questions of this form that its condition reads."""
    if not component.hide:
        return False
    read = sorted(compile_expression(component.hide).names & asked)
    possible = [_possible(values.get(code)) for code in read]
    if prod(len(answers) for answers in possible) not in range(1, MOST_TRIED + 1):
        return False
    return all(
        _holds(component.hide, values, {**known, **dict(zip(read, tried, strict=True))}) for tried in product(*possible)
    )


def _possible(value: Value | None) -> tuple[Any, ...]:
    """Every answer that somebody may give, with none; nothing when these cannot be counted."""
    if value is None or value.list:
        return ()
    if value.type == ValueType.BOOLEAN:
        return (None, True, False)
    return (None, *(choice.value for choice in value.choices)) if value.type == ValueType.CHOICE else ()


def _holds(text: str, values: Mapping[str, Value], answers: Mapping[str, Any]) -> bool:
    expression = compile_expression(text)
    facts = {name: _fact_of(name, values, answers) for name in expression.names}
    return bool(expression.evaluate(facts, NEVER))


def _fact_of(name: str, values: Mapping[str, Value], answers: Mapping[str, Any]) -> Any:
    """A value, or with `answers.` before it what everybody answered to it."""
    code = name.removeprefix(ANSWERS)
    if code not in values:
        return None
    return _fact(values[code], answers.get(name)) if code == name else to_answers(values[code], answers.get(name))


def _fact(value: Value, answer: Any) -> Any:
    """Answers are typed already; what the case holds is JSON."""
    return to_fact(value, answer) if isinstance(answer, str | list) else answer
