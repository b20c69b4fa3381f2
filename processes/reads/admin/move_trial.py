"""The dry run of a move: which running cases could follow the newest version, and why others cannot. Nothing is written.

Cases are looked at in batches, each in a short session of its own, so that the database keeps no old rows for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from engine import Element, Model
from engine.words import ElementKind
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.errors import Busy, NotFound
from processes.execution.case_data import CaseData
from processes.execution.moving import MISTAKES, UNFORESEEN, Route, around_case, reasons_against
from processes.reads.admin.moving import SHOWN, CaseGroup, grouped, newest_of
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.session import trouble
from processes.storage.tables import Case, ModelVersion
from processes.storage.words import CaseState

log = structlog.get_logger()

BATCH: Final = 100
PART: Final = 500  # cases of one page: a few seconds of computing
PASSED_AT_ONCE: Final = (
    ElementKind.EXCLUSIVE_GATEWAY, ElementKind.SEND_TASK, ElementKind.INTERMEDIATE_THROW_EVENT, ElementKind.END_EVENT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RenameRow:
    """An element that the newest version has not under this id; `choices`: elements that only the newest version has."""

    element: str
    name: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The outcome for one part of the cases. `can`: how many could move, `first` the first numbers of them; `running` are all
    cases of the version; `next` the case after which the next part begins, None when this was the last.
    """

    process: str
    title: str
    old: int
    new: int
    renames: tuple[RenameRow, ...]
    running: int
    looked_at: int
    can: int
    first: tuple[str, ...]
    refused: tuple[CaseGroup, ...]
    next: int | None


def try_move(
    services: Services, actor: Actor, process: str, version: int, names: Mapping[str, str], after: int = 0
) -> Trial:
    """Raises NotFound, and ModelUnreadable. Of `names` (old id to new id) only those count that are elements of both."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        newest, older = newest_of(session, process), _version(session, process, version)
        old, new = (services.models.version(session, one.id) for one in (older, newest))
        running = session.scalar(select(func.count()).where(_follows(older.id))) or 0
        ids = list(
            session.scalars(
                select(Case.id).where(_follows(older.id), Case.id > after).order_by(Case.id).limit(PART + 1)
            )
        )
    title = newest.title or process
    kept = {one: to for one, to in names.items() if one in old.model.elements and to in new.model.elements}
    part, route = ids[:PART], Route(old, new, kept)
    found = [one for at in range(0, len(part), BATCH) for one in _looked_at(services, route, part[at : at + BATCH])]
    can = [number for number, reason in found if not reason]
    refused = grouped([(reason, number) for number, reason in found if reason])
    more = part[-1] if len(ids) > PART else None
    return Trial(
        process, title, old.version, new.version, _renames(old.model, new.model, kept), running, len(found), len(can),
        tuple(can[:SHOWN]), refused, more,
    )  # fmt: skip


def _follows(version: int) -> ColumnElement[bool]:
    return and_(Case.model_version_id == version, Case.state == CaseState.RUNNING)


def _version(session: Session, process: str, version: int) -> ModelVersion:
    wanted = select(ModelVersion).where(ModelVersion.process == process, ModelVersion.version == version)
    found = session.scalar(wanted)
    if found is None:
        raise NotFound("Deze versie van het zaaktype bestaat niet.")
    return found


def _looked_at(services: Services, route: Route, ids: list[int]) -> list[tuple[str, str]]:
    """Numbers of cases, each with the reason against; empty when it can move."""
    with reading(services) as (session, now):
        cases = session.scalars(select(Case).where(Case.id.in_(ids)).order_by(Case.id)).all()
        return [(case.number, _reason(session, services, case, route, now)) for case in cases]


def _reason(session: Session, services: Services, case: Case, route: Route, now: datetime) -> str:
    try:
        around = around_case(session, case, CaseData(session, case, services.law), route.old.id)
        return " ".join(reasons_against(around, route, now))
    except MISTAKES as wrong:
        return str(wrong)
    except Exception as cause:
        if isinstance(cause, Busy) or trouble(cause):
            raise
        log.warning("move_trial_failed", case=case.id, error=type(cause).__name__)
        return UNFORESEEN  # whatever is wrong with one case, the others are shown


def _renames(old: Model, new: Model, names: Mapping[str, str]) -> tuple[RenameRow, ...]:
    added = [one for one in new.elements.values() if one.id not in old.elements]
    gone = [one for one in old.elements.values() if one.id not in new.elements]
    rows = (RenameRow(one.id, one.name, _like(one, added), names.get(one.id, "")) for one in gone)
    return tuple(row for row in rows if row.choices)


def _like(gone: Element, added: list[Element]) -> tuple[tuple[str, str], ...]:
    """The new elements that this one can have become; none for one on which no case ever waits."""
    if gone.kind in PASSED_AT_ONCE:
        return ()
    same = [one for one in added if one.kind == gone.kind]
    return tuple((one.id, f"{one.name} ({one.id})" if one.name else one.id) for one in same)
