"""Messages that wait for a reader: thrown by an element with `case:keep` while nobody waited for them (docs/bpmn-profile.md).

A message is kept once per name, by the smallest flow around its thrower in which somebody may wait for it later, and is gone when that
flow ends. When all else is at rest, whoever waits for it there gets it. A drawing without `case:keep` keeps nothing.
"""

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition

from engine.kernel.events import Catching
from engine.kernel.tokens import Token, TopFlow


def keep(token: Token, message: str) -> None:
    """The token threw a message that nobody waited for. One that nobody can ever wait for is not kept."""
    flow = next((one for one in around(token.workflow) if _may_wait(one, message)), None)
    if flow is not None:
        flow.kept[message] = True


def hand_over(flow: TopFlow) -> bool:
    """Give the first kept message that somebody waits for now to everybody who does; whether there was one."""
    for part in flow.flows():
        for message in part.kept:
            waiting = [
                token for token in _inside(flow, part) if token.task_spec.awaits(token, MessageEventDefinition, message)
            ]
            if waiting:
                del part.kept[message]
                for token in waiting:
                    if token.live:  # an earlier one may have interrupted it
                        token.task_spec.trigger(token)
                return True
    return False


def around(flow: Any) -> Iterator[Any]:
    """The flow and those around it, the nearest first."""
    while True:
        yield flow
        if flow.holder is None:
            return
        flow = flow.holder.workflow


def _inside(flow: TopFlow, part: Any) -> list[Token]:
    """The live tokens of a flow and of the subprocesses in it."""
    return [token for token in flow.all_live() if part in around(token.workflow)]


def _may_wait(flow: Any, message: str) -> bool:
    return _waits_in(flow.spec, flow.top_workflow.subprocess_specs, message)


def _waits_in(process: Any, subprocesses: Any, message: str) -> bool:
    """Whether an element of this scope, or of a subprocess in it, waits for the message."""
    for spec in process.task_specs.values():
        if isinstance(spec, Catching) and _reads(spec, message):
            return True
        inner = subprocesses.get(getattr(spec, "spec", None))
        if inner is not None and _waits_in(inner, subprocesses, message):
            return True
    return False


def _reads(spec: Any, message: str) -> bool:
    definition = spec.event_definition
    return isinstance(definition, MessageEventDefinition) and definition.name == message
