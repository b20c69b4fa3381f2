"""Any two saves of a draft beside each other: what differs, in sentences and on the drawings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.edits import drawing_of, folder_of
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.errors import NotFound
from processes.reads.admin.comparing import FoldersCompared, compare_folders
from processes.reads.admin.drawn_difference import DrawnDifference
from processes.reads.opening import reading
from processes.reads.studio.draft import DraftHead, head_of
from processes.reads.studio.draft_check import draft_check
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.tables import ModelDraftRevision
from processes.studio.revisions import all_revisions, contents

NO_SUCH_SAVE = "Deze bewaring is er niet meer. Kijk bij de bewaringen welke er nog zijn."


@dataclass(frozen=True, slots=True)
class SaveToCompare:
    """One save; `label` is the name that somebody gave it, or empty."""

    number: int
    saved_at: datetime
    saved_by: str
    words: str
    label: str


@dataclass(frozen=True, slots=True)
class SavesCompared:
    """`saves`: those that may be chosen, the newest first. `found` is None while there is only one save."""

    head: DraftHead
    saves: tuple[SaveToCompare, ...]
    old: int
    new: int
    found: FoldersCompared | None

    @property
    def with_newest(self) -> bool:
        return self.new == self.saves[0].number


def compare_saves(services: Services, actor: Actor, name: str, old: int = 0, new: int = 0) -> SavesCompared:
    """Two saves by their numbers; zero stands for the newest, and for the one before the other. Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        head, rows = head_of(session, name), all_revisions(session, name)
        saves = _saves(session, rows)
        later = _numbered(rows, new) if new else rows[0]
        before = next((row for row in rows if row.number < later.number), later)
        earlier = _numbered(rows, old) if old else before
        files = [contents(session, row) for row in (earlier, later)]
    found = _compared(services, actor, head, files) if len(rows) > 1 else None
    return SavesCompared(head, saves, earlier.number, later.number, found)


def read_drawing_of_save(services: Services, actor: Actor, name: str, number: int) -> bytes:
    """The drawing as it was in one save. Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        files = contents(session, _numbered(all_revisions(session, name), number))
    return files[drawing_of(files)]


def _compared(services: Services, actor: Actor, head: DraftHead, files: Sequence[dict[str, bytes]]) -> FoldersCompared:
    """A save of which the check could not finish is not read here either."""
    if not all(draft_check(services, actor, head, one).check.readable for one in files):
        return FoldersCompared(DrawnDifference(), readable=False, same=False)
    before, after = map(folder_of, files)
    return compare_folders(services, before, after)


def _saves(session: Session, rows: Sequence[ModelDraftRevision]) -> tuple[SaveToCompare, ...]:
    names = names_of(session, {row.saved_by for row in rows})
    return tuple(
        SaveToCompare(row.number, row.saved_at, names[row.saved_by], row.words, row.label or "") for row in rows
    )


def _numbered(rows: Sequence[ModelDraftRevision], number: int) -> ModelDraftRevision:
    found = next((row for row in rows if row.number == number), None)
    if found is None:
        raise NotFound(NO_SUCH_SAVE)
    return found
