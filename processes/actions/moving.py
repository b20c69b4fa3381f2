"""Running cases move to the newest version of their case type, one at a time, and back again as long as nobody worked on them.

An administrator starts and stops; the cases themselves are moved by the system (processes.jobs.moving). The answer of an action of an
administrator about a whole move is its number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import and_, func, select

from engine import EngineError
from processes.access.guards import only_staff
from processes.actions.by_two import ask_second, drop_change, second_needed
from processes.base.actor import StaffRole
from processes.base.dutch import date_in_words
from processes.base.errors import Busy, Invalid, NotFound, NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.moving import IN, MovingPart, Route, lay, names_in, parts_of, put_back, reasons_against
from processes.execution.unit_of_work import UnitOfWork
from processes.law import DeadlineError
from processes.storage.fast import insert_rows
from processes.storage.tables import AuditRow, Case, CaseMove, ModelMove, ModelVersion
from processes.storage.words import CaseMoveState, CaseState, CaseTypeChangeKind, MoveState, OutboxKind, TrailAction

AT_WORK: Final = (MoveState.RUNNING, MoveState.RETURNING)
OPEN: Final = (*AT_WORK, MoveState.PAUSED)
MOVED: Final = "case_moved"  # the audit action of a case that follows another version
TOUCHED: Final = "Aan deze zaak is gewerkt nadat zij naar de nieuwe versie ging. Zij kan niet meer terug."


class MoveAtWork(NotNow):
    """Er loopt al een verplaatsing van dit zaaktype. Wacht tot die klaar is, of stop die eerst."""


@dataclass(frozen=True, slots=True)
class StartMove:
    """Move the running cases of `version` to the newest one. `names`: renamed elements, old id to new id."""

    process: str
    version: int
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StopMove:
    """Move no more cases, or put no more back; what was done stays so."""

    move: int


@dataclass(frozen=True, slots=True)
class ReturnCases:
    """Put all cases of a move back on which nobody worked since."""

    move: int


@dataclass(frozen=True, slots=True)
class ReturnCase:
    """Put one case back, as long as nobody worked on it since it was moved."""

    move: int
    case: str


@dataclass(frozen=True, slots=True)
class MoveCase:
    """One case of a move goes over, by the system."""

    move: int
    case: int


@dataclass(frozen=True, slots=True)
class MoveCaseBack:
    """One case of a move goes back, by the system."""

    move: int
    case: int


@dataclass(frozen=True, slots=True)
class EndMove:
    """Every case was looked at in this turn, says the system."""

    move: int
    turn: int


def start_move(work: UnitOfWork, action: StartMove) -> str:
    """The answer is the number of the move, or `process:wacht`. Raises as `begin_move`."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    old, newest, _cases = _may_begin(work, action)
    if second_needed(work):
        asked = {"version": old.version, "to": newest.version, "names": dict(action.names)}
        return ask_second(work, action.process, CaseTypeChangeKind.START_MOVE, asked)
    return begin_move(work, action, work.actor.subject)


def begin_move(work: UnitOfWork, action: StartMove, by: str, *, only_to: int | None = None) -> str:
    """The move begins, as `by` decided. Raises NotFound, NotNow when there is nothing to move, a move is at work, or the newest version
    is not `only_to`; and Invalid for elements that are not there.
    """
    old, newest, cases = _may_begin(work, action)
    if only_to is not None and newest.version != only_to:
        raise NotNow("Er is intussen een nieuwere versie in gebruik. Trek dit in en doe een nieuwe proef.")
    drop_change(work, action.process, CaseTypeChangeKind.START_MOVE)
    row = ModelMove(
        process=action.process, from_version=old.id, to_version=newest.id, names=dict(action.names), cases=cases,
        state=MoveState.RUNNING, turn=1, started_at=work.now, started_by=by,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.audit(0, "move_started", process=row.process, move=row.id, old=old.version, new=newest.version)
    order(work, row, 0)
    return str(row.id)


def _may_begin(work: UnitOfWork, action: StartMove) -> tuple[ModelVersion, ModelVersion, int]:
    """The old version, the newest one and how many cases could move."""
    newest = _locked_newest(work, action.process)
    old = work.session.scalar(
        select(ModelVersion).where(ModelVersion.process == action.process, ModelVersion.version == action.version)
    )
    if old is None:
        raise NotFound("Deze versie van het zaaktype bestaat niet.")
    _refuse_at_work(work, action.process)
    cases = running_cases(work, old.id)
    if not newest.is_case_type or old.id == newest.id or not cases:
        raise NotNow("Er zijn geen lopende zaken om te verplaatsen.")
    _check_names(work, old.id, newest.id, action.names)
    return old, newest, cases


def stop_move(work: UnitOfWork, action: StopMove) -> str:
    """The answer is the number of the move. It stands still at once; where a second administrator must agree, it goes on when that one
    does not. Raises NotFound, and NotNow when it came to its end already.
    """
    only_staff(work.actor, (StaffRole.ADMIN,))
    row = _locked(work, action.move)
    if row.state not in AT_WORK:
        raise NotNow("Deze verplaatsing is al klaar of gestopt.")
    if second_needed(work):
        ask_second(work, row.process, CaseTypeChangeKind.STOP_MOVE, {"move": row.id, "was": row.state})
        row.state = MoveState.PAUSED
        return str(row.id)
    return halt_move(work, row.id)


def halt_move(work: UnitOfWork, move: int) -> str:
    """No more cases go over, or back. Raises NotFound, and NotNow when it came to its end already."""
    row = _locked(work, move)
    if row.state not in OPEN:
        raise NotNow("Deze verplaatsing is al klaar of gestopt.")
    row.state, row.ended_at = MoveState.STOPPED, work.now
    work.audit(0, "move_stopped", process=row.process, move=row.id)
    return str(row.id)


def resume_move(work: UnitOfWork, move: int, was: str) -> None:
    """A move that stood still goes on in the state (MoveState) that it had."""
    row = _locked(work, move)
    if row.state == MoveState.PAUSED:
        row.state, row.turn = MoveState(was), row.turn + 1
        work.audit(0, "move_resumed", process=row.process, move=row.id)
        order(work, row, 0)


def return_cases(work: UnitOfWork, action: ReturnCases) -> str:
    """The answer is the number of the move, or `process:wacht`. Raises NotFound and NotNow."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    row = _may_return(work, action.move)
    if second_needed(work):
        return ask_second(work, row.process, CaseTypeChangeKind.RETURN_CASES, {"move": row.id})
    return begin_return(work, row.id)


def begin_return(work: UnitOfWork, move: int) -> str:
    """The cases of a move go back. Raises NotFound and NotNow."""
    row = _may_return(work, move)
    drop_change(work, row.process, CaseTypeChangeKind.RETURN_CASES)
    row.state, row.ended_at, row.turn = MoveState.RETURNING, None, row.turn + 1
    work.audit(0, "move_returned", process=row.process, move=row.id)
    order(work, row, 0)
    return str(row.id)


def _may_return(work: UnitOfWork, move: int) -> ModelMove:
    row = _locked(work, move)
    _locked_newest(work, row.process)
    _refuse_at_work(work, row.process)
    moved = select(CaseMove.id).where(CaseMove.move_id == row.id, CaseMove.state == CaseMoveState.MOVED).limit(1)
    if work.session.scalar(moved) is None:
        raise NotNow("Er is geen zaak die terug kan.")
    return row


def return_case(work: UnitOfWork, action: ReturnCase) -> str:
    """The answer is the number of the case. Raises NotFound, and NotNow when somebody worked on it since."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    case = work.lock_case(action.case)
    kept = _kept(work, action.move, case.id)
    if kept is None or kept.state not in (CaseMoveState.MOVED, CaseMoveState.STAYED):
        raise NotNow("Deze zaak is niet met deze verplaatsing verplaatst, of zij is al terug.")
    if _touched(work, kept):
        raise NotNow(TOUCHED)
    _put_back(work, CaseExecution.of(work, case), kept)
    return case.number


def move_case(work: UnitOfWork, action: MoveCase) -> str:
    """The answer is the number of the case; empty when there is nothing to do (any more). Raises Busy while somebody has the case."""
    only_staff(work.actor, ())
    run = _case_at_hand(work, action.case)
    row, kept = _move_and_case(work, action.move, action.case)
    if run is None or row is None or kept is not None or not _waits(run.case, row):
        return ""
    route = Route(work.deployed(row.from_version), work.deployed(row.to_version), row.names)
    parts = parts_of(work.session, work.services.models, run.case, run.data, route)
    reasons = reasons_against(parts, work.now)
    if reasons:
        _write(work, row, run.case, CaseMoveState.REFUSED, reason=" ".join(reasons))
        return run.case.number
    dates = {code: one.due for code, one in run.data.deadlines().items()}
    with work.session.no_autoflush:
        before = lay(run, parts)
    _write(work, row, run.case, CaseMoveState.MOVED, before=before)
    said = f"Deze zaak loopt verder op versie {route.new.version}.{_called_along(parts)}{_moved_dates(run, dates)}"
    work.own_note(run.case.id, said)
    along = sorted({f"{part.route.new.process} {part.route.new.version}" for part in parts[1:]})
    told = {"called": ", ".join(along)} if along else {}
    work.audit(run.case.id, MOVED, move=row.id, old=route.old.version, new=route.new.version, **told)
    return run.case.number


def move_case_back(work: UnitOfWork, action: MoveCaseBack) -> str:
    """The answer is the number of the case; empty when there is nothing to do (any more). Raises Busy while somebody has the case."""
    only_staff(work.actor, ())
    run = _case_at_hand(work, action.case)
    row, kept = _move_and_case(work, action.move, action.case)
    if run is None or row is None or kept is None:
        return ""
    if row.state != MoveState.RETURNING or kept.state != CaseMoveState.MOVED:
        return ""
    if _touched(work, kept):
        kept.state, kept.reason = CaseMoveState.STAYED, TOUCHED
    else:
        _put_back(work, run, kept)
    return run.case.number


@dataclass(frozen=True, slots=True)
class RefuseCase:
    """A case that went wrong while it was moved keeps the old version, says the system."""

    move: int
    case: int
    reason: str


def refuse_case(work: UnitOfWork, action: RefuseCase) -> str:
    """Nothing when the case is gone, or something became of it already."""
    only_staff(work.actor, ())
    case = work.session.scalar(select(Case).where(Case.id == action.case).with_for_update())
    row = work.session.get(ModelMove, action.move)
    if case is None or row is None or _kept(work, action.move, action.case) is not None:
        return ""
    _write(work, row, case, CaseMoveState.REFUSED, reason=action.reason)
    return case.number


def end_move(work: UnitOfWork, action: EndMove) -> str:
    """Nothing when it was stopped, or is in another turn by now."""
    only_staff(work.actor, ())
    row = _locked(work, action.move)
    ends = {MoveState.RUNNING: MoveState.DONE, MoveState.RETURNING: MoveState.RETURNED}
    if row.turn == action.turn and row.state in AT_WORK:
        row.state, row.ended_at = ends[MoveState(row.state)], work.now
        work.audit(0, "move_ended", process=row.process, move=row.id)
    return str(row.id)


def order(work: UnitOfWork, row: ModelMove, after: int) -> None:
    """The next piece of work: the cases after this id. A repeat finds it there already."""
    payload = {"move": row.id, "turn": row.turn, "after": after}
    work.enqueue(OutboxKind.MOVE, f"move:{row.id}:{row.turn}:{after}", payload)


def _locked_newest(work: UnitOfWork, process: str) -> ModelVersion:
    """The newest version; its lock lets one administrator at a time begin something with the cases of this type."""
    found = select(ModelVersion).where(ModelVersion.process == process).order_by(ModelVersion.version.desc()).limit(1)
    version = work.session.scalar(found.with_for_update())
    if version is None:
        raise NotFound("Dit zaaktype bestaat niet.")
    return version


def _locked(work: UnitOfWork, move: int) -> ModelMove:
    row = work.session.get(ModelMove, move, with_for_update=True)
    if row is None:
        raise NotFound("Deze verplaatsing bestaat niet.")
    return row


def _refuse_at_work(work: UnitOfWork, process: str) -> None:
    busy = select(ModelMove.id).where(ModelMove.process == process, ModelMove.state.in_(OPEN))
    if work.session.scalar(busy.limit(1)) is not None:
        raise MoveAtWork


def running_cases(work: UnitOfWork, version: int) -> int:
    """How many running cases follow this version."""
    counted = select(func.count()).where(Case.model_version_id == version, Case.state == CaseState.RUNNING)
    return work.session.scalar(counted) or 0


def _check_names(work: UnitOfWork, old: int, new: int, names: Mapping[str, str]) -> None:
    """The version that a case has of a called process is not known here; a name that it lacks is not renamed."""
    before, after, own = work.deployed(old).model.elements, work.deployed(new).model.elements, names_in(names)
    wrong = {one: f"'{one}' staat niet in de oude tekening." for one in own if one not in before}
    wrong |= {one: f"'{to}' staat niet in de nieuwe tekening." for one, to in own.items() if to not in after}
    called = {one.partition(IN)[0] for one in names if IN in one}
    for process in sorted(called):
        newest = work.services.models.current(work.session, process).model.elements
        theirs = names_in(names, process)
        wrong |= {
            f"{process}{IN}{one}": f"'{to}' staat niet in de nieuwe tekening van '{process}'."
            for one, to in theirs.items()
            if to not in newest
        }
    if any(len(set(some.values())) < len(some) for some in (own, *(names_in(names, one) for one in called))):
        wrong[""] = "Twee onderdelen kunnen niet allebei hetzelfde onderdeel worden."
    if wrong:
        raise Invalid(wrong)


def _case_at_hand(work: UnitOfWork, case_id: int) -> CaseExecution | None:
    """The case under its lock; None when it was destroyed. Raises Busy while another change has the lock."""
    run = CaseExecution.at_case(work, case_id)
    if run is None and work.session.scalar(select(Case.id).where(Case.id == case_id)) is not None:
        raise Busy
    return run


def _waits(case: Case, row: ModelMove) -> bool:
    follows = case.state == CaseState.RUNNING and case.model_version_id == row.from_version
    return follows and row.state == MoveState.RUNNING


def _move_and_case(work: UnitOfWork, move: int, case: int) -> tuple[ModelMove | None, CaseMove | None]:
    """The move as it stands now, and what became of this case in it."""
    mine = and_(CaseMove.move_id == ModelMove.id, CaseMove.case_id == case)
    found = work.session.execute(
        select(ModelMove, CaseMove).outerjoin(CaseMove, mine).where(ModelMove.id == move)
    ).first()
    return (found[0], found[1]) if found else (None, None)


def _kept(work: UnitOfWork, move: int, case: int) -> CaseMove | None:
    return work.session.scalar(select(CaseMove).where(CaseMove.move_id == move, CaseMove.case_id == case))


def _write(
    work: UnitOfWork, row: ModelMove, case: Case, state: CaseMoveState, *, reason: str | None = None,
    before: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    told = {"move_id": row.id, "case_id": case.id, "state": state, "at": work.now, "reason": reason, "before": before}
    insert_rows(work.session, CaseMove.__table__, [told])


def _put_back(work: UnitOfWork, run: CaseExecution, kept: CaseMove) -> None:
    row = work.session.get_one(ModelMove, kept.move_id)
    old = work.deployed(row.from_version)
    try:
        put_back(run, old, kept.before or {})
    except (EngineError, DeadlineError) as wrong:
        raise NotNow(f"Deze zaak kan niet terug: {wrong}") from wrong
    kept.state, kept.at, kept.reason, kept.before = CaseMoveState.BACK, work.now, None, None
    work.own_note(run.case.id, f"Deze zaak loopt weer op versie {old.version}.")
    work.audit(run.case.id, "case_moved_back", move=row.id, version=old.version)


def _touched(work: UnitOfWork, kept: CaseMove) -> bool:
    """Whether anything was written about the case after the move: then its trail does not end with that."""
    last = (
        select(AuditRow)
        .where(AuditRow.chain == kept.case_id, AuditRow.action != TrailAction.SEALED)
        .order_by(AuditRow.seq.desc())
        .limit(1)
    )
    row = work.session.scalar(last)
    return row is None or row.action != MOVED or row.detail.get("move") != kept.move_id


def _called_along(parts: Sequence[MovingPart]) -> str:
    """The processes that went along, in sentences."""
    along = dict.fromkeys(
        (part.route.new.model.name or part.route.new.process, part.route.new.version) for part in parts[1:]
    )
    return "".join(f" Het proces '{name}' in deze zaak loopt verder op versie {version}." for name, version in along)


def _moved_dates(run: CaseExecution, before: Mapping[str, date | None]) -> str:
    """Terms of which the date is another one in the new version, in sentences."""
    told = []
    for code, row in run.data.deadlines().items():
        if row.met_on is None and row.due != before.get(code):
            was, now = (date_in_words(day) if day else "onbekend" for day in (before.get(code), row.due))
            told.append(f" De uiterste datum van '{run.root.model.deadlines[code].title}' is nu {now}. Dat was {was}.")
    return "".join(told)
