"""Processes and their versions: who took which into use when, and how many cases run on each. For the administrator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

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
    """`running`: cases, or for a called process the running calls, that follow this version. `reason`: why it went into use;
    `from_version`: the older version whose content it has; `approved_by`: the second administrator, where one agreed.
    """

    version: int
    deployed_at: datetime
    deployed_by: str
    running: int
    newest: bool
    reason: str = ""
    from_version: int | None = None
    approved_by: str = ""


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
    today: date


def read_models(services: Services, actor: Actor, *, counted: bool = True) -> tuple[ModelSummary, ...]:
    """Every process: case types first, then by title. Counting what runs on each version is left out where nobody reads it."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        found = _summaries(session, counted=counted)
    return tuple(sorted(found, key=lambda one: (not one.is_case_type, one.title)))


def read_summary(services: Services, actor: Actor, process: str) -> ModelSummary:
    """One process with its versions. Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        return _summary(session, process)


def read_model_page(services: Services, actor: Actor, process: str, version: int | None = None) -> ModelPage:
    """One process, with one version (the newest unless said) in words. Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        summary = _summary(session, process)
        number = version or summary.newest.version
        packed = packed_version(session, process, number)
        law = services.law.book(session).rules_on(local_date(now))
    folder = unpack(process, packed)
    words = outline_of(read_model(folder.drawing), law)
    forms, mails, rehearsals = (tuple(sorted(files)) for files in (folder.forms, folder.mails, folder.rehearsals))
    return ModelPage(summary, number, words, forms, mails, rehearsals, local_date(now))


def read_drawing(services: Services, actor: Actor, process: str, version: int) -> bytes:
    """The drawing of one version as it was deployed. Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        return unpack(process, packed_version(session, process, version)).drawing


def packed_version(session: Session, process: str, version: int) -> bytes:
    """The archive of one version. Raises NotFound."""
    wanted = select(ModelVersion.folder).where(ModelVersion.process == process, ModelVersion.version == version)
    packed = session.scalar(wanted)
    if packed is None:
        raise NotFound("Deze versie van het proces bestaat niet.")
    return packed


def _summary(session: Session, process: str) -> ModelSummary:
    found = next((one for one in _summaries(session) if one.process == process), None)
    if found is None:
        raise NotFound("Dit proces bestaat niet.")
    return found


def _summaries(session: Session, *, counted: bool = True) -> list[ModelSummary]:
    """All processes, in a fixed number of statements; not `counted`: every version says that nothing runs on it."""
    wanted = select(
        ModelVersion.process, ModelVersion.id, ModelVersion.version, ModelVersion.title, ModelVersion.is_case_type,
        ModelVersion.deployed_at, ModelVersion.deployed_by, ModelVersion.reason, ModelVersion.from_version, ModelVersion.approved_by,
    )  # fmt: skip
    rows = session.execute(wanted.order_by(ModelVersion.process, ModelVersion.version.desc())).all()
    running = {cases: _running(session, cases=cases) if counted else {} for cases in (True, False)}
    people = {number for row in rows for number in (row.deployed_by, row.approved_by) if number} - {SYSTEM.subject}
    names = {**names_of(session, people), SYSTEM.subject: INSTALLATION}
    by_process = groupby(rows, key=lambda row: str(row.process))
    return [_in_words(name, list(found), running, names) for name, found in by_process]


def _in_words(
    process: str, rows: Sequence[Any], running: Mapping[bool, Mapping[int, int]], names: Mapping[str, str]
) -> ModelSummary:
    """`rows`: the versions, newest first; what it is now says whether cases are counted or calls."""
    newest = rows[0]
    counted = running[newest.is_case_type]
    lines = tuple(
        VersionLine(
            row.version,
            row.deployed_at,
            names[row.deployed_by],
            counted.get(row.id, 0),
            row is newest,
            row.reason or "",
            row.from_version,
            names.get(row.approved_by, ""),
        )
        for row in rows
    )
    return ModelSummary(process, newest.title or process, newest.is_case_type, lines)


def _running(session: Session, *, cases: bool) -> dict[int, int]:
    """By version of a case type its running cases, by version of a called process its running calls."""
    if cases:
        counted = select(Case.model_version_id, func.count()).where(Case.state == CaseState.RUNNING)
        wanted = counted.group_by(Case.model_version_id)
    else:
        called = select(ModelVersion.id).where(ModelVersion.is_case_type.is_(False))
        calls = select(Instance.model_version_id, func.count()).where(Instance.phase == InstancePhase.RUNNING)
        wanted = calls.where(Instance.model_version_id.in_(called)).group_by(Instance.model_version_id)
    return {row[0]: row[1] for row in session.execute(wanted)}
