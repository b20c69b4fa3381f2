"""The effect of a button of a case, before it is pressed: everything is carried out, looked at and undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from engine import Model
from engine.words import Side
from processes.access.staff_scope import kept_from
from processes.actions.course import PressButton, press_button
from processes.actions.foreseeing import SOMEBODY, ForeseenLetter, foreseen_letters, newest_letter
from processes.base.actor import Actor
from processes.base.dutch import date_in_words
from processes.execution.reopened import statuses_of
from processes.execution.unit_of_work import UnitOfWork, foresee
from processes.storage.services import Services
from processes.storage.tables import Case, DeadlineRow, MailRow, Party, TaskRow
from processes.storage.words import CaseState, TaskState

WHOSE: Mapping[str, str] = {
    Side.WORKER: "de behandelaar", Side.COMMITTEE: "de commissie", Side.CITIZEN: "de indiener", Side.DEPARTMENT: "de afdeling",
}  # fmt: skip
STILL = "staat stil"
Terms = Mapping[str, tuple[date | None, bool]]  # by code: the last day, and whether the term was met


@dataclass(frozen=True, slots=True)
class ForeseenPress:
    """In words. `mails`: subject and reader; `opened`: tasks, with whose they are; `closed`: tasks that go; `terms`: a sentence for each
    that moves; `status`: the one that the case gets, empty when it keeps its own; `ends`: the case is closed by it.
    """

    letters: tuple[ForeseenLetter, ...]
    mails: tuple[tuple[str, str], ...]
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    terms: tuple[str, ...]
    status: str
    ends: bool

    @property
    def is_silent(self) -> bool:
        """Whether nobody would see anything of it at once."""
        return not any((self.letters, self.mails, self.opened, self.closed, self.terms, self.status, self.ends))


def foresee_press(services: Services, actor: Actor, action: PressButton) -> ForeseenPress:
    """Raises whatever the press would raise."""

    def look(work: UnitOfWork) -> ForeseenPress:
        case = work.lock_case(action.case)
        letters, mails, before = newest_letter(work), _newest_mail(work), _as_it_stands(work, case)
        press_button(work, action)
        work.session.flush()
        after = _as_it_stands(work, case)
        model = work.deployed(case.model_version_id).model
        return ForeseenPress(
            letters=foreseen_letters(work, actor, case, letters), mails=_mails(work, actor, case, mails),
            opened=tuple(name for task, name in after.tasks.items() if task not in before.tasks),
            closed=tuple(name for task, name in before.tasks.items() if task not in after.tasks),
            terms=_moved(model, before.terms, after.terms),
            status=_named(model, after.status) if after.status != before.status else "",
            ends=case.state == CaseState.CLOSED and before.running,
        )  # fmt: skip

    return foresee(services, actor, look)


@dataclass(frozen=True, slots=True)
class _Standing:
    tasks: Mapping[str, str]
    terms: Terms
    status: str | None
    running: bool


def _as_it_stands(work: UnitOfWork, case: Case) -> _Standing:
    tasks = select(TaskRow).where(TaskRow.case_id == case.id, TaskRow.state == TaskState.OPEN)
    terms = select(DeadlineRow).where(DeadlineRow.case_id == case.id).order_by(DeadlineRow.id)
    return _Standing(
        {
            row.id: f"{row.name} (voor {WHOSE.get(row.side, 'een betrokkene')})"
            for row in work.session.scalars(tasks.order_by(TaskRow.opened_at, TaskRow.id))
        },
        {row.code: (row.due, row.met_on is not None) for row in work.session.scalars(terms)},
        case.status,
        case.state == CaseState.RUNNING,
    )


def _newest_mail(work: UnitOfWork) -> int:
    return work.session.scalar(select(func.max(MailRow.id))) or 0


def _mails(work: UnitOfWork, actor: Actor, case: Case, last: int) -> tuple[tuple[str, str], ...]:
    """Subject and reader; the address of who is kept from the one who looks is not told."""
    kept = kept_from(work.session, actor, case)
    secret = set(work.session.scalars(select(Party.email).where(Party.id.in_(kept)))) if kept else set()
    new = select(MailRow).where(MailRow.case_id == case.id, MailRow.id > last).order_by(MailRow.id)
    return tuple(
        (row.subject, SOMEBODY if row.recipient in secret else row.recipient) for row in work.session.scalars(new)
    )


def _moved(model: Model, before: Terms, after: Terms) -> tuple[str, ...]:
    return tuple(
        _term(model.deadlines[code].title, before.get(code), now)
        for code, now in after.items()
        if before.get(code) != now
    )


def _term(title: str, was: tuple[date | None, bool] | None, now: tuple[date | None, bool]) -> str:
    """One sentence. A term without a date stands still."""
    due, met = now
    if met:
        return f"{title}: is klaar."
    said = f"uiterlijk {date_in_words(due)}" if due else STILL
    if was is None:
        return f"{title}: begint, {said}."
    old = f"was uiterlijk {date_in_words(was[0])}" if was[0] else f"{STILL.replace('staat', 'stond')}"
    return f"{title}: {old}, wordt {said}." if due else f"{title}: {old}, {said}."


def _named(model: Model, code: str | None) -> str:
    return next((one.name for one in statuses_of(model) if one.code == code), code or "")
