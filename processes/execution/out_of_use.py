"""Whether a case of a case type may still begin, once that goes out of use. Cases that run go on to their end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from processes.base.dutch import date_in_words
from processes.base.errors import Invalid, ZaakspoorError
from processes.storage.fast import PreparedQuery
from processes.storage.tables import ModelVersion, OutOfUse

LASTS = PreparedQuery(
    select(OutOfUse.from_on, OutOfUse.finish_until).where(
        OutOfUse.process == bindparam("process"), OutOfUse.ended_at.is_(None)
    )
)


@dataclass(frozen=True, slots=True)
class LastDays:
    """`from_on`: the first day on which no case begins; `finish_until`: the last on which a form begun before can be sent."""

    from_on: date
    finish_until: date

    def may_file(self, begun_on: date | None, today: date) -> bool:
        """Whether a citizen may file who began with the form on that day; without a day who has not begun yet."""
        if today < self.from_on:
            return True
        return begun_on is not None and begun_on < self.from_on and today <= self.finish_until


@dataclass(frozen=True, slots=True)
class EndOfUse:
    """The end of a case type as people read it. `successor` is the process that comes in its place, with its title."""

    process: str
    days: LastDays
    successor: str | None
    successor_title: str | None
    message: str
    message_en: str


class NotFiledAnyMore(ZaakspoorError):
    """Dit kunt u hier niet meer indienen."""

    status = 410

    def __init__(self, end: EndOfUse | None = None) -> None:
        super().__init__()
        self.end = end


def ends_of_use(session: Session) -> Mapping[str, EndOfUse]:
    """Every case type that is out of use or goes out of use on a known day, by its process."""
    rows = session.scalars(select(OutOfUse).where(OutOfUse.ended_at.is_(None))).all()
    return {row.process: _told(session, row) for row in rows}


def end_of_use(session: Session, process: str) -> EndOfUse | None:
    """The end of this case type; None when it stays in use."""
    wanted = select(OutOfUse).where(OutOfUse.process == process, OutOfUse.ended_at.is_(None))
    row = session.scalar(wanted.order_by(OutOfUse.id.desc()).limit(1))
    return _told(session, row) if row else None


def refuse_received(days: LastDays, received_on: date) -> None:
    """Refuses what came in since that day; what came in before is still registered. Raises Invalid."""
    if received_on >= days.from_on:
        raise Invalid(
            {
                "received_on": f"Dit zaaktype is uit gebruik sinds {date_in_words(days.from_on)}. Registreer hier alleen wat daarvóór is ontvangen."
            }
        )


def _told(session: Session, row: OutOfUse) -> EndOfUse:
    title = select(ModelVersion.title).where(ModelVersion.process == row.successor).order_by(ModelVersion.id.desc())
    days = LastDays(row.from_on, row.finish_until)
    called = session.scalar(title.limit(1)) if row.successor else None
    return EndOfUse(row.process, days, row.successor if called else None, called, row.message, row.message_en)
