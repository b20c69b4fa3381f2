"""The picture itself: everything has a place, and nothing lies on top of something else."""

from collections.abc import Iterator

from engine.drawing import Box
from engine.lint.subject import Findings, Subject, called_by, error, warning


def complete(subject: Subject) -> Findings:
    drawing = subject.drawing
    if not drawing.boxes:
        message = "Het bestand heeft geen tekening bij het proces. Bewaar het opnieuw vanuit de modelleertool."
        yield error(drawing.process, "diagram", message)
        return
    for node in subject.nodes.values():
        if node.id not in drawing.boxes:
            message = f"{called_by(node)} staat niet in de tekening. Plaats het opnieuw."
            yield error(node.id, "diagram", message)
    for flow in drawing.flows.values():
        if flow.id not in drawing.edges:
            yield error(flow.id, "diagram", "Deze pijl staat niet in de tekening. Trek hem opnieuw.")


def overlaps(subject: Subject) -> Findings:
    for upper, lower in _overlapping(subject):
        message = (
            f"{called_by(subject.nodes[upper])} ligt over {called_by(subject.nodes[lower])}. Schuif ze uit elkaar."
        )
        yield warning(upper, "overlap", message)


def _overlapping(subject: Subject) -> Iterator[tuple[str, str]]:
    """Pairs in one scope; boundary events lie on their step by nature. Swept from left to right."""
    open_boxes: list[tuple[str, Box]] = []
    found = [(node.id, subject.drawing.boxes.get(node.id)) for node in subject.nodes.values() if not node.attached_to]
    placed = sorted(((node, box) for node, box in found if box), key=lambda pair: pair[1].x)
    for node, box in placed:
        open_boxes = [pair for pair in open_boxes if pair[1].x + pair[1].width > box.x]
        for other, before in open_boxes:
            if _crossing(box, before) and subject.nodes[node].scope == subject.nodes[other].scope:
                yield node, other
                break
        open_boxes.append((node, box))


def _crossing(one: Box, other: Box) -> bool:
    return one.y < other.y + other.height and other.y < one.y + one.height
