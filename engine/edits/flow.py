"""Edits of how the flow goes: the default of a gateway, its kind, a process that runs, and what a lane holds."""

from engine.edits.asked import DropFromLane, Files, SetCondition, SetDefault, SetExecutable, SetGatewayKind
from engine.edits.drawing import NAME, set_condition
from engine.edits.finding import AGAIN, element_of, open_drawing
from engine.edits.source import renamed, with_attributes, without
from engine.errors import EditRefused
from engine.kernel.reading.graph import DIAGRAM
from engine.kernel.reading.settings import BPMN
from engine.vocabulary import GATEWAYS
from engine.words import ElementKind

WITH_DEFAULT = (*NAME, "default")
CHOICES = frozenset({ElementKind.EXCLUSIVE_GATEWAY, ElementKind.INCLUSIVE_GATEWAY})


def set_default(files: Files, edit: SetDefault) -> Files:
    editing = open_drawing(files)
    gateway, flow = element_of(editing, edit.element), element_of(editing, edit.flow)
    if gateway.name not in CHOICES or flow.attributes.get("sourceRef") != edit.element:
        raise EditRefused("Deze pijl komt niet uit deze keuze. Kies een pijl die eruit komt.", edit.element, "default")
    data = with_attributes(editing.data, gateway, {"default": edit.flow}, WITH_DEFAULT)
    return set_condition(editing.saved(data), SetCondition(edit.flow, ""))


def set_gateway_kind(files: Files, edit: SetGatewayKind) -> Files:
    editing = open_drawing(files)
    gateway = element_of(editing, edit.element)
    if {gateway.name, edit.kind} - GATEWAYS:
        raise EditRefused(f"Alleen een gateway kan dit. Kies uit: {', '.join(sorted(GATEWAYS))}.", edit.element, "kind")
    data = editing.data
    shapes = [
        one for one in editing.root.walk() if one.space == DIAGRAM and one.attributes.get("bpmnElement") == edit.element
    ]
    if edit.kind != ElementKind.EXCLUSIVE_GATEWAY:
        for shape in reversed(shapes):  # the mark in the middle is of an exclusive gateway alone
            data = with_attributes(data, shape, {"isMarkerVisible": None}, ())
    data = renamed(data, gateway, edit.kind)  # it stands before the diagram, so its place is still the same
    if edit.kind in CHOICES:
        return editing.saved(data)
    editing = open_drawing(editing.saved(data))
    return editing.saved(with_attributes(editing.data, element_of(editing, edit.element), {"default": None}, ()))


def set_executable(files: Files, edit: SetExecutable) -> Files:
    editing = open_drawing(files)
    process = element_of(editing, edit.element)
    if process.name != "process":
        raise EditRefused("Alleen een proces kan uitvoerbaar zijn. Kies het proces.", edit.element, "isExecutable")
    return editing.saved(with_attributes(editing.data, process, {"isExecutable": "true"}, (*NAME, "isExecutable")))


def drop_from_lane(files: Files, edit: DropFromLane) -> Files:
    editing = open_drawing(files)
    lane = element_of(editing, edit.lane)
    named = [one for one in lane.of(BPMN, "flowNodeRef") if one.text.strip() == edit.element]
    if not named:
        raise EditRefused(f"De baan noemt `{edit.element[:60]}` niet. {AGAIN}", edit.lane, "flowNodeRef")
    return editing.saved(without(editing.data, named[0]))
