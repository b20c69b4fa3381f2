"""Is every element one that Zaakspoor can run? What it cannot is refused, with what to draw instead."""

from collections.abc import Mapping

from engine.drawing import DrawnNode
from engine.lint.subject import Findings, Subject, error, warning
from engine.model import Finding
from engine.words import ElementKind, EventKind

RESERVED = frozenset(
    {"Start", "End", "Root"}
)  # the engine gives these names to steps of its own, which collide silently
RESERVED_ENDINGS = (".EndJoin", ".BoundaryEventSplit", ".BoundaryEventJoin")

INSTEAD: Mapping[str, str] = {
    "scriptTask": "Code mag niet in een tekening. Gebruik een servicetaak, of een expressie bij een gateway.",
    "businessRuleTask": "Gebruik een exclusieve gateway met voorwaarden.",
    "adHocSubProcess": "Gebruik case:onDemand: een knop waarmee de behandelaar los werk start.",
    "transaction": "Gebruik een gewoon deelproces.",
    ElementKind.COMPLEX_GATEWAY: "Gebruik een exclusieve, parallelle of inclusieve gateway.",
    "eventDefinitionRef": "Zet de soort gebeurtenis op het onderdeel zelf.",
    "link": "Trek de pijl door, of gebruik een deelproces.",
    "escalation": "Gebruik een bericht, of een timer die niet onderbreekt.",
    "compensate": "Teken de stappen die iets terugdraaien gewoon uit.",
    "conditional": "Gebruik een timer of een bericht, met daarna een exclusieve gateway.",
    "cancel": "Gebruik case:withdrawal of een fout-gebeurtenis.",
    EventKind.TIMER: "Gebruik een tussentimer of een timer op de rand van een stap.",
    EventKind.TERMINATE: "Gebruik een eindgebeurtenis.",
    EventKind.MESSAGE: "Gebruik een tussengebeurtenis die op een bericht wacht.",
    EventKind.SIGNAL: "Gebruik een tussengebeurtenis met een signaal.",
    EventKind.ERROR: "Gebruik een eindgebeurtenis of randgebeurtenis met een fout.",
}
OTHERWISE = "Gebruik een onderdeel uit docs/bpmn-profile.md."

DATA = frozenset({ElementKind.DATA_OBJECT, ElementKind.DATA_OBJECT_REFERENCE, ElementKind.DATA_STORE_REFERENCE})

EVENTS: Mapping[str, frozenset[str]] = {
    ElementKind.START_EVENT: frozenset({EventKind.MESSAGE, EventKind.TIMER}),
    ElementKind.END_EVENT: frozenset({EventKind.TERMINATE, EventKind.ERROR, EventKind.MESSAGE, EventKind.SIGNAL}),
    ElementKind.INTERMEDIATE_CATCH_EVENT: frozenset({EventKind.TIMER, EventKind.MESSAGE, EventKind.SIGNAL}),
    ElementKind.INTERMEDIATE_THROW_EVENT: frozenset({EventKind.MESSAGE, EventKind.SIGNAL}),
    ElementKind.BOUNDARY_EVENT: frozenset({EventKind.TIMER, EventKind.MESSAGE, EventKind.ERROR, EventKind.SIGNAL}),
}
NEEDS_DEFINITION = frozenset({ElementKind.INTERMEDIATE_CATCH_EVENT, ElementKind.BOUNDARY_EVENT})


def not_executable(subject: Subject) -> Findings:
    for odd in subject.drawing.odd:
        if odd.kind not in DATA:
            yield _refuse(odd.element, odd.kind)
    for node in subject.nodes.values():
        yield from _marks(node)
        if node.kind in EVENTS:
            yield from _event(node, subject)


def data(subject: Subject) -> Findings:
    """Data in a drawing is a note for people: what a case knows are its values."""
    for odd in subject.drawing.odd:
        if odd.kind in DATA:
            message = "Dit gegeven in de tekening wordt niet gelezen."
            yield warning(
                odd.element, "data-not-read", f"{message} Wat de zaak moet onthouden hoort in case:value op het proces."
            )


def reserved_ids(subject: Subject) -> Findings:
    for node in subject.nodes.values():
        if node.id in RESERVED or node.id.endswith(RESERVED_ENDINGS):
            yield error(
                node.id, "reserved-id", f"Het id `{node.id[:60]}` gebruikt het systeem zelf. Kies een ander id."
            )


def _refuse(element: str, kind: str) -> Finding:
    message = f"`{kind}` kan Zaakspoor niet uitvoeren. {INSTEAD.get(kind, OTHERWISE)}"
    return error(element, "not-executable", message)


def _marks(node: DrawnNode) -> Findings:
    if node.event_subprocess:
        advice = "Gebruik een randgebeurtenis op de stap, of een knop met case:onDemand."
        yield error(node.id, "not-executable", f"Een deelproces dat door een gebeurtenis start kan niet. {advice}")
    if node.loop:
        advice = "Teken de lus uit met een exclusieve gateway en een stap waarin wordt gewacht."
        yield error(node.id, "not-executable", f"Een lus-teken op een stap kan niet. {advice}")


def _event(node: DrawnNode, subject: Subject) -> Findings:
    if len(node.events) > 1:
        yield error(node.id, "not-executable", "Meer dan één soort gebeurtenis tegelijk kan niet. Laat er één over.")
    if not node.events and node.kind in NEEDS_DEFINITION:
        yield error(node.id, "not-executable", "Deze gebeurtenis wacht op niets. Kies een timer, bericht of signaal.")
    inside = node.kind == ElementKind.START_EVENT and node.scope != subject.drawing.process
    allowed = frozenset() if inside else EVENTS[node.kind]
    for event in node.events:
        if event.kind not in allowed:
            where = "aan het begin van een deelproces" if inside else "op deze plaats"
            advice = "Gebruik een gewoon begin." if inside else INSTEAD.get(event.kind, OTHERWISE)
            yield error(node.id, "not-executable", f"Een gebeurtenis `{event.kind}` kan {where} niet. {advice}")
