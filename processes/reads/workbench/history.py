"""Tijdlijn of a case: statuses, tasks done, deliveries, messages, notes, letters, mails, documents and looks, the newest first (W11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from processes.access.document_scope import kept_documents
from processes.access.staff_scope import handled_case
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.dutch import date_in_words
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.history_events import Event, events_of
from processes.reads.workbench.history_sources import KINDS, LOOKS, PAGE, counts_of, page_of
from processes.reads.workbench.lookers import Looker, lookers_of
from processes.reads.workbench.parties import readers
from processes.storage.services import Services
from processes.storage.tables import Case, NewsRow, NoteRow


@dataclass(frozen=True, slots=True)
class Day:
    """The events of one day; `name` in words, such as `Vandaag, zondag 29 november 2026`."""

    name: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """`kinds`: code, name and number of each filter that finds something, the empty code for all; `kind` is the chosen one.
    `unread`: how many messages nobody read yet; `news`: the id of the last unread news for this reader, 0 without any; `last_note`: the
    id of the last note there is, so that what comes in later stays unread.
    """

    head: Head
    days: tuple[Day, ...]
    kinds: tuple[tuple[str, str, int], ...]
    kind: str
    page: int
    pages: int
    unread: int
    news: int
    last_note: int
    parties: tuple[tuple[int, str], ...]
    lookers: tuple[Looker, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything on this page, newest first."""
        return tuple(event for day in self.days for event in day.events)


def read_history(services: Services, actor: Actor, number: str, kind: str = "", page: int = 1) -> HistoryPage:
    """One page of one of KINDS, or of all. An unknown kind is all, a page beyond the last the last. Raises NotFound, or NotAllowed
    for the committee.
    """
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        model = services.models.version(session, case.model_version_id).model
        papers = kept_documents(session, actor, case)
        counts = counts_of(session, case, papers)
        everything = sum(count for code, count in counts.items() if code != LOOKS)
        kind = kind if kind in KINDS else ""
        pages = max(1, -(-(counts.get(kind, 0) if kind else everything) // PAGE))
        page = min(max(page, 1), pages)
        entries = page_of(session, case, papers, kind, page)
        events = events_of(session, services.secrets, case, model, papers.parties, entries)
        return HistoryPage(
            head=head_of(session, services, actor, case, now),
            days=_days(events, local_date(now)),
            kinds=(("", "Alles", everything), *((code, name, counts[code]) for code, name in KINDS.items() if code in counts)),
            kind=kind, page=page, pages=pages,
            news=_news(session, actor, case),
            **_notes(session, case),
            parties=readers(session, case, model),
            lookers=lookers_of(session, case.id),
        )  # fmt: skip


def _days(events: Sequence[Event], today: date) -> tuple[Day, ...]:
    return tuple(Day(_name(day, today), tuple(on)) for day, on in groupby(events, key=lambda one: _day(one.at)))


def _day(at: datetime) -> date:
    return local_date(at)


def _name(day: date, today: date) -> str:
    words = date_in_words(day)
    return f"Vandaag, {words}" if day == today else words.capitalize()


def _notes(session: Session, case: Case) -> dict[str, int]:
    unread = func.count().filter(NoteRow.read_by_handler.is_(False))
    found = session.execute(select(unread, func.max(NoteRow.id)).where(NoteRow.case_id == case.id)).one()
    return {"unread": found[0], "last_note": found[1] or 0}


def _news(session: Session, actor: Actor, case: Case) -> int:
    mine = (NewsRow.staff == actor.subject, NewsRow.read_at.is_(None), NewsRow.case_id == case.id)
    return session.scalar(select(func.max(NewsRow.id)).where(*mine)) or 0
