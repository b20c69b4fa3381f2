"""Findings about what a drawing asks of others: processes that it calls, and messages."""

from collections.abc import Iterator
from typing import Final

from engine.drawing import DrawnNode
from engine.lint.contract import Part, given_at, mismatches
from engine.lint.subject import THROWS, Findings, Subject, called_by, error
from engine.model import Finding, Model
from engine.words import ElementKind, EventKind

CONTRACT: Final = {
    Part.INPUT: "`{process}` heeft `{code}` ({type}) nodig. Declareer die waarde hier ook.",
    Part.OUTPUT: "`{process}` geeft `{code}` als {type} terug. Geef die waarde hier dat soort.",
    Part.DEADLINE: "`{process}` leest termijn `{code}`. Declareer die termijn hier ook.",
}


def calls(subject: Subject) -> Findings:
    for node in subject.of_kind(ElementKind.CALL_ACTIVITY):
        if not node.called:
            message = f"{called_by(node)} noemt geen proces. Vul in welk proces wordt aangeroepen."
            yield error(node.id, "call-without-process", message)
        elif node.called == subject.model.process or subject.model.process in _called_by_way_of(node.called, subject):
            message = f"{called_by(node)} roept het eigen proces weer aan, zonder einde. Roep een ander proces aan."
            yield error(node.id, "call-itself", message)
        else:
            yield from _target(node, node.called, subject)


def other_processes(subject: Subject) -> Findings:
    """Processes that settings name: buttons, the process for late documents."""
    model = subject.model
    named = [button.process for button in model.on_demand.values()]
    named.append(model.case_type.supplement if model.case_type else None)
    for process in dict.fromkeys(filter(None, named)):
        if subject.library and process not in subject.library and process != model.process:
            yield _unknown(model.process, process)
        elif started := subject.library.get(process):
            yield from _started(started, subject)


def messages(subject: Subject) -> Findings:
    waited_for = set()
    for node in subject.nodes.values():
        for event in node.events:
            if event.kind in (EventKind.MESSAGE, EventKind.SIGNAL) and not event.name:
                message = f"{called_by(node)} noemt geen bericht of signaal. Kies er een met een naam."
                yield error(node.id, "message-missing", message)
            elif event.kind == EventKind.ERROR and event.ref and event.name is None:
                message = f"{called_by(node)} noemt een fout die er niet is. Kies een bestaande fout."
                yield error(node.id, "message-missing", message)
            elif event.kind == EventKind.MESSAGE and node.kind not in THROWS:
                waited_for.add(event.name)
    for button in subject.model.on_demand.values():
        if button.message and button.message not in waited_for:
            message = f"Knop `{button.code}` stuurt `{button.message[:60]}`, maar niets wacht daarop."
            advice = "Teken een gebeurtenis die op dat bericht wacht."
            yield error(subject.model.process, "unknown-message", f"{message} {advice}")


def _target(node: DrawnNode, process: str, subject: Subject) -> Findings:
    called = subject.library.get(process)
    if called is None:
        if subject.library:
            yield _unknown(node.id, process)
        return
    given = given_at(subject, called, repeated=node.multi is not None)
    for found in mismatches(called, given, subject.model):
        message = CONTRACT[found.part].format(process=called.process, code=found.code, type=found.type)
        yield error(node.id, "call-contract", message)


def _started(process: Model, subject: Subject) -> Findings:
    """A button, and documents that come late, give no values along: an input stays empty. A deadline must be there."""
    for found in mismatches(process, {}, subject.model):
        if found.part == Part.DEADLINE:
            message = CONTRACT[found.part].format(process=process.process, code=found.code)
            yield error(subject.model.process, "call-contract", message)


def _called_by_way_of(process: str, subject: Subject) -> set[str]:
    seen: set[str] = set()
    todo = [process]
    while todo:
        model = subject.library.get(todo.pop())
        fresh = set(_calls_of(model)) - seen if model else set()
        seen |= fresh
        todo.extend(fresh)
    return seen


def _calls_of(model: Model) -> Iterator[str]:
    return (element.called for element in model.elements.values() if element.called)


def _unknown(place: str, process: str) -> Finding:
    message = f"Het proces `{process[:60]}` is er niet. Voeg het eerst toe of verbeter de naam."
    return error(place, "unknown-process", message)
