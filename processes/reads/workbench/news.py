"""Nieuws of one member of staff: notes of colleagues, mentions, handovers and deliveries; and the counters of every page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    bindparam,
    cast,
    false,
    func,
    not_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import Session

from processes.access.same_roles import READER, SameRoles
from processes.access.staff_scope import handles, in_own_work, seen_cases
from processes.access.substitution import absent, runs_on
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import NotAllowed
from processes.reads.opening import reading
from processes.reads.workbench.risk import PAGE, at_most, counted, counting, pages_of
from processes.reads.workbench.waiting import shortened, unread_messages
from processes.reads.workbench.words import NoteWords, note_for_all
from processes.storage.asked_ahead import Question, answer
from processes.storage.fast import PreparedQuery
from processes.storage.services import Services
from processes.storage.tables import (
    Case,
    Delivery,
    DepartmentRow,
    DeskMail,
    Dossier,
    NewsRow,
    NoteRow,
    Party,
    StaffRow,
    Substitution,
    TaskRow,
)
from processes.storage.words import NewsKind

TITLES: Final = {
    NewsKind.NOTE: "Notitie van {who}",
    NewsKind.MENTION: "{who} noemt u in een notitie",
    NewsKind.HANDOVER: "{who} draagt een zaak over",
    NewsKind.DELIVERY: "Aanlevering van {who}",
    NewsKind.ASKED: "Nieuwe taak van {who}",
    NewsKind.TASK: "Taak: bericht van {who}",
    NewsKind.ANSWER: "{who} heeft een antwoord veranderd",
    NewsKind.DECIDED: "{who} besliste in een zaak van u",
}
USUAL_HOUR: Final = 8
PLACES: Final = {NewsKind.DELIVERY: "verzoeken"}  # where on the case the reader finds it; else on the timeline


@dataclass(frozen=True, slots=True)
class NewsLine:
    """`place`: the tab of the case that tells more."""

    id: int
    title: str
    text: str
    number: str
    subject: str
    at: datetime
    place: str
    unread: bool


@dataclass(frozen=True, slots=True)
class MailChoice:
    """How the reader hears of news by mail: a DeskMailKind, or empty for no mail; `hour` of the day; `address` that sign-on gave."""

    kind: str
    hour: int
    address: str


@dataclass(frozen=True, slots=True)
class NewsPage:
    """`newest`: the id of the newest row that there is, up to which all can be read with one press; 0 without any."""

    lines: tuple[NewsLine, ...]
    unread: int
    page: int
    pages: int
    newest: int
    mail: MailChoice


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """Unread messages of citizens in cases of the reader and of those who are away, and unread news. Each stops just above MOST."""

    messages: int
    news: int


def read_desk_news(services: Services, actor: Actor, page: int = 1) -> NewsPage:
    """Unread news before what was read, each the newest first. Raises NotAllowed for who does not handle cases."""
    if not handles(actor):
        raise NotAllowed("Nieuws is alleen voor behandelaars.")
    with reading(services) as (session, _):
        every, unread = counted(session, _mine(actor, NewsRow.id), unread_news(actor))
        pages = pages_of(every)
        page = min(max(page, 1), pages)
        lines = news_lines(session, actor, offset=(page - 1) * PAGE)
        newest = session.scalar(_mine(actor, NewsRow.id).order_by(NewsRow.id.desc()).limit(1)) or 0
        return NewsPage(lines, unread, page, pages, newest, _mail_choice(session, actor))


def news_lines(
    session: Session, actor: Actor, *, offset: int = 0, size: int = PAGE, only: Collection[int] | None = None
) -> tuple[NewsLine, ...]:
    """Some of the news, or `only` those rows. One statement."""
    conditions = () if only is None else (NewsRow.id.in_(only),)
    found = (
        _mine(actor, NewsRow, *conditions)
        .add_columns(Case.number, Case.subject, NoteRow, Party, DepartmentRow.name, Delivery.remark)
        .outerjoin(NoteRow, NoteRow.id == NewsRow.note_id)
        .outerjoin(Party, Party.id == NoteRow.party_id)
        .outerjoin(Delivery, Delivery.id == NewsRow.delivery_id)
        .outerjoin(Dossier, Dossier.id == Delivery.dossier_id)
        .outerjoin(DepartmentRow, DepartmentRow.code == Dossier.department)
        .order_by(NewsRow.read_at.is_not(None), NewsRow.id.desc())
    )
    return tuple(_line(row) for row in session.execute(found.limit(size).offset(offset)))


def read_desk_counts(services: Services, actor: Actor) -> DeskCounts | None:
    """For the top of every page of the workbench; None for who does not handle cases."""
    if not handles(actor):
        return None
    with reading(services) as (session, now):
        return desk_counts(session, actor, local_date(now))


def desk_counts_ahead(actor: Actor, day: date) -> list[Question]:
    """The question for a page that asks its questions together; none for who does not handle cases."""
    if not handles(actor):
        return []
    return [(_desk_counts(SameRoles.of(actor)), {READER: actor.subject, "day": day})]


def desk_counts(session: Session, actor: Actor, day: date) -> DeskCounts | None:
    """The same as `read_desk_counts`, in a session that is open."""
    found = [answer(session, query, **values)[0] for query, values in desk_counts_ahead(actor, day)]
    return DeskCounts(*at_most(found[0])) if found else None


@lru_cache(maxsize=100)  # every page asks it, and making it costs more than the answer
def _desk_counts(readers: SameRoles) -> PreparedQuery:
    """For a reader and a `day`."""
    away = absent(readers.subject, bindparam("day", type_=Date))
    theirs = in_own_work(readers, union_all(select(cast(readers.subject, String)), away))
    return PreparedQuery(counting(unread_messages(readers, theirs), unread_news(readers)))


def read_concerned(services: Services, cases: Collection[int]) -> frozenset[str]:
    """Numbers of staff whose counters a message in one of these cases moves: handlers, who stands in for them, and who took or did a
    task. One statement.
    """
    involved = [
        select(who).where(TaskRow.case_id.in_(cases), who.is_not(None)) for who in (TaskRow.assignee, TaskRow.done_by)
    ]
    handlers = select(Case.handler).where(Case.id.in_(cases), Case.handler.is_not(None))
    with reading(services) as (session, now):
        in_their_place = select(Substitution.substitute).where(
            Substitution.staff.in_(handlers), runs_on(local_date(now))
        )
        return frozenset(map(str, session.scalars(union(handlers, in_their_place, *involved))))


def unread_news(actor: Actor | SameRoles) -> Select[Any]:
    """Ids of the news that somebody did not read."""
    return _mine(actor, NewsRow.id, NewsRow.read_at.is_(None))


def keys_of_news(actor: Actor | SameRoles, *judged_there: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The same for Vandaag, the newest first: with the legal day of the case. A new task stands in that list itself, so that its news does not; nor does
    a delivery that waits to be judged, in the cases of which that list has the task (`judged_there`, on Case).
    """
    day, own = Case.legal_on.label("day"), false().label("own")
    # asked per row, as a value: PostgreSQL would collect every delivery that waits
    waits = (
        select(Delivery.id).where(Delivery.id == NewsRow.delivery_id, Delivery.judged_at.is_(None)).scalar_subquery()
    )
    told = not_(func.coalesce(and_(waits.is_not(None), *judged_there), false()))  # nobody may handle the case
    found = _mine(actor, NewsRow.id, NewsRow.read_at.is_(None), NewsRow.kind != NewsKind.ASKED, told).with_only_columns(
        NewsRow.id.label("key"), NewsRow.case_id, day, own
    )
    return found.order_by(NewsRow.id.desc())


def _mine(actor: Actor | SameRoles, what: Any, *conditions: ColumnElement[bool]) -> Select[Any]:
    found = select(what).select_from(NewsRow).join(Case, Case.id == NewsRow.case_id)
    return found.where(NewsRow.staff == actor.subject, seen_cases(actor), *conditions)


def _mail_choice(session: Session, actor: Actor) -> MailChoice:
    found = (
        select(StaffRow.email, DeskMail.kind, DeskMail.hour)
        .outerjoin(DeskMail, DeskMail.staff == StaffRow.number)
        .where(StaffRow.number == actor.subject)
    )
    address, kind, hour = session.execute(found).first() or ("", "", None)
    return MailChoice(kind or "", USUAL_HOUR if hour is None else hour, address or "")


def _line(row: Any) -> NewsLine:
    news, number, subject, note, party, department, remark = row
    said = note_for_all(note, party) if note else NoteWords(department or "een afdeling", remark or "")
    title = TITLES[news.kind].format(who=said.sender)
    place = PLACES.get(news.kind, "tijdlijn")
    return NewsLine(news.id, title, shortened(said.text), number, subject, news.at, place, news.read_at is None)
