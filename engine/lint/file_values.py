"""A value of type file that a condition or text reads: a form makes a document of the file, and leaves the value empty."""

from collections.abc import Iterator

from engine.drawn_expressions import setting_expressions
from engine.errors import ExpressionError
from engine.expressions import compile_expression, parse_timer
from engine.form_parts import read_form
from engine.lint.subject import ANSWERS, Findings, Subject, error
from engine.lint.templates import names_read
from engine.words import EventKind, TimerKind, ValueType

IN_EXPRESSION = "Vraag op het formulier een ja of nee, of een keuze, en lees die."
IN_MAIL = "Schrijf `{% if sees.soort %}` of `{% documents soort %}` met de documentsoort."
IN_STATUS = "Schrijf wat voor iedereen waar is, of lees een ander gegeven."


def file_values(subject: Subject) -> Findings:
    """Each place that reads a file as if it were a value: what stands there never holds, and is never printed."""
    files = {code for code, value in subject.values.items() if value.type == ValueType.FILE}
    for place, names, advice in _readings(subject) if files else ():
        for name in sorted(name for name in names if name.removeprefix(ANSWERS) in files):
            message = (
                f"Hier wordt `{name[:60]}` gelezen. Dat is een bestand: het wordt een document, en dit blijft leeg."
            )
            yield error(place, "file-read-as-value", f"{message} {advice}")


def _readings(subject: Subject) -> Iterator[tuple[str, frozenset[str], str]]:
    """The element or file, the names that are read there, and what to read instead of a file."""
    for place, text in _expressions(subject):
        yield place, _names(text), IN_EXPRESSION
    for name, data in subject.folder.mails.items():
        yield f"mails/{name}", names_read(data.decode("utf-8", "replace")), IN_MAIL
    statuses = [(element.id, element.status) for element in subject.elements() if element.status]
    withdrawal = subject.model.withdrawal
    if withdrawal and withdrawal.status:
        statuses.append((subject.model.process, withdrawal.status))
    for place, status in statuses:
        for text in (status.explanation, status.next, *(one.text for one in status.translations)):
            yield place, names_read(text), IN_STATUS


def _expressions(subject: Subject) -> Iterator[tuple[str, str]]:
    yield from ((flow.id, flow.condition) for flow in subject.drawing.flows.values() if flow.condition)
    for node in subject.nodes.values():
        if node.multi:
            texts = (node.multi.cardinality, node.multi.collection, node.multi.completion)
            yield from ((node.id, text) for text in texts if text)
        for event in node.events:
            if event.kind == EventKind.TIMER and event.timer and event.text:
                yield from ((node.id, name) for name in _timer_names(event.text, event.timer))
    yield from ((place, text) for place, _, text in setting_expressions(subject.model))
    for name, data in subject.folder.forms.items():
        yield from ((f"forms/{name}", text) for text in _hidden_when(data))


def _hidden_when(data: bytes) -> Iterator[str]:
    """The conditions of the questions of a form; what cannot be read is a finding of its own."""
    try:
        components = read_form(data)
    except ValueError:
        return
    for component in components:
        conditional = component.get("conditional")
        if isinstance(conditional, dict) and isinstance(conditional.get("hide"), str):
            yield conditional["hide"]


def _timer_names(text: str, kind: TimerKind) -> frozenset[str]:
    try:
        return frozenset(parse_timer(text, kind).names)
    except ExpressionError:
        return frozenset()


def _names(text: str) -> frozenset[str]:
    try:
        return frozenset(compile_expression(text).names)
    except ExpressionError:
        return frozenset()
