"""Every expression that the settings of a drawing hold, and every setting that counts in working days.

A Model in; the element (or the process), the name of the setting and its text out. Expressions of BPMN itself, such as
conditions and timers, are found in what was compiled: `engine.kernel.counting`.
"""

from collections.abc import Iterator

from engine.model import DocumentRequest, Element, Model
from engine.words import Counting

Place = tuple[str, str, str]  # the element, the setting (`deadline.variant`), its text


def setting_expressions(model: Model) -> Iterator[Place]:
    """The expressions in `case:` settings, each once; that they parse was checked while reading."""
    yield from deadline_expressions(model)
    for kind in model.result_types.values():
        yield from ((model.process, "retention.when", one.when) for one in kind.retentions)
        yield from ((model.process, "map.value", one.value) for one in kind.maps)
    yield from ((place, "documentRequest.department", request.department) for place, request in _requests(model))
    for element in model.elements.values():
        yield from _of_element(element)


def deadline_expressions(model: Model, code: str | None = None) -> Iterator[Place]:
    """Those of the deadline with this code, or of all of them."""
    for deadline in model.deadlines.values():
        if code in {None, deadline.code}:
            yield model.process, "deadline.from", deadline.start_from
            named = {
                "variant": deadline.variant, "length": deadline.length, "perDay": deadline.per_day, "atMost": deadline.at_most,
            }  # fmt: skip
            yield from ((model.process, f"deadline.{name}", text) for name, text in named.items() if text)


def in_working_days(model: Model) -> Iterator[Place]:
    """The settings with `calendar="working"`, with their length."""
    for deadline in model.deadlines.values():
        if deadline.duration and deadline.calendar == Counting.WORKING:
            yield model.process, "deadline.duration", deadline.duration
    for place, request in _requests(model):
        if request.calendar == Counting.WORKING:
            yield place, "documentRequest.term", request.term
    for element in model.elements.values():
        rule = element.assignment
        if rule and rule.lead_time and rule.calendar == Counting.WORKING:
            yield element.id, "assignment.leadTime", rule.lead_time


def _requests(model: Model) -> Iterator[tuple[str, DocumentRequest]]:
    yield from ((model.process, button.request) for button in model.on_demand.values() if button.request)
    yield from ((element.id, element.request) for element in model.elements.values() if element.request)


def _of_element(element: Element) -> Iterator[Place]:
    for action in element.deadline_actions:
        if action.until:
            yield element.id, "deadlineAction.until", action.until
    if element.assignment and element.assignment.change_before:
        yield element.id, "assignment.changeBefore", element.assignment.change_before
    if element.session and element.session.when:
        yield element.id, "session.when", element.session.when
    if element.service:
        yield from ((element.id, "parameter.value", text) for text in element.service.parameters.values())
