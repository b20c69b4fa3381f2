"""One change of one case through the engine, until nothing in the case moves any more.

An effect may ask for more (a service is done, a child has ended, a deadline moved): what it asks is queued here and
carried out in the same transaction, so that the end of a child and the step of its parent are one.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select, update

from engine import (
    Cancel,
    Command,
    Complete,
    EngineError,
    Lapse,
    NobodyListens,
    Outcome,
    Refresh,
    Send,
    Step,
    advance,
    start,
    start_alone,
)
from processes.access.clearance import is_above
from processes.base.actor import ActorKind
from processes.base.clock import local_date
from processes.base.crash_points import crash_point
from processes.base.errors import NotFound, ZaakspoorError
from processes.execution.alarms import cannot_start, ends_with_a_step, in_process
from processes.execution.case_data import CaseData
from processes.execution.facts import FactMap, facts_from
from processes.execution.parts import decides_part, part_of
from processes.execution.queries import of_case, of_task
from processes.execution.terms import own_terms, recompute
from processes.execution.unit_of_work import UnitOfWork
from processes.execution.unseen import Unseen
from processes.execution.urgency import Urgency
from processes.storage import audit
from processes.storage.fast import add_row, fetch_together
from processes.storage.model_cache import Deployed
from processes.storage.root_instance import find_root
from processes.storage.tables import Case, DocumentRequestRow, Instance, PartDecision, TaskRow
from processes.storage.trail.watching import read_under_lock
from processes.storage.words import CaseState, InstancePhase

ROUNDS = 200  # a case that asks for more engine steps than this in one change goes round in circles

NOT_ENDED = (InstancePhase.RUNNING, InstancePhase.STUCK)


class GoesRound(ZaakspoorError):
    """Deze zaak blijft zichzelf aanroepen zonder ergens te wachten. Er is niets veranderd; meld dit aan de beheerder."""

    status = 500


class Parked(ZaakspoorError):
    """Deze zaak staat stil door een storing. Er is niets opgeslagen. De beheerder ziet dit en lost het op."""

    status = 409


class Poisoned(ZaakspoorError):
    """Deze stap lukt niet door een fout in het proces. Er is niets opgeslagen. De beheerder ziet dit en lost het op."""

    status = 409

    def __init__(self, case_id: int, reason: str = "") -> None:
        """`reason` is the alarm; without it the cause has a sentence of its own."""
        super().__init__()
        self.case_id = case_id
        self._reason = reason

    @property
    def reason(self) -> str:
        """Why, for an administrator."""
        return self._reason or str(self.__cause__)


@dataclass
class CaseExecution:
    """A locked case on its way through the engine, inside one transaction.

    `running` are the instances that live, once they were read; `stale` says that a deadline's date may have to move;
    `answered` is the task for a citizen or person outside that closed last in this change: by its answer, or without one;
    `fired_on` is the day for which the timer that fired last was set, however late it was looked at.
    `withdrawn_on` is the day on which a withdrawal of this change came in; of a case that ends by it, `ended_on` is the day that its
    terms take, and `ended_by` the fact that this day comes from (`fact_days.py`). `unseen`: what this change says of documents that hide something.
    """

    work: UnitOfWork
    case: Case
    root: Deployed
    data: CaseData
    queue: deque[tuple[Instance, Command]] = field(default_factory=deque)
    running: list[Instance] | None = None
    stale: bool = False
    dropped: set[str] = field(default_factory=set)  # tasks whose call was interrupted: nobody waits for what it started
    answered: str | None = None
    fired_on: date | None = None
    withdrawn_on: date | None = None
    ended_on: date | None = None
    ended_by: Mapping[str, Any] | None = None
    urgency: Urgency = field(default_factory=Urgency)
    unseen: Unseen = field(default_factory=Unseen)
    _changed: bool = False
    _went_on: bool = False  # something happened in an instance, other than that it looked again
    _moved_with: dict[int, FactMap] = field(default_factory=dict)

    @classmethod
    def of(cls, work: UnitOfWork, case: Case, *, fresh: bool = False) -> "CaseExecution":
        """`fresh`: this very change made the case, so there is nothing of it to read."""
        if fresh:
            audit.remember(work.session, case.id, None)
        known = CaseData(work.session, case, work.services.law, fresh=fresh)
        told = set() if fresh else {case.legal_on}
        root, running = work.deployed(case.model_version_id), list[Instance]() if fresh else None
        return cls(work, case, root, known, running=running, urgency=Urgency(told))

    @property
    def facts_changed(self) -> bool:
        """Set to True by whoever changes something that facts are made of: every living instance then looks again."""
        return self._changed

    @facts_changed.setter
    def facts_changed(self, changed: bool) -> None:
        self._changed = changed
        self.stale = self.stale or changed

    @classmethod
    def at_task(cls, work: UnitOfWork, task_id: str) -> "tuple[CaseExecution, TaskRow, Instance]":
        """Lock the case of a task and read all that a change needs of it, in one round trip. Raises NotFound."""
        questions = of_task(staff=work.actor.kind == ActorKind.STAFF)
        known = {"task": task_id, "me": work.actor.subject}
        *case, tasks = fetch_together(work.session, [(one, known) for one in questions])
        run = cls._with(work, case)
        if run is None or not tasks or is_above(work.session, work.actor, run.case):
            raise NotFound
        return run, tasks[0], work.session.get_one(Instance, tasks[0].instance_id)

    @classmethod
    def at_case(cls, work: UnitOfWork, case_id: int) -> "CaseExecution | None":
        """The execution of a case, under its lock; None when another change holds the lock, or the case is gone."""
        return cls._with(work, fetch_together(work.session, [(one, {"case": case_id}) for one in of_case()]))

    @classmethod
    def _with(cls, work: UnitOfWork, answers: list[list[Any]]) -> "CaseExecution | None":
        cases, instances, deadlines, around = answers
        if not cases:
            return None
        run = cls.of(work, cases[0])
        run.running = instances
        run.data.fill(instances, deadlines, around)
        read_under_lock(work.session, run.case.id)
        return run

    def living(self) -> list[Instance]:
        """Every instance that runs, oldest first."""
        if self.running is None:
            self.running = list(self.work.session.scalars(_living(), {"case": self.case.id}))
        return [instance for instance in self.running if instance.phase == InstancePhase.RUNNING]

    def facts(self, instance: Instance) -> FactMap:
        """The facts that the drawing and the texts of this instance read now, with every deadline up to date."""
        if self.stale:
            self.recompute()
        return self._facts(instance)

    def part(self, instance: Instance) -> PartDecision | None:
        """The part decision that this process takes; None for every other process."""
        decides = decides_part(self.work.deployed(instance.model_version_id).model)
        return part_of(self.work.session, instance) if decides else None

    def recompute(self) -> None:
        """Set the dates of all deadlines again: a letter in the same change must already say the new one."""
        root = self._root()
        rows = self.data.deadlines().values()
        # one that moved may move another, which reads it as a fact: so look again, until none does
        self.stale = root is not None and recompute(
            rows, self.root.model, self._facts(root), self.work.now, self.data.book()
        )

    def keep_urgency(self) -> None:
        """Keep the days that lists are sorted by; terms that nobody read did not move."""
        rows = self.data.known_deadlines()
        if rows is not None:
            tasks = self.case.state == CaseState.RUNNING or bool(self.living())
            self.urgency.keep(self.work.session, self.case, rows, tasks=tasks)

    def root_instance(self) -> Instance:
        """The instance of the case's own drawing, running or ended."""
        root = self._root()
        if root is None:
            raise GoesRound
        return root

    def _root(self) -> Instance | None:
        root = next((instance for instance in self.living() if instance.is_root), None)
        return root or find_root(self.work.session, self.case.id)

    def _facts(self, instance: Instance) -> FactMap:
        deployed = self.work.deployed(instance.model_version_id)
        facts = facts_from(self.data, self.case, instance, deployed, self.root)
        if instance.element:
            rows, model, started = self.data.deadlines().values(), self.root.model, local_date(instance.started_at)
            facts |= own_terms(rows, model, facts, started, self.work.now, self.data.book())
        return facts

    def begin(
        self,
        deployed: Deployed,
        *,
        is_root: bool = False,
        parent: Instance | None = None,
        parent_task: str | None = None,
        element: str | None = None,
        party: int | None = None,
    ) -> Instance:
        """A new instance, stored but not yet moved: the caller may add what it reads, then calls `launch`.

        With `element` it is that one task alone, for `party`.
        """
        instance = Instance(
            case_id=self.case.id, model_version_id=deployed.id, process=deployed.process, is_root=is_root,
            parent_id=parent.id if parent else None, parent_task=parent_task, state=b"", started_at=self.work.now,
            phase=InstancePhase.RUNNING, element=element, party_id=party,
        )  # fmt: skip
        add_row(self.work.session, instance)
        self.data.begun(instance)
        if self.running is not None:
            self.running.append(instance)
        return instance

    def launch(self, instance: Instance) -> None:
        """Let the engine take the first steps of an instance that `begin` made."""
        compiled = self.work.deployed(instance.model_version_id).compiled
        with self._named(instance, cannot_start):
            facts = self.facts(instance)
            element, now = instance.element, self.work.now
            first = start_alone(compiled, element, facts, now) if element else start(compiled, facts, now)
            self._absorb(instance, first, facts)

    def ask(self, instance: Instance, command: Command) -> None:
        """Queue a command; `settle` carries it out."""
        self.queue.append((instance, command))

    def unask(self, instance: Instance, command: Command) -> None:
        """Take back what is queued, when what it was meant for is gone."""
        self.queue = deque(asked for asked in self.queue if asked != (instance, command))

    def settle(self) -> None:
        """Carry out what is queued, and let every waiting timer look again when facts changed. When the case went on,
        an alarm goes.
        """
        for _ in range(ROUNDS):
            if self.queue:
                self._advance(*self.queue.popleft())
            elif self.facts_changed:
                self.facts_changed = False
                self._refresh_all()
            else:
                self.case.row_version += 1
                self.keep_urgency()
                self._lift_alarm()
                return
        raise GoesRound

    def _refresh_all(self) -> None:
        if self.stale:
            self.recompute()
        for instance in self.living():
            if instance.state:
                self.ask(instance, Refresh())

    def _advance(self, instance: Instance, command: Command) -> None:
        if instance.phase == InstancePhase.STUCK and isinstance(command, Complete | Lapse | Send):
            raise Parked
        if instance.phase != InstancePhase.RUNNING:
            return
        with self._named(instance, in_process):
            self._move(instance, command)
        self._went_on = self._went_on or not isinstance(command, Refresh)

    def _move(self, instance: Instance, command: Command) -> None:
        facts = self.facts(instance)
        if isinstance(command, Refresh) and self._moved_with.get(instance.id) == facts:
            return  # it came to rest with these very facts at this very moment, so there is nothing to look at again
        compiled = self.work.deployed(instance.model_version_id).compiled
        outcome = advance(compiled, instance.state, command, facts, self.work.now)
        self._absorb(instance, outcome, facts, cancelled=isinstance(command, Cancel))

    @contextmanager
    def _named(self, instance: Instance, alarm: Callable[[str, str], str]) -> Iterator[None]:
        """Turn an error of the case itself, not of what was asked, into Poisoned with its id: that is an alarm."""
        try:
            yield
        except NobodyListens:
            raise
        except EngineError as cause:
            raise Poisoned(self.case.id, alarm(instance.process, str(cause))) from cause

    def _absorb(self, instance: Instance, outcome: Outcome, facts: FactMap, *, cancelled: bool = False) -> None:
        instance.state = outcome.state
        self._moved_with[instance.id] = facts
        self.fired_on = _fired_on(instance, outcome.step, self.work.now) or self.fired_on
        _keep_timers(instance, outcome.step)
        crash_point("state-written")
        for effect in outcome.step.effects:
            self.work.services.reactions.carry_out(self, instance, effect)
        if outcome.step.finished:
            self._end(instance, cancelled=cancelled)
        elif outcome.step.stuck:
            self._park(instance)

    def _end(self, instance: Instance, *, cancelled: bool) -> None:
        """The caller goes on; not when the call itself was interrupted, for then it waits no more."""
        instance.phase = InstancePhase.FINISHED
        instance.ended_at = self.work.now
        instance.next_due = None
        if self._is_request(instance):
            mine = update(DocumentRequestRow).where(DocumentRequestRow.instance_id == instance.id)
            self.work.session.execute(mine.values(closed_at=self.work.now))
        if instance.is_root:
            self.work.services.reactions.case_ended(self)
        elif instance.parent_id is None:
            self.facts_changed = True  # the case may wait for what somebody started beside it
        parent = self.work.session.get(Instance, instance.parent_id) if instance.parent_id else None
        if parent is None or not self._is_awaited(instance, parent):
            return
        if instance.element:
            self.work.services.reactions.person_ended(self, instance, parent)
        elif not cancelled:
            self.work.services.reactions.outputs_to_parent(self, instance, parent)
            if not (self._is_request(instance) and self._others_run(instance)):
                self.ask(parent, Complete(str(instance.parent_task)))

    def _is_request(self, instance: Instance) -> bool:
        """Whether this process carries out a document request."""
        return self.data.request(instance)["request.due"] is not None

    def _others_run(self, instance: Instance) -> bool:
        """Whether the same call started more, of which one still runs: it asked several departments at once (P11)."""
        same = (Instance.parent_id == instance.parent_id, Instance.parent_task == instance.parent_task)
        others = select(Instance.id).where(*same, Instance.phase.in_(NOT_ENDED), Instance.id != instance.id)
        return self.work.session.scalar(others.limit(1)) is not None

    def _is_awaited(self, instance: Instance, parent: Instance) -> bool:
        """Whether the caller still waits for the end of this instance."""
        return bool(
            instance.parent_task and instance.parent_task not in self.dropped and parent.phase == InstancePhase.RUNNING
        )

    def _park(self, instance: Instance) -> None:
        instance.phase = InstancePhase.STUCK
        instance.error = "Het proces wacht nergens meer op en is toch niet klaar."
        self.case.alarm = in_process(instance.process, instance.error)

    def _lift_alarm(self) -> None:
        """The step that failed before has succeeded or was passed by; but a process that is parked still is."""
        if not self._went_on or self.case.alarm is None or not ends_with_a_step(self.case.alarm):
            return
        there = select(Instance).where(Instance.case_id == self.case.id, Instance.phase.in_(NOT_ENDED))
        if all(instance.phase != InstancePhase.STUCK for instance in self.work.session.scalars(there)):
            self.case.alarm = None


@cache
def _living() -> Any:
    mine = (Instance.case_id == bindparam("case"), Instance.phase == InstancePhase.RUNNING)
    return select(Instance).where(*mine).order_by(Instance.id)


def _fired_on(instance: Instance, step: Step, now: datetime) -> date | None:
    """The day of the last timer that was due and does not wait any more."""
    waiting = {timer.element for timer in step.timers}
    before = [(one["element"], datetime.fromisoformat(one["due"])) for one in instance.timers or () if one["due"]]
    fired = [due for element, due in before if element not in waiting and due <= now]
    return local_date(max(fired)) if fired else None


def _keep_timers(instance: Instance, step: Step) -> None:
    instance.next_due = step.next_due
    instance.timers = [
        {"element": timer.element, "due": timer.due.isoformat() if timer.due else None} for timer in step.timers
    ]


__all__ = ["CaseExecution", "EngineError"]
