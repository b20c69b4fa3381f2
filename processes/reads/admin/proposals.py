"""Versions of case types that are not in use yet: the list, and one with what it changes, for who agrees to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from engine import Folder
from processes.access.guards import only_staff
from processes.base.actor import SYSTEM, Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.dated import DEPLOYING
from processes.dated.deploying import CODE
from processes.reads.admin.case_type_changes import ChangeLine, read_changes_to_agree
from processes.reads.admin.models import packed_version
from processes.reads.admin.uploading import UploadCheck, check_upload
from processes.reads.opening import reading
from processes.storage.model_cache import unpack
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.tables import VersionProposal
from processes.storage.words import ProposalState


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """`id` is what the forms of its page send back. `mine`: who looks proposed it, and so cannot agree to it.

    `answer` and `decided_by`: why and by whom it was sent back, or who agreed to it.
    """

    id: str
    process: str
    title: str
    state: str
    draft: str | None
    from_version: int | None
    starts_on: date | None
    moves: bool
    reason: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    answer: str
    mine: bool

    @property
    def waits(self) -> bool:
        return self.state == ProposalState.WAITING

    @property
    def planned(self) -> bool:
        return self.state == ProposalState.PLANNED

    @property
    def sent_back(self) -> bool:
        return self.state == ProposalState.SENT_BACK


@dataclass(frozen=True, slots=True)
class DoorState:
    """The state of a process that a page tells before a version goes into use. `second`: another administrator must agree; `open`: a
    version that is not in use yet, and makes place; `fixed`: two agreed to that one, so that another cannot take its place.
    `changes`: other changes of the process that wait for a second administrator.
    """

    second: bool
    open: ProposalLine | None
    changes: tuple[ChangeLine, ...]

    @property
    def fixed(self) -> bool:
        return self.second and self.open is not None and self.open.planned and bool(self.open.decided_by)


def read_proposals(services: Services, actor: Actor) -> tuple[ProposalLine, ...]:
    """Every version that is not in use yet, by title."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        rows = session.scalars(select(VersionProposal).order_by(VersionProposal.title)).all()
        names = names_of(session, {name for row in rows for name in (row.proposed_by, row.decided_by) if name})
    return tuple(_line(row, names, actor) for row in rows)


def read_proposal(services: Services, actor: Actor, process: str) -> tuple[ProposalLine, UploadCheck]:
    """The version of a process that is not in use yet, with its check and what it changes. Raises NotFound."""
    line = next((one for one in read_proposals(services, actor) if one.process == process), None)
    if line is None:
        raise NotFound("Er wacht geen nieuwe versie van dit zaaktype (meer). Misschien was een collega u voor.")
    with reading(services) as (session, _now):
        packed = session.scalar(select(VersionProposal.folder).where(VersionProposal.id == line.id))
    return line, check_upload(services, actor, unpack(process, packed or b""))


def read_door(services: Services, actor: Actor, process: str) -> DoorState:
    """Whether a second administrator must agree, and what is not in use yet."""
    with reading(services) as (session, now):
        rule = services.law.shelf(session).on(DEPLOYING, CODE, local_date(now))
    found = next((one for one in read_proposals(services, actor) if one.process == process), None)
    return DoorState(rule is not None and rule.second, found, read_changes_to_agree(services, actor, process))


def read_version(services: Services, actor: Actor, process: str, version: int) -> Folder:
    """The folder of one version, as it was taken into use. Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        return unpack(process, packed_version(session, process, version))


def _line(row: VersionProposal, names: Mapping[str, str], actor: Actor) -> ProposalLine:
    decided = "het programma" if row.decided_by == SYSTEM.subject else names.get(row.decided_by or "", "")
    return ProposalLine(
        row.id, row.process, row.title, row.state, row.draft, row.from_version, row.starts_on, row.moves, row.reason,
        names[row.proposed_by], row.proposed_at, decided, row.answer or "", row.proposed_by == actor.subject,
    )  # fmt: skip
