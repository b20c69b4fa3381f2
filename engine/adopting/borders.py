"""Begins and ends: one begin in every scope, an end after everything that goes no further."""

from engine.adopting.graph import TASKS, Graph, Node, Question


def settle_borders(graph: Graph) -> None:
    for scope in list(graph.scopes()):
        _starts(graph, scope)
        _ends(graph, scope)


def _starts(graph: Graph, scope: str) -> None:
    inside = graph.inside(scope)
    for node in inside:
        if node.kind == "startEvent" and graph.into(node.id):
            node.kind = "intermediateThrowEvent"
            graph.say(f"Naar begin {graph.words_of(node)} liep een pijl: het is een gewone gebeurtenis geworden.")
    starts = [node for node in inside if node.kind == "startEvent"]
    heads = [node for node in inside if node.kind not in ("startEvent", "boundaryEvent") and not graph.into(node.id)]
    if len(starts) == 1 and not heads:
        return
    if not inside:
        return
    like = (starts or heads or inside)[0]
    if not starts and not heads:
        heads = [like]  # all goes round: the first that was drawn begins
    begin = graph.add("startEvent", f"{scope or 'zaak'}_begin", like, "Zaak geopend" if not scope else "Begin")
    ways = [*starts, *heads]
    for start in starts:
        start.kind = "intermediateThrowEvent"
    if len(ways) == 1:
        graph.link(begin.id, ways[0].id)
        return
    _several(graph, begin, ways, scope)


def _several(graph: Graph, begin: Node, ways: list[Node], scope: str) -> None:
    options = (("one", "Wie de zaak opent kiest er één"), ("all", "Ze beginnen allemaal tegelijk"))
    code = f"begin-{scope}" if scope else "begin"
    names = ", ".join(graph.words_of(way) for way in ways[:8])
    answer = graph.ask(
        Question(code, begin.id, f"De tekening heeft meer dan één begin: {names}. Hoe begint de zaak?", options)
    )
    gateway = graph.add(
        "exclusiveGateway" if answer == "one" else "parallelGateway", f"{begin.id}_keuze", begin, "Hoe begint de zaak?"
    )
    graph.link(begin.id, gateway.id)
    for way in ways:
        graph.link(gateway.id, way.id, way.name)


def draw_way_out(graph: Graph, node: Node) -> Node:
    """After this step somebody says whether it is done: a gateway (returned) with an end behind it."""
    gateway = graph.add(
        "exclusiveGateway", f"{node.id}_klaar", node, f"Klaar na {node.name}?" if node.name else "Klaar?"
    )
    for flow in graph.out(node.id):
        flow.source = gateway.id
        flow.name = flow.name or "Nog niet"
    graph.link(node.id, gateway.id)
    graph.link(gateway.id, graph.add("endEvent", f"{node.id}_einde", node).id, "Klaar")
    graph.say(f"Vanaf {graph.words_of(node)} kwam de zaak nooit bij een einde: iemand kan nu zeggen dat het klaar is.")
    return gateway


def _ends(graph: Graph, scope: str) -> None:
    for node in graph.inside(scope):
        if node.kind == "endEvent" and graph.out(node.id):
            node.kind, node.events = "intermediateThrowEvent", []
            graph.say(f"Na einde {graph.words_of(node)} ging het verder: het is een gewone gebeurtenis geworden.")
    for node in graph.inside(scope):
        if node.kind != "endEvent" and not graph.out(node.id):
            end = graph.add("endEvent", f"{node.id}_einde", node, "")
            graph.link(node.id, end.id)
            if node.kind != "boundaryEvent":
                graph.say(f"Na {graph.words_of(node)} ging geen pijl verder: er is een einde getekend.")
    inside = graph.inside(scope)
    if inside and not any(node.kind == "endEvent" for node in inside):
        draw_way_out(graph, next((node for node in reversed(inside) if node.kind in TASKS), inside[-1]))
