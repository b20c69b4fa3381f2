"""The post room (W12): what waits, the oldest first, what was handled last, and the file of a piece of post."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from processes.access.staff_scope import handles, rows_of_seen_cases, seen_cases
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import NotAllowed, NotFound
from processes.base.uploads import Upload
from processes.reads.opening import reading
from processes.reads.workbench.risk import PAGE, counted, pages_of
from processes.storage import staff
from processes.storage.late_work import oldest_post
from processes.storage.services import Services
from processes.storage.tables import Case, PostFile, PostItem
from processes.storage.words import PostHandling, PostItemChannel

RECENT: Final = 20  # handled pieces of post on the page
UNNAMED: Final = "Poststuk zonder naam"
CHANNELS: Final[Mapping[str, str]] = {
    PostItemChannel.POST: "Per post",
    PostItemChannel.COUNTER: "Aan de balie",
    PostItemChannel.MAIL: "Per e-mail",
}
HANDLED: Final[Mapping[str, str]] = {
    PostHandling.ATTACHED: "Bij een zaak gevoegd",
    PostHandling.REGISTERED: "Nieuwe zaak geregistreerd",
    PostHandling.WITHDRAWAL: "Intrekking vastgelegd",
    PostHandling.DEFAULT: "Ingebrekestelling vastgelegd",
    PostHandling.RETURNED: "Onze brief kwam terug",
    PostHandling.NOT_OURS: "Niet voor ons",
    PostHandling.FORWARDED: "Doorgestuurd",
    PostHandling.DOUBLE: "Dubbel",
}


@dataclass(frozen=True, slots=True)
class PostLine:
    """A piece of post that waits. `title`: its subject, or the name of its first file; `age` in days since it was received."""

    id: int
    title: str
    sender: str
    channel: str
    received_on: date
    age: int
    files: int


@dataclass(frozen=True, slots=True)
class HandledPost:
    """A piece of post that was handled, and how. `number` is that of its case; empty for none."""

    id: int
    title: str
    how: str
    by: str
    at: datetime
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class PostRoomPage:
    """`count`: all that waits, just above MOST at most; `oldest_on`: since when the first of it waits, None for nothing."""

    today: date
    waiting: tuple[PostLine, ...]
    count: int
    oldest_on: date | None
    newest_first: bool
    page: int
    pages: int
    handled: tuple[HandledPost, ...]


@dataclass(frozen=True, slots=True)
class PostFileToSee:
    """`number`: of the case that the post is in, for who keeps who read what; empty when it is in none."""

    file: Upload
    number: str


def read_post_room(services: Services, actor: Actor, page: int = 1, *, newest_first: bool = False) -> PostRoomPage:
    """Raises NotAllowed for who does not handle cases."""
    only_post_room(actor)
    with reading(services) as (session, now):
        (count,) = counted(session, waiting_post())
        page = min(max(page, 1), pages := pages_of(count))
        order = (PostItem.received_on, PostItem.id)
        wanted = select(PostItem).where(PostItem.handled_at.is_(None))
        wanted = wanted.order_by(*(one.desc() if newest_first else one for one in order))
        rows = session.scalars(wanted.limit(PAGE).offset((page - 1) * PAGE)).all()
        names = _files_of(session, [row.id for row in rows])
        today = local_date(now)
        lines = tuple(_line(row, names.get(row.id, ()), today) for row in rows)
        return PostRoomPage(today, lines, count, oldest(session), newest_first, page, pages, _handled(session, actor))


def read_post_file(services: Services, actor: Actor, item: int, file: int) -> PostFileToSee:
    """The file of a piece of post. Raises NotFound, also for one of a case that the reader may not see."""
    only_post_room(actor)
    with reading(services) as (session, _now):
        files = select(PostFile, Case.number).outerjoin(Case, Case.id == PostFile.case_id)
        row, number = session.execute(files.where(PostFile.id == file, PostFile.item_id == item)).first() or (
            None,
            None,
        )
        if row is None or not may_see(session, actor, row.case_id):
            raise NotFound("Dit bestand is er niet.")
        found = Upload(row.name, row.media_type, row.size, row.sha256, row.blob, row.locked, row.file_key)
        return PostFileToSee(found, number or "")


def only_post_room(actor: Actor) -> None:
    """Raises NotAllowed for who does not handle cases."""
    if not handles(actor):
        raise NotAllowed("De postkamer is alleen voor behandelaars.")


def may_see(session: Session, actor: Actor, case_id: int | None) -> bool:
    """Whether this reader may see the case that the post went into; everybody of the post room sees what is in none."""
    if case_id is None:
        return True
    return session.scalar(select(Case.id).where(Case.id == case_id, rows_of_seen_cases(actor, Case.id))) is not None


def waiting_post() -> Select[Any]:
    """Ids of what nobody handled, the oldest first."""
    return select(PostItem.id).where(PostItem.handled_at.is_(None)).order_by(PostItem.received_on, PostItem.id)


def oldest(session: Session) -> date | None:
    """The day on which the first of what waits was received."""
    return session.scalar(oldest_post())


def title_of(row: PostItem, names: Sequence[str]) -> str:
    """The words for a piece of post in a list."""
    return row.subject or next(iter(names), UNNAMED)


def _line(row: PostItem, names: Sequence[str], today: date) -> PostLine:
    age = max((today - row.received_on).days, 0)
    return PostLine(row.id, title_of(row, names), row.sender, CHANNELS[row.channel], row.received_on, age, len(names))


def _files_of(session: Session, items: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    wanted = select(PostFile.item_id, PostFile.name).where(PostFile.item_id.in_(items)).order_by(PostFile.id)
    for item, name in session.execute(wanted) if items else ():
        found.setdefault(item, []).append(name)
    return found


def _handled(session: Session, actor: Actor) -> tuple[HandledPost, ...]:
    """The last ones that were handled; post in a case that the reader may not see is not among it."""
    seen = or_(PostItem.case_id.is_(None), seen_cases(actor))
    wanted = (
        select(PostItem, Case.number)
        .outerjoin(Case, Case.id == PostItem.case_id)
        .where(PostItem.handled_at.is_not(None), seen)
        .order_by(PostItem.handled_at.desc(), PostItem.id.desc())
        .limit(RECENT)
    )
    rows = session.execute(wanted).all()
    names = _files_of(session, [row.id for row, _ in rows])
    people = dict(staff.everybody(session))
    return tuple(
        HandledPost(
            row.id, title_of(row, names.get(row.id, ())), HANDLED[row.handled_as or ""], people.get(row.handled_by or "", "Een collega"),
            row.handled_at or row.taken_at, number or "", row.reason,
        )
        for row, number in rows
    )  # fmt: skip
