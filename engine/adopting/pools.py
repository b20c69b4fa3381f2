"""Several pools: those that talk to each other become the lanes of one case, or one of them is chosen."""

from engine.adopting.graph import (
    CATCHES,
    EVENTS,
    AdoptingQuestion,
    ForeignEvent,
    ForeignGraph,
    ForeignNode,
    ForeignPool,
)
from engine.words import ElementKind, EventKind


def gather(graph: ForeignGraph) -> None:
    """One course is left; every node has a lane."""
    full = sorted(
        (pool for pool in graph.pools.values() if any(node.pool == pool.id for node in graph.nodes.values())),
        key=lambda pool: -sum(node.pool == pool.id for node in graph.nodes.values()),
    )
    kept = _chosen(graph, full) if len(full) > 1 else full
    for pool in full:
        if pool not in kept:
            steps = [graph.words_of(node) for node in graph.nodes.values() if node.pool == pool.id and node.name]
            graph.say(
                f"Pool '{pool.name or pool.id}' is weggelaten, met: {', '.join(steps[:12]) or 'stappen zonder naam'}."
            )
            for node in [node.id for node in graph.nodes.values() if node.pool == pool.id]:
                graph.drop(node)
    graph.pools = {pool.id: pool for pool in kept}
    if len(kept) == 1 and kept[0].name:
        graph.name = kept[0].name
    _lanes(graph, kept)
    _talk(graph)


def _chosen(graph: ForeignGraph, full: list[ForeignPool]) -> list[ForeignPool]:
    talking = _talking(graph, full)
    options = [(pool.id, f"Alleen '{pool.name or pool.id}'") for pool in full]
    if len(talking) > 1:
        names = ", ".join(pool.name or pool.id for pool in talking)
        options.insert(0, ("all", f"Samen één zaak, ieder een eigen baan: {names}"))
    sentence = "De tekening heeft meer dan één pool met stappen. Wat wordt de zaak?"
    answer = graph.ask(AdoptingQuestion("pools", "", sentence, tuple(options)))
    return talking if answer == "all" else [pool for pool in full if pool.id == answer]


def _talking(graph: ForeignGraph, full: list[ForeignPool]) -> list[ForeignPool]:
    """The pools that messages tie to the largest of those that talk at all."""
    own = {node.id: node.pool for node in graph.nodes.values()} | {pool.id: pool.id for pool in full}
    ties = [(own[source], own[target]) for source, target, _ in graph.messages if source in own and target in own]
    first = next((pool.id for pool in full if any(pool.id in tie and tie[0] != tie[1] for tie in ties)), "")
    found = {first} if first else set()
    for _ in full:
        found |= {one for tie in ties if found & set(tie) for one in tie}
    return [pool for pool in full if pool.id in found]


def _lanes(graph: ForeignGraph, kept: list[ForeignPool]) -> None:
    """A pool without lanes is a lane itself; what stands in none goes with what it hangs on, or in the first one."""
    for pool in kept:
        if not pool.lanes:
            pool.lanes.append((f"{pool.id}_lane", pool.name))
        known = {lane for lane, _ in pool.lanes}
        for node in graph.nodes.values():
            if node.pool == pool.id and node.lane not in known:
                host = graph.nodes.get(node.attached_to)
                node.lane = host.lane if host and host.lane in known else pool.lanes[0][0]


def _talk(graph: ForeignGraph) -> None:
    """Messages inside the case. One that begins the course of another lane is an arrow; others stay messages."""
    for source_id, target_id, name in graph.messages:
        source, target = graph.nodes.get(source_id), graph.nodes.get(target_id)
        if source is None or target is None:
            if target is not None and name:
                _name_of(target, name)
            continue
        if target.kind == ElementKind.START_EVENT and not source.scope and not target.scope:
            _continue(graph, source, target)
        elif target.kind in (*CATCHES, ElementKind.RECEIVE_TASK):
            _send(graph, source, target, name or target.name or source.name or "bericht")
        else:
            graph.say(
                f"Het bericht van {graph.words_of(source)} aan {graph.words_of(target)} is geen pijl: laat het zien in een brief of formulier."
            )


def _continue(graph: ForeignGraph, source: ForeignNode, target: ForeignNode) -> None:
    target.kind, target.events = ElementKind.INTERMEDIATE_THROW_EVENT, []
    if source.kind == ElementKind.END_EVENT:
        source.kind, source.events = ElementKind.INTERMEDIATE_THROW_EVENT, []
    graph.link(source.id, target.id)
    graph.say(f"Het bericht van {graph.words_of(source)} dat {graph.words_of(target)} begint, is een pijl geworden.")


def _send(graph: ForeignGraph, source: ForeignNode, target: ForeignNode, name: str) -> None:
    name = _name_of(target, name)
    if source.kind in (ElementKind.INTERMEDIATE_THROW_EVENT, ElementKind.END_EVENT, ElementKind.SEND_TASK) and not any(
        event.name for event in source.events if event.kind == EventKind.MESSAGE and event.name != name
    ):
        if source.kind == ElementKind.SEND_TASK:
            source.kind = ElementKind.INTERMEDIATE_THROW_EVENT
        source.events = [ForeignEvent(EventKind.MESSAGE, name=name)]
        return
    throw = graph.add(ElementKind.INTERMEDIATE_THROW_EVENT, f"{source.id}_says", source, name)
    throw.events = [ForeignEvent(EventKind.MESSAGE, name=name)]
    if source.kind == ElementKind.END_EVENT:
        for flow in graph.into(source.id):
            graph.flows.lead(flow, target=throw.id)
        graph.link(throw.id, source.id)
    else:
        for flow in graph.out(source.id):
            graph.flows.lead(flow, source=throw.id)
        graph.link(source.id, throw.id)


def _name_of(target: ForeignNode, name: str) -> str:
    """The one name of what is sent here, however many send it."""
    known = next((event.name for event in target.events if event.kind == EventKind.MESSAGE and event.name), "")
    if target.kind in EVENTS and not any(event.kind == EventKind.MESSAGE for event in target.events):
        return known or name
    target.events = [ForeignEvent(EventKind.MESSAGE, name=known or name)]
    return known or name
