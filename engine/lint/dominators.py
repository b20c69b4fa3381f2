"""Which node every way to a node must pass last: its immediate dominator.

The algorithm of Lengauer and Tarjan, "A Fast Algorithm for Finding Dominators in a Flowgraph" (1979), in its simple
form: a drawing of hundreds of gateways has as many roots to ask it for.
"""

from collections import defaultdict
from collections.abc import Mapping

from engine.lint.subject import Links


def immediate_dominators(root: str, links: Links) -> Mapping[str, str]:
    """For each node that `root` reaches, the last node before it that is on every way from `root`. Without root itself."""
    order, parent = _depth_first(root, links)
    names = {node: number for number, node in enumerate(order)}
    before: list[list[int]] = [[] for _ in order]
    for number, node in enumerate(order):
        for target in links.get(node, ()):
            before[names[target]].append(number)
    found = _dominators(parent, before)
    return {node: order[found[number]] for number, node in enumerate(order) if number}


def _depth_first(root: str, links: Links) -> tuple[list[str], list[int]]:
    """The nodes in the order in which a walk meets them, and for each the number of the node it was met from."""
    order, parent, number = [root], [0], {root: 0}
    todo = [(0, iter(links.get(root, ())))]
    while todo:
        at, rest = todo[-1]
        target = next((one for one in rest if one not in number), None)
        if target is None:
            todo.pop()
            continue
        number[target] = len(order)
        order.append(target)
        parent.append(at)
        todo.append((number[target], iter(links.get(target, ()))))
    return order, parent


def _dominators(parent: list[int], before: list[list[int]]) -> list[int]:
    """By number, in the names of the article: `semi`, `label`, `ancestor`, and a bucket for each semidominator."""
    count = len(parent)
    semi, label, found = list(range(count)), list(range(count)), [0] * count
    ancestor: list[int | None] = [None] * count
    bucket: dict[int, list[int]] = defaultdict(list)
    for node in range(count - 1, 0, -1):
        for source in before[node]:
            semi[node] = min(semi[node], semi[_evaluate(source, ancestor, label, semi)])
        bucket[semi[node]].append(node)
        above = parent[node]
        ancestor[node] = above
        for waiting in bucket.pop(above, []):
            best = _evaluate(waiting, ancestor, label, semi)
            found[waiting] = best if semi[best] < semi[waiting] else above
    for node in range(1, count):
        if found[node] != semi[node]:
            found[node] = found[found[node]]
    return found


def _evaluate(node: int, ancestor: list[int | None], label: list[int], semi: list[int]) -> int:
    """The node of least semidominator on the way up to the root of its tree; shortens that way as it goes."""
    path: list[int] = []
    at = node
    while (above := ancestor[at]) is not None and ancestor[above] is not None:
        path.append(at)
        at = above
    for one in reversed(path):
        above = ancestor[one]
        if above is None:
            continue
        if semi[label[above]] < semi[label[one]]:
            label[one] = label[above]
        ancestor[one] = ancestor[above]
    return label[node]
