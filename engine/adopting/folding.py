"""Processes that others call, event subprocesses and compensation, drawn as what they do: subprocesses, borders and tasks."""

from copy import deepcopy

from engine.adopting.graph import COMPENSATION, EVENT_SUBPROCESS, Flows, ForeignGraph, ForeignNode
from engine.words import ElementKind

DEEPEST = 5  # a process that calls itself is drawn so often, then it is a task


def draw_called(graph: ForeignGraph) -> None:
    """A process of the same file that a call activity names becomes a subprocess there."""
    called = {node.called for node in graph.nodes.values() if node.kind == ElementKind.CALL_ACTIVITY}
    sources = {key: _copy(graph, key) for key in called if key in graph.pools}
    for depth in range(DEEPEST):
        calls = [
            node for node in graph.nodes.values() if node.kind == ElementKind.CALL_ACTIVITY and node.called in sources
        ]
        for node in calls:
            if depth < DEEPEST - 1 and node.pool != node.called:
                _paste(graph, node, sources[node.called])
    calling = {pool: {node.called for node in graph.nodes.values() if node.pool == pool} for pool in graph.pools}
    for key in sources:
        used = any(key in names for pool, names in calling.items() if pool != key)
        own = [node for node in graph.nodes.values() if node.pool == key and not node.scope]
        if (
            used
            and own
            and not any(one in (node.id for node in own) for message in graph.messages for one in message[:2])
        ):
            for node in own:
                graph.drop(node.id)


def _copy(graph: ForeignGraph, pool: str) -> ForeignGraph:
    nodes = {key: deepcopy(node) for key, node in graph.nodes.items() if node.pool == pool}
    return ForeignGraph(
        nodes=nodes,
        flows=Flows(
            {key: deepcopy(flow) for key, flow in graph.flows.items() if {flow.source, flow.target} <= nodes.keys()}
        ),
    )


def _paste(graph: ForeignGraph, node: ForeignNode, source: ForeignGraph) -> None:
    node.kind = ElementKind.SUB_PROCESS
    names = {}
    for inner in source.nodes.values():
        copy = deepcopy(inner)
        copy.id = names[inner.id] = graph.fresh(f"{node.id}_{inner.id}")
        copy.pool, copy.lane = node.pool, node.lane
        graph.nodes[copy.id] = copy
    for key in names.values():
        copy = graph.nodes[key]
        copy.scope = names.get(copy.scope, node.id)
        copy.attached_to = names.get(copy.attached_to, "")
    for flow in source.flows.values():
        made = graph.link(names[flow.source], names[flow.target], flow.name, flow.condition)
        for inner in source.nodes.values():
            if inner.default == flow.id:
                graph.nodes[names[inner.id]].default = made.id


def draw_event_subprocesses(graph: ForeignGraph) -> None:
    """Hang what happens beside a scope on the border of that scope; round the whole case a subprocess is drawn for it."""
    for node in [node for node in graph.nodes.values() if node.aside == EVENT_SUBPROCESS]:
        start = next((one for one in graph.inside(node.id) if one.kind == ElementKind.START_EVENT), None)
        if start is None or not start.events:
            continue  # nothing begins it: it is left out, and said
        if _undoes(start):
            start.events, node.aside = [], COMPENSATION
            continue
        host = graph.nodes[node.scope] if node.scope else _around(graph, node)
        border = graph.add(ElementKind.BOUNDARY_EVENT, f"{node.id}_rand", host, start.name or node.name)
        border.events, border.interrupting, border.attached_to = start.events, start.interrupting, host.id
        start.events, node.aside, node.scope, node.lane = [], "", host.scope, host.lane
        graph.link(border.id, node.id)
        graph.say(f"{graph.words_of(node)} hangt nu aan de rand van {graph.words_of(host)}.")


def _around(graph: ForeignGraph, node: ForeignNode) -> ForeignNode:
    """The subprocess that holds the whole course of this pool; made the first time."""
    known = f"{node.pool}_verloop"
    if known in graph.nodes:
        return graph.nodes[known]
    whole = ForeignNode(known, ElementKind.SUB_PROCESS, "Verloop van de zaak", pool=node.pool, lane=node.lane)
    top = [
        one for one in graph.nodes.values() if one.pool == node.pool and not one.scope and one.aside != EVENT_SUBPROCESS
    ]
    whole.lane = next((one.lane for one in top if one.lane), "")
    graph.nodes[known] = whole
    for one in top:
        one.scope = known
    begin, end = (
        graph.add(ElementKind.START_EVENT, f"{known}_begin", whole),
        graph.add(ElementKind.END_EVENT, f"{known}_einde", whole),
    )
    graph.link(begin.id, known)
    graph.link(known, end.id)
    return whole


def draw_compensation(graph: ForeignGraph) -> None:
    """Draw what undoes a step before the event that asks for it."""
    throws = [
        node
        for node in graph.nodes.values()
        if node.kind not in (ElementKind.BOUNDARY_EVENT, ElementKind.START_EVENT) and _undoes(node)
    ]
    for undo in [node for node in graph.nodes.values() if node.aside == COMPENSATION]:
        fitting = (one for one in throws if one.pool == undo.pool and graph.into(one.id) and _stays(graph, one, undo))
        throw = next(fitting, None)
        if throw is None or graph.into(undo.id) or graph.out(undo.id):
            continue
        for flow in graph.into(throw.id):
            graph.flows.lead(flow, target=undo.id)
        graph.link(undo.id, throw.id)
        undo.aside, undo.scope, undo.lane = "", throw.scope, throw.lane or undo.lane
        graph.say(f"{graph.words_of(undo)} maakte iets ongedaan: dat gebeurt nu voor {graph.words_of(throw)}.")
    for throw in throws:
        throw.events = []


def _undoes(node: ForeignNode) -> bool:
    return any(event.kind.startswith("compensat") for event in node.events)


def _stays(graph: ForeignGraph, throw: ForeignNode, undo: ForeignNode) -> bool:
    """Not in what undoes, nor in what will be left out."""
    around = _around_of(graph, throw)
    return undo.id not in around and not any(graph.nodes[scope].aside for scope in around)


def _around_of(graph: ForeignGraph, node: ForeignNode) -> set[str]:
    found: set[str] = set()
    while node.scope and node.scope not in found:
        found.add(node.scope)
        node = graph.nodes[node.scope]
    return found
