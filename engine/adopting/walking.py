"""A walk through a case with invented answers, to see that it comes to an end: tasks are done, buttons pressed, time passes.

The steps of a walk are a rehearsal of the case type: see `engine.adopting.rehearsing`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.errors import EngineError
from engine.kernel.compiling import compile_model
from engine.kernel.running import Compiled, advance, heard, start
from engine.model import Element, Folder, Model, Value
from engine.steps import Command, Complete, Fire, Outcome, Send, ServiceAsked, TaskClosed, TaskOpened
from engine.words import ElementKind, ValueType

MOST_STEPS = 400
SPREAD = 2_654_435_761  # Knuth's multiplier: the same draws every time, without a pattern that fits a loop
HERE = ZoneInfo("Europe/Amsterdam")
NINE = 9  # o'clock, at which a day of a rehearsal begins
BEGIN = datetime(2026, 6, 1, NINE, tzinfo=HERE).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class WalkedStep:
    """One thing that somebody did: the task `done` with `values`, or the message `sent`, or time that passed `until` nine o'clock
    on a day. `tasks`: those that are open after it.
    """

    done: str = ""
    sent: str = ""
    until: date | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Walked:
    """A walk to the end of a case. `values` are those with which it began, `first` the tasks that were open then."""

    values: Mapping[str, Any]
    first: tuple[str, ...]
    steps: tuple[WalkedStep, ...]


def walk(folder: Folder, model: Model, *, varied: bool) -> Walked | None:
    """The way to the end; None when it does not come. `varied`: each question is answered with another choice every time (by a fixed
    draw), else with the first.
    """
    try:
        return _Walk(compile_model(folder.drawing, model), folder, varied=varied).to_the_end()
    except EngineError:
        return None


class _Walk:
    def __init__(self, compiled: Compiled, folder: Folder, *, varied: bool) -> None:
        self.compiled, self.folder, self.varied, self.now = compiled, folder, varied, BEGIN
        self.turns = 0
        self.tasks: list[tuple[str, str]] = []  # id and element, in the order in which they opened
        self.services: list[str] = []
        self.facts: dict[str, Any] = {"case.number": "P-1", "case.type": "proef", "case.received_on": BEGIN.date()}
        self.facts |= dict.fromkeys(compiled.model.values)

    def to_the_end(self) -> Walked | None:
        model = self.compiled.model
        begin = next((one for one in model.elements.values() if one.kind == ElementKind.START_EVENT and one.form), None)
        values = self._answered(begin)
        outcome = self._take(start(self.compiled, self.facts, self.now))
        first, steps = self._open(), list[WalkedStep]()
        for _ in range(MOST_STEPS):
            if outcome.step.finished:
                return Walked(values, first, tuple(steps))
            found = self._next(outcome)
            if found is None:
                return None
            command, step = found
            outcome = self._take(advance(self.compiled, outcome.state, command, self.facts, self.now))
            steps.append(WalkedStep(step.done, step.sent, step.until, step.values, self._open()))
        return None

    def _take(self, outcome: Outcome) -> Outcome:
        """The outcome once every service is done, which needs nobody."""
        while True:
            self._note(outcome)
            if outcome.step.finished or not self.services:
                return outcome
            command = Complete(self.services.pop(0))
            outcome = advance(self.compiled, outcome.state, command, self.facts, self.now)

    def _note(self, outcome: Outcome) -> None:
        for effect in outcome.step.effects:
            if isinstance(effect, TaskOpened):
                self.tasks.append((effect.task, effect.element))
            elif isinstance(effect, ServiceAsked):
                self.services.append(effect.task)
            elif isinstance(effect, TaskClosed):
                self.tasks = [one for one in self.tasks if one[0] != effect.task]

    def _open(self) -> tuple[str, ...]:
        return tuple(element for _, element in self.tasks)

    def _next(self, outcome: Outcome) -> tuple[Command, WalkedStep] | None:
        if self.tasks:
            task, element = self.tasks[0]
            return Complete(task), WalkedStep(
                done=element, values=self._answered(self.compiled.model.elements[element])
            )
        buttons = [one.message for one in self.compiled.model.on_demand.values() if one.message]
        waiting = sorted(heard(self.compiled, outcome.state, buttons, self.now))
        if waiting and not (outcome.step.next_due and self._turn(2)):
            message = waiting[self._turn(len(waiting))]
            return Send(message), WalkedStep(sent=message)
        if outcome.step.next_due:
            day = max(self.now, outcome.step.next_due).astimezone(HERE)
            day = day.replace(hour=NINE, minute=0, second=0, microsecond=0)
            if day.astimezone(UTC) < outcome.step.next_due:
                day += timedelta(days=1)
            self.now = day.astimezone(UTC)
            return Fire(), WalkedStep(until=day.date())
        return None

    def _answered(self, element: Element | None) -> dict[str, Any]:
        """The answers that the form of an element asks; they are facts from here on."""
        form = self.folder.forms.get(element.form or "") if element else None
        keys = [part.get("key") for part in json.loads(form)["components"] if _asked(part)] if form else []
        values = self.compiled.model.values
        answers = {code: self._fill(values[code]) for code in keys if code in values}
        self.facts |= answers
        return answers

    def _fill(self, value: Value) -> Any:
        if value.type == ValueType.BOOLEAN:
            return self._turn(2) == 0
        if value.type == ValueType.CHOICE:
            return value.choices[self._turn(len(value.choices))].value
        return "tekst"

    def _turn(self, number: int) -> int:
        self.turns += 1
        return (self.turns * SPREAD >> 16) % number if self.varied else 0


def _asked(part: Mapping[str, Any]) -> bool:
    """Whether an answer matters: a choice does, a remark that may stay empty does not."""
    return part.get("type") in {"radio", "checkbox"} or bool(part.get("validate"))
