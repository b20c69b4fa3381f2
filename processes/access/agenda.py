"""The agendas of a committee: on which sessions somebody sits, and the cases there. Who sits on none of a case's sessions sees none of it."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from processes.storage.tables import HearingItem, HearingSeat, HearingSession
from processes.storage.words import HearingSessionState, SeatAnswer

STANDS = (HearingSessionState.PLANNED, HearingSessionState.HELD)


def sessions_of(number: Any) -> Select[int]:
    """Ids of the sessions in which this member of staff sits; not those that somebody signed off for."""
    mine = (HearingSeat.staff == number, HearingSeat.answer.is_distinct_from(SeatAnswer.AWAY))
    return select(HearingSeat.session_id).where(*mine)


def cases_on_agendas() -> Select[int]:
    """Ids of the cases that are or were heard in some session."""
    return _cases()


def cases_on_agendas_of(number: Any) -> Select[int]:
    """Ids of the cases on the agendas of the sessions in which this member of staff sits."""
    return _cases().where(HearingSession.id.in_(sessions_of(number)))


def _cases() -> Select[int]:
    found = select(HearingItem.case_id).join(HearingSession, HearingSession.id == HearingItem.session_id)
    return found.where(HearingSession.state.in_(STANDS))


def sits_in(session: Session, number: str, session_id: int) -> bool:
    """Whether this member of staff has a place in a session, and did not sign off."""
    return session.scalar(sessions_of(number).where(HearingSeat.session_id == session_id).limit(1)) is not None
