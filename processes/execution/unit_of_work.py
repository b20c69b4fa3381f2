"""The unit of work: one transaction with its actor, moment and session; and the way from a call to a commit.

`transact` is used by `processes.actions.act`; nothing else opens a transaction that changes cases.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, bindparam, select, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from processes.access.barred import cases_closed_to
from processes.access.clearance import is_above, within_clearance
from processes.base.actor import SYSTEM, Actor, ActorKind
from processes.base.clock import local_date
from processes.base.crash_points import crash_point
from processes.base.errors import CaseClosed, NotFound
from processes.execution.one_time_key import OneTimeKey
from processes.storage import audit, outbox
from processes.storage.business_time import business_now
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import Case, FormKey, NoteRow, TaskRow
from processes.storage.words import CaseState, NoteKind

Found = TypeVar("Found")


@dataclass
class UnitOfWork:
    """The open transaction that every action gets, with its actor and its one moment (`now`)."""

    services: Services
    session: Session
    actor: Actor
    now: datetime
    outbox_ids: list[int] = field(default_factory=list)
    tried_in: int = (
        0  # the case for which a colleague was chosen who cannot handle it, by somebody who may not know why
    )
    followed: int = 0  # how many cases have begun in it because another one ended

    @property
    def today(self) -> date:
        return local_date(self.now)

    def lock_case(self, number: str, *, running: bool = False) -> Case:
        """The case, locked until the commit. Raises NotFound, also for staff whom the case is about; with `running`
        also CaseClosed.
        """
        case = self.session.scalar(select(Case).where(Case.number == number, self.open_to_actor()).with_for_update())
        return self._checked(case, running=running)

    def lock_case_id(self, case_id: int, *, running: bool = False) -> Case:
        """The case with this id, locked as by `lock_case`."""
        case = self.session.scalar(select(Case).where(Case.id == case_id, self.open_to_actor()).with_for_update())
        return self._checked(case, running=running)

    def lock_case_of(self, task: str) -> Case:
        """The case of a task, by the task's id, locked as by `lock_case`."""
        question = _case_of_task(staff=self.actor.kind == ActorKind.STAFF)
        given = {"task": task, "me": self.actor.subject}
        case = self._checked(self.session.scalar(question, given), running=False)
        if is_above(self.session, self.actor, case):
            raise NotFound
        return case

    def deployed(self, version_id: int) -> Deployed:
        return self.services.models.version(self.session, version_id)

    def in_use(self, process: str) -> tuple[Deployed, ...]:
        """The newest version of a process; none when it cannot be read."""
        return self.services.models.in_use(self.session, process)

    def audit(self, chain: int, action: str, **detail: str | int | None) -> None:
        """One row in the chain of the case (0: of the installation). Ids and codes only, never names or contents."""
        audit.record(self.session, chain, self.actor, action, detail, self.now, self.services.secrets)

    def enqueue(self, kind: str, key: str, payload: Mapping[str, Any], case_id: int | None = None) -> None:
        """Work that must happen after the commit, at least once, under a fixed key."""
        self.outbox_ids.append(outbox.enqueue(self.session, kind, key, dict(payload), case_id, self.now))

    def system_note(self, case_id: int, text: str, party_id: int | None = None) -> NoteRow:
        """Tell the handler what the system did or could not do: an internal note, unread until the handler opens it."""
        return self._note(case_id, SYSTEM.name, text, party_id=party_id)

    def own_note(self, case_id: int, text: str) -> NoteRow:
        """Write down what the actor changed: an internal note in the actor's name, no news for the handler."""
        return self._note(case_id, self.actor.name, text, read_by_handler=True)

    def _note(self, case_id: int, author: str, text: str, **more: Any) -> NoteRow:
        row = NoteRow(case_id=case_id, kind=NoteKind.NOTE, author=author, text=text, at=self.now, **more)
        self.session.add(row)
        return row

    def open_to_actor(self) -> ColumnElement[bool]:
        """A condition on Case: not one that is about the member of staff who acts (Awb 9:7), nor one above their clearance."""
        if self.actor.kind != ActorKind.STAFF:
            return true()
        return and_(Case.id.not_in(cases_closed_to(self.actor.subject)), within_clearance(self.actor))

    @staticmethod
    def _checked(case: Case | None, *, running: bool) -> Case:
        if case is None:
            raise NotFound
        if running and case.state != CaseState.RUNNING:
            raise CaseClosed
        return case


@cache
def _case_of_task(*, staff: bool) -> Any:
    which = select(TaskRow.case_id).where(TaskRow.id == bindparam("task")).scalar_subquery()
    found = select(Case).where(Case.id == which)
    if staff:
        found = found.where(Case.id.not_in(cases_closed_to(bindparam("me"))))
    return found.with_for_update(of=Case)


def transact(
    services: Services, actor: Actor, change: Callable[[UnitOfWork], str], once: OneTimeKey | None = None
) -> str:
    """Carry out one change in one transaction and answer after the commit.

    `once` is the one-time key of a form: a second use gets the first answer and changes nothing. Raises Busy when
    the database cannot be reached, and whatever error the change itself raises; then nothing is stored.
    """
    if once and once.earlier and (before := _answer_of(services, *once.earlier)) is not None:
        return before  # the first press was before the secret changed
    try:
        answer, outbox_ids = _change(services, actor, change, once.now if once else None)
    except IntegrityError:
        # two presses at one moment: the key let one of them through, and this is the other
        earlier = _answer_of(services, once.now) if once else None
        if earlier is None:
            raise
        return earlier
    crash_point("committed")
    outbox.dispatch(services, outbox_ids)
    return answer


def foresee(services: Services, actor: Actor, look: Callable[[UnitOfWork], Found]) -> Found:
    """Carry out a change, look at what it led to, and undo all of it. `look` changes and answers with plain data.

    Raises Busy, and whatever the change raises.
    """
    with transaction(services.sessions) as session:
        work = UnitOfWork(services, session, actor, business_now(services, session))
        audit.acting(session, actor, work.now, services.secrets)
        found = look(work)
        session.rollback()
    return found


def _change(
    services: Services, actor: Actor, change: Callable[[UnitOfWork], str], once: str | None
) -> tuple[str, list[int]]:
    with transaction(services.sessions) as session:
        work = UnitOfWork(services, session, actor, business_now(services, session))
        audit.acting(session, actor, work.now, services.secrets)
        key = _claim(work, once)
        answer = change(work)
        if key:
            key.answer = answer
        session.flush()  # what the commit would send anyway, so that the point below lies after it
        crash_point("before-commit")
        return answer, work.outbox_ids


def _claim(work: UnitOfWork, once: str | None) -> FormKey | None:
    if once is None:
        return None
    key = FormKey(key=once, used_at=work.now, answer="")
    work.session.add(key)
    work.session.flush()  # now a second press waits here, or fails on the key, before it changes anything
    return key


def _answer_of(services: Services, *keys: str) -> str | None:
    with transaction(services.sessions) as session:
        return read_only(session).scalar(select(FormKey.answer).where(FormKey.key.in_(keys)).limit(1))
