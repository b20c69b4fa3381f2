"""Play the drawing with tokens on its flows, to find a way in which it hangs.

Every flow has one target, so the nodes do not compete: it is enough to let one node act at a time and to follow only
its choices. The play stops quietly when it has seen more positions than a readable drawing has.
"""

from collections.abc import Iterator
from itertools import product

from engine.drawing import DrawnNode
from engine.lint.gateways import parallel_joins, parallel_loop_entries
from engine.lint.subject import Findings, Subject, called_by, reach, warning
from engine.words import ElementKind, EventKind

MOST_POSITIONS = 3_000
CHOOSES = frozenset({ElementKind.EXCLUSIVE_GATEWAY, ElementKind.EVENT_BASED_GATEWAY, ElementKind.COMPLEX_GATEWAY})
ENDS_ALL = frozenset({EventKind.TERMINATE, EventKind.ERROR})

Position = frozenset[str]  # the flows that hold a token


def hanging(subject: Subject) -> Findings:
    """Each join at which tokens can be left while nothing moves any more."""
    said = {finding.element for finding in (*parallel_joins(subject), *parallel_loop_entries(subject))}
    for position in _hanging_positions(subject):
        for flow in sorted(position):
            node = subject.nodes[subject.drawing.flows[flow].target]
            if node.id not in said:
                said.add(node.id)
                message = f"Het proces kan blijven hangen bij {called_by(node)}: een tak die hier verwacht wordt, komt soms niet."
                yield warning(node.id, "can-get-stuck", f"{message} Laat elke tak hier uitkomen.")


def _hanging_positions(subject: Subject) -> Iterator[Position]:
    starts = [_all_of(subject, node.id) for node in subject.of_kind(ElementKind.START_EVENT)]
    todo, seen = list(starts), set(starts)
    while todo and len(seen) < MOST_POSITIONS:
        position = todo.pop()
        following = _moves(subject, position)
        if following is None:
            yield position
            continue
        fresh = set(following) - seen
        seen |= fresh
        todo.extend(fresh)


def _moves(subject: Subject, position: Position) -> list[Position] | None:
    """Where one node can take this position; empty when all has ended, None when nothing moves."""
    targets = {subject.drawing.flows[flow].target for flow in position}
    if not targets or any(_ends_all(subject.nodes[target]) for target in targets):
        return []
    for target in sorted(targets):
        took = _takes(subject, subject.nodes[target], position)
        if took:
            left = position - took
            # a flow that already holds a token would hold two: other rules tell, and here it stays one
            return [left | given for given in _gives(subject, subject.nodes[target])]
    return None


def _takes(subject: Subject, node: DrawnNode, position: Position) -> Position:
    """The tokens with which this node acts now; none when it waits."""
    flows = frozenset(flow.id for flow in subject.incoming[node.id])
    here = flows & position
    if node.kind == ElementKind.PARALLEL_GATEWAY:
        return flows if flows <= position else frozenset()
    if node.kind == ElementKind.INCLUSIVE_GATEWAY and len(flows) > 1:
        others = [subject.drawing.flows[flow].target for flow in position - flows]
        return frozenset() if node.id in reach(others, subject.step) else here
    return frozenset([min(here)])


def _gives(subject: Subject, node: DrawnNode) -> list[Position]:
    """The flows that get a token, for each choice that this node can make."""
    flows = [flow.id for flow in subject.outgoing.get(node.id, ())]
    if node.kind in CHOOSES:
        return [frozenset([flow]) for flow in flows] or [frozenset()]
    if node.kind == ElementKind.INCLUSIVE_GATEWAY:
        return [*(frozenset([flow]) for flow in flows), frozenset(flows)]
    given = [frozenset(flows)]
    for boundary in (subject.nodes[at] for at in subject.boundaries.get(node.id, ())):
        out = _all_of(subject, boundary.id)
        given = (
            [*given, out] if boundary.interrupting else [one | also for one, also in product(given, (frozenset(), out))]
        )
    return given[:16]  # of many boundary events together a few tell enough


def _all_of(subject: Subject, node: str) -> Position:
    return frozenset(flow.id for flow in subject.outgoing.get(node, ()))


def _ends_all(node: DrawnNode) -> bool:
    return node.kind == ElementKind.END_EVENT and any(event.kind in ENDS_ALL for event in node.events)
