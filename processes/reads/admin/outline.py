"""A drawing in words: lanes with their steps in reading order, statuses, deadlines, results. For who does not see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine import DrawnDeadline, Element, Model
from engine.kernel.reading import Reading
from engine.words import Counting, ElementKind
from processes.base.dutch import term_in_words
from processes.law import LawRule
from processes.law.term import length_in_words
from processes.reads.admin.words import KINDS, SIDES

STEPS = frozenset(
    {
        ElementKind.USER_TASK,
        ElementKind.SERVICE_TASK,
        ElementKind.SEND_TASK,
        ElementKind.RECEIVE_TASK,
        ElementKind.CALL_ACTIVITY,
        ElementKind.START_EVENT,
        ElementKind.END_EVENT,
    }
)
WITHOUT_LANE = "Zonder baan"


@dataclass(frozen=True, slots=True)
class OutlineStep:
    element: str
    kind: str
    name: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaneWords:
    name: str
    side: str
    steps: tuple[OutlineStep, ...]


@dataclass(frozen=True, slots=True)
class StatusWords:
    name: str
    explanation: str
    shown: bool


@dataclass(frozen=True, slots=True)
class DeadlineWords:
    title: str
    term: str


@dataclass(frozen=True, slots=True)
class Outline:
    lanes: tuple[LaneWords, ...]
    statuses: tuple[StatusWords, ...]
    deadlines: tuple[DeadlineWords, ...]
    document_types: tuple[str, ...]
    results: tuple[str, ...]


def outline_of(reading: Reading, law: Sequence[LawRule]) -> Outline | None:
    """None for a drawing that cannot be read. `law`: the rules that hold today."""
    model, drawing = reading.model, reading.drawing
    if model is None or drawing is None:
        return None
    boxes = drawing.boxes
    left = {element: (boxes[element].x, boxes[element].y) for element in boxes}
    steps = sorted(
        (element for element in model.elements.values() if element.kind in STEPS),
        key=lambda element: left.get(element.id, (0.0, 0.0)),
    )
    return Outline(
        lanes=tuple(_lanes(model, steps)),
        statuses=tuple(StatusWords(one.name, _plain(one.explanation), one.visible) for one in model.statuses()),
        deadlines=tuple(DeadlineWords(one.title, term_of(one, law)) for one in model.deadlines.values()),
        document_types=tuple(kind.name for kind in model.document_types.values()),
        results=tuple(kind.description for kind in model.result_types.values()),
    )


def _lanes(model: Model, steps: list[Element]) -> Iterable[LaneWords]:
    for lane, role in model.roles.items():
        inside = tuple(_step(step) for step in steps if step.lane == lane)
        yield LaneWords(role.name or lane, SIDES[role.side], inside)
    loose = tuple(_step(step) for step in steps if step.lane not in model.roles)
    if loose:
        yield LaneWords(WITHOUT_LANE, "", loose)


def _step(element: Element) -> OutlineStep:
    details = []
    if element.status:
        details.append(f"status wordt '{element.status.name}'")
    if element.mail:
        details.append(f"verstuurt '{element.mail.template}'")
    if element.request:
        details.append("vraagt stukken aan een afdeling")
    if element.called:
        details.append(f"start het proces '{element.called}'")
    return OutlineStep(
        element.id, KINDS.get(element.kind, "stap"), " ".join(element.name.split()) or "zonder naam", tuple(details)
    )


def term_of(deadline: DrawnDeadline, law: Sequence[LawRule]) -> str:
    """`6 weken of 12 weken, volgens Awb 7:10, lid 1` (a term per variant), or the duration that the drawing gives."""
    if deadline.duration:
        return length_in_words(deadline.duration, working=deadline.calendar == Counting.WORKING)
    rules = [rule for rule in law if rule.code == deadline.rule]
    if not rules:
        return f"wettelijke regel '{deadline.rule}'"
    terms = dict.fromkeys(term_in_words(rule.amount, rule.unit) for rule in rules)
    return f"{' of '.join(terms)}, volgens {rules[0].article}"


def _plain(text: str) -> str:
    return " ".join(text.split())
