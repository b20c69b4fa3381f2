"""The dry run of a move: which running cases could follow the newest version, and why others cannot. Nothing is written.

Cases are looked at in batches, each in a short session of its own, so that the database keeps no old rows for it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from engine import Element, Model
from engine.words import ElementKind
from processes.access.clearance import number_for
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.errors import Busy, NotFound
from processes.execution.case_data import CaseData
from processes.execution.moving import IN, MISTAKES, UNFORESEEN, MovingPart, Route, names_in, parts_of, reasons_against
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
    """An element that the newest version has not under this id; `choices`: elements that only the newest version has.

    Of a called process the id begins with the name of that process.
    """

    element: str
    name: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The outcome for one part of the cases. `can`: how many could move, `first` the first numbers of them; `running` are all
    cases of the version; `next` the case after which the next part begins, None when this was the last. `along`: the called
    processes that go along, each with how many of them.
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
    along: tuple[tuple[str, int], ...] = ()

    @property
    def along_words(self) -> str:
        return ", ".join(f"{name} ({count} keer)" for name, count in self.along)


@dataclass(frozen=True, slots=True)
class _Looked:
    """One case. `reason`: why it cannot move, empty when it can."""

    number: str
    reason: str
    called: tuple[Route, ...] = ()


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
        kept = _known_names(services, session, names, old.model, new.model)
    part, route = ids[:PART], Route(old, new, kept)
    found = [
        one for at in range(0, len(part), BATCH) for one in _looked_at(services, actor, route, part[at : at + BATCH])
    ]
    can = [one.number for one in found if not one.reason]
    refused = grouped([(one.reason, one.number) for one in found if one.reason])
    called = [one for looked in found for one in looked.called]
    along = Counter(
        one.new.model.name or one.new.process for looked in found if not looked.reason for one in looked.called
    )
    more = part[-1] if len(ids) > PART else None
    return Trial(
        process, newest.title or process, old.version, new.version, _all_renames(route, called), running, len(found),
        len(can), tuple(can[:SHOWN]), refused, more, tuple(sorted(along.items())),
    )  # fmt: skip


def _known_names(
    services: Services, session: Session, names: Mapping[str, str], old: Model, new: Model
) -> dict[str, str]:
    """Those that can be a renaming: from an element that was there, to one that is there now."""
    kept = {one: to for one, to in names_in(names).items() if one in old.elements and to in new.elements}
    for process in {one.partition(IN)[0] for one in names if IN in one}:
        newest = services.models.all_current(session).get(process)
        theirs = names_in(names, process)
        kept |= {f"{process}{IN}{one}": to for one, to in theirs.items() if newest and to in newest.model.elements}
    return kept


def _follows(version: int) -> ColumnElement[bool]:
    return and_(Case.model_version_id == version, Case.state == CaseState.RUNNING)


def _version(session: Session, process: str, version: int) -> ModelVersion:
    wanted = select(ModelVersion).where(ModelVersion.process == process, ModelVersion.version == version)
    found = session.scalar(wanted)
    if found is None:
        raise NotFound("Deze versie van het zaaktype bestaat niet.")
    return found


def _looked_at(services: Services, actor: Actor, route: Route, ids: list[int]) -> list[_Looked]:
    with reading(services) as (session, now):
        cases = session.scalars(select(Case).where(Case.id.in_(ids)).order_by(Case.id)).all()
        found = ((case, _looked(session, services, case, route, now)) for case in cases)
        return [replace(one, number=number_for(session, actor, case)) for case, one in found]


def _looked(session: Session, services: Services, case: Case, route: Route, now: datetime) -> _Looked:
    parts: tuple[MovingPart, ...] = ()
    try:
        parts = parts_of(session, services.models, case, CaseData(session, case, services.law), route)
        reason = " ".join(reasons_against(parts, now))
    except MISTAKES as wrong:
        reason = str(wrong)
    except Exception as cause:
        if isinstance(cause, Busy) or trouble(cause):
            raise
        log.warning("move_trial_failed", case=case.id, error=type(cause).__name__)
        reason = UNFORESEEN  # whatever is wrong with one case, the others are shown
    return _Looked(case.number, reason, tuple(part.route for part in parts[1:]))


def _all_renames(route: Route, called: list[Route]) -> tuple[RenameRow, ...]:
    """Those of the case type, and of each version of a called process that one of these cases has."""
    rows = {row.element: row for row in _renames(route.old.model, route.new.model, names_in(route.names))}
    for one in {(way.old.id, way.new.id): way for way in called}.values():
        for row in _renames(one.old.model, one.new.model, one.names):
            rows.setdefault(
                f"{one.new.process}{IN}{row.element}", replace(row, element=f"{one.new.process}{IN}{row.element}")
            )
    return tuple(rows.values())


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
