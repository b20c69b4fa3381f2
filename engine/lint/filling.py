"""Is a value filled before it is read? Conditions, timers, repeats and settings of steps read values.

Forms fill them, and so do processes that are called and the service that lists parties.
"""

from collections.abc import Iterable, Iterator

from engine.drawing import DrawnNode
from engine.errors import ExpressionError
from engine.expressions import compile_expression, given_texts
from engine.form_parts import form_keys
from engine.lint.forms import sure_keys
from engine.lint.subject import ANSWERS, Findings, Subject, reach, warning
from engine.model import Element, Model
from engine.words import EventKind

BEFORE = ""  # no element: it was there before the first one
Reading = tuple[str, str, str]  # the element that the finding names, the node at which it is read, the expression


def unfilled_values(subject: Subject) -> Findings:
    """A value that is read but that no form fills, or only forms that come later, is empty when it is read."""
    fillers, given = _fillers(subject), dict(_given_to_others(subject))
    told: set[str] = set()
    for element, node, text in _readings(subject):
        for name in sorted(_names(text) & set(subject.model.values) - set(subject.model.inputs)):
            places = fillers.get(name, set())
            if not places and name in given:
                if name not in told:
                    told.add(name)
                    yield warning(element, "value-never-filled", given[name])
            elif not places:
                message = f"Hier wordt `{name}` gelezen, maar geen formulier vult dat in. Zet het op een formulier."
                yield warning(element, "value-never-filled", message)
            elif places <= _only_after(subject, node):
                message = f"Hier wordt `{name}` gelezen, maar pas een later formulier vult dat in. Vraag het eerder."
                yield warning(element, "value-filled-later", message)


def not_yet_filled(subject: Subject, node: str) -> frozenset[str]:
    """The codes of values that are empty when this node reads them: nothing fills them, or only what comes after it."""
    fillers, later = _fillers(subject), _only_after(subject, node)
    own = set(subject.model.values) - set(subject.model.inputs)
    return frozenset(code for code in own if fillers.get(code, set()) <= later)


def filled_codes(subject: Subject) -> frozenset[str]:
    """The codes of values that something fills: a form, a process that is called, a service, a case before this one."""
    return frozenset(_fillers(subject))


def surely_filled_by(subject: Subject) -> dict[str, set[str]]:
    """By code of a value: the nodes after which it is filled for sure."""
    keys = {name: sure_keys(data) for name, data in subject.folder.forms.items()}
    found: dict[str, set[str]] = {}
    for element in subject.elements():
        listed = given_texts(element.service.parameters.get("into", "none")) if element.service else ()
        for key in {*keys.get(element.form or "", ()), *_handed_back(subject, element), *listed}:
            found.setdefault(key, set()).add(element.id)
    return found


def _fillers(subject: Subject) -> dict[str, set[str]]:
    keys = {name: form_keys(data) for name, data in subject.folder.forms.items()}
    found: dict[str, set[str]] = {code: {BEFORE} for code in _given_along(subject)}
    for element in subject.elements():
        for key in {*keys.get(element.form or "", ()), *_handed_back(subject, element), *_listed(element)}:
            found.setdefault(key, set()).add(element.id)
    return found


def _given_along(subject: Subject) -> Iterator[str]:
    """The codes of values that an ended case fills in for a case of this type that follows on it."""
    for other in subject.library.values():
        following = (kind for kind in other.result_types.values() if kind.follow == subject.model.process)
        yield from (one.to for kind in following for one in kind.maps)


def _given_to_others(subject: Subject) -> Iterator[tuple[str, str]]:
    """The codes of values that an ended case fills in for a case of another type that follows on it, each with what to do.

    A copy has such a value as its original has it. No form should ask it: it stays empty, unless the other case type leads here too.
    """
    for other in subject.library.values():
        for kind in other.result_types.values():
            receiver = subject.library.get(kind.follow or "")
            if receiver and kind.follow != subject.model.process:
                same = (one.to for one in kind.maps if _same_value(subject.model, receiver, one.to))
                yield from ((code, _only_by(other, receiver, code)) for code in same)


def _same_value(model: Model, other: Model, code: str) -> bool:
    return code in model.values and model.values[code] == other.values.get(code)


def _only_by(giver: Model, receiver: Model, code: str) -> str:
    """`'Beroep' geeft het alleen aan 'Bezwaar'`, and what somebody may do about it."""
    told = f"Hier wordt `{code}` gelezen. Alleen '{giver.name}' vult dat in, en geeft het aan een zaak van '{receiver.name}'."
    advice = f"Hier blijft het leeg. Is dat goed, dan hoeft u niets te doen. Laat anders een resultaat van '{giver.name}' ook naar dit zaaktype leiden."
    return f"{told} {advice}"


def _handed_back(subject: Subject, element: Element) -> Iterable[str]:
    """The codes of outputs that a called process gives to its caller when it ends."""
    called = subject.library.get(element.called or "")
    return called.outputs if called else ()


def _listed(element: Element) -> frozenset[str]:
    """The values in which a service puts a list of parties."""
    given = element.service.parameters if element.service else {}
    return given_texts(given.get("into", "none")) | given_texts(given.get("asked", "none"))


def _readings(subject: Subject) -> Iterator[Reading]:
    for flow in subject.drawing.flows.values():
        if flow.condition and flow.source in subject.nodes:
            yield flow.id, flow.source, flow.condition
    for node in subject.nodes.values():
        yield from (
            (node.id, node.id, text) for text in (*_of_node(node), *_of_element(subject.model.elements[node.id]))
        )


def _of_node(node: DrawnNode) -> Iterator[str]:
    if node.multi:
        yield from filter(None, (node.multi.cardinality, node.multi.collection))
    yield from (event.text for event in node.events if event.kind == EventKind.TIMER)


def _of_element(element: Element) -> Iterator[str]:
    """Settings of a step that stop the case when what they read is empty."""
    if element.request:
        yield element.request.department
    if element.result and element.result.value:
        yield element.result.value
    yield from (action.until for action in element.deadline_actions if action.until)
    if element.service:
        yield from element.service.parameters.values()


def _only_after(subject: Subject, node: str) -> set[str]:
    """The nodes that can come after this node but never before it. Those that run beside it are neither."""
    return reach([node], subject.onward) - reach([node], subject.before)


def _names(text: str) -> frozenset[str]:
    try:
        return frozenset(name.removeprefix(ANSWERS) for name in compile_expression(text).names)
    except ExpressionError:
        return frozenset()
