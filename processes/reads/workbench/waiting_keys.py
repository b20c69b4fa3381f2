"""The work that waits, as Vandaag puts it among the tasks: the keys of every list of `waiting` with the legal day of their cases, and
rows by such a key.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session

from processes.reads.workbench.held_up import own_day_held_up
from processes.reads.workbench.waiting import LISTS, HeldText, Item, WaitingKind, held_rows, shown_as
from processes.reads.workbench.whose import DeskOf
from processes.storage.services import Services
from processes.storage.tables import Case, LetterRow, MailRow, NoteRow, NoticeRow

Keys = Callable[[DeskOf], Select[Any]]


def items_named(
    session: Session, services: Services, desk: DeskOf, kind: WaitingKind, keys: Collection[str]
) -> dict[str, Item]:  # fmt: skip
    """One statement."""
    items = map(shown_as(session, services, kind), session.execute(_named(desk, kind, keys)))
    return {item.place if isinstance(item, HeldText) else str(getattr(item, "id", "")): item for item in items}


def _named(desk: DeskOf, kind: WaitingKind, keys: Collection[str]) -> Select[Any]:
    if kind == WaitingKind.HELD:
        found = held_rows(desk)
        return select(found).where(found.c.mark.in_(keys))
    return LISTS[kind](desk).where(TABLES[kind].id.in_([int(key) for key in keys]))


def _of(kind: WaitingKind, *sorted_by: Any) -> Keys:
    """The order of the list stays, so that the index which serves it is read."""

    def keys(desk: DeskOf) -> Select[Any]:
        columns = (
            TABLES[kind].id.label("key"),
            TABLES[kind].case_id,
            Case.legal_on.label("day"),
            false().label("own"),
            *sorted_by,
        )
        return LISTS[kind](desk).with_only_columns(*columns)

    return keys


def _letters(desk: DeskOf) -> Select[*tuple[Any, ...]]:
    """Those of the cases of the desk alone: the list of all letters is for the post room. Each with the own term that it holds up."""
    own = own_day_held_up()
    columns = (
        NoticeRow.id.label("key"),
        NoticeRow.case_id,
        func.coalesce(own, Case.legal_on).label("day"),
        own.is_not(None).label("own"),
        NoticeRow.created_at,
    )
    return LISTS[WaitingKind.LETTERS](desk).with_only_columns(*columns).where(*desk.cases())


def _held(desk: DeskOf) -> Select[Any]:
    found = held_rows(desk)
    columns = (
        found.c.mark.label("key"),
        found.c.case_id,
        found.c.legal_on.label("day"),
        false().label("own"),
        found.c.place,
        found.c.id,
    )
    return select(*columns).order_by(found.c.place, found.c.id)


TABLES: Final[Mapping[WaitingKind, Any]] = {
    WaitingKind.MESSAGES: NoteRow, WaitingKind.NOTICES: NoteRow, WaitingKind.DRAFTS: LetterRow,
    WaitingKind.LETTERS: NoticeRow, WaitingKind.MAILS: MailRow,
}  # fmt: skip
# the keys of each list, and by which columns its rows of one day are sorted
KEYS: Final[Mapping[WaitingKind, tuple[Keys, Sequence[str]]]] = {
    WaitingKind.MESSAGES: (_of(WaitingKind.MESSAGES, NoteRow.at), ("-at", "-key")),
    WaitingKind.NOTICES: (_of(WaitingKind.NOTICES, NoteRow.at), ("-at", "-key")),
    WaitingKind.DRAFTS: (_of(WaitingKind.DRAFTS), ("key",)),
    WaitingKind.LETTERS: (_letters, ("created_at", "key")),
    WaitingKind.HELD: (_held, ("place", "id")),
    WaitingKind.MAILS: (_of(WaitingKind.MAILS), ("key",)),
}
