"""A walk through a case with invented answers, to see that it comes to an end: tasks are done, buttons pressed, time passes."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from engine.errors import EngineError
from engine.kernel.compiling import compile_model
from engine.kernel.running import Compiled, advance, heard, start
from engine.model import Model, Value
from engine.steps import Command, Complete, Fire, Outcome, Send, ServiceAsked, TaskClosed, TaskOpened
from engine.words import ValueType

MOST_STEPS = 400
DRAW = 7  # where the draws begin
BEGIN = datetime(2026, 6, 1, 9, tzinfo=UTC)


def walks(drawing: bytes, model: Model, *, varied: bool) -> bool:
    """Whether a case ends. `varied`: each question is answered with another choice every time (by a fixed draw), else with the first."""
    try:
        return _Walk(compile_model(drawing, model), varied=varied).ends()
    except EngineError:
        return False


class _Walk:
    def __init__(self, compiled: Compiled, *, varied: bool) -> None:
        self.compiled, self.varied, self.now = compiled, varied, BEGIN
        self.draw = Random(DRAW)  # noqa: S311 - nothing secret: the same walk every time
        self.tasks: list[str] = []
        self.facts: dict[str, Any] = {"case.number": "P-1", "case.type": "proef", "case.received_on": BEGIN.date()}

    def ends(self) -> bool:
        self._answer()
        outcome = self._take(start(self.compiled, self.facts, self.now))
        for _ in range(MOST_STEPS):
            if outcome.step.finished:
                return True
            self._answer()
            command = self._next(outcome)
            if command is None:
                return False
            outcome = self._take(advance(self.compiled, outcome.state, command, self.facts, self.now))
        return False

    def _take(self, outcome: Outcome) -> Outcome:
        for effect in outcome.step.effects:
            if isinstance(effect, (TaskOpened, ServiceAsked)):
                self.tasks.append(effect.task)
            elif isinstance(effect, TaskClosed) and effect.task in self.tasks:
                self.tasks.remove(effect.task)
        return outcome

    def _next(self, outcome: Outcome) -> Command | None:
        if self.tasks:
            return Complete(self.tasks.pop(0))
        buttons = [one.message for one in self.compiled.model.on_demand.values() if one.message]
        waiting = sorted(heard(self.compiled, outcome.state, buttons, self.now))
        if waiting and not (outcome.step.next_due and self._turn(2)):
            return Send(waiting[self._turn(len(waiting))])
        if outcome.step.next_due:
            self.now = max(self.now, outcome.step.next_due) + timedelta(seconds=1)
            return Fire()
        return None

    def _answer(self) -> None:
        for value in self.compiled.model.values.values():
            self.facts[value.code] = self._fill(value)

    def _fill(self, value: Value) -> Any:
        if value.type == ValueType.BOOLEAN:
            return self._turn(2) == 0
        if value.type == ValueType.CHOICE:
            return value.choices[self._turn(len(value.choices))].value
        return "tekst"

    def _turn(self, number: int) -> int:
        return self.draw.randrange(number) if self.varied else 0
