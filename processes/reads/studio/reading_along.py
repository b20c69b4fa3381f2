"""A draft behind the link of a reader, and for the administrator: who has a link, and what readers said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from processes.access.draft_share import is_open, open_share, reader_of, share_address
from processes.access.guards import only_staff
from processes.base.actor import SYSTEM, Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.dated import link_terms_on
from processes.reads.admin.uploading import reading_of
from processes.reads.opening import reading
from processes.reads.studio.draft import DraftHead, head_of
from processes.reads.studio.draft_check import DraftCheck, draft_check
from processes.reads.studio.open_draft import open_files
from processes.reads.studio.shared_text import SharedText
from processes.reads.studio.shared_texts import SharedPart, shared_parts
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.tables import DraftComment, DraftShare
from processes.studio.revisions import contents, newest_revision, one_revision


@dataclass(frozen=True, slots=True)
class CommentLine:
    """One comment. `place` is where its text is changed, behind the address of the draft; `now`: the text at that place now, None
    when it is gone; not told (`looked` False) where nobody compares.
    """

    id: str
    place: str
    title: str
    quote: str
    reader: str
    text: str
    written_at: datetime
    answer: str
    answered_by: str
    done_at: datetime | None
    done_by: str
    now: str | None = None
    looked: bool = False


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One link. `address` is None when it cannot be shown any more; `works`: neither revoked nor past its day."""

    id: str
    reader: str
    until: date
    made_at: datetime
    made_by: str
    works: bool
    revoked_at: datetime | None
    address: str | None


@dataclass(frozen=True, slots=True)
class CommentsPage:
    """`longest`: how many days ahead a new link may work."""

    checked: DraftCheck
    shares: tuple[ShareLine, ...]
    comments: tuple[CommentLine, ...]
    today: date
    longest: int


@dataclass(frozen=True, slots=True)
class SharedDraft:
    """A draft as its reader sees it. `revision`: the save that was read; `comments`: what was said by this link, by place."""

    title: str
    reader: str
    until: date
    revision: str
    saved_at: datetime
    parts: tuple[SharedPart, ...]
    comments: Mapping[str, tuple[CommentLine, ...]]

    def part(self, slug: str) -> SharedPart:
        """Raises NotFound."""
        found = next((one for one in self.parts if one.slug == slug), None)
        if found is None:
            raise NotFound("Dit deel heeft dit ontwerp niet.")
        return found


def enter_reading(services: Services, token: str) -> Actor:
    """The person who comments by this link. Raises ReadingGone."""
    with reading(services) as (session, now):
        return reader_of(open_share(session, services, token, local_date(now)))


def read_shared(services: Services, token: str, revision: str = "") -> SharedDraft:
    """The draft behind a link, in the save that was read before, while that is there, else the newest. Raises ReadingGone."""
    with reading(services) as (session, now):
        share = open_share(session, services, token, local_date(now))
        head, files, seen = _files(session, share.draft, revision)
        said = session.scalars(_comments_of(share.draft).where(DraftComment.share == share.id)).all()
        comments = _lines(session, said)
    parts = _parts(services, head, files)
    places = {one.place: tuple(line for line in comments if line.place == one.place) for one in comments}
    return SharedDraft(head.title, share.reader, share.until, seen, head.saved_at, parts, places)


def read_comments(services: Services, actor: Actor, name: str) -> CommentsPage:
    """Every link of a draft and every comment, each beside the text as it is now. Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        head, files, _ = _files(session, name, "")
        today = local_date(now)
        shares = _shares(session, services, name, today)
        longest = link_terms_on(services.law.shelf(session), today).reader
        comments = _lines(session, session.scalars(_comments_of(name)).all())
    there = {text.place: text for part in _parts(services, head, files) for text in part.texts}
    looked = tuple(_compared(one, there.get(one.place)) for one in comments)
    return CommentsPage(draft_check(services, actor, head, files), shares, looked, today, longest)


def comments_at(services: Services, actor: Actor, name: str, place: str) -> tuple[tuple[CommentLine, ...], int]:
    """The open comments on the text at a place of a draft and on the parts of that text, and how many are open in the whole draft."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _):
        waiting = session.scalars(_comments_of(name).where(DraftComment.done_at.is_(None))).all()
        return _lines(
            session, [one for one in waiting if one.place == place or one.place.startswith(f"{place}#")]
        ), len(waiting)


def _files(session: Session, name: str, revision: str) -> tuple[DraftHead, dict[str, bytes], str]:
    head, newest = head_of(session, name), newest_revision(session, name)
    try:
        read = one_revision(session, name, revision) if revision else newest
    except NotFound:
        read = newest
    return head, contents(session, read), read.id


def _parts(services: Services, head: DraftHead, files: dict[str, bytes]) -> tuple[SharedPart, ...]:
    draft = open_files(services, SYSTEM, head, files)
    readable = draft.checked.check.readable
    model = reading_of(draft.checked.check.folder.drawing).model if readable else None
    return shared_parts(draft.elements, draft.offers, files, model)


def _comments_of(name: str) -> Select[DraftComment]:
    return select(DraftComment).where(DraftComment.draft == name).order_by(DraftComment.written_at, DraftComment.id)


def _lines(session: Session, rows: Iterable[DraftComment]) -> tuple[CommentLine, ...]:
    rows = list(rows)
    names = names_of(session, [number for row in rows for number in (row.answered_by, row.done_by)])
    return tuple(
        CommentLine(
            row.id, row.place, row.title, row.quote, row.reader, row.text, row.written_at, row.answer,
            names.get(row.answered_by or "", ""), row.done_at, names.get(row.done_by or "", ""),
        )
        for row in rows
    )  # fmt: skip


def _compared(line: CommentLine, text: SharedText | None) -> CommentLine:
    return replace(line, now=text.quote if text else None, looked=True)


def _shares(session: Session, services: Services, name: str, today: date) -> tuple[ShareLine, ...]:
    rows = session.scalars(select(DraftShare).where(DraftShare.draft == name).order_by(DraftShare.made_at)).all()
    names = names_of(session, [row.made_by for row in rows])
    return tuple(
        ShareLine(
            row.id, row.reader, row.until, row.made_at, names[row.made_by], is_open(row, today), row.revoked_at,
            share_address(services.secrets, services.settings.public_url, row) if is_open(row, today) else None,
        )
        for row in rows
    )  # fmt: skip
