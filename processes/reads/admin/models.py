"""Processes and their versions: who took which into use when, and how many cases run on each. For the administrator."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.kernel.reading import read_model
from processes.access.guards import only_staff
from processes.base.actor import SYSTEM, Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.reads.admin.outline import Outline, outline_of
from processes.reads.opening import reading
from processes.storage.model_cache import unpack
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.tables import Case, Instance, ModelVersion
from processes.storage.words import CaseState, InstancePhase

INSTALLATION = "de inrichting"


@dataclass(frozen=True, slots=True)
class VersionLine:
    """`running`: cases, or for a called process the running calls, that follow this version."""

    version: int
    deployed_at: datetime
    deployed_by: str
    running: int
    newest: bool


@dataclass(frozen=True, slots=True)
class ModelSummary:
    process: str
    title: str
    is_case_type: bool
    versions: tuple[VersionLine, ...]  # newest first

    @property
    def newest(self) -> VersionLine:
        return self.versions[0]

    @property
    def in_use(self) -> tuple[VersionLine, ...]:
        """The newest, and every older version on which something still runs."""
        return tuple(line for line in self.versions if line.newest or line.running)


@dataclass(frozen=True, slots=True)
class ModelPage:
    summary: ModelSummary
    version: int
    outline: Outline | None
    forms: tuple[str, ...]
    mails: tuple[str, ...]
    rehearsals: tuple[str, ...]


def read_models(services: Services, actor: Actor) -> tuple[ModelSummary, ...]:
    """Every process: case types first, then by title."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        names = session.scalars(select(ModelVersion.process).distinct()).all()
        found = [_summary(session, name) for name in names]
    return tuple(sorted(found, key=lambda one: (not one.is_case_type, one.title)))


def read_model_page(services: Services, actor: Actor, process: str, version: int | None = None) -> ModelPage:
    """One process, with one version (the newest unless said) in words. Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        summary = _summary(session, process)
        number = version or summary.newest.version
        packed = _packed(session, process, number)
        law = services.law.book(session).rules_on(local_date(now))
    folder = unpack(process, packed)
    words = outline_of(read_model(folder.drawing), law)
    files = (tuple(sorted(files)) for files in (folder.forms, folder.mails, folder.rehearsals))
    return ModelPage(summary, number, words, *files)


def read_drawing(services: Services, actor: Actor, process: str, version: int) -> bytes:
    """The drawing of one version as it was deployed. Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        return unpack(process, _packed(session, process, version)).drawing


def _packed(session: Session, process: str, version: int) -> bytes:
    wanted = select(ModelVersion.folder).where(ModelVersion.process == process, ModelVersion.version == version)
    packed = session.scalar(wanted)
    if packed is None:
        raise NotFound("Deze versie van het proces bestaat niet.")
    return packed


def _summary(session: Session, process: str) -> ModelSummary:
    wanted = select(
        ModelVersion.id, ModelVersion.version, ModelVersion.title, ModelVersion.is_case_type,
        ModelVersion.deployed_at, ModelVersion.deployed_by,
    )  # fmt: skip
    rows = session.execute(wanted.where(ModelVersion.process == process).order_by(ModelVersion.version.desc())).all()
    if not rows:
        raise NotFound("Dit proces bestaat niet.")
    running = _running(session, [row.id for row in rows], cases=rows[0].is_case_type)
    lines = tuple(
        VersionLine(
            row.version, row.deployed_at, _who(session, row.deployed_by), running.get(row.id, 0), row is rows[0]
        )
        for row in rows
    )
    return ModelSummary(process, rows[0].title or process, rows[0].is_case_type, lines)


def _running(session: Session, versions: list[int], *, cases: bool) -> dict[int, int]:
    if cases:
        counted = select(Case.model_version_id, func.count()).where(Case.state == CaseState.RUNNING)
        wanted = counted.where(Case.model_version_id.in_(versions)).group_by(Case.model_version_id)
    else:
        calls = select(Instance.model_version_id, func.count()).where(Instance.phase == InstancePhase.RUNNING)
        wanted = calls.where(Instance.model_version_id.in_(versions)).group_by(Instance.model_version_id)
    return {row[0]: row[1] for row in session.execute(wanted)}


def _who(session: Session, number: str) -> str:
    return INSTALLATION if number == SYSTEM.subject else names_of(session, [number])[number]
