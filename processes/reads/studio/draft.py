"""A draft as every page of it shows it, the list of drafts, and a draft as a zip."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.tables import ModelDraft, ModelDraftRevision, ModelVersion
from processes.studio.revisions import KEPT, contents, find_draft, newest_revision
from processes.studio.taken_over import TAKEN_OVER
from processes.studio.zipping import to_zip


@dataclass(frozen=True, slots=True)
class DraftHead:
    """`revision` is the id of the newest save, which every form of the draft sends back; `in_use` the newest version in use."""

    name: str
    title: str
    based_on: int | None
    in_use: int | None
    revision: str
    number: int
    saved_at: datetime
    saved_by: str
    deployed_at: datetime | None
    copied_from: str | None
    taken_over: bool = False  # made from a drawing of another tool

    @property
    def overtaken(self) -> bool:
        """Whether another version went into use after this draft began."""
        return self.in_use is not None and self.in_use != self.based_on

    @property
    def kept_until(self) -> datetime:
        """The moment from which only the saves with a name stay, and the newest."""
        return self.saved_at + KEPT


@dataclass(frozen=True, slots=True)
class DraftLine:
    name: str
    title: str
    changed_at: datetime
    deployed_at: datetime | None
    saved_by: str


def read_draft_lines(services: Services, actor: Actor) -> tuple[DraftLine, ...]:
    """Every draft, the last changed first."""
    only_staff(actor, (StaffRole.ADMIN,))
    newest = select(ModelDraftRevision.draft, func.max(ModelDraftRevision.number).label("number"))
    last = newest.group_by(ModelDraftRevision.draft).subquery()
    saved = (ModelDraftRevision.draft == last.c.draft, ModelDraftRevision.number == last.c.number)
    wanted = select(ModelDraft, ModelDraftRevision.saved_by).join(last, last.c.draft == ModelDraft.name)
    with reading(services) as (session, _now):
        rows = session.execute(
            wanted.join(ModelDraftRevision, and_(*saved)).order_by(ModelDraft.changed_at.desc())
        ).all()
        names = names_of(session, {row.saved_by for row in rows})
    return tuple(
        DraftLine(draft.name, draft.title, draft.changed_at, draft.deployed_at, names[saved_by])
        for draft, saved_by in rows
    )


def read_draft(services: Services, actor: Actor, name: str) -> DraftHead:
    """Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        return head_of(session, name)


def head_of(session: Session, name: str) -> DraftHead:
    """The draft of this name. Raises NotFound."""
    draft, newest = find_draft(session, name), newest_revision(session, name)
    in_use: Any = select(func.max(ModelVersion.version)).where(ModelVersion.process == name)
    who = names_of(session, [newest.saved_by])[newest.saved_by]
    return DraftHead(
        draft.name, draft.title, draft.based_on, session.scalar(in_use), newest.id, newest.number, newest.saved_at,
        who, draft.deployed_at, draft.copied_from, TAKEN_OVER in newest.files,
    )  # fmt: skip


def read_draft_files(services: Services, actor: Actor, name: str) -> tuple[DraftHead, dict[str, bytes]]:
    """The draft with the files of its newest save. Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        return head_of(session, name), contents(session, newest_revision(session, name))


def draft_zip(services: Services, actor: Actor, name: str) -> bytes:
    """The newest save as one zip, which gives the same files when it is read in again. Raises NotFound."""
    return to_zip(read_draft_files(services, actor, name)[1])
