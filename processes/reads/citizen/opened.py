"""Things that a citizen opened already, and so what is new (C7), told from the looks that are written down all the same (W11).

A letter or document is new until this person opened it, a message until the page of its case showed it. What is older than looks
are kept for certain is new to nobody, nor is what was there before such looks were written down. Own documents and messages never are.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from processes.base.actor import Actor
from processes.storage.own_looks import NewsBegins, OwnLooks, Things, news_begins, own_looks
from processes.storage.services import Services
from processes.storage.tables import NoteRow, NoticeRow
from processes.storage.words import NoteKind

SHORTEST_MONTH: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Opened:
    """All that one person opened since something can be new."""

    begins: NewsBegins
    looks: OwnLooks

    def saw_letter(self, letter: str, document: str | None) -> bool:
        """`letter`: its id as text. It counts as opened when its PDF, `document`, was."""
        return letter in self.looks.letters or document in self.looks.documents

    def saw_document(self, document: str) -> bool:
        return document in self.looks.documents

    def saw_message(self, case: int, message: int) -> bool:
        """Whether the page showed this message of the case, or a later one."""
        return message <= self.looks.messages.get(case, 0)

    def is_new_letter(self, row: NoticeRow) -> bool:
        return row.created_at >= self.begins.papers and not self.saw_letter(str(row.id), row.document_id)

    def is_new_document(self, document: str, added_at: datetime) -> bool:
        return added_at >= self.begins.papers and not self.saw_document(document)

    def is_new_message(self, note: NoteRow) -> bool:
        """Whether an answer of ours was not shown yet; a message of the reader is never new."""
        answer = note.kind == NoteKind.REPLY and note.at >= self.begins.messages
        return answer and not self.saw_message(note.case_id, note.id)


def begins_at(session: Session, services: Services, now: datetime) -> NewsBegins:
    """The moments since which something can be new. One statement."""
    return news_begins(session, now - services.settings.looks_months * SHORTEST_MONTH)


def opened_in(
    session: Session, actor: Actor, cases: Collection[int], begins: NewsBegins, only: Things | None = None
) -> Opened:
    """All that this person opened in these cases, by their ids; of letters and documents only of those in `only`, when that is given."""
    return Opened(begins, own_looks(session, actor.party_subject, cases, begins, only))
