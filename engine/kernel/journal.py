"""The journal of one step: settings, facts and time go in, effects in their order come out.

It also stands where the library has its script engine, so that conditions are read by `engine.expressions` and
nothing of a drawing is ever run as Python.
"""

# ruff: noqa: ARG002 - the hooks of the library are its private methods, and their signatures are given

from collections import deque
from datetime import datetime
from typing import Any

from engine.errors import ExpressionError
from engine.expressions import compile_expression
from engine.kernel.keeping import keep
from engine.model import Element, Model
from engine.steps import DeadlineTouched, Effect, Facts, Lapsed, Passed, ResultReached, StatusReached
from engine.words import Occasion


class Journal:
    def __init__(self, model: Model, facts: Facts, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("now must be aware")
        self.model, self.facts, self.now = model, facts, now
        self.effects: list[Effect] = []
        self.queue: deque[Any] = deque()
        self.flow: Any = None  # the instance, set when it is made
        self.alone: str | None = None  # the one task that this instance holds, for one person of several
        self.ends: frozenset[str] = frozenset()  # then: that task and the events that interrupt it

    def add(self, effect: Effect) -> None:
        self.effects.append(effect)

    def settings(self, spec: Any) -> Element | None:
        return self.model.elements.get(spec.bpmn_id)

    def asks_each(self, spec: Any) -> bool:
        """Whether others do this task, each in an instance of their own."""
        known = spec.bpmn_id in self.model.elements and not spec.instance
        return known and spec.bpmn_id != self.alone and self.model.asks_each(spec.bpmn_id)

    def ends_at(self, spec: Any) -> bool:
        """Whether nothing follows on this element here."""
        return spec.bpmn_id in self.ends

    # -- expressions ------------------------------------------------------------------------------------------

    def evaluate(self, task: Any, text: str, external_context: Any = None) -> Any:
        """The library's way of asking for a condition."""
        return self.value_of(task.task_spec, text)

    def value_of(self, spec: Any, text: str) -> Any:
        try:
            return compile_expression(text).evaluate(self.facts, self.now)
        except ExpressionError as error:
            raise ExpressionError(f"({spec.bpmn_id})", *error.args) from error

    def due(self, token: Any) -> datetime | None:
        rule, anchor, fired = token.task_spec.timer(token)
        try:
            moment: datetime | None = rule.due(anchor, fired, self.facts, self.now)
        except ExpressionError as error:
            raise ExpressionError(f"({token.task_spec.bpmn_id})", *error.args) from error
        return moment

    # -- what happened ----------------------------------------------------------------------------------------

    def entered(self, spec: Any) -> None:
        """A token came in: its status and the deadlines that it touches."""
        element = None if spec.instance or self.ends_at(spec) else self.settings(spec)
        if element is None:
            return
        if element.status:
            self.add(StatusReached(element.id, element.status))
        self._touch(element, Occasion.ENTER)

    def left(self, spec: Any) -> None:
        if spec.instance or spec.bpmn_id is None:
            return
        if self.ends_at(spec):  # its statuses and deadlines happen once, in the instance that asked
            if spec.bpmn_id != self.alone:
                self.add(Lapsed(spec.bpmn_id))
            return
        if element := self.settings(spec):
            self._touch(element, Occasion.LEAVE)
        self.add(Passed(spec.bpmn_id))

    def _touch(self, element: Element, at: Occasion) -> None:
        for action in element.deadline_actions:
            if action.at == at:
                self.add(DeadlineTouched(element.id, action))

    def reached_result(self, spec: Any) -> None:
        element = self.settings(spec)
        if element is None or element.result is None:
            return
        result = element.result
        code = result.type or self.facts.get(result.value or "")
        if not isinstance(code, str) or not code:
            raise ExpressionError(f"({element.id}) `{result.value}` heeft geen waarde, dus er is geen resultaat.")
        self.add(ResultReached(element.id, code))

    # -- messages and signals ---------------------------------------------------------------------------------

    def deliver(self, kind: type, name: str) -> int:
        """Trigger every token that waits for this message or signal now; returns their number."""
        waiting = [token for token in self.flow.all_live() if token.task_spec.awaits(token, kind, name)]
        for token in waiting:
            if token.live:  # an earlier one may have interrupted it
                token.task_spec.trigger(token)
        return len(waiting)

    def keep(self, token: Any, message: str) -> None:
        """Nobody waited for this message: it stays until somebody does."""
        keep(token, message)
