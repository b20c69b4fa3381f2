"""Tijdlijn of a case: statuses, tasks done, deliveries, messages, notes, notices and mails, the newest first."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from engine.words import Side
from processes.access.staff_scope import handled_case, kept_from
from processes.base.actor import Actor
from processes.base.dutch import long_date
from processes.execution.reopened import statuses_of
from processes.reads.mail_answers import answers_in_case
from processes.reads.opening import reading
from processes.reads.workbench.corrections import corrections_of
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.lookers import Looker, lookers_of
from processes.reads.workbench.parties import readers
from processes.reads.workbench.words import named, role_in_words
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import (
    Case,
    Delivery,
    DepartmentRow,
    Dossier,
    MailRow,
    NewsRow,
    NoteRow,
    NoticeRow,
    Party,
    StatusRow,
    TaskRow,
)
from processes.storage.words import NoteKind, TaskState

WAYS = {"post": "per post", "link": "via de eigen link"}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `kind` styles it, `title` says what, `text` what was written; `unread` is news for the handler."""

    at: datetime
    kind: str
    title: str
    text: str
    detail: str = ""
    unread: bool = False


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """`unread`: how many messages nobody read yet; `news`: something here is unread news for this reader."""

    head: Head
    events: tuple[Event, ...]
    unread: int
    news: bool
    parties: tuple[tuple[int, str], ...]
    lookers: tuple[Looker, ...]


def read_history(services: Services, actor: Actor, number: str) -> HistoryPage:
    """Raises NotFound, or NotAllowed for the committee."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        model = services.models.version(session, case.model_version_id).model
        parties = session.scalars(select(Party).where(Party.case_id == case.id)).all()
        kept = kept_from(session, actor, case)
        names = {party.id: named(party, model, kept) for party in parties}
        addresses = {party.email: names[party.id] for party in parties if party.id in kept}
        events = [
            *_statuses(session, case, model),
            *_tasks(session, case, model, {p.identity_index: names[p.id] for p in parties if p.identity_index}),
            *_deliveries(session, case),
            *_notes(session, case, names),
            *_notices(session, case, names),
            *_mails(session, case, addresses),
            *_answers(session, case, kept),
            *_corrections(session, case, kept, names),
        ]
        return HistoryPage(
            head=head_of(session, services, actor, case, now),
            events=tuple(sorted(events, key=lambda event: event.at, reverse=True)),
            unread=sum(event.unread for event in events),
            news=_news(session, actor, case),
            parties=readers(session, case, model),
            lookers=lookers_of(session, case.id),
        )


def _news(session: Session, actor: Actor, case: Case) -> bool:
    mine = (NewsRow.staff == actor.subject, NewsRow.read_at.is_(None), NewsRow.case_id == case.id)
    return session.scalar(select(NewsRow.id).where(*mine).limit(1)) is not None


def _statuses(session: Session, case: Case, model: Model) -> Iterator[Event]:
    names = {status.code: status.name for status in statuses_of(model)}
    for row in session.scalars(select(StatusRow).where(StatusRow.case_id == case.id).order_by(StatusRow.id.desc())):
        yield Event(row.reached_at, "status", f"Status: {names.get(row.code, row.code)}", "")


def _tasks(session: Session, case: Case, model: Model, parties: Mapping[str, str]) -> Iterator[Event]:
    """`parties`: who a citizen is, by the blind index."""
    done = (
        select(TaskRow)
        .where(TaskRow.case_id == case.id, TaskRow.state == TaskState.DONE)
        .order_by(TaskRow.done_at.desc())
    )
    rows = session.scalars(done).all()
    names = {**parties, **staff.names_of(session, [row.done_by for row in rows if row.done_by not in parties])}
    for row in rows:
        # a department has no name of its own here: its line says of which department the delivery is
        outside = role_in_words(row.party_role, model).lower() if row.party_role else "afdeling"
        who = f"de {outside}" if row.side == Side.DEPARTMENT else names.get(row.done_by or "", "")
        yield Event(row.done_at or row.opened_at, "task", f"Taak gedaan: {row.name}", "", f"door {who}" if who else "")


def _deliveries(session: Session, case: Case) -> Iterator[Event]:
    rows = session.execute(
        select(Delivery, DepartmentRow.name)
        .join(Dossier, Dossier.id == Delivery.dossier_id)
        .join(DepartmentRow, DepartmentRow.code == Dossier.department)
        .where(Delivery.case_id == case.id)
        .order_by(Delivery.id.desc())
    )
    for row, department in rows:
        kind = "Aanlevering" if row.request_id else "Nazending"
        yield Event(row.sent_at, "delivery", f"{kind} van {department}", row.remark, f"ontvangstbewijs {row.receipt}")


def _notes(session: Session, case: Case, names: Mapping[int, str]) -> Iterator[Event]:
    for row in session.scalars(select(NoteRow).where(NoteRow.case_id == case.id).order_by(NoteRow.id.desc())):
        party = names.get(row.party_id or 0, "")
        titles: Mapping[str, str] = {
            NoteKind.MESSAGE: f"Bericht van {party or row.author}",
            NoteKind.UPLOAD: f"Nieuw document van {party or row.author}",
            NoteKind.PHONE: f"Telefoongesprek{f' met {party}' if party else ''}, notitie van {row.author}",
            NoteKind.REPLY: f"Antwoord aan {party} door {row.author}",
        }
        title = titles.get(row.kind, f"Notitie van {row.author}")
        yield Event(row.at, row.kind, title, row.text, unread=not row.read_by_handler)


def _notices(session: Session, case: Case, names: Mapping[int, str]) -> Iterator[Event]:
    for row in session.scalars(select(NoticeRow).where(NoticeRow.case_id == case.id).order_by(NoticeRow.id.desc())):
        sent = f"verzonden op {long_date(row.sent_on)}" if row.sent_on else row.stopped or "nog niet verzonden"
        sent = "niet verstuurd, want hij klopt nog niet" if row.held and not row.stopped else sent
        way = WAYS.get(row.channel, "via het portaal")
        yield Event(
            row.created_at, "notice", f"Brief aan {names.get(row.party_id, '')}: {row.subject}", "", f"{way}, {sent}"
        )


def _mails(session: Session, case: Case, kept: Mapping[str | None, str]) -> Iterator[Event]:
    """`kept`: addresses that would tell who somebody is, with what stands in their place."""
    for row in session.scalars(select(MailRow).where(MailRow.case_id == case.id).order_by(MailRow.id.desc())):
        sent = _how(row)
        yield Event(
            row.created_at, "mail", f"E-mail aan {kept.get(row.recipient, row.recipient)}: {row.subject}", "", sent
        )


def _answers(session: Session, case: Case, kept: Collection[int]) -> Iterator[Event]:
    for line in answers_in_case(session, case, kept):
        yield Event(
            line.at, "mail", f"E-mail '{line.about or line.subject}': {line.what}", line.text, f"van {line.sender}"
        )


def _corrections(session: Session, case: Case, kept: Collection[int], names: Mapping[int, str]) -> Iterator[Event]:
    for line in corrections_of(session, case, kept):
        about = f" van {names[line.party]}" if line.party and line.party in names else ""
        text = "\n".join([*line.changes, f"Reden: {line.reason}"] if line.reason else line.changes)
        yield Event(line.at, "note", f"{line.title}{about}", text, f"door {line.by}")


def _how(row: MailRow) -> str:
    if row.error:
        return "niet bezorgd, afgehandeld" if row.settled_at else "niet bezorgd"
    if row.held:
        return "niet verstuurd, want hij klopt nog niet"
    if row.awaits_code:
        return "wacht tot de burger het e-mailadres bevestigt"
    return "verstuurd" if row.sent_at else "staat klaar om te versturen"
