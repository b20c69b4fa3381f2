"""From the parts of a file to a graph: every process in it, its pools and lanes, arrows that lost their ends."""

from collections.abc import Iterator

from engine.adopting.graph import (
    COMPENSATION,
    EVENT_SUBPROCESS,
    EVENTS,
    NODES,
    SCOPES,
    THROWS,
    ForeignEvent,
    ForeignFlow,
    ForeignGraph,
    ForeignNode,
    ForeignPool,
    OnlyDrawn,
)
from engine.kernel.lenient import DIAGRAM, MODEL, FilePart
from engine.words import ElementKind, EventKind, TimerKind

NEAR = 12.0  # points between the end of an arrow and the border at which it is drawn
IGNORED = {
    ElementKind.DATA_OBJECT: "gegevensobjecten", ElementKind.DATA_OBJECT_REFERENCE: "gegevensobjecten", ElementKind.DATA_STORE_REFERENCE: "gegevensopslag",
    "group": "groepen",
}  # fmt: skip
Place = tuple[float, float, float, float]


def read_graph(root: FilePart) -> ForeignGraph:
    graph = ForeignGraph()
    names = _names(root)
    pools = _pools(root)
    for process in root.all("process"):
        pool = pools.get(process.get("id")) or ForeignPool(process.get("id"), process.get("name"))
        graph.pools[pool.id] = pool
        lanes = dict(_lanes(process, pool))
        _scope(process, "", pool.id, lanes, names, graph)
    graph.name = next((pool.name for pool in graph.pools.values() if pool.name), "") or root.get("name")
    _messages(root, graph)
    _signals(graph)
    _notes(root, graph)
    boxes, lines = _picture(root)
    _dock(graph, boxes, lines)
    return graph


def _names(root: FilePart) -> dict[str, str]:
    return {
        one.get("id"): one.get("name")
        for one in root.all(EventKind.MESSAGE, EventKind.SIGNAL, EventKind.ERROR, "escalation")
    }


def _pools(root: FilePart) -> dict[str, ForeignPool]:
    found = {}
    for collaboration in root.all("collaboration"):
        for one in collaboration.all("participant"):
            if one.get("processRef"):
                process = one.get("processRef").split(":")[-1]
                found[process] = ForeignPool(process, one.get("name"))
    return found


def _lanes(process: FilePart, pool: ForeignPool) -> Iterator[tuple[str, str]]:
    """Each node that a lane names, and the innermost lane that does."""
    todo = list(process.all("laneSet"))
    while todo:
        lanes = todo.pop(0)
        for lane in lanes.all("lane"):
            inner = list(lane.all("childLaneSet"))
            todo.extend(inner)
            key = lane.get("id") or f"{pool.id}_lane_{len(pool.lanes)}"
            if not inner:
                pool.lanes.append((key, lane.get("name")))
            yield from ((ref.text.split(":")[-1], key) for ref in lane.all("flowNodeRef"))


def _scope(
    part: FilePart, scope: str, pool: str, lanes: dict[str, str], names: dict[str, str], graph: ForeignGraph
) -> None:
    for child in part.children:
        if child.space != MODEL:
            continue
        key = child.get("id")
        if child.kind == OnlyDrawn.SEQUENCE_FLOW:
            key = key if key and key not in graph.flows else graph.fresh("flow")
            condition = child.first("conditionExpression")
            ends = (child.get("sourceRef").split(":")[-1], child.get("targetRef").split(":")[-1])
            graph.flows[key] = ForeignFlow(key, *ends, child.get("name"), condition.text if condition else "")
        elif child.kind in NODES:
            node = _node(child, key if key and key not in graph.nodes else graph.fresh(child.kind), names)
            node.scope, node.pool = scope, pool
            node.lane = lanes.get(node.id) or (graph.nodes[scope].lane if scope else "")
            graph.nodes[node.id] = node
            if child.kind in SCOPES:
                _scope(child, node.id, pool, lanes, names, graph)
        elif child.kind in IGNORED:
            graph.say(
                f"De {IGNORED[child.kind]} uit de tekening zijn weggelaten: wat een zaak weet staat in haar waarden."
            )


def _node(part: FilePart, key: str, names: dict[str, str]) -> ForeignNode:
    documentation = part.first("documentation")
    loop = part.first("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
    node = ForeignNode(
        id=key,
        kind=part.kind,
        name=part.get("name"),
        events=list(_events(part, names)) if part.kind in EVENTS else [],
        attached_to=part.get("attachedToRef").split(":")[-1],
        interrupting=part.get("cancelActivity").lower() != "false",
        default=part.get("default").split(":")[-1],
        words=documentation.text if documentation else "",
        called=part.get("calledElement").split(":")[-1],
    )
    if part.kind == ElementKind.START_EVENT:
        node.interrupting = part.get("isInterrupting").lower() != "false"
    if part.kind in (ElementKind.RECEIVE_TASK, ElementKind.SEND_TASK):
        node.events = [ForeignEvent(EventKind.MESSAGE, name=names.get(part.get("messageRef").split(":")[-1], ""))]
    if loop is not None:
        many = "sequential" if loop.get("isSequential") == "true" else "multi"
        node.repeated = "loop" if loop.kind.startswith("standard") else many
    if part.get("isForCompensation").lower() == "true":
        node.aside = COMPENSATION
    elif part.get("triggeredByEvent").lower() == "true":
        node.aside = EVENT_SUBPROCESS
    return node


def _events(part: FilePart, names: dict[str, str]) -> Iterator[ForeignEvent]:
    for child in part.children:
        if child.space != MODEL or not child.kind.endswith("EventDefinition"):
            continue
        kind = child.kind.removesuffix("EventDefinition")
        timer = child.first(TimerKind.DATE, TimerKind.DURATION, TimerKind.CYCLE)
        reference = child.get(f"{kind}Ref").split(":")[-1]
        name = names.get(reference) or (child.get("name") if kind == "link" else "")
        yield ForeignEvent(kind, timer.kind if timer else "", timer.text if timer else "", name)


def _messages(root: FilePart, graph: ForeignGraph) -> None:
    """Message flows between nodes, or a node and a whole pool."""
    by_id = {
        one.get("id"): one.get("processRef") for part in root.all("collaboration") for one in part.all("participant")
    }
    for collaboration in root.all("collaboration"):
        for flow in collaboration.all("messageFlow"):
            ends = [flow.get(side).split(":")[-1] for side in ("sourceRef", "targetRef")]
            source, target = (by_id.get(end, end) for end in ends)
            graph.messages.append((source, target, flow.get("name")))


def _signals(graph: ForeignGraph) -> None:
    """A signal from one pool to another is a message to it."""
    named = [
        (node, event.name)
        for node in graph.nodes.values()
        for event in node.events
        if event.kind == EventKind.SIGNAL and event.name
    ]
    for source, name in named:
        for target, heard in named:
            thrown = source.kind in THROWS and target.kind not in THROWS
            if thrown and heard == name and source.pool != target.pool:
                graph.messages.append((source.id, target.id, name))


def _notes(root: FilePart, graph: ForeignGraph) -> None:
    """Text annotations become the words of the step that they belong to; others are listed."""
    texts: dict[str, str] = {}
    links: list[tuple[str, str]] = []
    todo = [root]
    while todo:
        part = todo.pop()
        todo.extend(part.children)
        if part.kind == OnlyDrawn.ANNOTATION:
            text = part.first("text")
            texts[part.get("id")] = text.text if text else part.get("text")
        elif part.kind == OnlyDrawn.ASSOCIATION:
            links.append((part.get("sourceRef"), part.get("targetRef")))
    for key, words in texts.items():
        ends = [one for link in links if key in link for one in link if one in graph.nodes]
        for node in (graph.nodes[end] for end in ends if words):
            node.words = f"{node.words} {words}".strip()
        if words and not ends:
            graph.say(f"Deze opmerking hoort bij geen stap en is weggelaten: '{words[:120]}'.")


def _picture(root: FilePart) -> tuple[dict[str, Place], dict[str, list[tuple[float, float]]]]:
    boxes: dict[str, Place] = {}
    lines: dict[str, list[tuple[float, float]]] = {}
    todo = [root]
    while todo:
        part = todo.pop()
        if part.space == DIAGRAM and part.kind == OnlyDrawn.SHAPE:
            bounds = part.first("Bounds")
            if bounds is not None:
                x, y, width, height = (_number(bounds.get(name)) for name in ("x", "y", "width", "height"))
                boxes[part.get("bpmnElement").split(":")[-1]] = (x, y, x + width, y + height)
        elif part.space == DIAGRAM and part.kind == OnlyDrawn.EDGE:
            points = [(_number(one.get("x")), _number(one.get("y"))) for one in part.all("waypoint")]
            lines[part.get("bpmnElement").split(":")[-1]] = points
        else:
            todo.extend(part.children)
    return boxes, lines


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _dock(graph: ForeignGraph, boxes: dict[str, Place], lines: dict[str, list[tuple[float, float]]]) -> None:
    """Arrows that name no step at an end: the step at whose border they are drawn, else they are left out."""
    for flow in list(graph.flows.values()):
        points = lines.get(flow.id) or []
        for side, at in (("source", 0), ("target", -1)):
            if getattr(flow, side) not in graph.nodes and points:
                found = _nearest(points[at], boxes, graph)
                if found:
                    setattr(flow, side, found)
                    graph.say(
                        f"Een losse pijl is vastgemaakt aan {graph.words_of(graph.nodes[found])}, waar hij getekend is."
                    )
        if flow.source not in graph.nodes or flow.target not in graph.nodes:
            del graph.flows[flow.id]
            name = f" '{flow.name[:60]}'" if flow.name else ""
            graph.say(f"De pijl{name} hing los aan een kant en is weggelaten.")


def _nearest(point: tuple[float, float], boxes: dict[str, Place], graph: ForeignGraph) -> str:
    best, found = NEAR, ""
    for key, (left, top, right, bottom) in boxes.items():
        if key in graph.nodes and graph.nodes[key].kind not in SCOPES:
            away = max(left - point[0], point[0] - right, top - point[1], point[1] - bottom, 0.0)
            if away < best:
                best, found = away, key
    return found
