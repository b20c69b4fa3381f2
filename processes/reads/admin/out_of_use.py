"""The page on which a case type goes out of use: what holds now, who decided what before, and what goes on."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.execution.out_of_use import EndOfUse, end_of_use, ends_of_use
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.tables import Case, ModelVersion, OutOfUse
from processes.storage.words import CaseState


@dataclass(frozen=True, slots=True)
class EndDecision:
    """One decision of before or now. `ended_at` is empty while it holds."""

    from_on: date
    set_at: datetime
    set_by: str
    reason: str
    ended_at: datetime | None
    ended_by: str
    ended_reason: str


@dataclass(frozen=True, slots=True)
class EndOfUsePage:
    """`successors`: the case types that can come in its place, by code and title; `running`: cases that go on."""

    process: str
    title: str
    end: EndOfUse | None
    history: tuple[EndDecision, ...]
    successors: tuple[tuple[str, str], ...]
    running: int
    today: date


def read_end_of_use(services: Services, actor: Actor, process: str) -> EndOfUsePage:
    """Raises NotFound for what is no case type in use."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        titles = _titles(session)
        if process not in titles:
            raise NotFound("Dit zaaktype bestaat niet.")
        ending = ends_of_use(session)
        others = [(code, title) for code, title in titles.items() if code != process and code not in ending]
        return EndOfUsePage(
            process, titles[process], end_of_use(session, process), _history(session, process),
            tuple(sorted(others, key=lambda one: one[1].lower())), _running(session, process), local_date(now),
        )  # fmt: skip


def read_ends_of_use(services: Services, actor: Actor) -> dict[str, EndOfUse]:
    """For the list of case types: which are out of use, or go out of use."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _):
        return dict(ends_of_use(session))


def _titles(session: Session) -> dict[str, str]:
    named = select(ModelVersion.process, ModelVersion.title).where(ModelVersion.is_case_type).order_by(ModelVersion.id)
    return dict(session.execute(named).all())


def _history(session: Session, process: str) -> tuple[EndDecision, ...]:
    rows = session.scalars(select(OutOfUse).where(OutOfUse.process == process).order_by(OutOfUse.id.desc())).all()
    names = names_of(session, [number for row in rows for number in (row.set_by, row.ended_by)])
    return tuple(
        EndDecision(
            row.from_on, row.set_at, names[row.set_by], row.reason, row.ended_at, names.get(row.ended_by or "", ""),
            row.ended_reason,
        )
        for row in rows
    )  # fmt: skip


def _running(session: Session, process: str) -> int:
    versions = select(ModelVersion.id).where(ModelVersion.process == process)
    counted = select(func.count()).where(Case.model_version_id.in_(versions), Case.state == CaseState.RUNNING)
    return session.scalar(counted) or 0
