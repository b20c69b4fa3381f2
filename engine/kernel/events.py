"""Events: what is thrown, what is waited for, and the two nodes that hold waiting events.

A waiting timer keeps the moment its token arrived and how often it fired; its due moment is worked out anew from
the facts each time, so a deadline that moves takes its reminders along.
"""

# ruff: noqa: SLF001 - the hooks of the library are its private methods, and their signatures are given
# mypy: disable-error-code="misc,no-any-return,no-untyped-call"
# (the library has no types)

from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import ErrorEventDefinition, SignalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition, TerminateEventDefinition
from SpiffWorkflow.util.task import TaskState

from engine.expressions import TimerRule
from engine.kernel.nodes import Node
from engine.kernel.tokens import Token
from engine.steps import MailAsked

ANCHOR, FIRED = "at", "n"


class ElementTimer(EventDefinition):
    """Named by its element, since the library tells timers apart by class only."""

    def __init__(self, element: str, rule: TimerRule) -> None:
        super().__init__(element)
        self.rule = rule


class Catching(Node):
    """Waits until its timer is due or its message, signal or error comes."""

    event_definition: Any

    def _update_hook(self, token: Token) -> bool | None:
        self.journal(token).entered(self)
        if isinstance(self.event_definition, NoneEventDefinition):
            return True
        self.arm(token)
        return None

    def arm(self, token: Token) -> None:
        token._set_state(TaskState.WAITING)
        if isinstance(self.event_definition, ElementTimer):
            token.internal_data[ANCHOR] = self.journal(token).now.isoformat()

    def awaits(self, token: Token, kind: type, name: str) -> bool:
        definition = self.event_definition
        return token._state == TaskState.WAITING and isinstance(definition, kind) and self.event_definition.name == name

    def timer(self, token: Token) -> tuple[TimerRule, datetime, int]:
        data = token.internal_data
        return self.event_definition.rule, datetime.fromisoformat(data[ANCHOR]), data.get(FIRED, 0)

    def trigger(self, token: Token) -> None:
        """Make the token ready: the event that it waited for has come."""
        holder = token.parent.task_spec
        # a receive task in a guard is what is guarded: it lets go when it is done, as any other activity
        if isinstance(holder, EventGateway) or (isinstance(holder, Guard) and isinstance(self, BoundaryEvent)):
            holder.won(token.parent, token)
            self.journal(token).entered(self)
        token._ready()


class StartEvent(Node, defaults.StartEvent):
    """Whoever starts the instance has seen to it that its message or timer came."""


class CatchEvent(Catching, defaults.IntermediateCatchEvent):
    pass


class ReceiveTask(Catching, defaults.ReceiveTask):
    pass


class BoundaryEvent(Catching, defaults.BoundaryEvent):
    cancel_activity: bool

    @property
    def comes_back(self) -> bool:
        """A message or a signal may come again as long as the activity lasts; a timer only when it is a cycle."""
        definition = self.event_definition
        return not self.cancel_activity and (not isinstance(definition, ElementTimer) or definition.rule.cyclic)

    def takes_error(self, token: Token, code: str | None) -> bool:
        definition: Any = self.event_definition
        waits = token._state == TaskState.WAITING and isinstance(definition, ErrorEventDefinition)
        return waits and definition.code in (None, code)

    def rearm(self, token: Token) -> None:
        again = token.parent._add_child(self, TaskState.WAITING)
        if isinstance(self.event_definition, ElementTimer):
            journal, (rule, anchor, fired) = self.journal(token), self.timer(token)
            again.internal_data = {
                ANCHOR: token.internal_data[ANCHOR],
                FIRED: rule.fired_by(anchor, fired, journal.facts, journal.now),
            }


class Guard(Node, BoundaryEventSplit):
    """Holds an activity and its boundary events, and lets go of all when the activity ends or is interrupted."""

    def _update_hook(self, token: Token) -> bool | None:
        token._set_state(TaskState.STARTED)
        children = [token._add_child(way) for way in self.ways]
        for child in children:
            if isinstance(child.task_spec, BoundaryEvent):
                child.task_spec.arm(child)
        for child in children:
            if not isinstance(child.task_spec, BoundaryEvent):
                child.task_spec._update(child)
        return None

    def released(self, holder: Token, token: Token) -> None:
        if not isinstance(token.task_spec, BoundaryEvent):
            dissolve(holder, token)

    def won(self, holder: Token, token: Token) -> None:
        if token.task_spec.cancel_activity:
            dissolve(holder, token)
            return
        if token.task_spec.comes_back:
            token.task_spec.rearm(token)
        token.lift()


class EventGateway(Node, defaults.EventBasedGateway):
    """Holds the events that race; the first one cancels the others."""

    def connect(self, child: Any) -> None:
        BoundaryEventSplit.connect(self, child)  # the library would take the event away from the child

    def _update_hook(self, token: Token) -> bool | None:
        self.journal(token).entered(self)
        token._set_state(TaskState.STARTED)
        for way in self.ways:
            way.arm(token._add_child(way))
        return None

    def won(self, holder: Token, token: Token) -> None:
        self.journal(token).left(self)
        dissolve(holder, token)


def dissolve(holder: Token, winner: Token) -> None:
    """The winner goes on alone: what else is held is cancelled, and the holder is gone."""
    flow = holder.workflow
    for child in holder.children:
        if child is not winner and child.live:
            flow.remove(child)
    winner.lift()
    holder._set_state(TaskState.COMPLETED)
    flow.forget(holder)


class Throwing(Node):
    """Asks for its mail, then throws its message or signal to whoever waits inside this instance."""

    event_definition: Any

    def _run_hook(self, token: Token) -> bool | None:
        journal = self.journal(token)
        element = journal.settings(self)
        if element and element.mail:
            journal.add(MailAsked(element.id, element.mail))
        if isinstance(self.event_definition, (MessageEventDefinition, SignalEventDefinition)):
            heard = journal.deliver(type(self.event_definition), self.event_definition.name)
            if not heard and element and element.keep and isinstance(self.event_definition, MessageEventDefinition):
                journal.keep(token, self.event_definition.name)
        return True


class ThrowEvent(Throwing, defaults.IntermediateThrowEvent):
    pass


class SendTask(Throwing, defaults.SendTask):
    pass


class EndEvent(Throwing, defaults.EndEvent):
    def _run_hook(self, token: Token) -> bool | None:
        super()._run_hook(token)
        if token._state != TaskState.READY:
            return None
        self.journal(token).reached_result(self)
        if isinstance(self.event_definition, ErrorEventDefinition):
            return self.throw_error(token)
        return True

    def throw_error(self, token: Token) -> bool | None:
        """An error that nobody catches ends its own token only."""
        catcher = catcher_of(token, self.event_definition.code)
        if catcher is None:
            return True
        self.journal(token).left(self)
        catcher.task_spec.trigger(catcher)
        return None

    def _on_complete(self, token: Token) -> None:
        if isinstance(self.event_definition, TerminateEventDefinition):
            for other in list(token.workflow.live_tokens()):
                if other is not token and other.live:
                    other.cancel()
        super()._on_complete(token)


def catcher_of(token: Token, code: str | None) -> Token | None:
    """The nearest error boundary around the subprocess that takes this code."""
    flow = token.workflow
    while flow.parent_task_id is not None:
        held = flow.top_workflow.get_task_from_id(flow.parent_task_id)
        flow = held.workflow
        while held is not None:
            for event in held.children:
                if isinstance(event.task_spec, BoundaryEvent) and event.task_spec.takes_error(event, code):
                    return event
            held = held.parent
    return None
