"""The agendas of a committee: on which sessions somebody sits, and the cases there. Who sits on none of a case's sessions sees none of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from processes.storage.tables import HearingItem, HearingSeat, HearingSession
from processes.storage.words import HearingSessionState, SeatAnswer

STANDS = (HearingSessionState.PLANNED, HearingSessionState.HELD)


def sessions_of(number: Any) -> Select[int]:
    """Ids of the sessions in which this member of staff sits; not those that somebody signed off for."""
    return select(HearingSeat.session_id).where(*_sits(number))


def on_an_agenda(case_id: Any, states: Sequence[HearingSessionState] = STANDS) -> ColumnElement[bool]:
    """A condition on a column with the id of a case: it is or was heard in some session of these states.

    Asked per case, as a value and not with EXISTS: PostgreSQL would make a table of all agendas of all years to look it up in.
    """
    one = _items(states).where(HearingItem.case_id == case_id).limit(1)
    return one.correlate_except(HearingItem, HearingSession).scalar_subquery().is_not(None)


def on_an_agenda_of(number: Any, case_id: Any) -> ColumnElement[bool]:
    """The same as `on_an_agenda`, in a session in which this member of staff sits."""
    one = cases_on_agendas_of(number).where(HearingItem.case_id == case_id).limit(1)
    return one.correlate_except(HearingItem, HearingSession, HearingSeat).scalar_subquery().is_not(None)


def cases_on_agendas_of(number: Any) -> Select[int]:
    """Ids of the cases in the sessions in which this member of staff sits."""
    seat = and_(HearingSeat.session_id == HearingItem.session_id, *_sits(number))
    return _items(STANDS).join(HearingSeat, seat)


def _items(states: Sequence[HearingSessionState]) -> Select[int]:
    found = select(HearingItem.case_id).join(HearingSession, HearingSession.id == HearingItem.session_id)
    return found.where(HearingSession.state.in_(states))


def _sits(number: Any) -> tuple[ColumnElement[bool], ...]:
    return HearingSeat.staff == number, HearingSeat.answer.is_distinct_from(SeatAnswer.AWAY)


def sits_in(session: Session, number: str, session_id: int) -> bool:
    """Whether this member of staff has a place in a session, and did not sign off."""
    return session.scalar(sessions_of(number).where(HearingSeat.session_id == session_id).limit(1)) is not None
