"""The lists of what waits at a desk: messages, notices, letters to post, texts that are held and mails that came back. Each has pages of
its own, and on Vandaag they stand among the tasks. A fixed number of statements, however many there are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Select, String, and_, cast, literal, select, union_all
from sqlalchemy.orm import Session

from processes.access.same_roles import SameRoles
from processes.access.staff_scope import handles, seen_cases
from processes.access.substitution import replaced_by
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import NotAllowed
from processes.reads.opening import reading
from processes.reads.refused_mail import to_department, todo
from processes.reads.workbench.held_up import own_day_held_up
from processes.reads.workbench.legal import case_types
from processes.reads.workbench.letter_drafts import STATES, WAITS
from processes.reads.workbench.penalty import CostsMoney, costing_money
from processes.reads.workbench.risk import PAGE, counted, pages_of
from processes.reads.workbench.whose import DeskOf, Whose, own_teams
from processes.reads.workbench.words import BY_PARTIES, named, note_for_all
from processes.storage.late_work import mail_is_refused
from processes.storage.services import Services
from processes.storage.tables import Case, LetterRow, MailRow, NoteRow, NoticeRow, Party
from processes.storage.words import PostChannel

SHORT = 160
Rows = Select[*tuple[Any, ...]]


class WaitingKind(StrEnum):
    """The lists of what waits; each word is the last part of the address of its page."""

    MESSAGES = "berichten"
    NOTICES = "meldingen"
    DRAFTS = "concepten"
    LETTERS = "brieven"
    HELD = "vastgehouden"
    MAILS = "mails"
    PENALTIES = "dwangsommen"


@dataclass(frozen=True, slots=True)
class LetterToSend:
    """`own`: the first own term that is met only when this letter is sent, where that comes before the terms of the law."""

    id: int
    number: str
    subject: str
    recipient: str
    made_on: date
    document: str | None
    own: date | None = None


@dataclass(frozen=True, slots=True)
class LetterToLookAt:
    """A letter that waits before it leaves. `state` in words: a draft, waiting for who agrees, or agreed to."""

    id: int
    number: str
    subject: str
    made_on: date
    state: str


@dataclass(frozen=True, slots=True)
class HeldText:
    """A letter or mail that is not sent, because it would say what is not so. `place` is its mark on the page Brieven."""

    place: str
    number: str
    subject: str
    made_on: date
    reasons: tuple[str, ...]


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
    """A message of a citizen, or with the kind `note` a notice of the system or a department; its text on one line. `party`: the id
    of who wrote it.
    """

    id: int
    number: str
    subject: str
    author: str
    text: str
    at: datetime
    kind: str
    party: int | None = None


Item = UnreadNote | LetterToSend | LetterToLookAt | HeldText | MailNotArrived | CostsMoney


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The shown part of one list. `count` stops just above MOST, as `counted` does."""

    items: tuple[Item, ...]
    count: int
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """`teams`: the names of those that the reader is in."""

    kind: WaitingKind
    whose: Whose
    list: WaitingList
    day: date
    teams: tuple[str, ...]


def read_waiting(
    services: Services, actor: Actor, kind: WaitingKind, whose: Whose = "all", page: int = 1
) -> WaitingPage:
    """Raises NotAllowed for who does not handle cases."""
    if not handles(actor):
        raise NotAllowed("Deze lijst is alleen voor behandelaars.")
    shelf = services.law.last_shelf(services.sessions)
    with reading(services) as (session, now):
        teams = own_teams(shelf, actor, case_types(session, services), local_date(now))
        desk = DeskOf(actor, whose, teams, replaced_by(session, actor, local_date(now)))
        found = waiting(session, services, desk, now, kind, page)
    return WaitingPage(kind, whose, found, local_date(now), teams.names)


def waiting(
    session: Session, services: Services, desk: DeskOf, now: datetime, kind: WaitingKind, page: int = 1
) -> WaitingList:  # fmt: skip
    """One page of a list; beyond its last page the last one."""
    if kind == WaitingKind.PENALTIES:
        found = costing_money(session, services, desk.actor, desk.cases(), now)
        page = min(max(page, 1), pages := pages_of(len(found)))
        return WaitingList(found[(page - 1) * PAGE : page * PAGE], len(found), page, pages)
    (count,) = counted(session, LISTS[kind](desk))
    page = min(max(page, 1), pages := pages_of(count))
    return WaitingList(_items(session, services, desk, kind, count, (page - 1) * PAGE), count, page, pages)


def _items(
    session: Session, services: Services, desk: DeskOf, kind: WaitingKind, count: int, offset: int
) -> tuple[Item, ...]:  # fmt: skip
    if not count:
        return ()
    return tuple(map(shown_as(session, services, kind), session.execute(LISTS[kind](desk).limit(PAGE).offset(offset))))


def shown_as(session: Session, services: Services, kind: WaitingKind) -> Callable[[Any], Item]:
    """How a row of LISTS is shown."""
    return partial(_letter, session, services) if kind == WaitingKind.LETTERS else SHOWN[kind]


def unread_messages(actor: Actor | SameRoles, theirs: ColumnElement[bool]) -> Select[int]:
    """Ids of unread messages of citizens in cases that somebody may see. `theirs`: a condition on NoteRow and Case."""
    return _unread(actor, theirs, NoteRow.kind.in_(BY_PARTIES)).with_only_columns(NoteRow.id)


def _messages(desk: DeskOf) -> Rows:
    """The newest first: what a citizen sent a minute ago stands on top."""
    return _with_party(_unread(desk.actor, desk.notes(), NoteRow.kind.in_(BY_PARTIES)))


def _notices(desk: DeskOf) -> Rows:
    return _with_party(_unread(desk.actor, desk.notes(), NoteRow.kind.not_in(BY_PARTIES)))


def _with_party(notes: Rows) -> Rows:
    return notes.add_columns(Party).outerjoin(Party, Party.id == NoteRow.party_id)


def _unread(actor: Actor | SameRoles, theirs: ColumnElement[bool], kind: ColumnElement[bool]) -> Rows:
    return (
        select(NoteRow, Case.number, Case.subject)
        .join(Case, Case.id == NoteRow.case_id)
        .where(NoteRow.read_by_handler.is_(False), kind, theirs, seen_cases(actor))
        .order_by(NoteRow.at.desc(), NoteRow.id.desc())
    )


def _note(row: Any) -> UnreadNote:
    note, number, subject, party = row
    said = note_for_all(note, party)
    return UnreadNote(note.id, number, subject, said.sender, shortened(said.text), note.at, note.kind, note.party_id)


def _letters(desk: DeskOf) -> Rows:
    """The letters of everybody, oldest first: one post room prints for all."""
    return (
        select(NoticeRow, Case, Party, own_day_held_up())
        .join(Case, Case.id == NoticeRow.case_id)
        .join(Party, Party.id == NoticeRow.party_id)
        .where(
            NoticeRow.channel == PostChannel.POST,
            NoticeRow.sent_on.is_(None),
            NoticeRow.held.is_(None),
            NoticeRow.stopped.is_(None),
            seen_cases(desk.actor),
        )
        .order_by(NoticeRow.created_at, NoticeRow.id)
    )


def _letter(session: Session, services: Services, row: Any) -> LetterToSend:
    notice, case, party, own = row
    document = None if party.confidential else notice.document_id
    recipient = _recipient(session, services, case, party)
    return LetterToSend(notice.id, case.number, notice.subject, recipient, local_date(notice.created_at), document, own)


def _recipient(session: Session, services: Services, case: Case, party: Party) -> str:
    deployed = services.models.find(session, case.model_version_id)
    return named(party, deployed.model if deployed else None, [party.id] if party.confidential else ())


def held_rows(desk: DeskOf) -> FromClause:
    """Letters and mails that are held, each under the columns `place`, `id` and `mark`, which names it on the page Brieven."""
    letters = _held_in(desk, "brief", NoticeRow, and_(NoticeRow.stopped.is_(None), NoticeRow.letter_id.is_(None)))
    return union_all(letters, _held_in(desk, "mail", MailRow, MailRow.error.is_(None))).subquery()


def _drafts(desk: DeskOf) -> Rows:
    """The letters that wait longest on top."""
    return (
        select(LetterRow, Case.number)
        .join(Case, Case.id == LetterRow.case_id)
        .where(LetterRow.state.in_(WAITS), seen_cases(desk.actor), *desk.cases())
        .order_by(LetterRow.id)
    )


def _draft(row: Any) -> LetterToLookAt:
    letter, number = row
    return LetterToLookAt(letter.id, number, letter.subject, local_date(letter.made_at), STATES[letter.state])


def _held(desk: DeskOf) -> Rows:
    """Letters before mails, each oldest first: neither is sent, so both are work."""
    found = held_rows(desk)
    return select(found).order_by(found.c.place, found.c.id)


def _held_in(desk: DeskOf, place: str, table: type[NoticeRow | MailRow], living: ColumnElement[bool]) -> Rows:
    columns = (
        literal(place).label("place"),
        (literal(f"{place}-") + cast(table.id, String)).label("mark"),
        table.id,
        table.case_id,
        table.subject,
        table.created_at,
        table.held,
        Case.number,
        Case.legal_on,
    )
    mine = (table.held.is_not(None), living, seen_cases(desk.actor), *desk.cases())
    return select(*columns).join(Case, Case.id == table.case_id).where(*mine)


def _held_text(row: Any) -> HeldText:
    reasons = tuple(row.held.get("reasons", ()))
    return HeldText(row.mark, row.number, row.subject, local_date(row.created_at), reasons)


def _mails(desk: DeskOf) -> Rows:
    return (
        select(MailRow, Case.number, to_department())
        .join(Case, Case.id == MailRow.case_id)
        .where(mail_is_refused(), seen_cases(desk.actor), *desk.cases())
        .order_by(MailRow.id)
    )


def _mail(row: Any) -> MailNotArrived:
    mail, number, department = row
    return MailNotArrived(mail.id, number, mail.subject, local_date(mail.created_at), todo(mail, department=department))


LISTS: Final[Mapping[WaitingKind, Callable[[DeskOf], Rows]]] = {
    WaitingKind.MESSAGES: _messages,
    WaitingKind.NOTICES: _notices,
    WaitingKind.DRAFTS: _drafts,
    WaitingKind.LETTERS: _letters,
    WaitingKind.HELD: _held,
    WaitingKind.MAILS: _mails,
}
SHOWN: Final[Mapping[WaitingKind, Callable[[Any], Item]]] = {
    WaitingKind.MESSAGES: _note,
    WaitingKind.NOTICES: _note,
    WaitingKind.DRAFTS: _draft,
    WaitingKind.HELD: _held_text,
    WaitingKind.MAILS: _mail,
}


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT].rstrip()}..."
