"""Findings of the linter in the drawing that was made, mended where one mending is right, at most twelve rounds."""

from collections.abc import Callable, Mapping

from engine.adopting.borders import draw_way_out
from engine.adopting.choices import choose
from engine.adopting.graph import GATEWAYS, ForeignGraph, ForeignNode
from engine.model import Finding
from engine.words import ElementKind, Severity

ROUNDS = 12


def mend(graph: ForeignGraph, findings: list[Finding], ids: Mapping[str, str]) -> bool:
    """Change the graph for the first findings that can be mended; whether anything changed. `ids`: written id to that of the graph."""
    changed = False
    for finding in findings:
        key = ids.get(finding.element, "")
        node = graph.nodes.get(key)
        way = MENDINGS.get(finding.code)
        if node is not None and way is not None:
            changed = way(graph, node) or changed
    return changed


def worth_mending(finding: Finding) -> bool:
    return finding.severity == Severity.ERROR or finding.code == "can-get-stuck"


def _inclusive(graph: ForeignGraph, node: ForeignNode) -> bool:
    """A join that waits for what does not come: it waits only for what can still come."""
    if node.kind not in GATEWAYS or node.kind == ElementKind.INCLUSIVE_GATEWAY or len(graph.out(node.id)) > 1:
        return False
    node.kind, node.default = ElementKind.INCLUSIVE_GATEWAY, ""
    graph.say(f"{graph.called('gateway', node)} wachtte op iets dat niet altijd komt: hij is inclusief geworden.")
    return True


def _join_before(graph: ForeignGraph, node: ForeignNode) -> bool:
    """Branches that meet without waiting for each other wait from now on."""
    if node.kind in GATEWAYS and len(graph.out(node.id)) <= 1:
        return _inclusive(graph, node)
    arrows = graph.into(node.id)
    if len(arrows) < 2:  # noqa: PLR2004 - nothing meets here
        return False
    join = graph.add(ElementKind.INCLUSIVE_GATEWAY, f"{node.id}_samen", node)
    for flow in arrows:
        graph.flows.lead(flow, target=join.id)
    graph.link(join.id, node.id)
    graph.say(f"Voor {graph.words_of(node)} komen takken samen: daar is een gateway getekend die op ze wacht.")
    return True


def _drop(graph: ForeignGraph, node: ForeignNode) -> bool:
    if node.id not in graph.nodes:
        return False
    graph.say(f"{graph.words_of(node)} is weggelaten: de zaak komt er nooit.")
    graph.drop(node.id)
    return True


def _end(graph: ForeignGraph, node: ForeignNode) -> bool:
    """A way out, which a person takes, of what only goes round."""
    if node.kind in (ElementKind.START_EVENT, ElementKind.END_EVENT) or not graph.out(node.id):
        return False
    choose(graph, draw_way_out(graph, node))
    return True


def _wait(graph: ForeignGraph, node: ForeignNode) -> bool:
    """A loop in which nothing waits: a person says when it goes round."""
    arrows = graph.into(node.id)
    if not arrows or node.kind in (ElementKind.START_EVENT, ElementKind.BOUNDARY_EVENT):
        return False
    task = graph.add(
        ElementKind.USER_TASK, f"{node.id}_wachten", node, f"Ga verder met {node.name}" if node.name else "Ga verder"
    )
    for flow in arrows:
        graph.flows.lead(flow, target=task.id)
    graph.link(task.id, node.id)
    graph.say(f"De lus bij {graph.words_of(node)} wachtte nergens: er is een taak in getekend.")
    return True


def _choose(graph: ForeignGraph, node: ForeignNode) -> bool:
    """Branches of a split that go round without each other: a person chooses one."""
    if node.kind not in (ElementKind.PARALLEL_GATEWAY, ElementKind.INCLUSIVE_GATEWAY):
        return False
    node.kind = ElementKind.EXCLUSIVE_GATEWAY
    choose(graph, node)
    graph.say(f"{graph.called('splitsing', node)} liet takken los van elkaar teruggaan: iemand kiest er nu één.")
    return True


def _race(graph: ForeignGraph, node: ForeignNode) -> bool:
    node.kind = ElementKind.EXCLUSIVE_GATEWAY
    choose(graph, node)
    return True


MENDINGS: Mapping[str, Callable[[ForeignGraph, ForeignNode], bool]] = {
    "exclusive-joined-by-parallel": _inclusive,
    "parallel-loop-entry": _inclusive,
    "can-get-stuck": _inclusive,
    "parallel-joined-by-exclusive": _join_before,
    "parallel-split-again": _choose,
    "unreachable": _drop,
    "no-way-to-end": _end,
    "loop-without-wait": _wait,
    "event-gateway": _race,
}
