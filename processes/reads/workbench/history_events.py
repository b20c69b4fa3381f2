"""The entries of a page of the timeline in words: a fixed number of statements, whatever stands on it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from engine.words import Side
from processes.access.kept_addresses import addresses_of
from processes.base.actor import ON_BEHALF
from processes.base.dutch import long_date
from processes.base.secrets import Secrets
from processes.execution.reopened import statuses_of
from processes.reads.mail_answers import answers_in_case
from processes.reads.workbench.corrections import corrections_of
from processes.reads.workbench.did import did_in_words
from processes.reads.workbench.documents import ORIGINS
from processes.reads.workbench.history_sources import TimelineEntry, keys
from processes.reads.workbench.look_lines import look_lines
from processes.reads.workbench.words import BY_MANDATE, named, note_without, role_in_words
from processes.storage import staff
from processes.storage.tables import (
    Case,
    Delivery,
    DepartmentRow,
    DocumentRow,
    Dossier,
    LookRow,
    MailRow,
    NoteRow,
    NoticeRow,
    Party,
    StatusRow,
    TaskRow,
)
from processes.storage.words import DocumentOrigin, NoteKind

WAYS = {"post": "per post", "link": "via de eigen link"}
Told = tuple[str, "Event"]  # the key of a row, as text, and what is told of it


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `kind` styles it, `title` says what, `text` what was written; `unread` is news for the handler; `address`: of a page
    with more.
    """

    at: datetime
    kind: str
    title: str
    text: str
    detail: str = ""
    unread: bool = False
    address: str = ""


def events_of(
    session: Session,
    secrets: Secrets,
    case: Case,
    model: Model,
    kept: Collection[int],
    entries: Sequence[TimelineEntry],
) -> tuple[Event, ...]:
    """These entries in words, in their order. `kept`: parties whose name this reader may not see."""
    parties = session.scalars(select(Party).where(Party.case_id == case.id)).all()
    names = {party.id: named(party, model, kept) for party in parties}
    persons = {party.identity_index: names[party.id] for party in parties if party.identity_index}
    addresses = {address: names[party] for address, party in addresses_of(session, kept).items()}
    told: dict[str, Iterator[Told]] = {
        "status": _statuses(session, model, keys(entries, "status")),
        "task": _tasks(session, model, persons, kept, keys(entries, "task")),
        "delivery": _deliveries(session, keys(entries, "delivery")),
        "note": _notes(
            session, names, {party.id: party.name for party in parties if party.id in kept}, keys(entries, "note")
        ),
        "notice": _notices(session, names, keys(entries, "notice")),
        "mail": _mails(session, addresses, keys(entries, "mail")),
        "answer": _answers(session, case, kept, keys(entries, "answer")),
        "correction": _corrections(session, case, kept, names, keys(entries, "correction")),
        "did": _did(session, secrets, model, persons, names, keys(entries, "did")),
        "document": _documents(session, kept, keys(entries, "document")),
        "look": _looks(session, keys(entries, "look")),
    }
    found = {(source, key): event for source, events in told.items() for key, event in events}
    return tuple(found[one.source, one.key] for one in entries if (one.source, one.key) in found)


def _statuses(session: Session, model: Model, ids: Sequence[Any]) -> Iterator[Told]:
    names = {status.code: status.name for status in statuses_of(model)}
    for row in session.scalars(select(StatusRow).where(StatusRow.id.in_(ids))):
        yield str(row.id), Event(row.reached_at, "status", f"Status: {names.get(row.code, row.code)}", "")


def _tasks(
    session: Session, model: Model, parties: Mapping[str, str], kept: Collection[int], ids: Sequence[Any]
) -> Iterator[Told]:
    """`parties`: who a citizen is, by the blind index. Who did it by a mandate is called as they were then, with for whom; not where that would
    name a party that is kept from the reader.
    """
    rows = session.scalars(select(TaskRow).where(TaskRow.id.in_(ids))).all()
    names = {**parties, **staff.names_of(session, [row.done_by for row in rows if row.done_by not in parties])}
    for row in rows:
        # a department has no name of its own here: its line says of which department the delivery is
        outside = role_in_words(row.party_role, model).lower() if row.party_role else "afdeling"
        who = f"de {outside}" if row.side == Side.DEPARTMENT else names.get(row.done_by or "", "")
        if row.side == Side.CITIZEN and who and who == row.done_by:  # no party of the case
            who = BY_MANDATE
        if row.done_as:
            may_name = row.party_id not in kept if row.party_id else not kept
            who = row.done_as if may_name else BY_MANDATE
        at, by = row.done_at or row.opened_at, f"door {who}" if who else ""
        yield row.id, Event(at, "task", f"Taak gedaan: {row.name}", "", by)


def _deliveries(session: Session, ids: Sequence[Any]) -> Iterator[Told]:
    rows = session.execute(
        select(Delivery, DepartmentRow.name)
        .join(Dossier, Dossier.id == Delivery.dossier_id)
        .join(DepartmentRow, DepartmentRow.code == Dossier.department)
        .where(Delivery.id.in_(ids))
    )
    for row, department in rows:
        kind = "Aanlevering" if row.request_id else "Nazending"
        told = f"ontvangstbewijs {row.receipt}"
        yield str(row.id), Event(row.sent_at, "delivery", f"{kind} van {department}", row.remark, told)


def _notes(session: Session, names: Mapping[int, str], kept: Mapping[int, str], ids: Sequence[Any]) -> Iterator[Told]:
    """`kept`: the names that this reader may not see."""
    for row in session.scalars(select(NoteRow).where(NoteRow.id.in_(ids))):
        party, text = names.get(row.party_id or 0, ""), row.text
        by_mandate = ON_BEHALF in row.author  # then it says who wrote it, and for whom
        sender = row.author if by_mandate else party or row.author
        if name := kept.get(row.party_id or 0):
            said = note_without(row, name, party)
            sender, text = said.sender, said.text
        titles: Mapping[str, str] = {
            NoteKind.MESSAGE: f"Bericht van {sender}",
            NoteKind.UPLOAD: f"Nieuw document van {sender}",
            NoteKind.PHONE: f"Telefoongesprek{f' met {party}' if party else ''}, notitie van {row.author}",
            NoteKind.REPLY: f"Antwoord aan {party} door {row.author}",
        }
        title = titles.get(row.kind, f"Notitie van {row.author}")
        yield str(row.id), Event(row.at, row.kind, title, text, unread=not row.read_by_handler)


def _notices(session: Session, names: Mapping[int, str], ids: Sequence[Any]) -> Iterator[Told]:
    for row in session.scalars(select(NoticeRow).where(NoticeRow.id.in_(ids))):
        sent = f"verzonden op {long_date(row.sent_on)}" if row.sent_on else row.stopped or "nog niet verzonden"
        if row.held and not row.stopped:
            sent = "concept" if row.letter_id else "niet verstuurd, want hij klopt nog niet"
        way = WAYS.get(row.channel, "via het portaal")
        title = f"Brief aan {names.get(row.party_id, '')}: {row.subject}"
        yield str(row.id), Event(row.created_at, "notice", title, "", f"{way}, {sent}")


def _mails(session: Session, kept: Mapping[str, str], ids: Sequence[Any]) -> Iterator[Told]:
    """`kept`: addresses that would tell who somebody is, with what stands in their place."""
    for row in session.scalars(select(MailRow).where(MailRow.id.in_(ids))):
        title = f"E-mail aan {kept.get(row.recipient, row.recipient)}: {row.subject}"
        yield str(row.id), Event(row.created_at, "mail", title, "", _how(row))


def _answers(session: Session, case: Case, kept: Collection[int], ids: Sequence[Any]) -> Iterator[Told]:
    for line in answers_in_case(session, case, kept, ids):
        title = f"E-mail '{line.about or line.subject}': {line.what}"
        yield str(line.id), Event(line.at, "mail", title, line.text, f"van {line.sender}")


def _corrections(
    session: Session, case: Case, kept: Collection[int], names: Mapping[int, str], ids: Sequence[Any]
) -> Iterator[Told]:
    for line in corrections_of(session, case, kept, ids):
        about = f" van {names[line.party]}" if line.party and line.party in names else ""
        text = "\n".join([*line.changes, f"Reden: {line.reason}"] if line.reason else line.changes)
        yield str(line.id), Event(line.at, "correction", f"{line.title}{about}", text, f"door {line.by}")


def _did(
    session: Session, secrets: Secrets, model: Model, parties: Mapping[str, str], by_id: Mapping[int, str], ids: Sequence[Any]
) -> Iterator[Told]:  # fmt: skip
    for one in did_in_words(session, secrets, model, parties, by_id, ids):
        yield str(one.id), Event(one.at, "did", one.what, one.more, one.by)


def _documents(session: Session, kept: Collection[int], ids: Sequence[Any]) -> Iterator[Told]:
    """By whom: a member of staff by name, and who acted by a mandate with for whom; all others by what they are, since a list names nobody who is
    confidential.
    """
    for row in session.scalars(select(DocumentRow).where(DocumentRow.id.in_(ids))):
        by_mandate = ON_BEHALF in row.added_by and (row.party_id or not kept)
        is_named = row.origin == DocumentOrigin.WORKER or by_mandate
        by = row.added_by if is_named else ORIGINS.get(row.origin, row.origin)
        title = f"Document toegevoegd: {row.title}"
        yield row.id, Event(row.added_at, "document", title, "", f"{row.reference}, door {by}", address=row.id)


def _looks(session: Session, ids: Sequence[Any]) -> Iterator[Told]:
    rows = session.scalars(select(LookRow).where(LookRow.id.in_(ids))).all()
    for line in look_lines(session, rows):
        yield str(line.id), Event(line.at, "look", f"{line.who} keek: {line.what}", "")


def _how(row: MailRow) -> str:
    if row.error:
        return "niet bezorgd, afgehandeld" if row.settled_at else "niet bezorgd"
    if row.held:
        return "niet verstuurd, want hij klopt nog niet"
    if row.awaits_code:
        return "wacht tot de burger het e-mailadres bevestigt"
    return "verstuurd" if row.sent_at else "staat klaar om te versturen"
