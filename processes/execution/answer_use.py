"""Whether the answer of a citizen may still change (C13): until somebody or the process worked with it.

Staff work with it once one of them takes or does a task that followed on it. The process does where a condition, setting, letter or
called process on the way read what was answered: that question keeps its answer, the others may change. A note on the timeline tells
what was so on its day, and is no such reading. What the drawing says goes before (`changeable` and `changeBefore` of `case:assignment`).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine import compile_expression, names_read_at, passed_between
from engine.drawn_expressions import setting_expressions
from engine.lint.templates import names_read
from engine.words import ElementKind, Side
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.execution.answered import components_of
from processes.execution.facts import ANSWERS, facts_of
from processes.storage.asked_ahead import answer, as_objects
from processes.storage.base import BigId
from processes.storage.fast import PreparedQuery
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case, Instance, Party, TaskRow
from processes.storage.words import CaseState, InstancePhase, TaskState

BY_STAFF: Final = "Een medewerker is al verder gegaan met uw antwoord."
BY_CASE: Final = "Uw zaak is al verder gegaan met dit antwoord."
OVER: Final = "Deze zaak is afgerond."
ASKED_AGAIN: Final = "Wij vroegen u dit later opnieuw."
NO_PART: Final = "U doet niet meer mee in deze zaak."
FIXED: Final = "Dit antwoord staat vast zodra u het verstuurt."
UNTIL: Final = "Veranderen kon tot {day}."
ENDED: Final = frozenset({InstancePhase.FINISHED, InstancePhase.CANCELLED})
TELLING: Final = frozenset({"note", "tell_related"})  # operations that write down what is so now


class ProcessLine(NamedTuple):
    """One instance of a case, without its state."""

    id: int
    model_version_id: int
    process: str
    is_root: bool
    parent_id: int | None
    parent_task: str | None
    phase: str
    started_at: datetime
    element: str | None
    timers: list[Any]


@dataclass(frozen=True, slots=True)
class Changing:
    """`why`: a sentence that says why nothing of the answer can change any more, empty while something can; `kept`: the codes of the
    questions that keep their answer meanwhile; `before`: the day from which it cannot, where the drawing names one.
    """

    why: str = ""
    kept: frozenset[str] = frozenset()
    before: date | None = None


@cache
def tasks_question() -> PreparedQuery:
    """Every task of the `case`, as it was opened."""
    found = select(TaskRow).where(TaskRow.case_id == bindparam("case", type_=BigId))
    return as_objects(found.order_by(TaskRow.opened_at, TaskRow.id), TaskRow)


@cache
def processes_question() -> PreparedQuery:
    """The columns of a ProcessLine, of every instance of the `case`, oldest first."""
    columns = [getattr(Instance, name) for name in ProcessLine._fields]
    return PreparedQuery(
        select(*columns).where(Instance.case_id == bindparam("case", type_=BigId)).order_by(Instance.id)
    )


@dataclass(frozen=True, slots=True)
class AnswerUse:
    """One case, looked at for its answers: every task and instance of it."""

    session: Session
    services: Services
    case: Case
    now: datetime
    tasks: Sequence[TaskRow]
    lines: dict[int, ProcessLine]

    @classmethod
    def of(cls, session: Session, services: Services, case: Case, now: datetime) -> "AnswerUse":
        """Two questions to the database, which a page may have asked ahead."""
        lines = (ProcessLine(*row) for row in answer(session, processes_question(), case=case.id))
        tasks = answer(session, tasks_question(), case=case.id)
        return cls(session, services, case, now, tasks, {line.id: line for line in lines})

    def changing(self, task: TaskRow) -> Changing:
        """Tell what may still change of the answer to this task, which a citizen did."""
        line = self.lines[task.instance_id]
        deployed = self.services.models.find(self.session, line.model_version_id)
        element = deployed.model.elements.get(task.element) if deployed else None
        if deployed is None or element is None:  # a version that cannot be read, or one to which the case moved
            return Changing(OVER if self.case.state != CaseState.RUNNING else BY_CASE)
        rule = element.assignment
        if why := self._over(task, changeable=rule is None or rule.changeable):
            return Changing(why)
        day = self._day(line, deployed, rule.change_before) if rule and rule.change_before else None
        if day is not None and local_date(self.now) >= day:
            return Changing(UNTIL.format(day=long_date(day)))
        asked = [str(one["key"]) for one in components_of(deployed, task.element) if one.get("key")]
        found = self._followed(line, task, frozenset(asked), taken_too=day is None)
        if found.why or found.kept.issuperset(asked):
            return Changing(found.why or BY_CASE)
        return replace(found, before=day)

    def _over(self, task: TaskRow, *, changeable: bool) -> str:
        """Why the answer stands, whatever was done with it; empty when it does not."""
        reasons = {
            OVER: self.case.state != CaseState.RUNNING, FIXED: not changeable, ASKED_AGAIN: self._asked_again(task),
            NO_PART: self._is_gone(task),
        }  # fmt: skip
        return next((why for why, holds in reasons.items() if holds), "")

    def _is_gone(self, task: TaskRow) -> bool:
        """Whether the party whose answer it is withdrew or left."""
        party = self.session.get(Party, task.party_id) if task.party_id else None
        return party is not None and (party.withdrawn_on is not None or party.left_on is not None)

    def _asked_again(self, task: TaskRow) -> bool:
        same = (one for one in self.tasks if (one.element, one.party_id) == (task.element, task.party_id))
        return any(task.done_at is not None and one.opened_at > task.done_at for one in same)

    def _day(self, line: ProcessLine, deployed: Deployed, text: str) -> date | None:
        """The day that the drawing names; None while it is not known."""
        root = self.services.models.version(self.session, self.case.model_version_id)
        instance = self.session.get_one(Instance, line.id)
        facts = facts_of(self.session, self.case, instance, deployed, root, self.services.law)
        found = compile_expression(text).evaluate(facts, self.now)
        if isinstance(found, datetime):
            return local_date(found)
        return found if isinstance(found, date) else None

    def _followed(self, line: ProcessLine, task: TaskRow, codes: frozenset[str], *, taken_too: bool) -> Changing:
        """Look what happened with the answer, in the instance that asked and in those that called it."""
        places = [task.element]
        kept: frozenset[str] = frozenset()
        if line.element and line.parent_id is not None:
            if any(
                one.parent_task == line.parent_task for one in self._called_by(line.parent_id) if one.phase not in ENDED
            ):
                return Changing()  # others still answer the same question
            line = self.lines[line.parent_id]
        while True:
            if line.phase == InstancePhase.CANCELLED:
                return Changing(BY_CASE)
            for place in places:
                stretch = _Stretch(self, line, place, task.done_at or self.now)
                if stretch.worked_on(taken_too=taken_too):
                    return Changing(BY_STAFF)
                kept |= codes & stretch.names_read()
            if line.phase != InstancePhase.FINISHED or line.parent_id is None:
                return Changing(BY_CASE if line.phase == InstancePhase.FINISHED else "", kept)
            if any(one.process == line.process for one in self._called_by(line.parent_id) if one.phase not in ENDED):
                return Changing("", kept)  # what called it still waits for others
            codes &= frozenset(self._deployed(line).model.outputs)
            places = self.calls_of(line.process, self._deployed(self.lines[line.parent_id]))
            line = self.lines[line.parent_id]

    def _called_by(self, parent: int) -> Iterator[ProcessLine]:
        return (one for one in self.lines.values() if one.parent_id == parent)

    def _deployed(self, line: ProcessLine) -> Deployed:
        return self.services.models.version(self.session, line.model_version_id)

    @staticmethod
    def calls_of(process: str, deployed: Deployed) -> list[str]:
        """The call activities of a drawing that call this process."""
        return [one.id for one in deployed.model.elements.values() if one.called == process]


class _Stretch:
    """The part of a drawing between a task that was answered and where its instance rests now."""

    def __init__(self, use: AnswerUse, line: ProcessLine, place: str, since: datetime) -> None:
        self._deployed = use.services.models.version(use.session, line.model_version_id)
        below = [one for one in use.lines.values() if one.parent_id == line.id]
        here = {line.id, *(one.id for one in below if one.element)}
        self._tasks = [one for one in use.tasks if one.instance_id in here and one.opened_at >= since]
        open_ = {one.element for one in self._tasks if one.state == TaskState.OPEN}
        calling = {
            call
            for one in below
            if not one.element and one.phase not in ENDED
            for call in use.calls_of(one.process, self._deployed)
        }
        resting = {*self._not_done(open_), *calling, *(str(timer["element"]) for timer in line.timers or ())}
        self._passed, rests = passed_between(self._deployed.compiled, place, resting, use.now)
        self._met = self._passed | (rests & (open_ | calling))
        called = (one for one in below if not one.element and one.started_at >= since)
        self._given = frozenset(
            code
            for one in called
            for code in use.services.models.version(use.session, one.model_version_id).model.inputs
        )

    def _not_done(self, open_: Collection[str]) -> Iterator[str]:
        """Tasks behind which nothing came yet: they wait, or were not reached at all."""
        done = {one.element for one in self._tasks}
        for one in self._deployed.model.elements.values():
            if one.kind == ElementKind.USER_TASK and (one.id in open_ or one.id not in done):
                yield one.id

    def worked_on(self, *, taken_too: bool) -> bool:
        """Whether staff did one of the tasks that followed, or took one (`taken_too`)."""
        followed = (one for one in self._tasks if one.element in self._met and one.side != Side.CITIZEN)
        return any(
            one.state == TaskState.DONE or (taken_too and one.state == TaskState.OPEN and one.assignee)
            for one in followed
        )

    def names_read(self) -> frozenset[str]:
        """The codes of values that something on the way read."""
        names = {
            *names_read_at(self._deployed.compiled, self._passed),
            *self._in_settings(),
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

    def _in_letters(self) -> Iterator[str]:
        mails = self._deployed.folder.mails
        for place in self._met & self._deployed.model.elements.keys():
            if mail := self._deployed.model.elements[place].mail:
                yield from names_read(mails.get(f"{mail.template}.txt", b"").decode("utf-8", "replace"))
