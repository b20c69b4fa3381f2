"""The part of a drawing between a task that was answered and where its instance rests now: who worked there, and which values were read."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import Final

from engine import compile_expression, names_read_at, passed_between, passed_by_borders
from engine.drawn_expressions import deadline_expressions, setting_expressions
from engine.lint.templates import names_read
from engine.words import ElementKind, Side
from processes.execution.case_lines import ENDED, CaseLines, ProcessLine, calls_of
from processes.execution.facts import ANSWERS
from processes.storage.tables import TaskRow
from processes.storage.words import TaskState

TELLING: Final = frozenset({"note", "tell_related"})  # operations that write down what is so now


def is_work(task: TaskRow, *, taken_too: bool) -> bool:
    """Whether staff did this task, or took it (`taken_too`)."""
    done = task.state == TaskState.DONE or (taken_too and task.state == TaskState.OPEN and bool(task.assignee))
    return done and task.side != Side.CITIZEN


class Stretch:
    """`since`: when the task at `place` was answered. Raises ModelUnreadable."""

    def __init__(self, course: CaseLines, line: ProcessLine, place: str, since: datetime) -> None:
        self._course, self._deployed = course, course.deployed(line)
        self._below = course.called_by(line.id)
        here = {line.id, *(one.id for one in self._below if one.element)}
        self._waiting = frozenset(str(timer["element"]) for timer in line.timers or ())
        self._tasks = [one for one in course.tasks if one.instance_id in here and one.opened_at >= since]
        passed, met = self._gone(passed_between, place, self._tasks)
        # work that opened at the very moment of the answer came by the answer, not by an event
        later = [one for one in self._tasks if one.opened_at > since]
        passed_too, met_too = self._gone(passed_by_borders, place, later)
        self._passed, self._met = passed | passed_too, met | met_too
        called = [one for one in self._below if not one.element and one.started_at >= since]
        self._given = frozenset(code for one in called for code in course.deployed(one).model.inputs)
        inside = {each for one in called if self._is_met(one) for each in course.with_all_below(one)}
        self._inside = [one for one in course.tasks if one.instance_id in inside]

    def _gone(
        self, walk: Callable[..., tuple[frozenset[str], frozenset[str]]], place: str, tasks: Sequence[TaskRow]
    ) -> tuple[frozenset[str], frozenset[str]]:
        """The elements that were passed on a way, and those that were met: of these the last ones may still be open."""
        open_ = {one.element for one in tasks if one.state == TaskState.OPEN}
        calling = {
            call
            for one in self._below
            if not one.element and one.phase not in ENDED
            for call in calls_of(one.process, self._deployed)
        }
        resting = {*self._not_done(open_, {one.element for one in tasks}), *calling, *self._waiting}
        passed, rests = walk(self._deployed.compiled, place, resting, self._course.now)
        return passed, passed | (rests & (open_ | calling))

    def _not_done(self, open_: Collection[str], met: Collection[str]) -> Iterator[str]:
        """Tasks behind which nothing came yet: they wait, or were not reached at all."""
        for one in self._deployed.model.elements.values():
            if one.kind == ElementKind.USER_TASK and (one.id in open_ or one.id not in met):
                yield one.id

    def _is_met(self, called: ProcessLine) -> bool:
        """Whether a called process is one of those on the way; one that the drawing has no place for counts as that."""
        calls = calls_of(called.process, self._deployed)
        return not calls or not self._met.isdisjoint(calls)

    def worked_on(self, *, taken_too: bool) -> bool:
        """Whether staff did one of the tasks that followed, or took one (`taken_too`), also in a process that was called on the way."""
        drawn = self._deployed.model.elements
        followed = (one for one in self._tasks if one.element in self._met or one.element not in drawn)
        return any(is_work(one, taken_too=taken_too) for one in (*followed, *self._inside))

    def names_read(self) -> frozenset[str]:
        """The codes of values that something on the way read, and the other names in letters."""
        names = {
            *names_read_at(self._deployed.compiled, self._passed),
            *self._in_settings(),
            *self._in_deadlines(),
            *self._in_letters(),
            *self._given,
        }
        return frozenset(name.removeprefix(ANSWERS) for name in names)

    def _in_settings(self) -> Iterator[str]:
        """The names in settings; the texts too, for an operation is told the code of a value as a text."""
        elements = self._deployed.model.elements
        for place, _, text in setting_expressions(self._deployed.model):
            element = elements.get(place)
            if (
                element is not None
                and place in self._met
                and not (element.service and element.service.operation in TELLING)
            ):
                yield from (*compile_expression(text).names, *text.strip(" '\"").split())
        for place in self._met & elements.keys():
            yield from (action.day for action in elements[place].deadline_actions if action.day)

    def _in_deadlines(self) -> Iterator[str]:
        """The names by which a term that was started is counted: another answer would move a day that people were told."""
        model = self._deployed.model
        if not any(compile_expression(text).names for _, _, text in deadline_expressions(model)):
            return
        for code in self._course.started_deadlines():
            for _, _, text in deadline_expressions(model, code):
                yield from compile_expression(text).names

    def _in_letters(self) -> Iterator[str]:
        mails = self._deployed.folder.mails
        for place in self._met & self._deployed.model.elements.keys():
            if mail := self._deployed.model.elements[place].mail:
                yield from names_read(mails.get(f"{mail.template}.txt", b"").decode("utf-8", "replace"))
