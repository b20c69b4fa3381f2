"""Events that lie on every way to a node: each form that must be filled in, each document that is shown.

In: the nodes at which something happens; out: the nodes that no token reaches before it did. Branches that run beside
each other count together where a parallel gateway joins them.
"""

from collections.abc import Collection

from engine.lint.subject import Subject
from engine.words import ElementKind


def always_after(subject: Subject, happens: Collection[str], *, on_entry: bool = False) -> frozenset[str]:
    """The nodes (also of subprocesses) at which one of `happens` is always behind, or at the node itself.

    `on_entry`: it happens as the node is entered, so that what interrupts the node comes after it.
    """
    before = dict.fromkeys(subject.nodes, True)  # the greatest solution: a loop proves nothing against itself
    moved = True
    while moved:
        moved = False
        for node in subject.nodes:
            holds = _holds(subject, node, before, happens, on_entry=on_entry)
            if holds != before[node]:
                before[node], moved = holds, True
    return frozenset(node for node, holds in before.items() if holds or node in happens)


def _holds(subject: Subject, node: str, before: dict[str, bool], happens: Collection[str], *, on_entry: bool) -> bool:
    drawn = subject.nodes[node]
    if drawn.attached_to in before:  # something else interrupts: the step itself need not have ended
        return before[drawn.attached_to] or (on_entry and drawn.attached_to in happens)
    sources = [_left(subject, flow.source, before, happens) for flow in subject.incoming.get(node, ())]
    if not sources:
        return before.get(drawn.scope or "", False)
    joins = drawn.kind == ElementKind.PARALLEL_GATEWAY and len(sources) > 1
    return any(sources) if joins else all(sources)


def _left(subject: Subject, node: str, before: dict[str, bool], happens: Collection[str]) -> bool:
    """Whether it has happened once this node is left."""
    if node in happens or before[node]:
        return True
    ends = [
        other.id
        for other in subject.nodes.values()
        if other.scope == node and other.kind == ElementKind.END_EVENT and other.id in before
    ]
    return bool(ends) and all(before[end] for end in ends)
