"""The course of a case through the borders of subprocesses: into each at its begin, out of each at its ends.

The rules about joins and splits look at one scope at a time (`Subject.step`): a subprocess holds its tokens. What a case meets on
its way, such as its statuses, letters and values, does not care where a border is drawn (`Subject.onward`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from engine.drawing import DrawnNode, SequenceFlow
from engine.words import ElementKind, EventKind


def onward_links(
    nodes: Mapping[str, DrawnNode], inside: Collection[SequenceFlow], waits: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Each step from a node to the next. `inside`: the flows that stay in one scope; `waits`: kinds that can be interrupted."""
    starts, ends = _borders(nodes)
    for flow in inside:
        for source in ends.get(flow.source) or [flow.source]:
            yield source, flow.target
        if nodes[flow.source].multi:  # for an empty list nothing in it happens
            yield flow.source, flow.target
    for scope, begun in starts.items():
        yield from ((scope, start) for start in begun)
    for event in nodes.values():
        host = event.attached_to
        if host is not None and host in nodes:
            yield host, event.id
            yield from ((node.id, event.id) for node in _interrupted(nodes, host, waits))


def _borders(nodes: Mapping[str, DrawnNode]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The begins and the ends of each subprocess that has both; an error leaves by the event on the border."""
    starts, ends = defaultdict(list), defaultdict(list)
    for node in nodes.values():
        if node.scope not in nodes or nodes[node.scope].event_subprocess:
            continue
        if node.kind == ElementKind.START_EVENT:
            starts[node.scope].append(node.id)
        elif node.kind == ElementKind.END_EVENT and not any(event.kind == EventKind.ERROR for event in node.events):
            ends[node.scope].append(node.id)
    whole = starts.keys() & ends.keys()
    return {scope: starts[scope] for scope in whole}, {scope: ends[scope] for scope in whole}


def _interrupted(nodes: Mapping[str, DrawnNode], host: str, waits: Collection[str]) -> Iterator[DrawnNode]:
    """The steps in a subprocess, at any depth, from which an event on its border is reached: those that may stand open, and errors."""
    for node in nodes.values():
        fails = node.kind == ElementKind.END_EVENT and any(one.kind == EventKind.ERROR for one in node.events)
        if (fails or node.kind in waits) and host in _scopes(nodes, node):
            yield node


def _scopes(nodes: Mapping[str, DrawnNode], node: DrawnNode) -> Iterator[str]:
    seen: set[str] = set()  # a drawing with duplicate ids could nest a subprocess in itself
    while node.scope in nodes and node.scope not in seen:
        seen.add(node.scope)
        yield node.scope
        node = nodes[node.scope]
