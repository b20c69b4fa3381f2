"""Formal notices as the citizen reads them: lines on the page of the case, and one letter whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.translating import name_in
from processes.access.visibility import notices_of
from processes.base.actor import Actor
from processes.base.written import TypedEnclosures, TypedText
from processes.post.frames import Frame, frame_from
from processes.post.translated import Translated, translated
from processes.reads.citizen.documents import CitizenDocumentLine, lines_of
from processes.reads.citizen.entry import Entered, enter, refused
from processes.reads.citizen.letter_blocks import LetterBlock, letter_blocks
from processes.reads.citizen.opened import Opened
from processes.reads.citizen.questions import notices
from processes.reads.opening import reading
from processes.storage.asked_ahead import answer
from processes.storage.services import Services
from processes.storage.tables import Instance, NoticeRow
from processes.storage.words import ReadingLanguage


@dataclass(frozen=True, slots=True)
class CitizenLetterLine:
    """A formal notice. `document` is the letter as a file, once it is made and shown; `new`: the reader did not open it yet."""

    id: int
    subject: TypedText
    sent_on: date | None
    channel: str
    document: str | None
    made_at: datetime
    new: bool = False


@dataclass(frozen=True, slots=True)
class CitizenLetter:
    """One letter; `body` is its whole text and `blocks` the same in parts. `frame` says who sent it (None for an old one); `enclosures` are title and id of a document, None when it
    is not shown apart.
    """

    number: str
    title: str
    line: CitizenLetterLine
    body: TypedText
    blocks: tuple[LetterBlock, ...]
    frame: Frame | None
    enclosures: TypedEnclosures
    translation: Translated | None = None  # in the language of its reader; `translated` are its parts
    translated: tuple[LetterBlock, ...] = ()
    may_translate: bool = False  # it has none, and the case type has this letter in English


def letter_lines(
    session: Session, entered: Entered, documents: Collection[CitizenDocumentLine], opened: Opened
) -> tuple[CitizenLetterLine, ...]:
    """The letters to this reader, newest first."""
    shown = {line.id for line in documents}
    rows = answer(session, notices(), **entered.named)
    return tuple(_line(row, shown, new=opened.is_new_letter(row)) for row in rows)


def _line(row: NoticeRow, shown: Collection[str], *, new: bool = False) -> CitizenLetterLine:
    document = row.document_id if row.document_id in shown else None
    return CitizenLetterLine(row.id, row.subject, row.sent_on, row.channel, document, row.created_at, new)


def read_letter(
    services: Services, actor: Actor, number: str, notice_id: int, *, in_english: bool = False
) -> CitizenLetter:  # fmt: skip
    """One formal notice to this person; `in_english`: for a page in that language. Raises NotFound."""
    with reading(services) as (session, _):
        entered = enter(session, services, actor, number)
        found = notices_of(entered.case.id, entered.viewpoints).where(NoticeRow.id == notice_id)
        row = session.scalar(found)
        if row is None:
            raise refused(services, actor, "letter")
        shown = {line.id for line in lines_of(session, entered)}
        enclosed = tuple((f"{one['title']} ({one['reference']})", _shown(one, shown)) for one in row.enclosures or ())
        line, frame, blocks = _line(row, shown), frame_from(row.frame), letter_blocks(row.body)
        translation = translated(row)
        if translation and translation.later and not in_english:
            translation = None
        return CitizenLetter(
            entered.case.number,
            entered.case.title,
            line,
            row.body,
            blocks,
            frame,
            enclosed,
            translation,
            letter_blocks(translation.body) if translation else (),
            may_translate=in_english and translation is None and _has_english(services, session, entered, row),
        )


def _has_english(services: Services, session: Session, entered: Entered, row: NoticeRow) -> bool:
    """Whether the case type, or a process that it calls, has the text of this letter in English; nothing of a letter that somebody wrote."""
    called = select(Instance.model_version_id).where(Instance.case_id == entered.case.id, Instance.is_root.is_(False))
    file = f"{row.template}.txt"
    names = (
        entered.deployed.folder.mails,
        *(services.models.version(session, one).folder.mails for one in session.scalars(called.distinct())),
    )
    return any(name_in(file, ReadingLanguage.ENGLISH) in mails for mails in names if file in mails)


def _shown(enclosure: Mapping[str, Any], shown: Collection[str]) -> str | None:
    return enclosure["document"] if enclosure["document"] in shown else None
