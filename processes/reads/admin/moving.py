"""Moving running cases to the newest version: where one can begin, and how a move goes on. For the administrator.

The dry run stands in processes.reads.admin.move_trial.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import String, case, func, literal, select
from sqlalchemy.orm import Session

from processes.access.clearance import HIDDEN_NUMBER, number_for, within_clearance
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.errors import NotFound
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.tables import Case, CaseMove, ModelMove, ModelVersion
from processes.storage.words import CaseMoveState, CaseState, MoveState

SHOWN: Final = 100  # numbers of cases in one list
STATES: Final = {
    MoveState.RUNNING: "loopt",
    MoveState.RETURNING: "zaken gaan terug",
    MoveState.PAUSED: "staat stil tot een andere beheerder akkoord geeft met stoppen",
    MoveState.STOPPED: "gestopt",
    MoveState.DONE: "klaar",
    MoveState.RETURNED: "teruggezet",
}
AT_WORK: Final = (MoveState.RUNNING, MoveState.RETURNING)


@dataclass(frozen=True, slots=True)
class OlderVersion:
    """A version with cases that could move; `running`: how many follow it."""

    version: int
    running: int


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One move. `state`: in words. `paused`: somebody asked to stop it, and a second administrator must agree. `cases`: how many it began with; the others are counts of what became of them."""

    id: int
    old: int
    new: int
    state: str
    at_work: bool
    paused: bool
    going_back: bool
    started_at: datetime
    started_by: str
    cases: int
    moved: int
    refused: int
    back: int
    stayed: int

    @property
    def to_do(self) -> int:
        """How many were not looked at yet; those of a move that was stopped stay on their version."""
        return max(self.cases - self.moved - self.refused - self.back - self.stayed, 0)


@dataclass(frozen=True, slots=True)
class MovingPage:
    """`newest`: the version to which cases move. A process that is called has no cases of its own (`is_case_type`)."""

    process: str
    title: str
    is_case_type: bool
    newest: int
    older: tuple[OlderVersion, ...]
    moves: tuple[MoveLine, ...]


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """Cases with the same reason; `numbers` are the first of them."""

    reason: str
    count: int
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MovePage:
    """`moved`: the first numbers of the cases that may go back, if nobody worked on them. `renamed`: old id and new id."""

    process: str
    title: str
    line: MoveLine
    renamed: tuple[tuple[str, str], ...]
    moved: tuple[str, ...]
    refused: tuple[CaseGroup, ...]
    stayed: tuple[CaseGroup, ...]


def read_moving(services: Services, actor: Actor, process: str) -> MovingPage:
    """Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        newest = newest_of(session, process)
        wanted = select(ModelMove).where(ModelMove.process == process).order_by(ModelMove.id.desc()).limit(SHOWN)
        lines = tuple(_line(session, one) for one in session.scalars(wanted))
        older = _older(session, newest)
    title = newest.title or process
    return MovingPage(process, title, newest.is_case_type, newest.version, older, lines)


def read_move(services: Services, actor: Actor, process: str, move: int) -> MovePage:
    """Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        row = session.get(ModelMove, move)
        if row is None or row.process != process:
            raise NotFound("Deze verplaatsing bestaat niet.")
        newest = newest_of(session, process)
        groups = {
            state: _groups(session, actor, row.id, state) for state in (CaseMoveState.REFUSED, CaseMoveState.STAYED)
        }
        return MovePage(
            process, newest.title or process, _line(session, row), tuple((one, str(to)) for one, to in row.names.items()),
            _moved(session, actor, row.id), groups[CaseMoveState.REFUSED], groups[CaseMoveState.STAYED],
        )  # fmt: skip


def newest_of(session: Session, process: str) -> ModelVersion:
    """Raises NotFound."""
    wanted = select(ModelVersion).where(ModelVersion.process == process).order_by(ModelVersion.version.desc())
    found = session.scalar(wanted.limit(1))
    if found is None:
        raise NotFound("Dit zaaktype bestaat niet.")
    return found


def running_on(session: Session, process: str, version: int) -> int:
    """How many running cases follow this version."""
    counted = select(func.count()).select_from(Case).join(ModelVersion, Case.model_version_id == ModelVersion.id)
    mine = (ModelVersion.process == process, ModelVersion.version == version, Case.state == CaseState.RUNNING)
    return session.scalar(counted.where(*mine)) or 0


def grouped(reasons: list[tuple[str, str]]) -> tuple[CaseGroup, ...]:
    """Pairs of a reason and the number of a case, as groups; the largest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for reason, number in reasons:
        found[reason].append(number)
    groups = (CaseGroup(reason, len(numbers), tuple(numbers[:SHOWN])) for reason, numbers in found.items())
    return tuple(sorted(groups, key=lambda one: (-one.count, one.reason)))


def _older(session: Session, newest: ModelVersion) -> tuple[OlderVersion, ...]:
    counted = (
        select(ModelVersion.version, func.count())
        .join(Case, Case.model_version_id == ModelVersion.id)
        .where(ModelVersion.process == newest.process, ModelVersion.id != newest.id, Case.state == CaseState.RUNNING)
        .group_by(ModelVersion.version)
        .order_by(ModelVersion.version.desc())
    )
    return tuple(OlderVersion(version, running) for version, running in session.execute(counted))


def _line(session: Session, row: ModelMove) -> MoveLine:
    counted = select(CaseMove.state, func.count()).where(CaseMove.move_id == row.id).group_by(CaseMove.state)
    counts = {one[0]: one[1] for one in session.execute(counted)}
    by = names_of(session, [row.started_by])[row.started_by]
    return MoveLine(
        row.id, session.get_one(ModelVersion, row.from_version).version, session.get_one(ModelVersion, row.to_version).version,
        STATES[MoveState(row.state)], row.state in AT_WORK, row.state == MoveState.PAUSED, row.state == MoveState.RETURNING, row.started_at, by, row.cases,
        *(counts.get(state, 0) for state in (CaseMoveState.MOVED, CaseMoveState.REFUSED, CaseMoveState.BACK, CaseMoveState.STAYED)),
    )  # fmt: skip


def _moved(session: Session, actor: Actor, move: int) -> tuple[str, ...]:
    mine = (CaseMove.move_id == move, CaseMove.state == CaseMoveState.MOVED)
    wanted = select(Case).join(CaseMove, CaseMove.case_id == Case.id).where(*mine).order_by(Case.id)
    return tuple(number_for(session, actor, case) for case in session.scalars(wanted.limit(SHOWN)))


def _groups(session: Session, actor: Actor, move: int, state: CaseMoveState) -> tuple[CaseGroup, ...]:
    shown = case((within_clearance(actor), Case.number), else_=literal(HIDDEN_NUMBER, String))
    wanted = select(CaseMove.reason, shown).join(Case, Case.id == CaseMove.case_id).order_by(Case.id)
    rows = session.execute(wanted.where(CaseMove.move_id == move, CaseMove.state == state))
    return grouped([(reason or "", number) for reason, number in rows])
