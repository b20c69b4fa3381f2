"""Tijdlijn of a case: statuses, messages, notes, notices and mails in order of time, the newest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.actor import Actor
from processes.database.tables import Case, MailRow, NoteRow, NoticeRow, Party, StatusRow
from processes.house import House
from processes.post.dutch import long_date
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.parties import party_choices
from processes.reads.workbench.scope import handled_case, kept_from
from processes.reads.workbench.words import named

KINDS = {
    "status": "Status",
    "message": "Bericht van",
    "upload": "Nieuw document van",
    "reply": "Antwoord aan",
    "note": "Notitie",
    "notice": "Brief aan",
    "mail": "E-mail aan",
}
WAYS = {"post": "per post", "link": "via de eigen link"}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `title` says what, `text` what was written; `unread` is news for the handler."""

    at: datetime
    kind: str
    title: str
    text: str
    detail: str = ""
    unread: bool = False


@dataclass(frozen=True, slots=True)
class HistoryPage:
    head: Head
    events: tuple[Event, ...]
    unread: int
    parties: tuple[tuple[int, str], ...]


def read_history(house: House, actor: Actor, number: str) -> HistoryPage:
    """Raises NotFound, or NotAllowed for the committee."""
    with reading(house) as (session, now):
        case = handled_case(session, actor, number)
        model = house.models.version(session, case.model_version_id).model
        parties = session.scalars(select(Party).where(Party.case_id == case.id)).all()
        kept = kept_from(session, actor, case)
        names = {party.id: named(party, model, kept) for party in parties}
        addresses = {party.email: names[party.id] for party in parties if party.id in kept}
        events = [
            *_statuses(session, case, model),
            *_notes(session, case, names),
            *_notices(session, case, names),
            *_mails(session, case, addresses),
        ]
        return HistoryPage(
            head=head_of(session, house, actor, case, now),
            events=tuple(sorted(events, key=lambda event: event.at, reverse=True)),
            unread=sum(event.unread for event in events),
            parties=party_choices(session, case, model),
        )


def _statuses(session: Session, case: Case, model: Model) -> Iterator[Event]:
    names = {status.code: status.name for status in model.statuses()}
    for row in session.scalars(select(StatusRow).where(StatusRow.case_id == case.id).order_by(StatusRow.id.desc())):
        yield Event(row.reached_at, "status", f"Status: {names.get(row.code, row.code)}", "")


def _notes(session: Session, case: Case, names: Mapping[int, str]) -> Iterator[Event]:
    for row in session.scalars(select(NoteRow).where(NoteRow.case_id == case.id).order_by(NoteRow.id.desc())):
        party = names.get(row.party_id or 0, "")
        title = {
            "message": f"Bericht van {party or row.author}",
            "upload": f"Nieuw document van {party or row.author}",
            "reply": f"Antwoord aan {party} door {row.author}",
        }.get(row.kind, f"Notitie van {row.author}")
        yield Event(row.at, row.kind, title, row.text, unread=not row.read_by_handler)


def _notices(session: Session, case: Case, names: Mapping[int, str]) -> Iterator[Event]:
    for row in session.scalars(select(NoticeRow).where(NoticeRow.case_id == case.id).order_by(NoticeRow.id.desc())):
        sent = f"verzonden op {long_date(row.sent_on)}" if row.sent_on else "nog niet verzonden"
        way = WAYS.get(row.channel, "via het portaal")
        yield Event(
            row.created_at, "notice", f"Brief aan {names.get(row.party_id, '')}: {row.subject}", "", f"{way}, {sent}"
        )


def _mails(session: Session, case: Case, kept: Mapping[str | None, str]) -> Iterator[Event]:
    """`kept`: addresses that would tell who somebody is, with what stands in their place."""
    for row in session.scalars(select(MailRow).where(MailRow.case_id == case.id).order_by(MailRow.id.desc())):
        sent = "niet bezorgd" if row.error else ("verstuurd" if row.sent_at else "staat klaar om te versturen")
        yield Event(
            row.created_at, "mail", f"E-mail aan {kept.get(row.recipient, row.recipient)}: {row.subject}", "", sent
        )
