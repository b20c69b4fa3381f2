"""The timeline of the dossier (O29, O30, O33): each entry leads to a page of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.errors import LinkGone
from processes.base.written import OwnWords, TypedText, composed
from processes.reads.department.asked import RequestState, request_mails, requests_of
from processes.reads.department.delivered import Tone, deliveries_of, documents_in, state_of, title_of
from processes.reads.department.door import inside, published_to
from processes.reads.department.messages import mails_of
from processes.reads.department.replies import replies_to, reply_state, reply_title
from processes.reads.file_to_send import scan_in_words
from processes.storage.document_versions import newest_of
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, Dossier, FiledRow, MailRow, TaskRow


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the left menu. `where` is the rest of the address, empty when there is nothing more to see."""

    kind: Literal["request", "delivery", "answer", "publication", "message", "reply", "taken_back"]
    at: datetime
    title: str
    state: str
    tone: Tone
    where: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    id: str
    title: TypedText
    name: TypedText
    size: int
    at: datetime
    locked: bool
    made: bool
    scan: str = ""  # why a file that is there may not be read


def history_of(session: Session, dossier: Dossier, today: date) -> tuple[Entry, ...]:
    """Requests, deliveries, answers, other replies, messages and publications, oldest first."""
    requests = requests_of(session, dossier, today)
    made = {row.id for row in request_mails(session, dossier, requests).values()}
    entries = [
        *map(_request, requests),
        *_deliveries(session, dossier),
        *_answers(session, dossier),
        *_replies(session, dossier),
        *_messages([row for row in mails_of(session, dossier) if row.id not in made]),
        *map(_publication, publications_of(session, dossier)),
        *_stopped(requests),
        *_taken_back(session, dossier),
    ]
    return tuple(sorted(entries, key=lambda entry: entry.at))


def _request(one: RequestState) -> Entry:
    return Entry("request", one.at, one.title, one.state, one.tone, f"gevraagd/{one.row.id}")


def _publication(one: Publication) -> Entry:
    return Entry(
        "publication",
        one.at,
        composed("Document voor u: ", OwnWords(one.title)),
        "Te lezen",
        "neutral",
        f"voor-u/{one.id}",
    )


def _messages(rows: Sequence[MailRow]) -> list[Entry]:
    return [Entry("message", row.created_at, OwnWords(row.subject), "", "neutral", f"bericht/{row.id}") for row in rows]


def _replies(session: Session, dossier: Dossier) -> list[Entry]:
    found = []
    for row in replies_to(session, dossier):
        state, tone = reply_state(session, row)
        found.append(Entry("reply", row.sent_at, reply_title(row), state, tone, f"antwoord/{row.id}"))
    return found


def _stopped(requests: Sequence[RequestState]) -> list[Entry]:
    """Requests of which the department was told that nothing is needed any more, with the reason (P13)."""
    title = "Verzoek gestopt: wij hebben de stukken niet meer nodig."
    return [
        Entry(
            "request",
            one.row.stopped_at,
            composed(title, " ", OwnWords(one.row.stop_reason)) if one.row.stop_reason else title,
            "Gestopt",
            "neutral",
            f"gevraagd/{one.row.id}",
        )
        for one in requests
        if one.row.stopped_at
    ]


def _taken_back(session: Session, dossier: Dossier) -> list[Entry]:
    """Documents that the department could read and no longer can, with the reason (P15)."""
    if dossier.department is None:
        return []
    rows = session.scalars(select(DocumentRow).where(DocumentRow.case_id == dossier.case_id))
    taken = [(row.title, item) for row in rows for item in row.taken_back or ()]
    return [
        Entry(
            "taken_back",
            datetime.fromisoformat(item["at"]),
            composed("Document teruggenomen: ", OwnWords(title), ". Reden: ", OwnWords(item["why"])),
            "Niet meer te lezen",
            "neutral",
        )
        for title, item in taken
        if item["department"] == dossier.department
    ]


def _answers(session: Session, dossier: Dossier) -> list[Entry]:
    """Answers that were given by this link, with their words; of before there were such documents the tasks of one person only."""
    mine = select(FiledRow, TaskRow.name).join(TaskRow, TaskRow.id == FiledRow.task_id)
    here = mine.where(FiledRow.dossier_id == dossier.id, FiledRow.delivery_id.is_(None))
    rows = session.execute(here.order_by(FiledRow.filed_at)).all()
    found = [
        Entry("answer", row.filed_at, f"Uw antwoord: {asked}", "Verstuurd", "ok", f"ingestuurd/{row.id}")
        for row, asked in rows
    ]
    return found if dossier.party_id is None else [*found, *_before(session, dossier, {row.task_id for row, _ in rows})]


def _before(session: Session, dossier: Dossier, known: set[str | None]) -> list[Entry]:
    tasks = select(TaskRow).where(TaskRow.case_id == dossier.case_id, TaskRow.done_by == f"department:{dossier.id}")
    return [
        Entry("answer", row.done_at, f"Uw antwoord: {row.name}", "Verstuurd", "ok")
        for row in session.scalars(tasks)
        if row.done_at and row.id not in known
    ]


def _deliveries(session: Session, dossier: Dossier) -> list[Entry]:
    found = []
    for place, row in enumerate(deliveries_of(session, dossier), 1):
        state, tone = state_of(row, documents_in(session, row))
        found.append(Entry("delivery", row.sent_at, title_of(row, place), state, tone, f"ontvangst/{row.receipt}"))
    return found


def publications_of(session: Session, dossier: Dossier) -> tuple[Publication, ...]:
    """The documents published to this department or person and not taken back (O31-O34), in order of time: of each the newest version that was."""
    rows = session.scalars(select(DocumentRow).where(DocumentRow.case_id == dossier.case_id))
    given = [(row, at) for row in rows if (at := published_to(row, dossier))]
    newest = newest_of(row for row, _ in given)
    found = [
        Publication(
            row.id,
            row.title,
            row.file_name,
            row.size,
            datetime.fromisoformat(at),
            row.locked,
            row.is_readable,
            scan_in_words(row),
        )
        for row, at in given
        if row.id in newest
    ]
    return tuple(sorted(found, key=lambda one: one.at))


def read_published(services: Services, token: str, document: str) -> Publication:
    """A document that was published to this department, for its own page. Anything else is LinkGone."""
    with inside(services, token) as at:
        found = next((one for one in publications_of(at.session, at.dossier) if one.id == document), None)
        if found is None:
            raise LinkGone
        return found
