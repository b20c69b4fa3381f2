"""A drawing, read once: bytes in; the settings (Model), the plain graph (Drawing) and findings out.

Everything that a setting may say is checked here; what parts of a drawing must mean together is for
`engine.lint`. Nothing here raises: a file that cannot be read gives one finding.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from lxml import etree

from engine.drawing import Drawing, DrawnNode, Lane
from engine.kernel.reading.folder import read_folder
from engine.kernel.reading.graph import SILENT, Sketch, draw, foreign
from engine.kernel.reading.settings import (
    BPMN,
    MOST_FINDINGS,
    Notes,
    Settings,
    inner_text,
    local,
    namespace,
    note_translations,
    read_settings,
)
from engine.kernel.safe_xml import UnsafeXml, parse_xml
from engine.model import DrawnForm, Element, Finding, Model, Role
from engine.vocabulary import NODES, TRANSLATED_OF_ELEMENT
from engine.words import Severity

__all__ = ["Reading", "read_folder", "read_model"]


@dataclass(frozen=True, slots=True)
class Reading:
    """`model` and `drawing` are None only when the file cannot be read or has no process."""

    model: Model | None
    drawing: Drawing | None
    findings: tuple[Finding, ...]


def read_model(drawing: bytes) -> Reading:
    """Read the settings and the graph of a drawing; never raises."""
    notes = Notes()
    try:
        root = parse_xml(drawing)
    except UnsafeXml as refused:
        notes.add("", refused.code, str(refused))
        return Reading(None, None, tuple(notes.findings))
    process = _the_process(root, notes)
    if process is None:
        return Reading(None, None, tuple(notes.findings))
    _note_duplicates(root, notes)
    _note_foreign(root, notes)
    graph, sketch = draw(root, process, notes)
    model = _model(process, graph, sketch, notes)
    return Reading(model, graph, tuple(notes.findings))


def _the_process(root: etree._Element, notes: Notes) -> etree._Element | None:
    if namespace(root) != BPMN or local(root) != "definitions":
        notes.add("", "not-bpmn", "Dit is geen BPMN 2.0. Kies een tekening die als BPMN 2.0 is bewaard.")
        return None
    everything = root.findall(f"{{{BPMN}}}process")
    # tools give the pool of somebody else an empty process of its own
    processes = [one for one in everything if _has_steps(one) or one.get("isExecutable") == "true"] or everything
    runs = [process for process in processes if process.get("isExecutable") == "true"]
    if not processes:
        notes.add("", "no-process", "De tekening heeft geen proces. Teken er een.")
        return None
    if not runs:
        sentence = 'Het proces is niet uitvoerbaar. Zet isExecutable="true" op het proces.'
        notes.add(processes[0].get("id", ""), "process-not-executable", sentence)
    if len(runs) > 1 or (not runs and len(processes) > 1):
        sentence = "De tekening heeft meer dan één proces. Teken elk proces in een eigen bestand."
        notes.add((runs or processes)[1].get("id", ""), "several-processes", sentence)
    drawn = {process.get("id") for process in processes}
    pools = root.findall(f"{{{BPMN}}}collaboration/{{{BPMN}}}participant")
    if sum(pool.get("processRef") in drawn for pool in pools) > 1:
        sentence = (
            "De tekening heeft meer dan één pool met stappen. Laat er één over, met banen erin; maak de andere leeg."
        )
        notes.add("", "several-pools", sentence)
    return (runs or processes)[0]


def _has_steps(process: etree._Element) -> bool:
    return any(child.get("id") and local(child) not in SILENT for child in process.iterchildren(f"{{{BPMN}}}*"))


def _note_duplicates(root: etree._Element, notes: Notes) -> None:
    seen: set[str] = set()
    for element in root.iter(f"{{{BPMN}}}*"):
        found = element.get("id")
        if found in seen:
            notes.add(found, "duplicate-id", f"Het id `{found[:60]}` komt vaker voor. Geef elk onderdeel een eigen id.")
        if found:
            seen.add(found)


def _note_foreign(root: etree._Element, notes: Notes) -> None:
    for element, space in islice(foreign(root), MOST_FINDINGS // 10):
        sentence = f"Deze uitbreiding van een ander programma wordt genegeerd: {space[:80]}. Haal haar weg."
        notes.add(element, "vendor-extension", sentence, Severity.WARNING)


def _model(process: etree._Element, graph: Drawing, sketch: Sketch, notes: Notes) -> Model:
    said = read_settings(process, "process", graph.process, notes)
    lanes = _lane_of(graph)
    elements = {
        node.id: _element(node, sketch.sources[node.id], lanes.get(node.id), notes) for node in graph.nodes.values()
    }
    return Model(
        process=graph.process,
        name=" ".join(graph.name.split()),
        case_type=_first(said, "caseType"),
        roles=_roles(process, graph, notes),
        parties=_by_code(said, "party", graph.process, notes),
        values=_by_code(said, "value", graph.process, notes),
        deadlines=_by_code(said, "deadline", graph.process, notes),
        document_types=_by_code(said, "documentType", graph.process, notes),
        result_types=_by_code(said, "resultType", graph.process, notes),
        on_demand=_by_code(said, "onDemand", graph.process, notes),
        withdrawal=_first(said, "withdrawal"),
        checklist=_by_code(said, "checklistPoint", graph.process, notes),
        inputs=_by_code(said, "input", graph.process, notes),
        outputs=_by_code(said, "output", graph.process, notes),
        elements={key: _in_own_lane(element, graph) for key, element in elements.items()},
    )


def _by_code(said: Settings, name: str, owner: str, notes: Notes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for setting in said.get(name, []):
        if setting.code in found:
            sentence = f"De code `{setting.code}` staat twee keer bij `case:{name}`. Geef elk een eigen code."
            notes.add(owner, "duplicate-code", sentence)
        found.setdefault(setting.code, setting)
    return found


def _roles(process: etree._Element, graph: Drawing, notes: Notes) -> dict[str, Role]:
    roles = {}
    sources = {lane.get("id"): lane for lane in process.iter(f"{{{BPMN}}}lane")}
    for lane in graph.lanes:
        source = sources.get(lane.id)
        role = None if source is None else _first(read_settings(source, "lane", lane.id, notes), "role")
        if role is not None:
            roles[lane.id] = Role(lane=lane.id, name=lane.name, **role)
    return roles


def _lane_of(graph: Drawing) -> dict[str, str]:
    """The innermost lane in which each node is drawn; what stands in a subprocess has the lane of that subprocess."""
    named = _named(graph.lanes)
    lanes: dict[str, str] = {}
    for node in graph.nodes.values():
        at: DrawnNode | None = node
        seen: set[str] = set()  # a drawing with duplicate ids could nest a subprocess in itself
        while at is not None and at.id not in named and at.id not in seen:
            seen.add(at.id)
            at = graph.nodes.get(at.attached_to or at.scope)
        if at is not None and at.id in named:
            lanes[node.id] = named[at.id]
    return lanes


def _in_own_lane(element: Element, graph: Drawing) -> Element:
    """A task in a subprocess may name a lane, since lanes are drawn in the pool only."""
    own = element.assignment.lane if element.assignment else None
    inside = graph.nodes[element.id].scope != graph.process
    return replace(element, lane=own) if inside and own in {lane.id for lane in graph.lanes} else element


def _named(lanes: Iterable[Lane]) -> Mapping[str, str]:
    return {node: lane.id for lane in lanes for node in lane.nodes}


def _element(node: DrawnNode, source: etree._Element, lane: str | None, notes: Notes) -> Element:
    known = node.kind in NODES  # of another kind it is refused as a whole
    said = read_settings(source, node.kind, node.id, notes) if known else {}
    note_translations(list(said.get("translation", ())), TRANSLATED_OF_ELEMENT, node.id, notes)
    documentation = source.find(f"{{{BPMN}}}documentation")
    form: DrawnForm | None = _first(said, "form")
    return Element(
        id=node.id,
        kind=node.kind,
        name=node.name,
        documentation="" if documentation is None else " ".join(inner_text(documentation).split()),
        lane=lane,
        called=node.called,
        status=_first(said, "status"),
        deadline_actions=tuple(said.get("deadlineAction", ())),
        request=_first(said, "documentRequest"),
        mail=_first(said, "mail"),
        service=_first(said, "service"),
        form=form.schema if form else None,
        filed_as=form.filed_as if form else "",
        filed_type=form.document_type if form else "",
        assignment=_first(said, "assignment"),
        result=_first(said, "result"),
        keep=bool(said.get("keep")),
        session=_first(said, "session"),
        translations=tuple(said.get("translation", ())),
        filed_translations=form.translations if form else (),
    )


def _first(said: Settings, name: str) -> Any:
    items = said.get(name)
    return items[0] if items else None
