"""A press that came too late: somebody did it before. Whoever is late reads who that was, and when."""

from datetime import datetime

from sqlalchemy.orm import Session

from processes.base.dutch import long_moment
from processes.base.errors import AlreadyDone
from processes.storage import staff

NOTHING_STORED = "Uw invoer is niet opgeslagen."


def done_before(session: Session, what: str, by: str | None, at: datetime | None) -> AlreadyDone:
    """The refusal. `what`: what was done, as the beginning of a sentence (`Deze taak is al gedaan`); `by`: a number of staff,
    None when the program did it.
    """
    who = f" door {staff.name_of(session, by)}" if by else ""
    when = f", op {long_moment(at)}" if at else ""
    return AlreadyDone(f"{what}{who}{when}. {NOTHING_STORED}")
