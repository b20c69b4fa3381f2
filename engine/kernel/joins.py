"""Gateways where flows come together. A token waits at the join under the name of the node that it came from,
and is used up when the join fires, so that a join in a loop starts every round with nothing.

The library's joins look at the history of the tree instead, and fire too early from the second round on.
"""

# ruff: noqa: SLF001 - the hooks of the library are its private methods, and their signatures are given
# mypy: disable-error-code="misc,no-any-return,no-untyped-call"
# (the library has no types)

from collections import Counter
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from engine.kernel.nodes import Node, conditional, defaults_of
from engine.kernel.tokens import Flow, Token

FROM = "from"


class Join(Node):
    """Common to both: tokens wait in the order of their arrival; the youngest one goes on for all that are used."""

    _inputs: list[str]

    def _update_hook(self, token: Token) -> bool | None:
        token.internal_data[FROM] = token.parent.task_spec.name
        token._set_state(TaskState.WAITING)
        return None

    def may_fire(self, flow: Flow) -> list[Token]:
        """The tokens to use now; empty when it has to wait."""
        raise NotImplementedError

    def waiting(self, flow: Flow) -> list[Token]:
        return [t for t in flow.live_tokens() if t.task_spec is self and t._state == TaskState.WAITING]

    def fire(self, flow: Flow, used: list[Token]) -> None:
        for token in used[:-1]:
            flow.remove(token)
        self.journal(used[-1]).entered(self)
        used[-1]._ready()


class ParallelGateway(Join, defaults.ParallelGateway):
    def _update_hook(self, token: Token) -> bool | None:
        super()._update_hook(token)
        if used := self.may_fire(token.workflow):
            self.fire(token.workflow, used)
        return None

    def may_fire(self, flow: Flow) -> list[Token]:
        """The oldest token of every incoming flow; empty while a flow has none."""
        needed, used = Counter(self._inputs), []
        for token in self.waiting(flow):
            if needed[token.internal_data[FROM]] > 0:
                needed[token.internal_data[FROM]] -= 1
                used.append(token)
        return used if not +needed else []


class InclusiveGateway(Join, defaults.InclusiveGateway):
    """Fires when no live token can reach an empty incoming flow any more (BPMN 2.0, 13.4.3)."""

    def chosen(self, token: Token) -> tuple[Any, ...]:
        matching = tuple(way for condition, way in conditional(self) if condition._matches(token))
        return matching or defaults_of(self)

    def _update_hook(self, token: Token) -> bool | None:
        if len(self._inputs) == 1:
            return super(Join, self)._update_hook(token)
        return super()._update_hook(token)

    def may_fire(self, flow: Flow) -> list[Token]:
        """One token of every filled flow; only asked when everything else is at rest."""
        waiting = self.waiting(flow)
        if not waiting:
            return []
        filled = {token.internal_data[FROM] for token in waiting}
        to_empty = upstream(self, [name for name in self._inputs if name not in filled])
        to_filled = upstream(self, filled)
        coming = (to_empty - to_filled) & {t.task_spec.name for t in flow.live_tokens() if t.task_spec is not self}
        if coming:
            return []
        return list({token.internal_data[FROM]: token for token in reversed(waiting)}.values())


def upstream(join: Any, names: Any) -> set[str]:
    """Every node from which one of these inputs can be reached without passing the join."""
    found: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in found and name != join.name:
            found.add(name)
            todo += join._wf_spec.task_specs[name]._inputs
    return found
