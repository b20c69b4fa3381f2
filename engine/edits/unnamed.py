"""The words for an element of a drawing: its kind and name, or where it stands when nobody named it."""

from collections.abc import Iterator

from engine.drawing import Drawing, DrawnNode
from engine.vocabulary import ELEMENTS, GATEWAYS
from engine.words import ElementKind

MORE_WAYS = 2
FAR = 6  # elements without a name in a row, through which a named one is looked for


def said_as(drawing: Drawing, node: DrawnNode) -> str:
    """`taak 'Intake'`; without a name `keuze zonder naam na taak 'Intake'`, and with no named neighbour either its id."""
    if name := _name(node):
        return f"{_kind(node)} '{name}'"
    return f"{_kind_here(drawing, node)} zonder naam{_where(drawing, node) or f' ({node.id[:60]})'}"


def _kind(node: DrawnNode) -> str:
    return ELEMENTS.get(node.kind, "onderdeel")


def _kind_here(drawing: Drawing, node: DrawnNode) -> str:
    """A gateway that only brings ways together chooses nothing; one where all ways go on only divides."""
    if node.kind not in GATEWAYS:
        return _kind(node)
    out, back = (sum(getattr(flow, end) == node.id for flow in drawing.flows.values()) for end in ("source", "target"))
    if out < MORE_WAYS:
        return "samenkomst" if back >= MORE_WAYS else _kind(node)
    return "splitsing" if node.kind == ElementKind.PARALLEL_GATEWAY else _kind(node)


def _where(drawing: Drawing, node: DrawnNode) -> str:
    """Behind what it comes; of what only brings ways together, and of a beginning, before what it stands."""
    host = drawing.nodes.get(node.attached_to or "")
    if host is not None:
        return f" op {_kind(host)} '{_name(host)}'" if _name(host) else ""
    after = [flow for flow in drawing.flows.values() if flow.source == node.id]
    before = [flow for flow in drawing.flows.values() if flow.target == node.id]
    ways = ("na", "vóór") if len(before) == 1 else ("vóór", "na")
    for way in ways if before else ("vóór",):
        near = next(_named(drawing, node, forward=way == "vóór"), None)
        if near is not None and (after if way == "vóór" else before):
            return f" {way} {_kind(near)} '{_name(near)}'"
    return ""


def _named(drawing: Drawing, node: DrawnNode, *, forward: bool) -> Iterator[DrawnNode]:
    """The named elements ahead, or behind, the nearest first."""
    seen, todo = {node.id}, [node.id]
    for _ in range(FAR):
        ends = (
            (flow.source, flow.target) if forward else (flow.target, flow.source) for flow in drawing.flows.values()
        )
        todo = [to for here, to in ends if here in todo and to not in seen and to in drawing.nodes]
        seen.update(todo)
        yield from (drawing.nodes[one] for one in todo if _name(drawing.nodes[one]))


def _name(node: DrawnNode) -> str:
    return " ".join(node.name.split())
