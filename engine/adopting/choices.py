"""Where a way is chosen, a person chooses: on the form of the task before it, or on one that is put there."""

import re
import unicodedata

from engine.adopting.graph import GATEWAYS, AskedWay, ForeignFlow, ForeignGraph, ForeignNode
from engine.words import ElementKind, EventKind

PASSED = frozenset(
    {
        ElementKind.EXCLUSIVE_GATEWAY,
        ElementKind.INTERMEDIATE_THROW_EVENT,
        ElementKind.SERVICE_TASK,
        ElementKind.SEND_TASK,
    }
)
LONGEST_CODE = 40


def settle_choices(graph: ForeignGraph) -> None:
    """Every split is drawn as a gateway; every gateway that chooses has its question, and each of its arrows a condition."""
    for node in list(graph.nodes.values()):
        _implicit(graph, node)
    for node in list(graph.nodes.values()):
        if node.kind == ElementKind.EVENT_BASED_GATEWAY:
            _race(graph, node)
    for flow in graph.flows.values():
        flow.condition = ""  # written in the language of another tool
    for node in [
        node
        for node in graph.nodes.values()
        if node.kind in (ElementKind.EXCLUSIVE_GATEWAY, ElementKind.INCLUSIVE_GATEWAY)
    ]:
        choose(graph, node)


def choose(graph: ForeignGraph, gateway: ForeignNode) -> None:
    """Give a gateway that splits a question and conditions; nothing when it does not split."""
    ways = graph.out(gateway.id)
    if len(ways) < 2:  # noqa: PLR2004 - one way is no choice
        for flow in ways:
            flow.condition = ""
        gateway.default = ""
        return
    last = next((flow for flow in ways if flow.id == gateway.default), ways[-1])
    gateway.default = last.id
    several = gateway.kind == ElementKind.INCLUSIVE_GATEWAY
    options = _options(graph, ways)
    code = _free(slug(gateway.name or "keuze"), graph)
    choice = AskedWay(code, gateway.name or "Hoe gaat de zaak verder?", options, several)
    for flow, (option, _) in zip(ways, options, strict=True):
        flow.condition = "" if flow is last else _condition(code, option, several=several)
    _ask(graph, gateway, choice)


def _condition(code: str, option: str, *, several: bool) -> str:
    return f"{code}_{option} == true" if several else f"{code} == '{option}'"


def _options(graph: ForeignGraph, ways: list[ForeignFlow]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for flow in ways:
        words = flow.name or graph.nodes[flow.target].name or "Verder"
        base = slug(words)[:24].rstrip("_")
        taken = {code for code, _ in found}
        said = {text for _, text in found}
        code = next(one for one in (base, *(f"{base}_{n}" for n in range(2, 999))) if one not in taken)
        text = next(one for one in (words, *(f"{words} ({n})" for n in range(2, 999))) if one not in said)
        found.append((code, text))
    return found


def _free(wanted: str, graph: ForeignGraph) -> str:
    taken = {choice.code for node in graph.nodes.values() for choice in node.asks}
    return next(one for one in (wanted, *(f"{wanted}_{n}" for n in range(2, 9999))) if one not in taken)


def _ask(graph: ForeignGraph, gateway: ForeignNode, choice: AskedWay) -> None:
    places = _askers(graph, gateway)
    if places is None:
        task = graph.add(
            ElementKind.USER_TASK,
            f"{gateway.id}_kiezen",
            gateway,
            f"Kies: {gateway.name}" if gateway.name else "Kies hoe het verdergaat",
        )
        for flow in graph.into(gateway.id):
            graph.flows.lead(flow, target=task.id)
        graph.link(task.id, gateway.id)
        graph.say(f"Voor {graph.called('gateway', gateway)} is een taak getekend waarin iemand kiest.")
        places = [task]
    for place in places:
        place.asks.append(choice)


def _askers(graph: ForeignGraph, gateway: ForeignNode) -> list[ForeignNode] | None:
    """The tasks, or the begin of the case, that every way to this gateway passes last; None when some way has none."""
    found: list[ForeignNode] = []
    seen = {gateway.id}
    todo = [gateway.id]
    while todo:
        for flow in graph.into(todo.pop()):
            node = graph.nodes[flow.source]
            if node.id in seen:
                continue
            seen.add(node.id)
            if node.kind == ElementKind.USER_TASK or (node.kind == ElementKind.START_EVENT and not node.scope):
                found.append(node)
            elif node.kind in PASSED:
                todo.append(node.id)
            else:
                return None
    return found or None


def _implicit(graph: ForeignGraph, node: ForeignNode) -> None:
    """Several arrows from a step: a race of events, a choice where arrows have words or conditions, else all of them."""
    ways = graph.out(node.id)
    if node.kind in GATEWAYS or len(ways) < 2:  # noqa: PLR2004 - one way is no split
        return
    targets = [graph.nodes[flow.target] for flow in ways]
    kind = ElementKind.PARALLEL_GATEWAY
    if all(target.kind == ElementKind.INTERMEDIATE_CATCH_EVENT and target.events for target in targets):
        kind = ElementKind.EVENT_BASED_GATEWAY
    elif any(flow.condition or flow.id == node.default for flow in ways):
        kind = ElementKind.EXCLUSIVE_GATEWAY
    gateway = graph.add(kind, f"{node.id}_verder", node)
    gateway.default, node.default = node.default, ""
    for flow in ways:
        graph.flows.lead(flow, source=gateway.id)
    graph.link(node.id, gateway.id)
    graph.say(f"Uit {graph.words_of(node)} gingen meer pijlen: er is een gateway getekend.")


def _race(graph: ForeignGraph, gateway: ForeignNode) -> None:
    targets = [graph.nodes[flow.target] for flow in graph.out(gateway.id)]
    waits = [
        target
        for target in targets
        if target.kind in (ElementKind.INTERMEDIATE_CATCH_EVENT, ElementKind.RECEIVE_TASK) and target.events
    ]
    timers = [target for target in waits if target.events[0].kind == EventKind.TIMER]
    bordered = {node.attached_to for node in graph.nodes.values()}
    whole = len(waits) == len(targets) > 1 and len(timers) < 2  # noqa: PLR2004 - one timer
    shared = any(len(graph.into(target.id)) > 1 for target in waits)
    if not whole or shared or any(target.id in bordered for target in waits):
        gateway.kind = ElementKind.EXCLUSIVE_GATEWAY
        graph.say(f"{graph.called('gateway', gateway)} wachtte niet alleen op gebeurtenissen: iemand kiest daar.")


def slug(words: str) -> str:
    """A code of a few letters: `[a-z][a-z0-9_]*`."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    code = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_CODE].rstrip("_")
    return code if code and code[0].isalpha() else f"k_{code}".rstrip("_")
