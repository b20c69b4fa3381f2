"""The fast way to find dominators against their meaning: without this node the other cannot be reached."""

import random

from engine.lint.dominators import immediate_dominators
from engine.lint.subject import reach

GRAPHS, NODES = 300, 12


def test_the_immediate_dominator_is_the_last_node_that_every_way_passes():
    chance = random.Random(3)
    for _graph in range(GRAPHS):
        nodes = [f"n{number}" for number in range(NODES)]
        links = {node: tuple(chance.sample(nodes, chance.choice((0, 1, 1, 2, 3)))) for node in nodes}
        assert immediate_dominators("n0", links) == slowly("n0", links)


def slowly(root: str, links: dict[str, tuple[str, ...]]) -> dict[str, str]:
    found = {}
    reached = reach([root], links)
    for node in reached - {root}:
        above = {
            other for other in reached - {node} if other == root or node not in reach([root], without(other, links))
        }
        # the last of them is the one that all others are above
        found[node] = max(above, key=lambda one: sum(other in above for other in dominators(root, one, links)))
    return found


def without(node: str, links: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {source: tuple(to for to in targets if to != node) for source, targets in links.items() if source != node}


def dominators(root: str, node: str, links: dict[str, tuple[str, ...]]) -> set[str]:
    return {other for other in links if other in (root, node) or node not in reach([root], without(other, links))}
