"""The running engine: a command on a stored state gives a new state and a Step.

Every function here is pure: state, facts and time go in, state and effects come out. The caller holds the lock, stores
the bytes as they are and carries out the effects. `compile_model` is done once per deployed version.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition

from engine.errors import NobodyListens, NotReady
from engine.kernel.alone import alone, lapse
from engine.kernel.compiling import Compiled, compile_model
from engine.kernel.moving import move
from engine.kernel.settling import load, new_flow, settle
from engine.kernel.tokens import Token, TopFlow
from engine.steps import Cancel, Command, Complete, Facts, Fire, Lapse, Outcome, Refresh, Send

__all__ = [
    "Compiled", "advance", "after_message", "begun_again", "compile_model", "heard", "move", "standing", "start", "start_alone",
]  # fmt: skip


def start(compiled: Compiled, facts: Facts, now: datetime, *, start_event: str | None = None) -> Outcome:
    """A new instance, run until it waits. Without `start_event` the start without a message or timer is taken."""
    flow = new_flow(compiled, facts, now)
    flow.enter_at(_chosen_start(compiled, start_event))
    return settle(flow)


def start_alone(compiled: Compiled, element: str, facts: Facts, now: datetime) -> Outcome:
    """A new instance of one task alone, for one person of several (`EachAsked`). Raises UnknownState without such a task."""
    part = alone(compiled, element)
    flow = new_flow(compiled, facts, now, part)
    flow.enter_at(part.entry)
    return settle(flow)


def advance(compiled: Compiled, state: bytes, command: Command, facts: Facts, now: datetime) -> Outcome:
    """Carry out a command, then run until everything waits; timers that are due by then take effect, too.

    Raises NotReady, NobodyListens, ExpressionError, NoWayOut, RunsWithoutEnd or UnknownState; the state given
    stays good.
    """
    flow = load(compiled, state, facts, now)
    match command:
        case Complete(task):
            _waiting(flow, task).complete()
        case Lapse(task, event):
            lapse(_waiting(flow, task), event)
        case Send(message):
            _send(flow, message)
        case Cancel():
            flow.completed = True
            flow.clear()
        case Fire() | Refresh():
            pass  # nothing to do first: settling evaluates timers and conditions again
    return settle(flow)


def heard(compiled: Compiled, state: bytes, messages: Collection[str], now: datetime) -> frozenset[str]:
    """The messages, of these, that something waits for now. Raises UnknownState."""
    living = load(compiled, state, {}, now).all_live()
    awaited = (
        (token.task_spec.awaits(token, MessageEventDefinition, one), one) for one in messages for token in living
    )
    return frozenset(message for waits, message in awaited if waits)


def after_message(compiled: Compiled, message: str) -> tuple[str, ...]:
    """The elements that may follow once this message was heard, nearest first; what stands inside a subprocess does not count."""
    specs = compiled.spec.task_specs.values()
    queue = [one for one in specs if _listens(getattr(one, "event_definition", None), message)]
    seen: dict[str, None] = {}
    while queue:
        for way in queue.pop(0).outputs:
            if way.bpmn_id and way.bpmn_id not in seen:
                seen[way.bpmn_id] = None
                queue.append(way)
    return tuple(seen)


def begun_again(compiled: Compiled, message: str) -> frozenset[str]:
    """The first tasks, calls and services that follow once this message interrupted the part that heard it, those inside the
    subprocesses that it enters too. Empty for a message that interrupts nothing.
    """
    heard_by = [
        spec
        for process in (compiled.spec, *compiled.subprocesses.values())
        for spec in process.task_specs.values()
        if getattr(spec, "cancel_activity", False) and _listens(getattr(spec, "event_definition", None), message)
    ]
    queue, seen, found = [way for spec in heard_by for way in spec.outputs], set(), set()
    while queue:
        spec = queue.pop()
        if spec in seen:
            continue
        seen.add(spec)
        inner = compiled.subprocesses.get(getattr(spec, "spec", None) or "")
        if getattr(spec, "outside", False):
            found.add(spec.bpmn_id)
        else:
            queue += [inner.start] if inner else spec.outputs
    return frozenset(found)


def _listens(event: Any, message: str) -> bool:
    return isinstance(event, MessageEventDefinition) and event.name == message


def standing(compiled: Compiled, state: bytes, now: datetime) -> tuple[str, ...]:
    """The elements at which tokens wait, each once, outer ones first: tasks, events, joins, subprocesses, and the events on the
    edge of those. Raises UnknownState.
    """
    living = load(compiled, state, {}, now).all_live()
    return tuple(dict.fromkeys(token.task_spec.bpmn_id for token in living if token.task_spec.bpmn_id))


def _chosen_start(compiled: Compiled, start_event: str | None) -> Any:
    starts = compiled.spec.start.outputs
    if start_event is None:
        plain = (node for node in starts if isinstance(node.event_definition, NoneEventDefinition))
        return next(plain, starts[0])
    chosen = next((node for node in starts if node.bpmn_id == start_event), None)
    if chosen is None:
        raise NobodyListens(f"({start_event})")
    return chosen


def _waiting(flow: TopFlow, task: str) -> Token:
    token = flow.get_task_from_id(task)
    if token is None or not token.live or not token.task_spec.outside:
        raise NotReady
    return token


def _send(flow: TopFlow, message: str) -> None:
    if flow.script_engine.deliver(MessageEventDefinition, message) == 0:
        raise NobodyListens(f"({message})")
