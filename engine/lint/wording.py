"""Expressions and timers: does the text parse, and does every name in it exist?"""

from collections.abc import Iterable

from engine.drawing import DrawnNode, EventDefinition
from engine.drawn_expressions import setting_expressions
from engine.errors import ExpressionError
from engine.expressions import compared_texts, compile_expression, parse_timer
from engine.lint.subject import ANSWERS, ITEM, Findings, Subject, called_by, error
from engine.words import ElementKind, EventKind, TimerKind


def conditions(subject: Subject) -> Findings:
    for flow in subject.drawing.flows.values():
        if flow.condition:
            yield from _expression(flow.id, flow.condition, "condition-broken", subject)


def timers(subject: Subject) -> Findings:
    for node in subject.nodes.values():
        for event in node.events:
            if event.kind == EventKind.TIMER:
                yield from _timer(node, event, subject)


def multi_instance(subject: Subject) -> Findings:
    for node in subject.nodes.values():
        multi = node.multi
        if multi is None:
            continue
        if not multi.cardinality and not multi.collection:
            message = f"{called_by(node)} wordt herhaald, maar er staat niet hoe vaak. Vul een aantal of een lijst in."
            yield error(node.id, "multi-instance-empty", message)
        if multi.collection and multi.collection not in {c for c, value in subject.values.items() if value.list}:
            message = f'`{multi.collection[:60]}` is geen lijst van dit zaaktype. Kies een waarde met list="true".'
            yield error(node.id, "unknown-name", message)
        for text in filter(None, (multi.cardinality, multi.completion)):
            yield from _expression(node.id, text, "condition-broken", subject)


def settings(subject: Subject) -> Findings:
    """Expressions in `case:` settings; that they parse was checked while reading."""
    for element, _setting, text in setting_expressions(subject.model):
        node = subject.nodes.get(element)
        item = {ITEM} if node and node.multi else set()
        yield from _names(element, compile_expression(text).names - item, subject)
        yield from impossible_choices(element, text, subject)


def _expression(element: str, text: str, code: str, subject: Subject) -> Findings:
    try:
        expression = compile_expression(text)
    except ExpressionError as problem:
        yield error(element, code, str(problem))
        return
    if expression.repeats:
        yield error(element, code, "Een herhaling hoort alleen bij een timer. Schrijf hier een voorwaarde.")
    yield from _names(element, expression.names, subject)
    yield from impossible_choices(element, expression.text, subject)


def _timer(node: DrawnNode, event: EventDefinition, subject: Subject) -> Findings:
    if event.timer is None or not event.text:
        message = "De timer is leeg. Vul een duur (P14D), een datum of een expressie in."
        yield error(node.id, "timer-empty", message)
        return
    if event.timer == TimerKind.CYCLE and (node.kind != ElementKind.BOUNDARY_EVENT or node.interrupting):
        message = "Een herhalende timer kan alleen op de rand van een stap die hij niet onderbreekt."
        yield error(node.id, "cycle-misplaced", f"{message} Zet hem daar, of kies een datum of duur.")
    try:
        rule = parse_timer(event.text, event.timer)
    except ExpressionError as problem:
        yield error(node.id, "timer-broken", str(problem))
        return
    yield from _names(node.id, rule.names, subject)


def _names(element: str, names: Iterable[str], subject: Subject) -> Findings:
    for name in sorted(set(names) - subject.facts):
        message = f"`{name[:60]}` bestaat niet in dit proces. Declareer het als waarde of termijn, of verbeter de naam."
        yield error(element, "unknown-name", message)


def impossible_choices(element: str, text: str, subject: Subject) -> Findings:
    """A comparison with a choice that does not exist is never true."""
    for name, compared in sorted(compared_texts(text)):
        value = subject.values.get(name.removeprefix(ANSWERS))
        if value and value.choices and compared not in {choice.value for choice in value.choices}:
            known = ", ".join(choice.value for choice in value.choices)
            message = f"`{name}` is nooit `{compared[:60]}`. Kies uit: {known[:300]}."
            yield error(element, "unknown-choice", message)
