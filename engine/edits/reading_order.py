"""The order in which a person reads a drawing: along the flows from the beginning, events on a border right after their step,
and what stands in a subprocess right after it. A step is told before those that come after it, but for the way back of a loop.
"""

from collections import defaultdict

from engine.drawing import Drawing


def reading_order(drawing: Drawing) -> list[str]:
    """The ids of all nodes, each once."""
    onward, entered = _onward(drawing)
    by_scope: dict[str, list[str]] = defaultdict(list)
    for node in drawing.nodes.values():
        by_scope[node.scope].append(node.id)
    ordered = {scope: _flow_order(nodes, onward, entered) for scope, nodes in by_scope.items()}
    return list(dict.fromkeys([*_nested(drawing.process, ordered), *drawing.nodes]))


def _onward(drawing: Drawing) -> tuple[dict[str, list[str]], set[str]]:
    """Where one goes from each node: first along the events on its border, then along its flows; and what is entered so."""
    onward: dict[str, list[str]] = defaultdict(list)
    for node in drawing.nodes.values():
        if node.attached_to:
            onward[node.attached_to].append(node.id)
    for flow in drawing.flows.values():
        onward[flow.source].append(flow.target)
    return onward, {target for targets in onward.values() for target in targets}


def _flow_order(nodes: list[str], onward: dict[str, list[str]], entered: set[str]) -> list[str]:
    """Reverse postorder, depth first, from what nothing enters and then from what is left."""
    inside, done = set(nodes), set[str]()
    order: list[str] = []
    roots = [node for node in nodes if node not in entered] + nodes
    parts = []
    for root in roots:
        part = _from(root, inside, onward, done)
        parts.append(part[::-1])
    for part in parts:
        order += part
    return order


def _from(root: str, inside: set[str], onward: dict[str, list[str]], done: set[str]) -> list[str]:
    """The nodes reached from here and not before, in postorder; with a list of its own instead of recursion."""
    if root in done:
        return []
    done.add(root)
    finished: list[str] = []
    waiting = [(root, list(onward[root]))]
    while waiting:
        node, targets = waiting[-1]
        if not targets:
            finished.append(node)
            waiting.pop()
            continue
        target = targets.pop()
        if target in inside and target not in done:
            done.add(target)
            waiting.append((target, list(onward[target])))
    return finished


def _nested(process: str, ordered: dict[str, list[str]]) -> list[str]:
    found: list[str] = []
    waiting = list(reversed(ordered.get(process, [])))
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += reversed(ordered.pop(node, []))
    return found
