"""A loop without a wait would run for ever inside one step."""

from engine.lint.subject import WAITS, Findings, Links, Subject, called_by, error
from engine.words import ElementKind


def endless_loops(subject: Subject) -> Findings:
    waiting = {node.id for node in subject.of_kind(*WAITS)}
    waiting |= {node for node in subject.nodes if subject.foreign(node)}
    waiting |= {node.id for node in subject.of_kind(ElementKind.SUB_PROCESS) if _waits_inside(subject, node.id)}
    links = {
        node: tuple(target for target in targets if target not in waiting)
        for node, targets in subject.step.items()
        if node not in waiting
    }
    for node in _on_cycles(links):
        message = f"De lus bij {called_by(subject.nodes[node])} wacht nergens. Zet er een taak of een timer in."
        yield error(node, "loop-without-wait", message)


def _waits_inside(subject: Subject, scope: str) -> bool:
    return any(
        node.scope == scope
        for node in subject.of_kind(*WAITS, ElementKind.SUB_PROCESS)
        if node.kind != ElementKind.BOUNDARY_EVENT
    )


def _on_cycles(links: Links) -> list[str]:
    """The node that closes each cycle, found by one depth-first walk."""
    closing: list[str] = []
    done: set[str] = set()
    for start in links:
        path: set[str] = set()
        todo = [(start, False)]
        while todo:
            node, leaving = todo.pop()
            if leaving:
                path.discard(node)
                done.add(node)
            elif node in path:
                if node not in closing:
                    closing.append(node)
            elif node not in done:
                path.add(node)
                todo.append((node, True))
                todo.extend((target, False) for target in links.get(node, ()))
    return closing
