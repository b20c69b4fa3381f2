"""The rows of a letter that is looked at before it leaves: begun, and each copy kept beside what its template made of it."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.execution.unit_of_work import UnitOfWork
from processes.post.shared_text import PLACE
from processes.storage.tables import Case, DocumentRow, LetterRow, NoticeRow, Party
from processes.storage.words import LetterState

UNFINISHED: Final = f"Er staat nog {PLACE} in de brief. Schrijf daar uw tekst, of haal het weg, en bewaar de brief."

DRAFT_NOTE: Final = "De brief '{subject}' staat klaar als concept. Bij Brieven kijkt u hem na en verstuurt u hem."


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The notice waits for somebody before it leaves: `asks` are the words of Approver, in their order; `four_eyes`: nobody agrees to
    an own text. `source` is the template of a letter that somebody began by hand, `along` the ids of documents that go with it.
    """

    asks: tuple[str, ...] = ()
    four_eyes: bool = False
    source: str = ""
    along: tuple[str, ...] = ()


def begin_letter(work: UnitOfWork, case: Case, looked_at: LookedAt) -> LetterRow:
    """The row of a letter without any copy yet; its subject is that of its first copy."""
    by_hand = work.actor.subject if looked_at.source else None
    letter = LetterRow(
        case_id=case.id, subject="", asks=list(looked_at.asks) or None, four_eyes=looked_at.four_eyes, state=LetterState.WRITING,
        version=1, made_at=work.now, made_by=by_hand, source=looked_at.source or None, along=list(looked_at.along) or None,
    )  # fmt: skip
    work.session.add(letter)
    work.session.flush()
    return letter


def keep_as_made(work: UnitOfWork, notice: NoticeRow, letter: LetterRow) -> None:
    """A notice with its words filled in becomes a copy of this letter, and waits; the case is told once."""
    notice.letter_id = letter.id
    notice.held = {**(notice.held or {}), "made": notice.body}
    work.session.flush()
    if letter.subject:
        return
    letter.subject = notice.subject
    if letter.made_by is None:
        work.system_note(letter.case_id, DRAFT_NOTE.format(subject=notice.subject))
    work.audit(letter.case_id, "letter_waits", letter=letter.id)


def documents_along(session: Session, letter: LetterRow) -> tuple[DocumentRow, ...]:
    """The documents that somebody chose to go with it and that are still there, in the order of choice."""
    found = (session.get(DocumentRow, one) for one in letter.along or ())
    return tuple(row for row in found if row is not None and row.blob)


def is_unfinished(session: Session, letter: LetterRow) -> bool:
    """Whether a letter that somebody began still says where its text has to come."""
    return letter.source is not None and any(PLACE in notice.body for notice, _ in copies(session, letter))


def copies(session: Session, letter: LetterRow) -> list[tuple[NoticeRow, Party]]:
    """The copies of a letter that still wait, with who reads each, in their order."""
    mine = (NoticeRow.letter_id == letter.id, NoticeRow.held.is_not(None), NoticeRow.stopped.is_(None))
    found = select(NoticeRow, Party).join(Party, Party.id == NoticeRow.party_id).where(*mine)
    return [(notice, party) for notice, party in session.execute(found.order_by(NoticeRow.id))]
