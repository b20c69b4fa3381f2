"""Branches of a split that meet without waiting for each other: what follows is done once for each of them.

Two tokens of one split can both come to a node when two ways lead there that share no node but the split: then nothing
on the way made one token of them. Such a node is one that the split dominates immediately, in the graph of what
can be reached from the split.
"""

from collections.abc import Iterable

from engine.drawing import DrawnNode
from engine.lint.dominators import immediate_dominators
from engine.lint.subject import PARALLEL, WAITS, Findings, Subject, called_by, error, reach, warning
from engine.words import ElementKind

# of the graph that starts at a split: no element can have these ids, for an id has no space
ROOT, AGAIN, OVER, BOTH = " split", " again", " over", " both"


def exclusive_joins(subject: Subject) -> Findings:
    """Tokens of one split that meet without a join go on one by one: all that follows happens twice."""
    told: set[str] = set()
    for split in subject.splits():
        branches = [[target] for target in _together(subject, split)]
        for node in sorted(_meetings(subject, split.id, branches) - told):
            told.add(node)
            kind = subject.nodes[node].kind
            advice = (
                "Maak er een parallelle gateway van." if "Gateway" in kind else "Zet er een parallelle gateway voor."
            )
            message = f"Hier komen takken van de splitsing {called_by(split)} samen, zonder op elkaar te wachten."
            yield error(node, "parallel-joined-by-exclusive", f"{message} {advice}")


def split_again(subject: Subject) -> Findings:
    """A branch that goes back before its split, while another branch is left behind: that one is done twice."""
    for split in subject.splits():
        branches = _together(subject, split)
        if _waits_beside(subject, split.id, branches) and _goes_round(subject, split.id, branches):
            message = f"Een tak van de splitsing {called_by(split)} gaat terug naar de splitsing, zonder op de andere te wachten."
            advice = "Laat de takken eerst samenkomen in een parallelle gateway."
            yield error(split.id, "parallel-split-again", f"{message} Die andere begint dan nog een keer. {advice}")


def meetings_beside(subject: Subject) -> Findings:
    """Branches of boundary events beside a step that goes on, which come back to the way of that step."""
    for event in subject.of_kind(ElementKind.BOUNDARY_EVENT):
        step = event.attached_to or ""
        if event.interrupting or step not in subject.nodes:
            continue
        beside, onward = _targets(subject, [event.id]), _targets(subject, [step, *_instead(subject, step)])
        met = sorted(_meetings(subject, step, [beside, onward]))
        back = step in reach(beside, subject.step, stop=_common_joins(subject, beside, onward).__contains__)
        if met or back:
            place = called_by(subject.nodes[step if back else met[0]])
            message = f"De tak van {called_by(event)} komt terug bij {place}, terwijl de stap zelf ook doorgaat."
            advice = "Wat daarna komt, gebeurt dan nog een keer. Geef de tak een eigen einde, of laat de gebeurtenis onderbreken."
            yield warning(event.id, "branch-beside-returns", f"{message} {advice}")


def _together(subject: Subject, split: DrawnNode) -> list[str]:
    """Where the flows lead that get a token at once: the default of an inclusive gateway is taken alone."""
    alone = split.default if split.kind == ElementKind.INCLUSIVE_GATEWAY else None
    return [flow.target for flow in subject.outgoing[split.id] if flow.id != alone]


def _meetings(subject: Subject, split: str, branches: list[list[str]]) -> set[str]:
    """The nodes, not joins and not ends, to which two of the branches come by ways of their own."""
    links = {**subject.step, split: (), **_doors(branches)}
    met = {node for node, above in immediate_dominators(ROOT, links).items() if above == ROOT and node in subject.nodes}
    return {
        node
        for node in met - {split}
        if subject.nodes[node].kind not in (ElementKind.END_EVENT, *PARALLEL) and not subject.foreign(node)
    }


def _doors(branches: list[list[str]]) -> dict[str, tuple[str, ...]]:
    """From the root to each branch, by a node of its own: two arrows to one node are two ways."""
    doors = {f"{ROOT} {at}": tuple(targets) for at, targets in enumerate(branches)}
    return {ROOT: tuple(doors), **doors}


def _targets(subject: Subject, nodes: Iterable[str]) -> list[str]:
    return [flow.target for node in nodes for flow in subject.outgoing.get(node, ())]


def _instead(subject: Subject, step: str) -> list[str]:
    return [event for event in subject.boundaries.get(step, ()) if subject.nodes[event].interrupting]


def _goes_round(subject: Subject, split: str, branches: list[str]) -> bool:
    """Whether one token can come back to the split while another goes to an end, or round for ever, by another way."""
    ends = {node.id for node in subject.of_kind(ElementKind.END_EVENT)}
    ending = reach(ends, subject.back)
    beside = {node.id for node in subject.of_kind(ElementKind.BOUNDARY_EVENT) if not node.interrupting}
    onward = {node: tuple(to for to in targets if to not in beside) for node, targets in subject.step.items()}
    lasting = {node: (*onward.get(node, ()), OVER) for node in subject.nodes if node in ends or node not in ending}
    links = {**onward, **lasting, split: (AGAIN,), AGAIN: (BOTH,), OVER: (BOTH,)}
    return immediate_dominators(ROOT, {**links, **_doors([[target] for target in branches])}).get(BOTH) == ROOT


def _waits_beside(subject: Subject, split: str, branches: list[str]) -> bool:
    """Whether something waits on a branch beside one that comes back; a mail beside it may well be sent each time."""
    ways = [reach([target], subject.step, stop={split}.__contains__) for target in branches]
    waits = [any(subject.nodes[node].kind in (*WAITS, ElementKind.SUB_PROCESS) for node in way) for way in ways]
    return any(
        split in way and any(waits[other] for other in range(len(ways)) if other != at) for at, way in enumerate(ways)
    )


def _common_joins(subject: Subject, one: Iterable[str], other: Iterable[str]) -> set[str]:
    return {node for node in reach(one, subject.step) & reach(other, subject.step) if subject.is_join(node)}
