"""Steps that are no part of the course are left out; what this engine calls by another name gets that name."""

from engine.adopting.graph import SCOPES, AdoptingQuestion, ForeignEvent, ForeignGraph, ForeignNode, OnlyDrawn
from engine.words import ElementKind, EventKind

TASK_WORDS: dict[str, str] = {ElementKind.SCRIPT_TASK: "scripttaak", ElementKind.SERVICE_TASK: "servicetaak"}


def leave_out(graph: ForeignGraph) -> None:
    for node in [node for node in graph.nodes.values() if node.aside]:
        _leave(graph, node, f"{node.aside} kent dit programma niet")
    for node in list(graph.nodes.values()):
        undoes = any(event.kind.startswith("compensat") for event in node.events)
        if node.kind == ElementKind.BOUNDARY_EVENT and (node.attached_to not in graph.nodes or undoes):
            _leave(graph, node, "deze gebeurtenis hangt aan niets dat hier bestaat")
        elif node.kind == ElementKind.BOUNDARY_EVENT:
            node.scope = graph.nodes[node.attached_to].scope
    _leave_out_arrows(graph)
    for node in list(graph.nodes.values()):
        alone = not graph.into(node.id) and not graph.out(node.id) and not graph.inside(node.id)
        bordered = any(other.attached_to == node.id for other in graph.nodes.values())
        if alone and not bordered and node.kind != ElementKind.BOUNDARY_EVENT and _has_course(graph, node):
            _leave(graph, node, "er loopt geen pijl naartoe en er gaat geen pijl vandaan")


def _leave(graph: ForeignGraph, node: ForeignNode, reason: str) -> None:
    if node.id in graph.nodes:
        graph.say(f"{graph.words_of(node)} is weggelaten: {reason}.")
        graph.drop(node.id)


def _leave_out_arrows(graph: ForeignGraph) -> None:
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
        elif target.kind != ElementKind.BOUNDARY_EVENT:
            seen.add(key)
            continue
        del graph.flows[flow.id]


def _has_course(graph: ForeignGraph, node: ForeignNode) -> bool:
    return any(graph.nodes[flow.source].scope == node.scope for flow in graph.flows.values())


def draw_links_through(graph: ForeignGraph) -> None:
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
        graph.say(f"{graph.called('verwijzing', throw)} is een pijl geworden.")
    for node in [node for node in graph.nodes.values() if _is_link(node)]:
        graph.drop(node.id)


def _is_link(node: ForeignNode) -> bool:
    return any(event.kind == OnlyDrawn.LINK for event in node.events)


def name_kinds(graph: ForeignGraph) -> None:
    for node in list(graph.nodes.values()):
        if node.kind in SCOPES:
            _subprocess(graph, node)
        elif node.kind == ElementKind.COMPLEX_GATEWAY:
            node.kind = ElementKind.INCLUSIVE_GATEWAY
            graph.say(f"{graph.called('gateway', node)} was complex en is inclusief geworden: kijk of dat klopt.")
        elif node.kind in (
            ElementKind.TASK,
            ElementKind.MANUAL_TASK,
            ElementKind.BUSINESS_RULE_TASK,
            ElementKind.CALL_ACTIVITY,
        ):
            if node.kind == ElementKind.CALL_ACTIVITY:
                graph.say(
                    f"{graph.words_of(node)} riep een ander proces aan, dat hier niet is: het is een taak geworden."
                )
            node.kind = ElementKind.USER_TASK
        elif node.kind in TASK_WORDS:
            _service(graph, node)
        elif node.kind == ElementKind.RECEIVE_TASK:
            _receive(graph, node)
        if node.repeated:
            sentence = f"{graph.words_of(node)} herhaalde zich. Hier gebeurt hij één keer: teken een pijl terug als hij vaker moet."
            graph.say(sentence)
            node.repeated = ""


def _subprocess(graph: ForeignGraph, node: ForeignNode) -> None:
    if not graph.inside(node.id):
        node.kind = ElementKind.USER_TASK
        graph.say(f"{graph.called('deelproces', node)} was leeg: het is een taak geworden.")
    elif node.kind != ElementKind.SUB_PROCESS:
        graph.say(
            f"{graph.called('deelproces', node)} was van een soort die we niet kennen en is een gewoon deelproces geworden."
        )
        node.kind = ElementKind.SUB_PROCESS


def _service(graph: ForeignGraph, node: ForeignNode) -> None:
    sentence = f"Wat gebeurt er bij de {TASK_WORDS[node.kind]} {graph.words_of(node)}?"
    options = (
        ("note", "Het programma zet een notitie op de tijdlijn"),
        (ElementKind.TASK, "Iemand doet dit: het is een taak"),
    )
    node.kind = (
        ElementKind.SERVICE_TASK
        if graph.ask(AdoptingQuestion(f"service-{node.id}", node.id, sentence, options)) == "note"
        else ElementKind.USER_TASK
    )


def _receive(graph: ForeignGraph, node: ForeignNode) -> None:
    sentence = f"Hoe merkt de zaak dat er iets binnenkomt bij {graph.words_of(node)}?"
    options = (
        (ElementKind.TASK, "Iemand meldt het: het is een taak"),
        (EventKind.MESSAGE, "De behandelaar drukt op een knop, of een andere stap laat het weten"),
    )
    thrown = any(
        event.kind == EventKind.MESSAGE and event.name and event.name in {mine.name for mine in node.events}
        for other in graph.nodes.values() if other.kind in (ElementKind.INTERMEDIATE_THROW_EVENT, ElementKind.END_EVENT) for event in other.events
    )  # fmt: skip
    if not thrown and graph.ask(AdoptingQuestion(f"receive-{node.id}", node.id, sentence, options)) == ElementKind.TASK:
        node.kind, node.events = ElementKind.USER_TASK, []
        return
    name = next((event.name for event in node.events if event.name), "") or node.name or node.id
    node.events = [ForeignEvent(EventKind.MESSAGE, name=name)]
    graph.buttons[name] = node.name or name
