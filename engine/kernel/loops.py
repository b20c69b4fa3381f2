"""Activities that happen several times: over a collection, a number of times, or until a condition holds.

The loop holds its running instances as children. What it runs over comes from the facts at the moment the token
arrives; what is left of it is kept.
"""

# ruff: noqa: SLF001, ARG002 - the hooks of the library are its private methods, and their signatures are given
# mypy: disable-error-code="misc,no-any-return,no-untyped-call"
# (the library has no types)

from datetime import date
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from engine.errors import ExpressionError
from engine.kernel.nodes import Node
from engine.kernel.tokens import ITEM, Token

LEFT, DONE = "left", "done"
MOST_INSTANCES = 1_000  # each is a task that somebody has to see; a case with more is a mistake in the facts


class Loop(Node):
    """Starts as many as go at once, then one for each that ends, until none is left or the condition says so."""

    task_spec: str
    condition: str | None

    def _update_hook(self, token: Token) -> bool | None:
        self.journal(token).entered(self)
        items = self.items(token)
        if not items:
            return True
        token._set_state(TaskState.STARTED)
        first = items[: self.at_once(items)]
        token.internal_data = {LEFT: items[len(first) :], DONE: 0}
        self.begin(token, first)
        return None

    def begin(self, holder: Token, items: list[Any]) -> None:
        children = [holder._add_child(self._wf_spec.task_specs[self.task_spec]) for _ in items]
        for child, item in zip(children, items, strict=True):
            child.internal_data = {ITEM: item}
            child.task_spec._update(child)

    def released(self, holder: Token, token: Token) -> None:
        if token.task_spec.name != self.task_spec:
            return
        holder.internal_data[DONE] += 1
        others = [child for child in holder.children if child is not token and child.live]
        if self.enough(holder):
            for child in others:
                holder.workflow.remove(child)
            holder._ready()
        elif following := self.following(holder.internal_data):
            self.begin(holder, following)
        elif not others:
            holder._ready()

    def items(self, token: Token) -> list[Any]:
        raise NotImplementedError

    def at_once(self, items: list[Any]) -> int:
        return 1

    def following(self, data: dict[str, Any]) -> list[Any]:
        following: list[Any] = data[LEFT][:1]
        del data[LEFT][:1]
        return following

    def enough(self, holder: Token) -> bool:
        return False


class MultiInstance(Loop):
    cardinality: str | None
    data_input: Any

    def items(self, token: Token) -> list[Any]:
        text = self.cardinality if self.cardinality is not None else self.data_input.bpmn_id
        value = self.journal(token).value_of(self, text)
        items = _listed(value)
        if items is None or len(items) > MOST_INSTANCES:
            raise ExpressionError(f"({self.bpmn_id}) `{text}` is geen lijst en geen aantal tot {MOST_INSTANCES}.")
        return items

    def enough(self, holder: Token) -> bool:
        return self.condition is not None and bool(self.journal(holder).value_of(self, self.condition))


def _listed(value: Any) -> list[Any] | None:
    """The items of a collection, or numbers from 0; nothing known is nothing to do. None for nonsense."""
    if value is None:
        return []
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return list(range(min(value, MOST_INSTANCES + 1)))
    if isinstance(value, (tuple, list)):
        return [item.isoformat() if isinstance(item, date) else item for item in value]
    return None


class ParallelLoop(MultiInstance, defaults.ParallelMultiInstanceTask):
    def at_once(self, items: list[Any]) -> int:
        return len(items)


class SequentialLoop(MultiInstance, defaults.SequentialMultiInstanceTask):
    pass


class ConditionLoop(Loop, defaults.StandardLoopTask):
    """Goes on while its condition holds, at most `maximum` times."""

    maximum: int | None
    test_before: bool

    def items(self, token: Token) -> list[Any]:
        return [] if self.test_before and self.enough(token) else [0]

    def following(self, data: dict[str, Any]) -> list[Any]:
        return [data[DONE]] if self.maximum is None or data[DONE] < self.maximum else []

    def enough(self, holder: Token) -> bool:
        return self.condition is not None and not self.journal(holder).value_of(self, self.condition)
