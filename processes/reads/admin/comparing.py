"""Two versions of a process beside each other, or a draft beside a version: what differs, and which drawings show it."""

from dataclasses import dataclass

from sqlalchemy import select

from engine import Folder
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.reads.admin.drawn_difference import DrawnDifference, drawn_difference
from processes.reads.admin.models import ModelSummary, read_summary
from processes.reads.admin.uploading import UploadCheck, reading_of
from processes.reads.opening import reading
from processes.storage.model_cache import fingerprint, unpack
from processes.storage.services import Services
from processes.storage.tables import ModelVersion


@dataclass(frozen=True, slots=True)
class Comparison:
    """`new` is None for a draft. `readable`: both drawings could be read. `same`: not even a box was moved."""

    summary: ModelSummary
    old: int
    new: int | None
    difference: DrawnDifference
    readable: bool
    same: bool

    @property
    def others(self) -> tuple[int, ...]:
        """The versions that may be chosen, the newest first."""
        return tuple(line.version for line in self.summary.versions)


@dataclass(frozen=True, slots=True)
class FoldersCompared:
    """`readable`: both drawings could be read. `same`: not even a box was moved."""

    difference: DrawnDifference
    readable: bool
    same: bool


def read_comparison(services: Services, actor: Actor, process: str, old: int = 0, new: int = 0) -> Comparison:
    """Zero stands for the newest version, and for the one before it. Raises NotFound."""
    summary = read_summary(services, actor, process)
    newest = new or summary.newest.version
    before = old or next((one.version for one in summary.versions if one.version < newest), newest)
    return _compared(services, summary, before, _folder(services, process, newest), newest)


def compare_draft(services: Services, actor: Actor, check: UploadCheck, old: int = 0) -> Comparison | None:
    """A checked draft beside a version, the newest unless said; None for a process of which no version is in use.

    What the check could not finish is not read here either. Raises NotFound.
    """
    only_staff(actor, (StaffRole.ADMIN,))
    if check.newest is None:
        return None
    before = old or check.newest.newest.version
    if not check.readable:
        return Comparison(check.newest, before, None, DrawnDifference(), readable=False, same=False)
    return _compared(services, check.newest, before, check.folder, None)


def _compared(services: Services, summary: ModelSummary, old: int, folder: Folder, new: int | None) -> Comparison:
    found = compare_folders(services, _folder(services, summary.process, old), folder)
    return Comparison(summary, old, new, found.difference, found.readable, found.same)


def compare_folders(services: Services, before: Folder, after: Folder) -> FoldersCompared:
    """Two folders whose checks came to an end, the older one first."""
    with reading(services) as (session, now):
        law = services.law.book(session).rules_on(local_date(now))
    one, other = reading_of(before.drawing), reading_of(after.drawing)
    return FoldersCompared(
        drawn_difference(before, one, after, other, law),
        readable=one.drawing is not None and other.drawing is not None,
        same=fingerprint(before) == fingerprint(after),
    )


def _folder(services: Services, process: str, version: int) -> Folder:
    wanted = select(ModelVersion.folder).where(ModelVersion.process == process, ModelVersion.version == version)
    with reading(services) as (session, _now):
        packed = session.scalar(wanted)
    if packed is None:
        raise NotFound("Deze versie van het proces bestaat niet.")
    return unpack(process, packed)
