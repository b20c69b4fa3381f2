"""Things that a citizen opened already, and so what is new (C7), told from the looks that are written down all the same (W11).

A letter or document is new until this person opened it, a message until the page of its case showed it. What is older than looks
are kept for certain is new to nobody. Own documents and messages never are.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from processes.base.actor import Actor
from processes.storage.looks import own_looks
from processes.storage.services import Services
from processes.storage.tables import NoteRow, NoticeRow
from processes.storage.words import LookKind, NoteKind

SHORTEST_MONTH: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Opened:
    """All that one person opened since a moment: `letters` by id as text, `documents` by id, `messages` the newest id by case."""

    since: datetime
    letters: frozenset[str]
    documents: frozenset[str]
    messages: Mapping[int, int]

    def is_new_letter(self, row: NoticeRow) -> bool:
        """A letter counts as opened when its PDF was."""
        opened = str(row.id) in self.letters or row.document_id in self.documents
        return not opened and row.created_at >= self.since

    def is_new_document(self, document: str, added_at: datetime) -> bool:
        return document not in self.documents and added_at >= self.since

    def is_new_message(self, note: NoteRow) -> bool:
        """Whether an answer of ours was not shown yet; a message of the reader is never new."""
        answer = note.kind == NoteKind.REPLY and note.at >= self.since
        return answer and note.id > self.messages.get(note.case_id, 0)


def opened_in(session: Session, services: Services, actor: Actor, cases: Collection[int], now: datetime) -> Opened:
    """All that this person opened in these cases, by their ids. One statement."""
    since = now - services.settings.looks_months * SHORTEST_MONTH
    looks = own_looks(session, actor.subject, cases, since) if cases else ()
    messages: dict[int, int] = {}
    for look in looks:
        if look.kind == LookKind.MESSAGE:
            messages[look.case_id] = max(messages.get(look.case_id, 0), int(look.part))
    return Opened(
        since, frozenset(look.part for look in looks if look.kind == LookKind.LETTER),
        frozenset(look.document_id for look in looks if look.document_id), messages,
    )  # fmt: skip
