"""A graph with its settings as a fresh drawing: readable ids, the settings, and a picture of every scope."""

import re
from html import escape

from engine.adopting.choices import slug
from engine.adopting.graph import ForeignGraph, ForeignNode
from engine.adopting.layout import Place, ScopePicture, lay_out
from engine.adopting.settings import MadeSettings
from engine.lint.elements import RESERVED
from engine.words import ElementKind, EventKind

HEAD = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<bpmn:definitions xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:case="urn:zaakspoor:bpmn:1.0" id="Definitions_{name}" '
    'targetNamespace="urn:zaakspoor:models">\n'
)
SETTING_ORDER = ("form", "assignment", "service", "mail", "keep", "result", "status")
LANE = re.compile(r"\{lane:([^}]*)\}")
SHORT: dict[str, str] = {
    ElementKind.EXCLUSIVE_GATEWAY: "Keuze", ElementKind.PARALLEL_GATEWAY: "Tegelijk", ElementKind.INCLUSIVE_GATEWAY: "Keuze", ElementKind.EVENT_BASED_GATEWAY: "Wachten",
    ElementKind.USER_TASK: "Taak", ElementKind.SERVICE_TASK: "Notitie", ElementKind.SEND_TASK: "Bericht", ElementKind.RECEIVE_TASK: "Ontvangst", ElementKind.SUB_PROCESS: "Deel",
    ElementKind.START_EVENT: "Begin", ElementKind.END_EVENT: "Einde", ElementKind.INTERMEDIATE_THROW_EVENT: "Moment", ElementKind.INTERMEDIATE_CATCH_EVENT: "Wachten",
    ElementKind.BOUNDARY_EVENT: "Rand",
}  # fmt: skip


def readable_ids(graph: ForeignGraph, reserved: set[str]) -> dict[str, str]:
    """For each node and lane of the graph the id that it gets; none of these in `reserved`."""
    found: dict[str, str] = {}
    taken = reserved | RESERVED
    lanes = [(lane, name) for pool in graph.pools.values() for lane, name in pool.lanes]
    for key, base in (
        *((lane, f"Baan{_camel(name)}" if name else "Baan") for lane, name in lanes),
        *((node.id, _camel(node.name) or SHORT.get(node.kind, "Stap")) for node in graph.nodes.values()),
    ):
        name = next(one for one in (base, *(f"{base}{n}" for n in range(2, 9999))) if one not in taken)
        taken.add(name)
        found[key] = name
    return found


def _camel(words: str) -> str:
    return "".join(part.capitalize() for part in slug(words).split("_"))[:40] if words.strip() else ""


def write(graph: ForeignGraph, made: MadeSettings, process: str) -> bytes:
    ids = readable_ids(graph, {process})
    flows = _flow_ids(graph, ids)
    title = escape(graph.name or process, quote=True)
    name = process.replace("-", "_")
    messages = _heads(graph)
    pool = (
        f'  <bpmn:collaboration id="Samenwerking_{name}">\n'
        f'    <bpmn:participant id="Pool_{name}" name="{title}" processRef="{process}"/>\n  </bpmn:collaboration>\n'
    )
    body = [
        HEAD.format(name=name), *(f"  {head}\n" for head in messages.values()), pool,
        f'  <bpmn:process id="{process}" name="{title}" isExecutable="true">\n',
        _extension(made.process, "    "), _lanes(graph, made, ids, name),
        *_scope(graph, "", ids, flows, messages, "    "), "  </bpmn:process>\n",
    ]  # fmt: skip
    pictures = [_picture(graph, scope, ids, flows, name) for scope in graph.scopes()]
    return "".join([*body, *pictures, "</bpmn:definitions>\n"]).encode()


def _flow_ids(graph: ForeignGraph, ids: dict[str, str]) -> dict[str, str]:
    taken: set[str] = set()
    found = {}
    for flow in graph.flows.values():
        base = f"Pijl_{ids[flow.source]}_{ids[flow.target]}"
        name = next(one for one in (base, *(f"{base}_{n}" for n in range(2, 9999))) if one not in taken)
        taken.add(name)
        found[flow.id] = name
    return found


def _heads(graph: ForeignGraph) -> dict[tuple[str, str], str]:
    """Messages, signals and errors by kind and name."""
    found: dict[tuple[str, str], str] = {}
    for node in graph.nodes.values():
        for event in node.events:
            if event.kind in (EventKind.MESSAGE, EventKind.SIGNAL, EventKind.ERROR) and event.name:
                key = (event.kind, event.name)
                name = escape(event.name, quote=True)
                code = f' errorCode="{name}"' if event.kind == EventKind.ERROR else ""
                found.setdefault(
                    key, f'<bpmn:{event.kind} id="{_head_id(event.kind, len(found))}" name="{name}"{code}/>'
                )
    return found


def _head_id(kind: str, number: int) -> str:
    return f"{kind.capitalize()}_{number + 1}"


def _extension(settings: list[str], margin: str) -> str:
    if not settings:
        return ""
    inside = "".join(f"{margin}  {one}\n" for one in settings)
    return f"{margin}<bpmn:extensionElements>\n{inside}{margin}</bpmn:extensionElements>\n"


def _lanes(graph: ForeignGraph, made: MadeSettings, ids: dict[str, str], name: str) -> str:
    lanes = []
    for pool in graph.pools.values():
        for lane, title in pool.lanes:
            inside = [ids[node.id] for node in graph.nodes.values() if node.lane == lane and not node.scope]
            refs = "".join(f"        <bpmn:flowNodeRef>{one}</bpmn:flowNodeRef>\n" for one in inside)
            words = escape(title or pool.name or "Behandelaar", quote=True)
            lanes.append(
                f'      <bpmn:lane id="{ids[lane]}" name="{words}">\n{_extension([made.lanes[lane]], "        ")}{refs}      </bpmn:lane>\n'
            )
    return f'    <bpmn:laneSet id="Banen_{name}">\n{"".join(lanes)}    </bpmn:laneSet>\n'


def _scope(
    graph: ForeignGraph,
    scope: str,
    ids: dict[str, str],
    flows: dict[str, str],
    heads: dict[tuple[str, str], str],
    margin: str,
) -> list[str]:
    found = [_node(graph, node, ids, flows, heads, margin) for node in graph.inside(scope)]
    for flow in graph.flows.values():
        if graph.nodes[flow.source].scope == scope:
            name = f' name="{escape(flow.name, quote=True)}"' if flow.name else ""
            ends = f'sourceRef="{ids[flow.source]}" targetRef="{ids[flow.target]}"'
            start = f'{margin}<bpmn:sequenceFlow id="{flows[flow.id]}"{name} {ends}'
            condition = f'{margin}  <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{escape(flow.condition)}</bpmn:conditionExpression>\n'
            found.append(f"{start}>\n{condition}{margin}</bpmn:sequenceFlow>\n" if flow.condition else f"{start}/>\n")
    return found


def _node(
    graph: ForeignGraph,
    node: ForeignNode,
    ids: dict[str, str],
    flows: dict[str, str],
    heads: dict[tuple[str, str], str],
    margin: str,
) -> str:
    attributes = f'id="{ids[node.id]}"' + (f' name="{escape(node.name, quote=True)}"' if node.name else "")
    if node.attached_to:
        attributes += f' attachedToRef="{ids[node.attached_to]}"' + (
            "" if node.interrupting else ' cancelActivity="false"'
        )
    if node.default in flows and node.kind in (ElementKind.EXCLUSIVE_GATEWAY, ElementKind.INCLUSIVE_GATEWAY):
        attributes += f' default="{flows[node.default]}"'
    if node.kind == ElementKind.RECEIVE_TASK and node.events and node.events[0].name:
        attributes += f' messageRef="{_reference("message", node.events[0].name, heads)}"'
    settings = [
        LANE.sub(lambda found: ids[found[1]], node.settings[key]) for key in SETTING_ORDER if key in node.settings
    ]
    words = f"{margin}  <bpmn:documentation>{escape(node.words)}</bpmn:documentation>\n" if node.words else ""
    arrows = [f"{margin}  <bpmn:incoming>{flows[flow.id]}</bpmn:incoming>\n" for flow in graph.into(node.id)]
    arrows += [f"{margin}  <bpmn:outgoing>{flows[flow.id]}</bpmn:outgoing>\n" for flow in graph.out(node.id)]
    inside = _scope(graph, node.id, ids, flows, heads, margin + "  ") if node.kind == ElementKind.SUB_PROCESS else []
    events = _events(node, heads, margin + "  ") if node.kind != ElementKind.RECEIVE_TASK else ""
    body = "".join([words, _extension(settings, margin + "  "), *arrows, *inside, events])
    return f"{margin}<bpmn:{node.kind} {attributes}>\n{body}{margin}</bpmn:{node.kind}>\n"


def _events(node: ForeignNode, heads: dict[tuple[str, str], str], margin: str) -> str:
    found = ""
    for event in node.events:
        if event.kind == EventKind.TIMER:
            inner = f'<bpmn:{event.timer} xsi:type="bpmn:tFormalExpression">{escape(event.text)}</bpmn:{event.timer}>'
            found += f"{margin}<bpmn:timerEventDefinition>\n{margin}  {inner}\n{margin}</bpmn:timerEventDefinition>\n"
        elif event.kind == EventKind.TERMINATE:
            found += f"{margin}<bpmn:terminateEventDefinition/>\n"
        elif (event.kind, event.name) in heads:
            found += f'{margin}<bpmn:{event.kind}EventDefinition {event.kind}Ref="{_reference(event.kind, event.name, heads)}"/>\n'
    return found


def _reference(kind: str, name: str, heads: dict[tuple[str, str], str]) -> str:
    return _head_id(kind, list(heads).index((kind, name)))


def _picture(graph: ForeignGraph, scope: str, ids: dict[str, str], flows: dict[str, str], name: str) -> str:
    picture = lay_out(graph, scope)
    plane = ids[scope] if scope else f"Samenwerking_{name}"
    shapes = [_shape(f"Pool_{name}", picture.pool, ' isHorizontal="true"')] if picture.pool else []
    shapes += [_shape(ids[lane], box, ' isHorizontal="true"') for lane, box in picture.lanes.items()]
    for key, box in picture.boxes.items():
        folded = ' isExpanded="false"' if graph.nodes[key].kind == ElementKind.SUB_PROCESS else ""
        marked = ' isMarkerVisible="true"' if graph.nodes[key].kind == ElementKind.EXCLUSIVE_GATEWAY else ""
        shapes.append(_shape(ids[key], box, folded + marked, picture.labels.get(key)))
    edges = [_edge(flows[key], picture, key) for key in picture.lines]
    return (
        f'  <bpmndi:BPMNDiagram id="Plaat_{plane}">\n    <bpmndi:BPMNPlane id="Vlak_{plane}" bpmnElement="{plane}">\n'
        f"{''.join([*shapes, *edges])}    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>\n"
    )


def _shape(element: str, box: Place, more: str, label: Place | None = None) -> str:
    start = f'      <bpmndi:BPMNShape id="{element}_di" bpmnElement="{element}"{more}>\n        {_bounds(box)}\n'
    return f"{start}{_label(label)}      </bpmndi:BPMNShape>\n"


def _edge(element: str, picture: ScopePicture, key: str) -> str:
    points = "".join(f'        <di:waypoint x="{x:g}" y="{y:g}"/>\n' for x, y in picture.lines[key])
    start = f'      <bpmndi:BPMNEdge id="{element}_di" bpmnElement="{element}">\n{points}'
    return f"{start}{_label(picture.labels.get(key))}      </bpmndi:BPMNEdge>\n"


def _label(box: Place | None) -> str:
    return f"        <bpmndi:BPMNLabel>\n          {_bounds(box)}\n        </bpmndi:BPMNLabel>\n" if box else ""


def _bounds(box: Place) -> str:
    return f'<dc:Bounds x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"/>'
