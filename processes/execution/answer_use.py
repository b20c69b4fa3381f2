"""Whether the answer of a citizen may still change (C13): until somebody or the process worked with it. Where it cannot be told, it was used.

Staff work with it once one of them takes or does a task that followed on it. The process does where a condition, setting, letter or
called process on the way read what was answered: that question keeps its answer, the others may change. A note on the timeline tells
what was so on its day, and is no such reading. What the drawing says goes before (`changeable` and `changeBefore` of `case:assignment`).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from engine import ExpressionError, compile_expression
from engine.lint.templates import names_read
from engine.words import ValueType
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.execution.answer_stretch import Stretch, is_work
from processes.execution.answered import components_of
from processes.execution.assessing import parties_about
from processes.execution.case_lines import ENDED, CaseLines, ProcessLine, calls_of
from processes.execution.facts import ITEM, facts_of
from processes.execution.parts import parts_of
from processes.storage.model_cache import Deployed, ModelUnreadable
from processes.storage.tables import Instance, Party, TaskRow
from processes.storage.words import CaseState, InstancePhase

BY_STAFF: Final = "Een medewerker is al verder gegaan met uw antwoord."
BY_CASE: Final = "Uw zaak is al verder gegaan met dit antwoord."
OVER: Final = "Deze zaak is afgerond."
ASKED_AGAIN: Final = "Wij vroegen u dit later opnieuw."
NO_PART: Final = "U doet niet meer mee in deze zaak."
FIXED: Final = "Dit antwoord staat vast zodra u het verstuurt."
UNTIL: Final = "Veranderen kon tot {day}."
OWN_VIEW: Final = "own.view"  # in a letter: everything that its reader answered when asked for a view
VIEWS: Final = "view-answers"  # on a form: the views, each to be answered


@dataclass(frozen=True, slots=True)
class Changing:
    """`why`: a sentence that says why nothing of the answer can change any more, empty while something can; `kept`: the codes of the
    questions that keep their answer meanwhile; `before`: the day from which it cannot, where the drawing names one.
    """

    why: str = ""
    kept: frozenset[str] = frozenset()
    before: date | None = None


class AnswerUse(CaseLines):
    """One case, looked at for its answers: every task and instance of it."""

    __slots__ = ()

    def changing(self, task: TaskRow) -> Changing:
        """Tell what may still change of the answer to this task, which a citizen did. Where that cannot be told, nothing may."""
        try:
            return self._changing(task)
        except (ModelUnreadable, ExpressionError):
            return Changing(BY_CASE)

    def _changing(self, task: TaskRow) -> Changing:
        line = self.lines[task.instance_id]
        deployed = self.deployed(line)
        element = deployed.model.elements.get(task.element)
        rule = element.assignment if element else None
        if why := self._over(task, changeable=rule is None or rule.changeable):
            return Changing(why)
        since = task.done_at or self.now
        if element is None or (self.moved is not None and self.moved >= since):
            return Changing(BY_CASE)  # the way that the case went is not that of the drawing it has now
        day = self._day(line, deployed, rule.change_before) if rule and rule.change_before else None
        if day is not None and local_date(self.now) >= day:
            return Changing(UNTIL.format(day=long_date(day)))
        asked = frozenset(str(one["key"]) for one in components_of(deployed, task.element) if one.get("key"))
        found = self._followed(line, task, asked, taken_too=day is None)
        if not found.why and self._view_used_beside(deployed, task, since):
            return Changing(BY_STAFF)
        kept = found.kept | (asked & self._given_beside(since))
        if found.why or kept.issuperset(asked):
            return Changing(found.why or BY_CASE)
        return replace(found, kept=kept, before=day)

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
        is_view, since = _asks_view(self.deployed(line)), task.done_at or self.now
        places = [task.element]
        kept: frozenset[str] = frozenset()
        if line.element and line.parent_id is not None:
            if any(
                one.parent_task == line.parent_task for one in self.called_by(line.parent_id) if one.phase not in ENDED
            ):
                return Changing()  # others still answer the same question
            line = self.lines[line.parent_id]
        while True:
            drawn = self.deployed(line).model.elements
            if line.phase == InstancePhase.CANCELLED or not places or any(place not in drawn for place in places):
                return Changing(BY_CASE)
            for place in places:
                stretch = Stretch(self, line, place, since)
                if stretch.worked_on(taken_too=taken_too):
                    return Changing(BY_STAFF)
                read = stretch.names_read()
                if is_view and OWN_VIEW in read:
                    return Changing(BY_CASE)
                kept |= codes & read
            if line.phase != InstancePhase.FINISHED or line.parent_id is None:
                return Changing(BY_CASE if line.phase == InstancePhase.FINISHED else "", kept)
            if any(one.process == line.process for one in self.called_by(line.parent_id) if one.phase not in ENDED):
                return Changing("", kept)  # what called it still waits for others
            codes &= frozenset(self.deployed(line).model.outputs)
            places = calls_of(line.process, self.deployed(self.lines[line.parent_id]))
            line = self.lines[line.parent_id]

    def _given_beside(self, since: datetime) -> frozenset[str]:
        """The codes of values that went to what a button started since."""
        begun = [one for one in self.lines.values() if one.is_beside and one.started_at >= since]
        given = frozenset(code for one in begun for code in self.deployed(one).model.inputs)
        root = self.services.models.version(self.session, self.case.model_version_id).model if begun else None
        buttons = (one.request.department for one in root.on_demand.values() if one.request) if root else ()
        return given.union(*(compile_expression(text).names for text in buttons))

    def _view_used_beside(self, deployed: Deployed, task: TaskRow, since: datetime) -> bool:
        """Whether a process that a button started read this answer as the view of its party, such as a part decision about that party."""
        if not _asks_view(deployed):
            return False
        return any(
            self._is_about(line, task.party_id) and self._worked_in(line, since)
            for line in self.lines.values()
            if line.is_beside and _reads_views(self.deployed(line))
        )

    def _worked_in(self, line: ProcessLine, since: datetime) -> bool:
        """Whether staff did something since in an instance or in what it called, or have work in hand there."""
        inside = set(self.with_all_below(line))
        tasks = (one for one in self.tasks if one.instance_id in inside)
        return any(is_work(one, taken_too=True) and (one.done_at or self.now) >= since for one in tasks)

    def _is_about(self, line: ProcessLine, party: int | None) -> bool:
        """Whether what was started beside the case may tell of this party; a part decision tells of those whom its documents are about."""
        part = next((one for one in parts_of(self.session, self.case.id) if one.instance_id == line.id), None)
        return part is None or party is None or party in parties_about(self.session, self.case.id, part)


def _asks_view(deployed: Deployed) -> bool:
    """Whether this process asks one party for a view."""
    item = deployed.model.inputs.get(ITEM)
    return item is not None and item.type == ValueType.PARTY


def _reads_views(deployed: Deployed) -> bool:
    """Whether a form of this process shows the views, or a letter of it tells one."""
    drawn = deployed.model.elements
    shown = any(one.get("type") == VIEWS for place in drawn for one in components_of(deployed, place))
    letters = (text.decode("utf-8", "replace") for text in deployed.folder.mails.values())
    return shown or any(OWN_VIEW in names_read(text) for text in letters)
