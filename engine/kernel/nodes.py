"""The behaviour of each kind of node with a token: the library's specs with our rules in their hooks.

`_update_hook` is the arrival of a token, `_run_hook` its work (None: it waits to be completed from outside),
`_on_complete` its departure, `_on_cancel` its untimely end. What happens is told to the journal of the instance.
"""

# ruff: noqa: SLF001, ARG002 - the hooks of the library are its private methods, and their signatures are given
# mypy: disable-error-code="misc,no-any-return,no-untyped-call"
# (the library has no types)

from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from engine.errors import NoWayOut
from engine.kernel.tokens import Token
from engine.steps import ChildAsked, ChildDropped, ServiceAsked, TaskClosed, TaskOpened


class Node:
    """A token arrives, is ready at once, does its work and goes on along every outgoing flow."""

    name: str
    bpmn_id: str
    outputs: list[Any]
    _wf_spec: Any
    instance = False  # one of several inside a loop: the loop is what a token enters and leaves
    outside = False  # waits for a person, a service or a child: only `Complete` moves it
    ways: tuple[Any, ...] = ()  # set after parsing: the outgoing specs, without the library's end join

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
        for child in [token._add_child(way) for way in self.chosen(token)]:
            child.task_spec._update(child)
        token.workflow._task_completed_notify(token)

    def _on_cancel(self, token: Token) -> None:
        """Most nodes end without a word."""

    def chosen(self, token: Token) -> tuple[Any, ...]:
        """The flows that get a token."""
        return self.ways

    def released(self, holder: Token, token: Token) -> None:
        """A token that this node holds is completed."""

    def awaits(self, token: Token, kind: type, name: str) -> bool:
        """Whether this token waits for a message or signal of that name."""
        return False

    @staticmethod
    def journal(token: Token) -> Any:
        return token.workflow.script_engine


class UserTask(Node, defaults.UserTask):
    outside = True

    def _on_ready(self, token: Token) -> None:
        self.journal(token).add(TaskOpened(token.id, self.bpmn_id, token.item))

    def _on_complete(self, token: Token) -> None:
        self.journal(token).add(TaskClosed(token.id, self.bpmn_id, cancelled=False))
        super()._on_complete(token)

    def _on_cancel(self, token: Token) -> None:
        self.journal(token).add(TaskClosed(token.id, self.bpmn_id, cancelled=True))


class ServiceTask(Node, defaults.ServiceTask):
    outside = True

    def _run_hook(self, token: Token) -> bool | None:
        journal = self.journal(token)
        journal.add(ServiceAsked(token.id, self.bpmn_id, journal.settings(self).service, token.item))
        return None


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
    def chosen(self, token: Token) -> tuple[Any, ...]:
        for condition, way in conditional(self):
            if condition._matches(token):
                return (way,)
        return defaults_of(self)


def conditional(spec: Any) -> list[tuple[Any, Any]]:
    """The outgoing flows with a condition, in the order of the drawing."""
    flows = spec.cond_task_specs
    return [(condition, spec._wf_spec.task_specs[name]) for condition, name in flows if condition is not None]


def defaults_of(spec: Any) -> tuple[Any, ...]:
    ways = tuple(spec._wf_spec.task_specs[name] for condition, name in spec.cond_task_specs if condition is None)
    if not ways:
        raise NoWayOut(f"({spec.bpmn_id})")
    return ways
