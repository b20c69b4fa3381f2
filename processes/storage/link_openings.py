"""Openings of links (P14): one row for each opening, written in a short transaction of its own, as `processes.storage.looks`.

When it cannot be written the page is shown all the same: the log says so and the counter of lost looks rises.
"""

from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from processes.base import metrics
from processes.base.errors import Busy, NoRoom
from processes.base.visitor import visitor
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import DestructionRow, Dossier, LinkOpening
from processes.storage.words import DestructionState

AT_ONCE: Final = 5000  # rows that one transaction of the sweep deletes
JUST_DESTROYED: Final = 100  # cases: a sweep runs every hour

log = structlog.get_logger(__name__)


def write_opening(services: Services, dossier: int, device: str, *, unattended: bool) -> bool:
    """Write down that the link of this dossier was opened; False when the database could not."""
    try:
        with transaction(services.sessions) as session:
            case = session.scalar(select(Dossier.case_id).where(Dossier.id == dossier))
            if case is not None:
                session.execute(
                    insert(LinkOpening).values(
                        at=business_now(services, session), case_id=case, dossier_id=dossier, address=visitor(),
                        device=device, unattended=unattended,
                    )
                )  # fmt: skip
    except (Busy, NoRoom, SQLAlchemyError) as error:
        metrics.LOOKS_LOST.inc()
        log.error("opening.not_written", error=type(error).__name__)  # noqa: TRY400 - a trace shows data
        return False
    return True


def forget_openings(services: Services, before: datetime) -> None:
    """Delete every opening of before this moment, some thousands at a time, and what came in while its case was destroyed."""
    while True:
        with transaction(services.sessions) as session:
            old = select(LinkOpening.at).where(LinkOpening.at < before).order_by(LinkOpening.at)
            edge = session.scalar(old.offset(AT_ONCE).limit(1))
            session.execute(delete(LinkOpening).where(LinkOpening.at <= edge if edge else LinkOpening.at < before))
        if edge is None:
            break
    with transaction(services.sessions) as session:
        gone = select(DestructionRow.case_id).where(DestructionRow.state == DestructionState.DESTROYED)
        latest = session.scalars(gone.order_by(DestructionRow.destroyed_at.desc()).limit(JUST_DESTROYED)).all()
        session.execute(delete(LinkOpening).where(LinkOpening.case_id.in_(latest)))
