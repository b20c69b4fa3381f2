"""Vandaag: what must be done now, by legal risk. A fixed number of statements, however many cases there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, CompoundSelect, exists, func, nulls_last, or_, select, true, union_all
from sqlalchemy.orm import Session, aliased

from engine.words import Side
from processes.access.staff_scope import handles, seen_cases
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.reads.opening import reading
from processes.reads.refused_mail import to_department, todo
from processes.reads.workbench.legal import Due, case_types, due_of, legal_due
from processes.reads.workbench.penalty import CostsMoney, costing_money
from processes.reads.workbench.risk import PAGE, by_risk, counted, dated, from_cases, pages_of
from processes.reads.workbench.words import named, objectors
from processes.storage import staff
from processes.storage.late_work import mail_is_refused
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case, DeadlineRow, MailRow, NoteRow, NoticeRow, Party, TaskRow
from processes.storage.words import PostChannel, TaskState

Whose = Literal["mine", "nobody", "all"]
OTHERS = 20  # letters, mails and messages shown at once; the count says how many there are
SHORT = 160


@dataclass(frozen=True, slots=True)
class WaitingTask:
    id: str
    name: str
    number: str
    title: str
    subject: str
    objector: str
    legal: Due
    service: Due
    who: str | None
    handler: str | None
    committee: bool


@dataclass(frozen=True, slots=True)
class LetterToSend:
    id: int
    number: str
    subject: str
    recipient: str
    made_on: date
    document: str | None


@dataclass(frozen=True, slots=True)
class MailNotArrived:
    """Refused for good: `todo` says what to do now. To whom it went stands on the case, for who may see it there."""

    id: int
    number: str
    subject: str
    made_on: date
    todo: str


@dataclass(frozen=True, slots=True)
class UnreadNote:
    number: str
    subject: str
    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Today:
    """`counts` by mine, nobody and all; letters, refused mails and unread messages only for those who handle cases."""

    whose: Whose
    day: date
    tasks: tuple[WaitingTask, ...]
    counts: dict[str, int]
    late: int
    page: int
    pages: int
    letters: tuple[LetterToSend, ...]
    letter_count: int
    mails: tuple[MailNotArrived, ...]
    mail_count: int
    unread: tuple[UnreadNote, ...]
    unread_count: int
    handles: bool
    penalties: tuple[CostsMoney, ...]


def read_today(services: Services, actor: Actor, whose: Whose = "all", page: int = 1) -> Today:
    """Raises NotAllowed for anybody without a role in the workbench."""
    with reading(services) as (session, now):
        types = case_types(session, services)
        counts, late = _counts(session, actor, types, now)
        pages = pages_of(counts[whose])
        page = min(max(page, 1), pages)
        tasks = _tasks(session, actor, whose, types, page, now)
        letters = _letters(session, services, actor) if handles(actor) else ([], 0)
        mails = _mails(session, actor, whose) if handles(actor) else ([], 0)
        unread = _unread(session, actor, whose) if handles(actor) else ([], 0)
        penalties = costing_money(session, services, _cases(actor, whose), now) if handles(actor) else ()
    return Today(
        whose=whose, day=local_date(now), tasks=tuple(tasks), counts=counts, late=late, page=page, pages=pages,
        letters=tuple(letters[0]), letter_count=letters[1], unread=tuple(unread[0]), unread_count=unread[1],
        mails=tuple(mails[0]), mail_count=mails[1], handles=handles(actor), penalties=penalties,
    )  # fmt: skip


def _cases(actor: Actor, whose: Whose) -> list[ColumnElement[bool]]:
    """On Case alone: mine are those that I handle."""
    if whose == "mine":
        return [Case.handler == actor.subject]
    return [Case.handler.is_(None)] if whose == "nobody" else []


def _conditions(actor: Actor, whose: Whose = "all") -> list[ColumnElement[bool]]:
    """On TaskRow and Case: open, and mine when I took it or when nobody did and the case is mine."""
    sides = (Side.WORKER, Side.COMMITTEE) if handles(actor) else (Side.COMMITTEE,)
    found = [TaskRow.state == TaskState.OPEN, TaskRow.side.in_(sides), seen_cases(actor)]
    if whose == "mine":
        return [*found, TaskRow.id.in_(_my_tasks(actor))]
    return [*found, TaskRow.assignee.is_(None), Case.handler.is_(None)] if whose == "nobody" else found


def _my_tasks(actor: Actor) -> CompoundSelect[str]:
    """Two questions instead of an OR over two tables, so that each is answered by its own index."""
    task, case = aliased(TaskRow), aliased(Case)
    taken = select(task.id).where(task.state == TaskState.OPEN, task.assignee == actor.subject)
    free = select(task.id).join(case, case.id == task.case_id)
    return union_all(
        taken, free.where(task.state == TaskState.OPEN, task.assignee.is_(None), case.handler == actor.subject)
    )


def _counts(
    session: Session, actor: Actor, types: Sequence[Deployed], now: datetime
) -> tuple[dict[str, int], int]:  # fmt: skip
    """At most MOST + 1 of each, which the page shows as "meer dan"."""
    names: tuple[Whose, ...] = ("mine", "nobody", "all")
    waiting = select(TaskRow.id).where(TaskRow.case_id == Case.id, *_conditions(actor)).correlate(Case)
    late = dated(Case.id, [exists(waiting), DeadlineRow.due < local_date(now)], types)
    found = counted(session, *(from_cases(TaskRow.id).where(*_conditions(actor, whose)) for whose in names), late)
    return dict(zip(names, found, strict=False)), found[-1]


def _tasks(
    session: Session, actor: Actor, whose: Whose, types: Sequence[Deployed], page: int, now: datetime
) -> list[WaitingTask]:
    shown = _page(session, actor, whose, types, page)
    details = select(TaskRow, Case).join(Case, Case.id == TaskRow.case_id)
    found = session.execute(details.where(TaskRow.id.in_([id_ for id_, _ in shown])))
    rows = {task.id: (task, row) for task, row in found}
    filed = objectors(session, {row.id for _, row in rows.values()})
    names = staff.names_of(session, (name for task, row in rows.values() for name in (task.assignee, row.handler)))
    return [_waiting(*rows[id_], day, filed, names, now) for id_, day in shown if id_ in rows]


def _page(
    session: Session, actor: Actor, whose: Whose, types: Sequence[Deployed], page: int
) -> list[tuple[str, date | None]]:
    if whose == "all" and handles(actor):
        return by_risk(session, TaskRow.id, _conditions(actor), types, page)
    ids = from_cases(TaskRow.id).where(*_conditions(actor, whose))
    # what one person or a committee has to do is few: that is sorted after it is found
    due = legal_due(types)
    order = (nulls_last(due), nulls_last(TaskRow.due), TaskRow.id)
    rows = session.execute(ids.add_columns(due).order_by(*order).limit(PAGE).offset((page - 1) * PAGE))
    return [(id_, day) for id_, day in rows]


def _waiting(
    task: TaskRow, row: Case, day: date | None, filed: Mapping[int, str], names: Mapping[str, str], now: datetime
) -> WaitingTask:
    return WaitingTask(
        id=task.id, name=task.name, number=row.number, title=row.title, subject=row.subject,
        objector=filed.get(row.id, ""), legal=due_of(day, now), service=due_of(task.due, now),
        who=names.get(task.assignee or ""), handler=names.get(row.handler or ""), committee=task.side == Side.COMMITTEE,
    )  # fmt: skip


def _letters(session: Session, services: Services, actor: Actor) -> tuple[list[LetterToSend], int]:
    waiting = (
        select(NoticeRow, Case, Party, func.count().over())
        .join(Case, Case.id == NoticeRow.case_id)
        .join(Party, Party.id == NoticeRow.party_id)
        .where(
            NoticeRow.channel == PostChannel.POST,
            NoticeRow.sent_on.is_(None),
            NoticeRow.stopped.is_(None),
            seen_cases(actor),
        )
    )
    rows = session.execute(waiting.order_by(NoticeRow.created_at, NoticeRow.id).limit(OTHERS)).all()
    return [
        LetterToSend(
            row.id,
            case.number,
            row.subject,
            _recipient(session, services, case, party),
            local_date(row.created_at),
            None if party.confidential else row.document_id,
        )
        for row, case, party, _ in rows
    ], _count_in(rows)


def _recipient(session: Session, services: Services, case: Case, party: Party) -> str:
    deployed = services.models.find(session, case.model_version_id)
    return named(party, deployed.model if deployed else None, [party.id] if party.confidential else ())


def _mails(session: Session, actor: Actor, whose: Whose) -> tuple[list[MailNotArrived], int]:
    waiting = (
        select(MailRow, Case.number, to_department(), func.count().over())
        .join(Case, Case.id == MailRow.case_id)
        .where(mail_is_refused(), seen_cases(actor), *_cases(actor, whose))
    )
    rows = session.execute(waiting.order_by(MailRow.id).limit(OTHERS)).all()
    return [
        MailNotArrived(mail.id, number, mail.subject, local_date(mail.created_at), todo(mail, department=department))
        for mail, number, department, _ in rows
    ], _count_in(rows)


def _count_in(rows: Sequence[Any]) -> int:
    """How many there are in all, which stands last in each row."""
    return rows[0][-1] if rows else 0


def _unread(session: Session, actor: Actor, whose: Whose) -> tuple[list[UnreadNote], int]:
    waiting = (
        select(NoteRow)
        .join(Case, Case.id == NoteRow.case_id)
        .where(NoteRow.read_by_handler.is_(False), _addressed(actor, whose), seen_cases(actor))
    )
    count = session.scalar(waiting.with_only_columns(func.count())) or 0
    shown = waiting.with_only_columns(NoteRow, Case.number, Case.subject).order_by(NoteRow.at, NoteRow.id)
    return [
        UnreadNote(number, subject, note.author, shortened(note.text), note.at)
        for note, number, subject in session.execute(shown.limit(OTHERS))
    ], count


def _addressed(actor: Actor, whose: Whose) -> ColumnElement[bool]:
    """News is for the handler and for everybody else who took or did a task of the case (D46, D47)."""
    if whose == "nobody":
        return Case.handler.is_(None)
    if whose == "all":
        return true()
    task = aliased(TaskRow)
    involved = select(task.id).where(
        task.case_id == Case.id, or_(task.assignee == actor.subject, task.done_by == actor.subject)
    )
    return or_(Case.handler == actor.subject, exists(involved))


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT].rstrip()}..."
