"""The behaviour of each kind of node with a token: the library's specs with our rules in their hooks.

`_update_hook` is the arrival of a token, `_run_hook` its work (None: it waits to be completed from outside),
`_on_complete` its departure, `_on_cancel` its untimely end. What happens is told to the journal of the instance.
"""

# ruff: noqa: SLF001, ARG002 - the hooks of the library are its private methods, and their signatures are given
# mypy: disable-error-code="misc,no-any-return,no-untyped-call"
# (the library has no types)

from collections.abc import Iterable
from typing import Any, NamedTuple

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from engine.errors import NoWayOut
from engine.kernel.tokens import EACH, Token
from engine.steps import ChildAsked, ChildDropped, EachAsked, ServiceAsked, ServiceDropped, TaskClosed, TaskOpened

FROM, ARROW = "from", "arrow"  # of a token at a join: the node it came from, and which of the arrows from there


class Arrow(NamedTuple):
    """A sequence flow. `number` tells it from others to the same join; None where it is the only one."""

    target: Any
    number: int | None = None


class Node:
    """A token arrives, is ready at once, does its work and goes on along every outgoing flow."""

    name: str
    bpmn_id: str
    outputs: list[Any]
    _wf_spec: Any
    instance = False  # one of several inside a loop: the loop is what a token enters and leaves
    outside = False  # waits for a person, a service or a child: only `Complete` moves it
    # set after parsing: the outgoing specs, without the library's end join, and the same as arrows
    ways: tuple[Any, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    joins = False  # counts its tokens for each incoming arrow

    def _update_hook(self, token: Token) -> bool | None:
        self.journal(token).entered(self)
        return True

    def _on_ready(self, token: Token) -> None:
        self.journal(token).queue.append(token)

    def _run_hook(self, token: Token) -> bool | None:
        return True

    def _on_complete(self, token: Token) -> None:
        self.journal(token).left(self)
        holder = token.parent
        if isinstance(holder.task_spec, Node):
            holder.task_spec.released(holder, token)
        children = []
        for way, number in () if self.journal(token).ends_at(self) else self.chosen(token):
            children.append(child := token._add_child(way))
            if number is not None:
                child.internal_data[ARROW] = number
        for child in children:
            child.task_spec._update(child)
        token.workflow._task_completed_notify(token)

    def _on_cancel(self, token: Token) -> None:
        """Most nodes end without a word."""

    def chosen(self, token: Token) -> tuple[Arrow, ...]:
        """The flows that get a token."""
        return self.arrows

    def released(self, holder: Token, token: Token) -> None:
        """A token that this node holds is completed."""

    def awaits(self, token: Token, kind: type, name: str) -> bool:
        """Whether this token waits for a message or signal of that name."""
        return False

    @staticmethod
    def journal(token: Token) -> Any:
        return token.workflow.script_engine


class UserTask(Node, defaults.UserTask):
    """A task of one person, or one that each in its role does in an instance of their own. Which of the two it is stays
    with the token, so that a task that waits keeps it when its instance moves to another drawing.
    """

    outside = True

    def _on_ready(self, token: Token) -> None:
        journal = self.journal(token)
        if journal.asks_each(self):
            token.internal_data[EACH] = True
            journal.add(EachAsked(token.id, self.bpmn_id))
        else:
            journal.add(TaskOpened(token.id, self.bpmn_id, token.item))

    def _on_complete(self, token: Token) -> None:
        if EACH not in token.internal_data:
            self.journal(token).add(TaskClosed(token.id, self.bpmn_id, cancelled=False))
        super()._on_complete(token)

    def _on_cancel(self, token: Token) -> None:
        if EACH in token.internal_data:
            self.journal(token).add(ChildDropped(token.id, self.bpmn_id))
        else:
            self.journal(token).add(TaskClosed(token.id, self.bpmn_id, cancelled=True))


class ServiceTask(Node, defaults.ServiceTask):
    outside = True

    def _run_hook(self, token: Token) -> bool | None:
        journal = self.journal(token)
        journal.add(ServiceAsked(token.id, self.bpmn_id, journal.settings(self).service, token.item))
        return None

    def _on_cancel(self, token: Token) -> None:
        """Take back what this very step asked, so that nothing is done for a task that does not wait."""
        journal = self.journal(token)
        asked = [effect for effect in journal.effects if isinstance(effect, ServiceAsked) and effect.task == token.id]
        if asked:
            journal.effects.remove(asked[0])
        else:
            journal.add(ServiceDropped(token.id, self.bpmn_id))


class CallActivity(Node, BpmnSpecMixin):
    """An instance of its own, not a subworkflow of the library: the cost of a case stays that of its own tokens."""

    outside = True

    def __init__(self, wf_spec: Any, bpmn_id: str, subworkflow_spec: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.called = subworkflow_spec

    def _run_hook(self, token: Token) -> bool | None:
        journal = self.journal(token)
        element = journal.settings(self)
        called = element.called if element and element.called else self.called
        journal.add(ChildAsked(token.id, self.bpmn_id, called, element.request if element else None, token.item))
        return None

    def _on_cancel(self, token: Token) -> None:
        self.journal(token).add(ChildDropped(token.id, self.bpmn_id))


class SubProcess(Node, defaults.SubWorkflowTask):
    def _update_hook(self, token: Token) -> bool | None:
        self.journal(token).entered(self)
        token._set_state(TaskState.STARTED)
        flow = token.workflow.top_workflow.create_subprocess(token, self.spec)
        flow.enter_at(flow.spec.start.outputs[0])
        return None

    def _on_cancel(self, token: Token) -> None:
        flow = token.workflow.top_workflow.subprocesses.pop(token.id, None)
        if flow is not None:
            flow.completed = True  # so that its last token does not complete what is being cancelled
            flow.clear()


class ExclusiveGateway(Node, defaults.ExclusiveGateway):
    def chosen(self, token: Token) -> tuple[Arrow, ...]:
        for condition, arrow in conditional(self):
            if condition._matches(token):
                return (arrow,)
        return defaults_of(self)


def arrows_to(ways: Iterable[Any]) -> tuple[Arrow, ...]:
    """These outgoing specs as arrows; several to one join are numbered in the order of the drawing."""
    ways = tuple(ways)
    several = [way.joins and ways.count(way) > 1 for way in ways]
    return tuple(Arrow(way, ways[:at].count(way) if several[at] else None) for at, way in enumerate(ways))


def conditional(spec: Any) -> list[tuple[Any, Arrow]]:
    """The outgoing flows with a condition, in the order of the drawing."""
    return [(condition, arrow) for condition, arrow in _flows_of(spec) if condition is not None]


def defaults_of(spec: Any) -> tuple[Arrow, ...]:
    arrows = tuple(arrow for condition, arrow in _flows_of(spec) if condition is None)
    if not arrows:
        raise NoWayOut(f"({spec.bpmn_id})")
    return arrows


def _flows_of(spec: Any) -> list[tuple[Any, Arrow]]:
    """Each outgoing flow of a gateway that chooses, with its condition; None on the default."""
    conditions = [condition for condition, _ in spec.cond_task_specs]
    return list(zip(conditions, spec.arrows, strict=True))
