"""Where a compiled drawing counts days that a decree may close, so that an edit of those days can find what it moves.

A Compiled in, places out: an element (or the process), and the name of what stands there in the drawing.
"""

# mypy: disable-error-code="no-any-return"
# (the library has no types)

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.drawn_expressions import deadline_expressions, in_working_days, setting_expressions
from engine.expressions import compile_expression
from engine.kernel.compiling import Compiled
from engine.kernel.events import ElementTimer


@dataclass(frozen=True, slots=True)
class CountingPlace:
    """`setting`: `timer`, `condition`, `loop`, or a setting of the profile such as `deadline.from`. `computed`: it is an
    expression; else a length with `calendar="working"`.
    """

    element: str
    setting: str
    computed: bool


def counting_places(compiled: Compiled) -> tuple[CountingPlace, ...]:
    """Every expression that reads the closed days, and every length that counts in working days."""
    found = [CountingPlace(*place, computed=True) for place in _of_specs(compiled)]
    for element, setting, text in setting_expressions(compiled.model):
        if compile_expression(text).reads_closed_days:
            found.append(CountingPlace(element, setting, computed=True))
    found += [
        CountingPlace(element, setting, computed=False) for element, setting, _ in in_working_days(compiled.model)
    ]
    return tuple(dict.fromkeys(found))


def computes_with_closed_days(compiled: Compiled) -> bool:
    """Whether any expression of the drawing reads the closed days."""
    return any(place.computed for place in counting_places(compiled))


def deadlines_on_closed_days(compiled: Compiled) -> frozenset[str]:
    """The codes of the deadlines whose day 0, variant or length is computed with the closed days."""
    model = compiled.model
    return frozenset(
        code
        for code in model.deadlines
        if any(compile_expression(text).reads_closed_days for _, _, text in deadline_expressions(model, code))
    )


def _of_specs(compiled: Compiled) -> Iterator[tuple[str, str]]:
    for process in (compiled.spec, *compiled.subprocesses.values()):
        for spec in process.task_specs.values():
            element = getattr(spec, "bpmn_id", None) or spec.name
            definition = getattr(spec, "event_definition", None)
            if isinstance(definition, ElementTimer) and definition.rule.reads_closed_days:
                yield element, "timer"
            for kind, text in texts_of(spec):
                if compile_expression(text).reads_closed_days:
                    yield element, kind


def texts_of(spec: Any) -> Iterator[tuple[str, str]]:
    """The expressions that a spec is asked for while it runs: what reaches `Journal.value_of`."""
    for condition, _ in getattr(spec, "cond_task_specs", ()):
        if condition is not None:
            yield "condition", condition.args[0]
    for name in ("condition", "cardinality"):
        text = getattr(spec, name, None)
        if isinstance(text, str):
            yield "loop", text
    source = getattr(spec, "data_input", None)
    if source is not None:
        yield "loop", source.bpmn_id
