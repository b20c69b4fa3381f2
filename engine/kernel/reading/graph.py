"""Reads the elements of a process into a plain graph: nodes, flows, lanes, shapes, and what no profile knows.

Walks the tree once with a list of its own, so that deep nesting costs nothing. References stay as they are drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from engine.drawing import Box, Drawing, DrawnMultiInstance, DrawnNode, EventDefinition, Lane, Odd, SequenceFlow
from engine.kernel.reading.settings import BPMN, Notes, inner_text, local, namespace
from engine.vocabulary import CASE, EVENTS, NODES, READ_AS
from engine.words import ElementKind, EventKind, TimerKind

DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
# what may stand in a process beside nodes and flows without having a meaning when it runs
SILENT = frozenset(
    {
        "incoming",
        "outgoing",
        "documentation",
        "extensionElements",
        "laneSet",
        "textAnnotation",
        "association",
        "group",
        "multiInstanceLoopCharacteristics",
        "standardLoopCharacteristics",
        "ioSpecification",
        "property",
    }
)
MULTI = f"{{{BPMN}}}multiInstanceLoopCharacteristics"


@dataclass(slots=True)
class Sketch:
    """The parts of a drawing gathered while reading; `sources` keeps the XML of each node for its settings."""

    process: str
    nodes: dict[str, DrawnNode] = field(default_factory=dict)
    flows: dict[str, SequenceFlow] = field(default_factory=dict)
    odd: list[Odd] = field(default_factory=list)
    sources: dict[str, etree._Element] = field(default_factory=dict)


def draw(definitions: etree._Element, process: etree._Element, notes: Notes) -> tuple[Drawing, Sketch]:
    """The graph of one process with its diagram."""
    sketch = Sketch(_id(process, notes))
    joined = _joined(process)
    names = _reference_names(definitions)
    open_scopes = [(process, sketch.process)]
    while open_scopes:
        scope, scope_id = open_scopes.pop()
        defaults = {str(child.get("default")) for child in scope.iterchildren("*") if child.get("default")}
        for child in scope.iterchildren(f"{{{BPMN}}}*"):
            if local(child) == "sequenceFlow":
                _add_flow(child, scope_id, defaults, sketch, notes)
                continue
            known = READ_AS.get(local(child), local(child)) in NODES
            if known or child.get("id") in joined:
                _add_node(child, scope_id, sketch, names, notes)
            if local(child) == ElementKind.SUB_PROCESS:
                open_scopes.append((child, _id(child, notes)))
            if not known and local(child) not in SILENT and not local(child).endswith("EventDefinition"):
                sketch.odd.append(Odd(child.get("id") or scope_id, local(child)))
    boxes, edges = _diagram(definitions)
    drawing = Drawing(
        process=sketch.process,
        name=process.get("name") or sketch.process,
        nodes=sketch.nodes,
        flows=sketch.flows,
        lanes=tuple(_lanes(process, notes)),
        odd=tuple(sketch.odd),
        boxes=boxes,
        edges=frozenset(edges),
        messages={key: name for (kind, key), name in names.items() if kind == EventKind.MESSAGE},
    )
    return drawing, sketch


def _joined(process: etree._Element) -> set[str]:
    """The ids of elements with arrows or boundary events: such an element stays in the graph, of whatever kind it is."""
    flows = [(flow.get("sourceRef"), flow.get("targetRef")) for flow in process.iter(f"{{{BPMN}}}sequenceFlow")]
    hosts = [event.get("attachedToRef") for event in process.iter(f"{{{BPMN}}}boundaryEvent")]
    return set(filter(None, [*(end for ends in flows for end in ends), *hosts]))


def _id(element: etree._Element, notes: Notes) -> str:
    found = element.get("id")
    if found:
        return found
    label = f"{local(element)} (regel {element.sourceline})"
    if not any(finding.element == label for finding in notes.findings):
        notes.add(label, "missing-id", "Dit onderdeel heeft geen id. Geef het er een.")
    return label


def _reference_names(definitions: etree._Element) -> dict[tuple[str, str], str]:
    return {
        (local(child), child.get("id", "")): child.get("name", "")
        for child in definitions.iterchildren(
            *(f"{{{BPMN}}}{kind}" for kind in (EventKind.MESSAGE, EventKind.SIGNAL, EventKind.ERROR))
        )
    }


def _add_node(
    element: etree._Element, scope: str, sketch: Sketch, names: dict[tuple[str, str], str], notes: Notes
) -> None:
    node = DrawnNode(
        id=_id(element, notes),
        kind=READ_AS.get(local(element), local(element)),
        name=" ".join((element.get("name") or "").split()),
        scope=scope,
        events=tuple(_events_of(element, names)),
        attached_to=element.get("attachedToRef"),
        interrupting=element.get("cancelActivity", "true") != "false",
        called=element.get("calledElement"),
        multi=_multi(element),
        default=element.get("default"),
        event_subprocess=element.get("triggeredByEvent") == "true",
        loop=element.find(f"{{{BPMN}}}standardLoopCharacteristics") is not None,
    )
    if sketch.nodes.setdefault(node.id, node) is node:
        sketch.sources[node.id] = element


def _events_of(element: etree._Element, names: dict[tuple[str, str], str]) -> Iterator[EventDefinition]:
    """Those of an event; a task that receives or sends names its message itself."""
    if local(element) in EVENTS:
        yield from _events(element, names)
    elif local(element) == ElementKind.RECEIVE_TASK or (
        local(element) == ElementKind.SEND_TASK and element.get("messageRef")
    ):
        ref = element.get("messageRef")
        yield EventDefinition(EventKind.MESSAGE, ref=ref, name=names.get((EventKind.MESSAGE, ref)) if ref else None)


def _events(element: etree._Element, names: dict[tuple[str, str], str]) -> Iterator[EventDefinition]:
    for child in element.iterchildren(f"{{{BPMN}}}*"):
        kind = local(child)
        if kind == "eventDefinitionRef":
            yield EventDefinition("eventDefinitionRef")
        if not kind.endswith("EventDefinition"):
            continue
        kind = kind.removesuffix("EventDefinition")
        ref = child.get(f"{kind}Ref")
        timer = next(((key, part) for key in TimerKind if (part := child.find(f"{{{BPMN}}}{key}")) is not None), None)
        yield EventDefinition(
            kind=kind,
            timer=timer[0] if timer else None,
            text=_words(timer[1]) if timer else "",
            ref=ref,
            name=names.get((kind, ref)) if ref else None,
        )


def _multi(element: etree._Element) -> DrawnMultiInstance | None:
    found = element.find(MULTI)
    if found is None:
        return None
    parts = {local(child): _words(child) for child in found.iterchildren(f"{{{BPMN}}}*")}
    return DrawnMultiInstance(
        sequential=found.get("isSequential") == "true",
        cardinality=parts.get("loopCardinality"),
        collection=parts.get("loopDataInputRef"),
        completion=parts.get("completionCondition"),
    )


def _add_flow(element: etree._Element, scope: str, defaults: set[str], sketch: Sketch, notes: Notes) -> None:
    condition = element.find(f"{{{BPMN}}}conditionExpression")
    flow = SequenceFlow(
        id=_id(element, notes),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        scope=scope,
        condition=None if condition is None else _words(condition),
        default=element.get("id") in defaults,
    )
    sketch.flows.setdefault(flow.id, flow)


def _lanes(process: etree._Element, notes: Notes) -> Iterator[Lane]:
    """Outer lanes first, so that the innermost lane of a node is the last one that names it."""
    for lane in process.iter(f"{{{BPMN}}}lane"):
        nodes = tuple((ref.text or "").strip() for ref in lane.iterchildren(f"{{{BPMN}}}flowNodeRef"))
        leaf = lane.find(f"{{{BPMN}}}childLaneSet") is None
        yield Lane(_id(lane, notes), " ".join((lane.get("name") or "").split()), nodes, leaf)


def _diagram(definitions: etree._Element) -> tuple[dict[str, Box], set[str]]:
    boxes = {}
    for shape in definitions.iter(f"{{{DIAGRAM}}}BPMNShape"):
        bounds = shape.find(f"{{{BOUNDS}}}Bounds")
        box = _box(bounds) if bounds is not None else None
        if box:
            boxes[shape.get("bpmnElement", "")] = box
    edges = {
        edge.get("bpmnElement", "") for edge in definitions.iter(f"{{{DIAGRAM}}}BPMNEdge") if len(_waypoints(edge)) > 1
    }
    return boxes, edges


def _waypoints(edge: etree._Element) -> list[etree._Element]:
    return [child for child in edge.iterchildren("*") if local(child) == "waypoint"]


def _box(bounds: etree._Element) -> Box | None:
    try:
        sizes = [float(bounds.get(key, "nan")) for key in ("x", "y", "width", "height")]
    except ValueError:
        return None
    fine = all(-1e7 < size < 1e7 for size in sizes)  # noqa: PLR2004  # also refuses nan and infinity
    return Box(*sizes) if fine else None


def _words(element: etree._Element) -> str:
    return inner_text(element).strip()


def foreign(definitions: etree._Element) -> Iterator[tuple[str, str]]:
    """(nearest id, namespace) of elements and attributes that other tools added; each pair once."""
    seen: set[tuple[str, str]] = set()
    for element in definitions.iter("*"):
        spaces = {namespace(element), *(etree.QName(str(key)).namespace or "" for key in element.attrib)}
        for space in spaces - KNOWN:
            pair = (_nearest_id(element), space)
            if pair not in seen:
                seen.add(pair)
                yield pair


def _nearest_id(element: etree._Element) -> str:
    at: etree._Element | None = element
    while at is not None:
        if at.get("id") and namespace(at) == BPMN:
            return str(at.get("id"))
        at = at.getparent()
    return ""


KNOWN = frozenset(
    {
        "",
        BPMN,
        DIAGRAM,
        BOUNDS,
        CASE,
        "http://www.omg.org/spec/DD/20100524/DI",
        "http://www.w3.org/2001/XMLSchema-instance",
        "http://bpmn.io/schema/bpmn/biocolor/1.0",  # colours: seen, without meaning
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
    }
)
