"""A second administrator agrees to a change around a case type, or sends it back; and who asked takes it back.

What was agreed to is exactly what is carried out, and it is checked anew: whatever came in between makes it impossible in words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from processes.access.guards import only_staff, reason_wrong
from processes.actions.by_two import AGREED, drop_change, locked_change
from processes.actions.moving import StartMove, begin_move, begin_return, halt_move, resume_move
from processes.actions.out_of_use import EndUse, KeepInUse, set_end, set_kept
from processes.actions.proposing import drop_planned
from processes.base.actor import StaffRole
from processes.base.errors import Invalid, NotAllowed, NotFound, NotNow
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import CaseTypeChange
from processes.storage.words import CaseTypeChangeKind, ProposalState


@dataclass(frozen=True, slots=True)
class AgreeToChange:
    """The second administrator agrees to the change with this id, which is carried out at once."""

    process: str
    change: str


@dataclass(frozen=True, slots=True)
class SendBackChange:
    """The second administrator does not agree, and says why."""

    process: str
    change: str
    answer: str


@dataclass(frozen=True, slots=True)
class WithdrawChange:
    """A change that waits, or was sent back, goes."""

    process: str
    change: str


def agree_to_change(work: UnitOfWork, action: AgreeToChange) -> str:
    """The answer is the process. Raises NotFound, NotAllowed for who asked for it, and NotNow when it cannot be done any more."""
    row = _seen(work, action.process, action.change)
    _only_other(work, row)
    kind = CaseTypeChangeKind(row.kind)
    asked, by = dict(row.asked), row.proposed_by
    work.audit(0, "change_agreed", process=row.process, kind=kind)
    drop_change(work, row.process, kind)
    try:
        CARRIED_OUT[kind](work, action.process, asked, by)
    except Invalid as wrong:
        raise NotNow(
            f"Dit kan niet meer zoals het is gevraagd: {' '.join(wrong.fields.values())} Trek het in en vraag het opnieuw."
        ) from wrong
    return action.process


def send_back_change(work: UnitOfWork, action: SendBackChange) -> str:
    """The answer is the process. Raises NotFound, NotAllowed, NotNow, and Invalid without a reason."""
    row = _seen(work, action.process, action.change)
    _only_other(work, row)
    if wrong := reason_wrong(action.answer, "Schrijf op waarom u niet akkoord bent."):
        raise Invalid({"answer": wrong["reason"]})
    row.state, row.answer = ProposalState.SENT_BACK, action.answer
    row.decided_by, row.decided_at = work.actor.subject, work.now
    _undone(work, row)
    work.audit(0, "change_sent_back", process=row.process, kind=row.kind)
    return row.process


def withdraw_change(work: UnitOfWork, action: WithdrawChange) -> str:
    """The answer is the process. Raises NotFound."""
    row = _seen(work, action.process, action.change)
    if row.state == ProposalState.WAITING:
        _undone(work, row)
    work.audit(0, "change_withdrawn", process=row.process, kind=row.kind)
    drop_change(work, row.process, CaseTypeChangeKind(row.kind))
    return action.process


def _undone(work: UnitOfWork, row: CaseTypeChange) -> None:
    """A move that stood still until somebody agreed to stopping it goes on."""
    if row.kind == CaseTypeChangeKind.STOP_MOVE:
        resume_move(work, int(row.asked["move"]), str(row.asked["was"]))


def _seen(work: UnitOfWork, process: str, change: str) -> CaseTypeChange:
    only_staff(work.actor, (StaffRole.ADMIN,), system=False)
    row = locked_change(work, process, change)
    if row is None:
        raise NotFound("Hier wacht niets meer op akkoord. Misschien was een collega u voor.")
    return row


def _only_other(work: UnitOfWork, row: CaseTypeChange) -> None:
    if row.state != ProposalState.WAITING:
        raise NotNow("Dit wacht niet op akkoord.")
    if row.proposed_by == work.actor.subject:
        raise NotAllowed("U vroeg dit zelf. Een andere beheerder moet akkoord geven.")


def _end(work: UnitOfWork, process: str, asked: Mapping[str, Any], by: str) -> None:
    days = {name: date.fromisoformat(asked[name]) if asked[name] else None for name in ("from_on", "finish_until")}
    wanted = EndUse(process, reason=_reason(asked), message=asked["message"], message_en=asked["message_en"],
                    successor=asked["successor"], **days)  # fmt: skip
    set_end(work, wanted, by)


def _keep(work: UnitOfWork, process: str, asked: Mapping[str, Any], by: str) -> None:
    set_kept(work, KeepInUse(process, _reason(asked)), by)


def _start(work: UnitOfWork, process: str, asked: Mapping[str, Any], by: str) -> None:
    begin_move(work, StartMove(process, asked["version"], asked["names"]), by, only_to=asked["to"])


def _reason(asked: Mapping[str, Any]) -> str:
    return f"{asked['reason']} {AGREED}"


CARRIED_OUT: Final[Mapping[CaseTypeChangeKind, Callable[[UnitOfWork, str, Mapping[str, Any], str], object]]] = {
    CaseTypeChangeKind.END_USE: _end,
    CaseTypeChangeKind.KEEP_IN_USE: _keep,
    CaseTypeChangeKind.START_MOVE: _start,
    CaseTypeChangeKind.RETURN_CASES: lambda work, _process, asked, _by: begin_return(work, asked["move"]),
    CaseTypeChangeKind.STOP_MOVE: lambda work, _process, asked, _by: halt_move(work, asked["move"]),
    CaseTypeChangeKind.WITHDRAW_VERSION: lambda work, process, asked, _by: drop_planned(
        work, process, asked["proposal"]
    ),
}
