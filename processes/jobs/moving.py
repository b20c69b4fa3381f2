"""Outbox kind `move`: the cases of a move go over, or back, batch by batch.

Each case goes under its own lock in a transaction of its own; what became of it is written there, so a batch that was broken off
is done again without harm. A case in which it goes wrong is refused with the reason, and the others go on.
"""

from collections.abc import Mapping
from typing import Any

import structlog
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from processes.actions import act
from processes.actions.moving import EndMove, MoveCase, MoveCaseBack, RefuseCase, order
from processes.base.actor import SYSTEM
from processes.base.errors import Busy, NoRoom, ZaakspoorError
from processes.execution.moving import MISTAKES, UNFORESEEN
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.storage.model_cache import ModelUnreadable
from processes.storage.services import Services
from processes.storage.session import read_only, trouble
from processes.storage.tables import Case, CaseMove, ModelMove
from processes.storage.words import CaseMoveState, CaseState, MoveState

BATCH = 50  # cases in one piece of work: a few seconds, far within its lease

log = structlog.get_logger()


def move_batch(services: Services, payload: Mapping[str, Any]) -> None:
    """`{"move": id, "turn": number, "after": case id}`. Raises Busy when a case must be tried again."""
    move, turn, after = int(payload["move"]), int(payload["turn"]), int(payload["after"])
    with services.sessions() as session:
        row = read_only(session).get(ModelMove, move)
        if row is None or row.turn != turn or row.state not in (MoveState.RUNNING, MoveState.RETURNING):
            return  # stopped, or another turn began
        back = row.state == MoveState.RETURNING
        cases = _next(session, row, after, back=back)
    later = [case for case in cases if not _done(services, move, case, back=back)]
    if later:
        raise Busy
    if len(cases) == BATCH:
        transact(services, SYSTEM, lambda work: _go_on(work, move, turn, cases[-1]))
    else:
        act(services, SYSTEM, EndMove(move, turn))


def _next(session: Session, row: ModelMove, after: int, *, back: bool) -> list[int]:
    wanted = _to_return(row) if back else _to_move(row)
    return list(session.scalars(wanted.where(Case.id > after).order_by(Case.id).limit(BATCH)))


def _to_move(row: ModelMove) -> Select[int]:
    seen = select(CaseMove.id).where(CaseMove.move_id == row.id, CaseMove.case_id == Case.id).exists()
    return select(Case.id).where(Case.model_version_id == row.from_version, Case.state == CaseState.RUNNING, ~seen)


def _to_return(row: ModelMove) -> Select[int]:
    moved = (CaseMove.move_id == row.id, CaseMove.state == CaseMoveState.MOVED)
    return select(Case.id).join(CaseMove, CaseMove.case_id == Case.id).where(*moved)


def _done(services: Services, move: int, case: int, *, back: bool) -> bool:
    """False when the database was in trouble, somebody worked on the case for too long, or this process cannot read a version:
    one of the release before leaves what it does not know to the others.
    """
    try:
        act(services, SYSTEM, MoveCaseBack(move, case) if back else MoveCase(move, case))
    except Exception as cause:  # noqa: BLE001 - whatever is wrong with one case, the others go on
        if isinstance(cause, Busy | NoRoom | ModelUnreadable) or trouble(cause):
            log.warning("move_later", case=case, error=type(cause).__name__)
            return False
        log.error("move_failed", case=case, error=type(cause).__name__)  # noqa: TRY400 - no trace with data of the case
        if not back:
            known = isinstance(cause, (*MISTAKES, ZaakspoorError))
            act(services, SYSTEM, RefuseCase(move, case, str(cause) if known else UNFORESEEN))
    return True


def _go_on(work: UnitOfWork, move: int, turn: int, after: int) -> str:
    row = work.session.get_one(ModelMove, move)
    if row.turn == turn:
        order(work, row, after)
    return ""
