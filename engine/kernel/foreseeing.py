"""Which elements of a drawing an instance cannot come to any more, by the answers that are known: every way there has a condition that
does not hold. A compiled model and facts go in, ids of elements come out.

An answer that nobody gave yet, where the condition comes to it, or a condition that reads the clock, rules nothing out.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from engine.errors import ExpressionError
from engine.expressions import compile_expression
from engine.kernel.compiling import Compiled
from engine.steps import Facts

CLOCK: Final = frozenset({"now", "today"})
Spec = tuple[str, str]
"""The name of a process or subprocess, and of a spec in it."""


def ruled_out(compiled: Compiled, facts: Facts, now: datetime) -> frozenset[str]:
    """The ids of the elements to which no way leads that these facts leave open; `now` is aware."""
    everything, open_ = _Walk(compiled, None, now).reached(), _Walk(compiled, facts, now).reached()
    return everything - open_


class _Walk:
    """From the start of the process along every arrow; with facts only along those that may be taken."""

    def __init__(self, compiled: Compiled, facts: Facts | None, now: datetime) -> None:
        self._processes = {compiled.spec.name: compiled.spec, **compiled.subprocesses}
        self._root = compiled.spec.name
        self._facts, self._now = facts, now

    def reached(self) -> frozenset[str]:
        todo: list[Spec] = [(self._root, self._processes[self._root].start.name)]
        seen: set[Spec] = set()
        found: set[str] = set()
        while todo:
            place = todo.pop()
            if place in seen:
                continue
            seen.add(place)
            spec = self._processes[place[0]].task_specs[place[1]]
            found.add(getattr(spec, "bpmn_id", None) or spec.name)
            todo += self._onward(place[0], spec)
        return frozenset(found)

    def _onward(self, process: str, spec: Any) -> Iterator[Spec]:
        yield from ((process, way.name) for way in self._ways(spec))
        inner = getattr(spec, "spec", None)
        if isinstance(inner, str) and inner in self._processes:
            yield inner, self._processes[inner].start.name
        repeated = getattr(spec, "task_spec", None)
        if isinstance(repeated, str) and repeated in self._processes[process].task_specs:
            yield process, repeated

    def _ways(self, spec: Any) -> list[Any]:
        flows = getattr(spec, "cond_task_specs", None)
        if not flows or self._facts is None:
            return list(spec.outputs)
        said = [None if condition is None else self._holds(condition.args[0]) for condition, _ in flows]
        sure = any(one is True for one in said)  # then the default is not taken
        ways = zip((condition for condition, _ in flows), said, spec.ways, strict=True)
        return [way for condition, holds, way in ways if (not sure if condition is None else holds is not False)]

    def _holds(self, text: str) -> bool | None:
        """None when the answers do not say."""
        condition = compile_expression(text)
        if condition.functions & CLOCK:
            return None
        try:
            return bool(condition.evaluate(_Answered(self._facts or {}), self._now))
        except (ExpressionError, NotAnswered):
            return None


class NotAnswered(Exception):
    """The condition reads an answer that nobody gave yet."""


class _Answered(Mapping[str, Any]):
    """The facts that are known; reading another one ends the evaluation, so that `and` and `or` stop before it where they can."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def __getitem__(self, name: str) -> Any:
        if (known := self._facts.get(name)) is None:
            raise NotAnswered
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)
