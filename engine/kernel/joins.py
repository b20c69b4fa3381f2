"""Gateways where flows come together. A token waits at the join under the arrow (sequence flow) by which it
came: the name of the node before, and a number where that node has several arrows to this join. It is used up when the
join fires, so that a join in a loop starts every round with nothing.

The library's joins look at the history of the tree instead, and fire too early from the second round on.
"""

# ruff: noqa: SLF001 - the hooks of the library are its private methods, and their signatures are given
# mypy: disable-error-code="misc,no-any-return,no-untyped-call"
# (the library has no types)

from collections import Counter
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from engine.kernel.nodes import ARROW, FROM, Arrow, Node, conditional, defaults_of
from engine.kernel.tokens import Flow, Token

Incoming = tuple[str, int]  # the name of the node before, and which of its arrows to this join


class Join(Node):
    """Common to both: tokens wait in the order of their arrival; the youngest one goes on for all that are used."""

    joins = True
    _inputs: list[str]

    def _update_hook(self, token: Token) -> bool | None:
        token.internal_data[FROM] = token.parent.task_spec.name
        token._set_state(TaskState.WAITING)
        return None

    def may_fire(self, flow: Flow) -> list[Token]:
        """The tokens to use now; empty when it has to wait."""
        raise NotImplementedError

    def incoming(self) -> list[Incoming]:
        return [(name, self._inputs[:at].count(name)) for at, name in enumerate(self._inputs)]

    def oldest(self, flow: Flow) -> dict[Incoming, Token]:
        """The token that waits longest on each filled arrow, in the order of their arrival."""
        found: dict[Incoming, Token] = {}
        seen: Counter[str] = Counter()
        for token in flow.live_tokens():
            if token.task_spec is not self or token._state != TaskState.WAITING:
                continue
            name, number = token.internal_data[FROM], token.internal_data.get(ARROW)
            if number is None:
                # stored by a version that kept no number: such tokens of one node came by its arrows in turn
                number = seen[name] % max(1, self._inputs.count(name))
                seen[name] += 1
            found.setdefault((name, number), token)
        return found

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
        oldest = self.oldest(flow)
        needed = self.incoming()
        return [token for arrow, token in oldest.items() if arrow in needed] if oldest.keys() >= set(needed) else []


class InclusiveGateway(Join, defaults.InclusiveGateway):
    """Fires when no live token can reach an empty incoming flow any more (BPMN 2.0, 13.4.3)."""

    def chosen(self, token: Token) -> tuple[Arrow, ...]:
        matching = tuple(arrow for condition, arrow in conditional(self) if condition._matches(token))
        return matching or defaults_of(self)

    def _update_hook(self, token: Token) -> bool | None:
        if len(self._inputs) == 1:
            return super(Join, self)._update_hook(token)
        return super()._update_hook(token)

    def may_fire(self, flow: Flow) -> list[Token]:
        """One token of every filled flow; only asked when everything else is at rest."""
        filled = self.oldest(flow)
        if not filled:
            return []
        to_empty = upstream(self, [name for name, number in self.incoming() if (name, number) not in filled])
        to_filled = upstream(self, [name for name, _ in filled])
        coming = (to_empty - to_filled) & {t.task_spec.name for t in flow.live_tokens() if t.task_spec is not self}
        return [] if coming else list(filled.values())


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
