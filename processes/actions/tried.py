"""A colleague was chosen who cannot handle a case, by somebody who does not work on it and may not know why: a try of one after another would
tell whom the case is about. So each stands in the security log, and who handles the case reads of it.
"""

from typing import Final

import structlog
from sqlalchemy import select

from processes.base.actor import SYSTEM, Actor
from processes.base.errors import ZaakspoorError
from processes.base.security_log import EventOutcome, SecurityEvent, security_event
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.storage.services import Services
from processes.storage.tables import NoteRow

log = structlog.get_logger(__name__)
TRIED: Final = "{who} werkt niet aan deze zaak, en koos een collega die haar niet kan behandelen. Dat is geweigerd. Vraag zo nodig waarom."


def tell_tried(services: Services, actor: Actor, case_id: int) -> None:
    """After the change was refused, and so in a transaction of its own. One note until it is read, however often it is tried."""

    def note(work: UnitOfWork) -> str:
        case, text = work.lock_case_id(case_id), TRIED.format(who=actor.name)
        unread = (NoteRow.case_id == case.id, NoteRow.read_by_handler.is_(False), NoteRow.text == text)
        if work.session.scalar(select(NoteRow.id).where(*unread).limit(1)) is None:
            work.system_note(case.id, text)
        return case.number

    try:
        number = transact(services, SYSTEM, note)
    except ZaakspoorError:
        log.exception("tried.not_noted", case=case_id)
        number = str(case_id)
    security_event(
        SecurityEvent.CASE_REFUSED, who=actor, whose_case=number, outcome=EventOutcome.REFUSED, why="colleague"
    )
