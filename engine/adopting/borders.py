"""Begins and ends: one begin in every scope, an end after everything that goes no further."""

from engine.adopting.graph import TASKS, AdoptingQuestion, ForeignGraph, ForeignNode
from engine.words import ElementKind


def settle_borders(graph: ForeignGraph) -> None:
    for scope in list(graph.scopes()):
        _starts(graph, scope)
        _ends(graph, scope)


def _starts(graph: ForeignGraph, scope: str) -> None:
    inside = graph.inside(scope)
    for node in inside:
        if node.kind == ElementKind.START_EVENT and graph.into(node.id):
            node.kind = ElementKind.INTERMEDIATE_THROW_EVENT
            graph.say(f"Naar {graph.called('begin', node)} liep een pijl: het is een gewone gebeurtenis geworden.")
    starts = [node for node in inside if node.kind == ElementKind.START_EVENT]
    heads = [
        node
        for node in inside
        if node.kind not in (ElementKind.START_EVENT, ElementKind.BOUNDARY_EVENT) and not graph.into(node.id)
    ]
    if len(starts) == 1 and not heads:
        return
    if not inside:
        return
    like = (starts or heads or inside)[0]
    if not starts and not heads:
        heads = [like]  # all goes round: the first that was drawn begins
    begin = graph.add(
        ElementKind.START_EVENT, f"{scope or 'zaak'}_begin", like, "Zaak geopend" if not scope else "Begin"
    )
    ways = [*starts, *heads]
    for start in starts:
        start.kind = ElementKind.INTERMEDIATE_THROW_EVENT
    if len(ways) == 1:
        graph.link(begin.id, ways[0].id)
        return
    _several(graph, begin, ways, scope)


def _several(graph: ForeignGraph, begin: ForeignNode, ways: list[ForeignNode], scope: str) -> None:
    options = (("one", "Wie de zaak opent kiest er één"), ("all", "Ze beginnen allemaal tegelijk"))
    code = f"begin-{scope}" if scope else "begin"
    names = ", ".join(graph.words_of(way) for way in ways[:8])
    answer = graph.ask(
        AdoptingQuestion(code, begin.id, f"De tekening heeft meer dan één begin: {names}. Hoe begint de zaak?", options)
    )
    gateway = graph.add(
        ElementKind.EXCLUSIVE_GATEWAY if answer == "one" else ElementKind.PARALLEL_GATEWAY,
        f"{begin.id}_keuze",
        begin,
        "Hoe begint de zaak?",
    )
    graph.link(begin.id, gateway.id)
    for way in ways:
        graph.link(gateway.id, way.id, way.name)


def draw_way_out(graph: ForeignGraph, node: ForeignNode) -> ForeignNode:
    """After this step somebody says whether it is done: a gateway (returned) with an end behind it."""
    gateway = graph.add(
        ElementKind.EXCLUSIVE_GATEWAY, f"{node.id}_klaar", node, f"Klaar na {node.name}?" if node.name else "Klaar?"
    )
    for flow in graph.out(node.id):
        graph.flows.lead(flow, source=gateway.id)
        flow.name = flow.name or "Nog niet"
    graph.link(node.id, gateway.id)
    graph.link(gateway.id, graph.add(ElementKind.END_EVENT, f"{node.id}_einde", node).id, "Klaar")
    graph.say(f"Vanaf {graph.words_of(node)} kwam de zaak nooit bij een einde: iemand kan nu zeggen dat het klaar is.")
    return gateway


def _ends(graph: ForeignGraph, scope: str) -> None:
    for node in graph.inside(scope):
        if node.kind == ElementKind.END_EVENT and graph.out(node.id):
            node.kind, node.events = ElementKind.INTERMEDIATE_THROW_EVENT, []
            graph.say(f"Na {graph.called('einde', node)} ging het verder: het is een gewone gebeurtenis geworden.")
    for node in graph.inside(scope):
        if node.kind != ElementKind.END_EVENT and not graph.out(node.id):
            end = graph.add(ElementKind.END_EVENT, f"{node.id}_einde", node, "")
            graph.link(node.id, end.id)
            if node.kind != ElementKind.BOUNDARY_EVENT:
                graph.say(f"Na {graph.words_of(node)} ging geen pijl verder: er is een einde getekend.")
    inside = graph.inside(scope)
    if inside and not any(node.kind == ElementKind.END_EVENT for node in inside):
        draw_way_out(graph, next((node for node in reversed(inside) if node.kind in TASKS), inside[-1]))
