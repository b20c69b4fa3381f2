"""Gateways: a default, conditions on the other flows, and splits and joins that fit each other."""

from collections import defaultdict

from engine.drawing import DrawnNode, SequenceFlow
from engine.lint.subject import PARALLEL, Findings, Subject, called_by, error, reach, warning
from engine.words import ElementKind, EventKind

DEEPEST = 10  # nobody nests deeper; it bounds the work
MOST_BLOCKS = 3  # parallel blocks in series multiply what the engine keeps open


def defaults(subject: Subject) -> Findings:
    for node in subject.of_kind(ElementKind.EXCLUSIVE_GATEWAY, ElementKind.INCLUSIVE_GATEWAY):
        flows = subject.outgoing.get(node.id, ())
        if len(flows) > 1 and not any(flow.id == node.default for flow in flows):
            message = f"Gateway {called_by(node)} heeft geen standaardpijl. Kies welke pijl geldt als niets past."
            yield error(node.id, "gateway-without-default", message)


def conditions(subject: Subject) -> Findings:
    """Findings about missing conditions, and conditions on flows that may not have one."""
    for flow in subject.drawing.flows.values():
        source = subject.nodes.get(flow.source)
        if source is not None and not subject.foreign(source.id):
            yield from _condition(flow, source, subject)


def _condition(flow: SequenceFlow, source: DrawnNode, subject: Subject) -> Findings:
    chooses = source.kind in (ElementKind.EXCLUSIVE_GATEWAY, ElementKind.INCLUSIVE_GATEWAY)
    several = len(subject.outgoing.get(source.id, ())) > 1
    if flow.condition and not chooses:
        message = "Een voorwaarde kan alleen op een pijl uit een gateway. Teken een exclusieve gateway."
        yield error(flow.id, "condition-misplaced", message)
    elif flow.condition and flow.id == source.default:
        message = "De standaardpijl heeft een voorwaarde, die nooit wordt gelezen. Haal de voorwaarde weg."
        yield warning(flow.id, "default-with-condition", message)
    elif chooses and several and not flow.condition and flow.id != source.default:
        message = f"Deze pijl uit {called_by(source)} heeft geen voorwaarde. Vul in wanneer hij geldt."
        yield error(flow.id, "condition-missing", message)


def event_gateways(subject: Subject) -> Findings:
    for node in subject.of_kind(ElementKind.EVENT_BASED_GATEWAY):
        targets = [subject.nodes[flow.target] for flow in subject.outgoing.get(node.id, ())]
        timers = sum(event.kind == EventKind.TIMER for target in targets for event in target.events)
        if len(targets) < 2 or not all(_can_race(subject, target) for target in targets):  # noqa: PLR2004
            message = "Na deze gateway horen ten minste twee gebeurtenissen waarop gewacht wordt."
            yield error(node.id, "event-gateway", message)
        elif timers > 1:
            yield error(node.id, "event-gateway", "Na deze gateway mag één timer staan. Haal de andere weg.")


def _can_race(subject: Subject, target: DrawnNode) -> bool:
    """An event that is waited for, or a receive task without boundary events, which waits as one."""
    receives = target.kind == ElementKind.RECEIVE_TASK and not subject.boundaries.get(target.id)
    return target.kind == ElementKind.INTERMEDIATE_CATCH_EVENT or receives or subject.foreign(target.id)


def parallel_joins(subject: Subject) -> Findings:
    """A join of branches of which only one is ever taken waits for ever for the other."""
    told: set[str] = set()
    for choice in subject.of_kind(ElementKind.EXCLUSIVE_GATEWAY, ElementKind.EVENT_BASED_GATEWAY):
        targets = [flow.target for flow in subject.outgoing.get(choice.id, ())]
        branches = [reach([target], subject.step, stop={choice.id}.__contains__) for target in targets]
        for join in sorted(_waits_for_both(subject, choice, branches) - told):
            told.add(join)
            message = (
                f"Hier wachten takken van de keuze {called_by(choice)} op elkaar, maar er wordt er maar één gekozen. "
                "Maak er een exclusieve gateway van."
            )
            yield error(join, "exclusive-joined-by-parallel", message)


def _waits_for_both(subject: Subject, choice: DrawnNode, branches: list[set[str]]) -> set[str]:
    found = set()
    for join in set().union(*branches):
        if subject.nodes[join].kind != ElementKind.PARALLEL_GATEWAY or not subject.is_join(join):
            continue
        arrivals = list(filter(None, (_taken_to(subject, flow, choice, branches) for flow in subject.incoming[join])))
        if any(not one & other for at, one in enumerate(arrivals) for other in arrivals[at + 1 :]):
            found.add(join)
    return found


def _taken_to(subject: Subject, flow: SequenceFlow, choice: DrawnNode, branches: list[set[str]]) -> set[int]:
    """Which branches of the choice bring a token to this flow, before the choice is made again."""
    if flow.source == choice.id:  # the flow is a branch itself
        return {at for at, own in enumerate(subject.outgoing[choice.id]) if own.id == flow.id}
    return {at for at, branch in enumerate(branches) if flow.source in branch}


def parallel_loop_entries(subject: Subject) -> Findings:
    """A join that waits for a token that can only come from behind itself waits for ever."""
    starts = [node.id for node in subject.of_kind(ElementKind.START_EVENT)]
    everywhere = reach(starts, subject.step)
    for node in subject.of_kind(ElementKind.PARALLEL_GATEWAY):
        if not subject.is_join(node.id):
            continue
        before = reach(starts, subject.step, stop=lambda at, node=node: at == node.id)  # type: ignore[misc]
        if any(flow.source in everywhere - before for flow in subject.incoming[node.id]):
            message = (
                "Deze parallelle gateway wacht op een pijl die van achter hem komt. Gebruik een exclusieve gateway."
            )
            yield error(node.id, "parallel-loop-entry", message)


def parallel_blocks(subject: Subject) -> Findings:
    """The longest row of blocks after each other, nested ones not counted."""
    joined = {
        split.id
        for split in subject.splits()
        if split.kind == ElementKind.PARALLEL_GATEWAY and _is_joined(subject, split)
    }
    best: dict[str, dict[int, int]] = defaultdict(dict)
    for node in _forward_order(subject):
        for depth, count in (best.pop(node, None) or {0: 0}).items():
            inner, passed = _pass(subject, node, depth, count, joined)
            if passed > MOST_BLOCKS:
                advice = "Zet een deel in een proces dat wordt aangeroepen."
                message = f"Er staan meer dan {MOST_BLOCKS} parallelle blokken na elkaar. {advice}"
                yield warning(node, "too-many-parallel-blocks", message)
                return
            for target in subject.step.get(node, ()):
                best[target][inner] = max(best[target].get(inner, 0), passed)


def _pass(subject: Subject, node: str, depth: int, count: int, joined: set[str]) -> tuple[int, int]:
    closes = subject.nodes[node].kind == ElementKind.PARALLEL_GATEWAY and subject.is_join(node) and depth > 0
    if closes:
        depth, count = depth - 1, count + (depth == 1)
    return min(depth + (node in joined), DEEPEST), count


def _is_joined(subject: Subject, split: DrawnNode) -> bool:
    branches = [reach([flow.target], subject.step) for flow in subject.outgoing[split.id]]
    joins = [node.id for node in subject.of_kind(*PARALLEL) if subject.is_join(node.id)]
    return any(sum(join in branch for branch in branches) > 1 for join in joins)


def _forward_order(subject: Subject) -> list[str]:
    """Every node after those that lead to it; flows that go back are left out by the depth-first walk."""
    order: list[str] = []
    seen: set[str] = set()
    for start in subject.of_kind(ElementKind.START_EVENT):
        todo = [(start.id, False)]
        while todo:
            node, done = todo.pop()
            if done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                todo.append((node, True))
                todo.extend((target, False) for target in subject.step.get(node, ()))
    return order[::-1]
