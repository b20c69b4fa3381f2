"""Which node every way to a node must pass last: its immediate dominator.

The iterative algorithm of Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
"""

from collections import defaultdict
from collections.abc import Mapping

from engine.lint.subject import Links


def immediate_dominators(root: str, links: Links) -> Mapping[str, str]:
    """For each node that `root` reaches, the last node before it that is on every way from `root`; root has itself."""
    order = _postorder(root, links)
    place = {node: at for at, node in enumerate(order)}
    before: dict[str, list[str]] = defaultdict(list)
    for node in order:
        for target in links.get(node, ()):
            before[target].append(node)
    above: dict[str, str] = {root: root}
    changed = True
    while changed:
        changed = False
        for node in reversed(order[:-1]):
            known = [source for source in before[node] if source in above]
            best = known[0]
            for other in known[1:]:
                best = _nearest(best, other, above, place)
            if above.get(node) != best:
                above[node] = best
                changed = True
    return above


def _nearest(one: str, other: str, above: Mapping[str, str], place: Mapping[str, int]) -> str:
    while one != other:
        while place[one] < place[other]:
            one = above[one]
        while place[other] < place[one]:
            other = above[other]
    return one


def _postorder(root: str, links: Links) -> list[str]:
    order: list[str] = []
    seen = {root}
    todo = [(root, iter(links.get(root, ())))]
    while todo:
        node, rest = todo[-1]
        target = next((one for one in rest if one not in seen), None)
        if target is None:
            order.append(node)
            todo.pop()
        else:
            seen.add(target)
            todo.append((target, iter(links.get(target, ()))))
    return order
