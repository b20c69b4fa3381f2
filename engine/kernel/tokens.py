"""Tokens and the workflows they move in: the library's task and workflow classes without data, history and prediction.

A finished token leaves at once and its followers hang directly under the root, so the state of an instance is its live
tokens and nothing else: a step costs the same in round two and in round two thousand. Only three kinds of
node keep children of their own while these live: a guarded activity, an event gateway and a loop.
"""

# ruff: noqa: SLF001 - the hooks of the library are its private methods, and their signatures are given
# mypy: disable-error-code="misc,no-any-return,no-untyped-call"
# (the library has no types)

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

ROOT = "root"
ITEM = "item"
EACH = "each"  # of a task that others do, each in an instance of their own


class Token(Task):
    def __init__(self, workflow: Any, spec: Any, parent: "Token | None" = None, state: int = TaskState.FUTURE) -> None:
        self.place(workflow, spec, parent, state, uuid4().hex)

    @classmethod
    def restored(cls, workflow: Any, spec: Any, parent: "Token | None", state: int, id: str) -> "Token":
        token = cls.__new__(cls)
        token.place(workflow, spec, parent, state, id)
        return token

    def place(self, workflow: Any, spec: Any, parent: "Token | None", state: int, id: str) -> None:
        # stands in for the library's constructor, which reads the clock and builds data for every token
        self.id, self.workflow, self.task_spec, self._state = id, workflow, spec, state
        self._parent = parent.id if parent is not None else None
        self._children: list[str] = []
        self.triggered, self.thread_id, self.last_state_change = False, 0, 0.0
        self.data: dict[str, Any] = {}
        self.internal_data: dict[str, Any] = {}
        workflow.tasks[id] = self
        if parent is not None:
            parent._children.append(id)

    @property
    def live(self) -> bool:
        return self._state < TaskState.COMPLETED

    @property
    def item(self) -> Any:
        """The item of the nearest multi-instance around this token: what this one of several is for, or None."""
        token: Token | None = self
        while token is not None:
            if ITEM in token.internal_data:
                return token.internal_data[ITEM]
            # only what a loop holds, or an activity in a guard, is closer than the subprocess around it
            token = token.parent if token.parent and token.parent.live else token.workflow.holder
        return None

    def _set_state(self, value: int) -> None:
        self._state = value  # the library logs every change here, which costs more than the change

    def _inherit_data(self) -> None:
        """Facts come with every command; tokens carry nothing."""

    def _add_child(self, task_spec: Any, state: int = TaskState.FUTURE) -> "Token":
        return Token(self.workflow, task_spec, self, state)

    def run(self) -> bool | None:
        result: bool | None = self.task_spec._run(self)
        if self._state != TaskState.READY:
            return None  # what it threw has ended it meanwhile
        if result is None:
            self._set_state(TaskState.STARTED)
        else:
            self.complete()
        return result

    def cancel(self) -> None:
        # children first: the library drops them without telling them
        for child in self.children:
            child.cancel()
        if self.live:
            self._set_state(TaskState.CANCELLED)
            self.task_spec._on_cancel(self)

    def lift(self) -> None:
        """Out of the node that held it, to the root of its workflow."""
        self.parent._children.remove(self.id)
        self._parent = ROOT
        self.workflow.task_tree._children.append(self.id)


class Flow:
    """The behaviour that the whole instance and an embedded subprocess share: their tokens, and how these begin."""

    tasks: dict[str, Token]
    completed: bool
    top_workflow: Any
    spec: Any
    task_tree: Token
    kept: dict[str, bool]  # messages that wait for a reader, by name, in the order in which they came

    def plant(self) -> None:
        self.kept = {}
        self.task_tree = Token.restored(self, self.spec.start, None, TaskState.COMPLETED, ROOT)

    def enter_at(self, start: Any) -> None:
        token = Token(self, start, self.task_tree)
        start._update(token)

    def live_tokens(self) -> Iterator[Token]:
        return (token for token in self.tasks.values() if token.live)

    def forget(self, token: Token) -> None:
        """A token is finished and goes, with what it held; its followers stay."""
        if self.top_workflow.keeps_history:
            return
        for child in token.children:
            if child.live:
                child.lift()
        self._remove_task(token.id)  # type: ignore[attr-defined]

    def remove(self, token: Token) -> None:
        """Cancel a token and everything it holds."""
        token.cancel()
        if not self.top_workflow.keeps_history:
            self._remove_task(token.id)  # type: ignore[attr-defined]

    def clear(self) -> None:
        for token in list(self.tasks.values()):
            if token.live:
                token.cancel()
        if not self.top_workflow.keeps_history:
            self.tasks = {ROOT: self.task_tree}
            self.task_tree._children = []

    def _task_completed_notify(self, token: Token) -> None:
        if token.id in self.tasks:
            self.forget(token)
        self.end_if_empty()

    def end_if_empty(self) -> None:
        if not self.completed and not any(self.live_tokens()):
            self.completed = True
            self.ended()

    def ended(self) -> None:
        """Called when no token lives here any more."""


class SubFlow(Flow, BpmnSubWorkflow):
    @property
    def holder(self) -> Token | None:
        """The token of the subprocess, in the flow around."""
        return self.top_workflow.get_task_from_id(self.parent_task_id)

    def ended(self) -> None:
        holder = self.holder
        del self.top_workflow.subprocesses[self.parent_task_id]
        if holder is not None and holder.live:
            holder._ready()


class TopFlow(Flow, BpmnWorkflow):
    """The instance. `keeps_history` leaves finished tokens in place, for the test that compares both ways."""

    keeps_history = False
    holder = None

    def __init__(self, spec: Any, subprocess_specs: Any, script_engine: Any) -> None:
        super().__init__(spec, subprocess_specs, script_engine, deserializing=True)
        self.plant()

    def create_subprocess(self, my_task: Token, spec_name: str) -> SubFlow:
        flow = SubFlow(self.subprocess_specs[spec_name], my_task.id, self, deserializing=True)
        flow.plant()
        self.subprocesses[my_task.id] = flow
        return flow

    def flows(self) -> list[Any]:
        return [self, *self.subprocesses.values()]

    def get_task_from_id(self, task_id: str) -> Token | None:
        return next((flow.tasks[task_id] for flow in self.flows() if task_id in flow.tasks), None)

    def all_live(self) -> list[Token]:
        return [token for flow in self.flows() for token in flow.live_tokens()]
