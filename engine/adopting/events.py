"""Events: timers that can be read, messages with a button, and what only other tools know."""

import re

from engine.adopting.graph import AdoptingQuestion, ForeignEvent, ForeignGraph, ForeignNode, OnlyDrawn
from engine.errors import ExpressionError
from engine.expressions import parse_timer
from engine.words import ElementKind, EventKind, TimerKind

WEEK = "P7D"
TIMER_CODE = "timer-"  # before the element, in the code of the question how long it waits
UNITS = (
    ("d", "P{}D"),
    ("t", "P{}D"),
    ("w", "P{}W"),
    ("h", "PT{}H"),
    ("u", "PT{}H"),
    ("st", "PT{}H"),
    ("mon", "P{}M"),
    ("maa", "P{}M"),
    ("m", "PT{}M"),
)
NAMED = re.compile(r"(\d{1,3})\s*(day|dag|tag|week|woche|hour|uur|stunde|month|maand|monat|min)", re.IGNORECASE)
HEARD = (EventKind.MESSAGE, EventKind.SIGNAL, "conditional", "escalation", EventKind.ERROR, OnlyDrawn.CANCEL)


def settle_events(graph: ForeignGraph) -> None:
    thrown_signals = {
        event.name for node in graph.nodes.values() if node.kind in (ElementKind.INTERMEDIATE_THROW_EVENT, ElementKind.END_EVENT)
        for event in node.events if event.kind == EventKind.SIGNAL and event.name
    }  # fmt: skip
    for node in list(graph.nodes.values()):
        node.events = [event for event in node.events if not (len(node.events) > 1 and event.kind == OnlyDrawn.CANCEL)][
            :1
        ]
        if node.kind in (ElementKind.INTERMEDIATE_CATCH_EVENT, ElementKind.BOUNDARY_EVENT):
            _catch(graph, node, thrown_signals)
        elif node.kind == ElementKind.START_EVENT:
            _start(graph, node)
        elif node.kind in (ElementKind.INTERMEDIATE_THROW_EVENT, ElementKind.END_EVENT):
            _throw(graph, node)


def _start(graph: ForeignGraph, node: ForeignNode) -> None:
    if node.events:
        graph.say(
            f"{graph.called('begin', node)} wachtte op een gebeurtenis. Een zaak begint hier als iemand haar opent."
        )
        node.events = []


def _catch(graph: ForeignGraph, node: ForeignNode, thrown_signals: set[str]) -> None:
    event = node.events[0] if node.events else ForeignEvent(OnlyDrawn.NONE)
    if event.kind == EventKind.TIMER:
        _timer(graph, node, event)
    elif (event.kind == EventKind.ERROR and _thrown_inside(graph, node)) or (
        event.kind == EventKind.SIGNAL and event.name in thrown_signals
    ):
        return
    elif event.kind in HEARD or node.kind == ElementKind.BOUNDARY_EVENT or not _passes(graph, node):
        name = (event.name if event.kind == EventKind.MESSAGE else "") or node.name or event.name or node.id
        node.events = [ForeignEvent(EventKind.MESSAGE, name=name)]
        graph.buttons[name] = node.name or name
        if event.kind != EventKind.MESSAGE:
            graph.say(
                f"{graph.words_of(node)} wachtte op iets dat dit programma niet ziet: de behandelaar heeft er een knop voor."
            )
    else:
        node.kind, node.events = ElementKind.INTERMEDIATE_THROW_EVENT, []


def _passes(graph: ForeignGraph, node: ForeignNode) -> bool:
    """An event of no kind: a place that is passed, unless a gateway waits for it."""
    return not any(graph.nodes[flow.source].kind == ElementKind.EVENT_BASED_GATEWAY for flow in graph.into(node.id))


def _thrown_inside(graph: ForeignGraph, node: ForeignNode) -> bool:
    """An error of the subprocess under this event; the engine tells errors apart by name."""
    host = graph.nodes.get(node.attached_to)
    if host is None or host.kind != ElementKind.SUB_PROCESS:
        return False
    ends = [one for one in graph.inside(host.id) if any(event.kind == EventKind.ERROR for event in one.events)]
    name = node.events[0].name
    if not ends or (name and all(event.name != name for one in ends for event in one.events)):
        return False
    for one in ends:
        one.events = [ForeignEvent(EventKind.ERROR, name=name or one.events[0].name or "fout")]
    node.events = [ForeignEvent(EventKind.ERROR, name=name or ends[0].events[0].name or "fout")]
    return True


def _timer(graph: ForeignGraph, node: ForeignNode, event: ForeignEvent) -> None:
    kind = event.timer or TimerKind.DURATION
    wrong = node.kind == ElementKind.INTERMEDIATE_CATCH_EVENT and kind == TimerKind.CYCLE
    if event.text and not wrong and _reads(event.text, kind):
        return
    said = f" In de tekening stond '{event.text[:60]}'." if event.text else ""
    sentence = f"Hoe lang wacht {graph.words_of(node)}? Schrijf bijvoorbeeld P14D voor veertien dagen.{said}"
    text = graph.ask(AdoptingQuestion(f"{TIMER_CODE}{node.id}", node.id, sentence, proposal=_in_words(node.name)))
    node.events = [
        ForeignEvent(EventKind.TIMER, TimerKind.DURATION, text if _reads(text, TimerKind.DURATION) else WEEK)
    ]


def _in_words(name: str) -> str:
    """A duration from a name such as `7 days` or `24 uur`; a week when there is none in it."""
    found = NAMED.search(name)
    if found is None:
        return WEEK
    number, unit = found.groups()
    return next(text for start, text in UNITS if unit.lower().startswith(start)).format(number)


def wrong_answer(question: AdoptingQuestion, answer: str) -> str:
    """Why an answer cannot be taken, in a sentence; empty when it can."""
    codes = [code for code, _ in question.options]
    if codes and answer not in codes:
        return f"Kies uit: {', '.join(codes)}."
    if question.code.startswith(TIMER_CODE) and not _reads(answer, TimerKind.DURATION):
        return (
            "Schrijf een duur, bijvoorbeeld P14D (veertien dagen), P6W (zes weken), P1M (een maand) of PT4H (vier uur)."
        )
    return ""


def _reads(text: str, kind: str) -> bool:
    """Whether the engine reads it, and without names of another tool."""
    try:
        return not parse_timer(text, TimerKind(kind)).names
    except (ExpressionError, ValueError):
        return False


def _throw(graph: ForeignGraph, node: ForeignNode) -> None:
    event = node.events[0] if node.events else ForeignEvent(OnlyDrawn.NONE)
    heard = any(
        other.name == event.name for one in graph.nodes.values()
        if one.kind in (ElementKind.INTERMEDIATE_CATCH_EVENT, ElementKind.BOUNDARY_EVENT, ElementKind.RECEIVE_TASK) for other in one.events if other.kind == event.kind
    )  # fmt: skip
    if event.kind == EventKind.TERMINATE and node.kind == ElementKind.END_EVENT:
        if len(graph.pools) > 1:
            node.events = []
            graph.say(
                f"{graph.called('einde', node)} stopte alles. Nu de pools één zaak zijn, eindigt er alleen zijn eigen tak."
            )
        return
    if event.kind in (EventKind.MESSAGE, EventKind.SIGNAL) and event.name and heard:
        if event.kind == EventKind.MESSAGE:
            node.settings["keep"] = "<case:keep/>"  # in another tool the reader may come later
        return
    if event.kind == EventKind.ERROR and node.kind == ElementKind.END_EVENT and node.scope:
        borders = [one for one in graph.nodes.values() if one.attached_to == node.scope]
        if any(other.kind == EventKind.ERROR for one in borders for other in one.events):
            return
    if event.kind == EventKind.MESSAGE:
        node.settings["mail"] = "mail"
    elif event.kind not in (OnlyDrawn.NONE, EventKind.TERMINATE):
        graph.say(
            f"{graph.words_of(node)} gaf iets door dat niemand hier hoort ({event.kind}): het is een gewone stap geworden."
        )
    node.events = []
