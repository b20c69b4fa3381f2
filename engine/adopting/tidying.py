"""What is no part of the course is left out; what this engine calls by another name gets that name."""

from engine.adopting.graph import SCOPES, Event, Graph, Node, Question

TASK_WORDS = {"scriptTask": "scripttaak", "serviceTask": "servicetaak"}


def leave_out(graph: Graph) -> None:
    for node in [node for node in graph.nodes.values() if node.aside]:
        _leave(graph, node, f"{node.aside} kent dit programma niet")
    for node in list(graph.nodes.values()):
        undoes = any(event.kind.startswith("compensat") for event in node.events)
        if node.kind == "boundaryEvent" and (node.attached_to not in graph.nodes or undoes):
            _leave(graph, node, "deze gebeurtenis hangt aan niets dat hier bestaat")
        elif node.kind == "boundaryEvent":
            node.scope = graph.nodes[node.attached_to].scope
    _leave_out_arrows(graph)
    for node in list(graph.nodes.values()):
        alone = not graph.into(node.id) and not graph.out(node.id) and not graph.inside(node.id)
        bordered = any(other.attached_to == node.id for other in graph.nodes.values())
        if alone and not bordered and node.kind != "boundaryEvent" and _has_course(graph, node):
            _leave(graph, node, "er loopt geen pijl naartoe en er gaat geen pijl vandaan")


def _leave(graph: Graph, node: Node, reason: str) -> None:
    if node.id in graph.nodes:
        graph.say(f"{graph.words_of(node)} is weggelaten: {reason}.")
        graph.drop(node.id)


def _leave_out_arrows(graph: Graph) -> None:
    """Arrows across the border of a subprocess, to a border event, to itself, and those drawn twice."""
    seen: set[tuple[str, str, str]] = set()
    for flow in list(graph.flows.values()):
        source, target = graph.nodes[flow.source], graph.nodes[flow.target]
        key = (flow.source, flow.target, flow.name)
        if source.scope != target.scope:
            graph.say(
                f"De pijl van {graph.words_of(source)} naar {graph.words_of(target)} ging door de rand van een deelproces en is weggelaten."
            )
        elif key in seen or source is target:
            graph.say(f"Een dubbele pijl bij {graph.words_of(source)} is weggelaten.")
        elif target.kind != "boundaryEvent":
            seen.add(key)
            continue
        del graph.flows[flow.id]


def _has_course(graph: Graph, node: Node) -> bool:
    return any(graph.nodes[flow.source].scope == node.scope for flow in graph.flows.values())


def draw_links_through(graph: Graph) -> None:
    """A link that jumps to another place is an arrow to it."""
    for throw in [node for node in graph.nodes.values() if _is_link(node) and graph.into(node.id)]:
        names = {event.name or throw.name for event in throw.events}
        for catch in [
            node for node in graph.nodes.values() if _is_link(node) and node.scope == throw.scope and node is not throw
        ]:
            if (
                catch.id in graph.nodes
                and {event.name or catch.name for event in catch.events} & names
                and not graph.into(catch.id)
            ):
                for before in graph.into(throw.id):
                    for after in graph.out(catch.id):
                        graph.link(before.source, after.target, before.name or after.name, before.condition)
        graph.say(f"Verwijzing {graph.words_of(throw)} is een pijl geworden.")
    for node in [node for node in graph.nodes.values() if _is_link(node)]:
        graph.drop(node.id)


def _is_link(node: Node) -> bool:
    return any(event.kind == "link" for event in node.events)


def name_kinds(graph: Graph) -> None:
    for node in list(graph.nodes.values()):
        if node.kind in SCOPES:
            _subprocess(graph, node)
        elif node.kind == "complexGateway":
            node.kind = "inclusiveGateway"
            graph.say(f"Gateway {graph.words_of(node)} was complex en is inclusief geworden: kijk of dat klopt.")
        elif node.kind in ("task", "manualTask", "businessRuleTask", "callActivity"):
            if node.kind == "callActivity":
                graph.say(
                    f"{graph.words_of(node)} riep een ander proces aan, dat hier niet is: het is een taak geworden."
                )
            node.kind = "userTask"
        elif node.kind in TASK_WORDS:
            _service(graph, node)
        elif node.kind == "receiveTask":
            _receive(graph, node)
        if node.repeated:
            sentence = f"{graph.words_of(node)} herhaalde zich. Hier gebeurt hij één keer: teken een pijl terug als hij vaker moet."
            graph.say(sentence)
            node.repeated = ""


def _subprocess(graph: Graph, node: Node) -> None:
    if not graph.inside(node.id):
        node.kind = "userTask"
        graph.say(f"Deelproces {graph.words_of(node)} was leeg: het is een taak geworden.")
    elif node.kind != "subProcess":
        graph.say(
            f"Deelproces {graph.words_of(node)} was van een soort die we niet kennen en is een gewoon deelproces geworden."
        )
        node.kind = "subProcess"


def _service(graph: Graph, node: Node) -> None:
    sentence = f"Wat gebeurt er bij de {TASK_WORDS[node.kind]} {graph.words_of(node)}?"
    options = (("note", "Het programma zet een notitie op de tijdlijn"), ("task", "Iemand doet dit: het is een taak"))
    node.kind = (
        "serviceTask" if graph.ask(Question(f"service-{node.id}", node.id, sentence, options)) == "note" else "userTask"
    )


def _receive(graph: Graph, node: Node) -> None:
    sentence = f"Hoe merkt de zaak dat er iets binnenkomt bij {graph.words_of(node)}?"
    options = (
        ("task", "Iemand meldt het: het is een taak"),
        ("message", "De behandelaar drukt op een knop, of een andere stap laat het weten"),
    )
    thrown = any(
        event.kind == "message" and event.name and event.name in {mine.name for mine in node.events}
        for other in graph.nodes.values() if other.kind in ("intermediateThrowEvent", "endEvent") for event in other.events
    )  # fmt: skip
    if not thrown and graph.ask(Question(f"receive-{node.id}", node.id, sentence, options)) == "task":
        node.kind, node.events = "userTask", []
        return
    name = next((event.name for event in node.events if event.name), "") or node.name or node.id
    node.events = [Event("message", name=name)]
    graph.buttons[name] = node.name or name
