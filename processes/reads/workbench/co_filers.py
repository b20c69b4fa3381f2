"""People who were named as filing along (C2), as staff read it: who confirmed on which day, and who did not (yet)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.clock import local_date
from processes.storage import staff
from processes.storage.tables import Case, CoFiler, Party
from processes.storage.words import CaseState, CoFilerState

MAY_ASK = frozenset({CoFilerState.ASKED, CoFilerState.DECLINED, CoFilerState.ENDED, CoFilerState.LATE})


@dataclass(frozen=True, slots=True)
class NamedLine:
    """`state`: a CoFilerState. `settled_by`: the member of staff who settled it. `refused`: somebody with another name came with the code.
    `may_ask`: staff may ask again, add this person themselves, or take them off.
    """

    id: int
    name: str
    email: str | None
    named_by: str
    named_on: date
    until: date
    state: str
    settled_on: date | None
    settled_by: str
    reason: str
    by_mail: bool
    refused: bool
    may_ask: bool
    role: str  # of who named this person


def named_in(session: Session, case: Case) -> tuple[NamedLine, ...]:
    """Everybody who was ever named in a case, in the order in which that was done."""
    found = (
        select(CoFiler, Party.name, Party.role)
        .join(Party, Party.id == CoFiler.named_by)
        .where(CoFiler.case_id == case.id)
    )
    rows = session.execute(found.order_by(CoFiler.id)).all()
    names = staff.names_of(session, [row.settled_by for row, _, _ in rows if row.settled_by])
    running = case.state == CaseState.RUNNING
    return tuple(
        NamedLine(
            row.id, row.name, row.email, named_by, local_date(row.named_at), row.valid_until, row.state,
            local_date(row.settled_at) if row.settled_at else None, names.get(row.settled_by or "", ""), row.reason, row.by_mail,
            row.refused_at is not None, running and row.state in MAY_ASK, role,
        )
        for row, named_by, role in rows
    )  # fmt: skip


def not_confirmed_in(session: Session, case: Case) -> tuple[tuple[str, date], ...]:
    """Name and last day of who was named and is no party (yet): who still may confirm, and whose time is over."""
    waits = (CoFiler.case_id == case.id, CoFiler.state.in_((CoFilerState.ASKED, CoFilerState.ENDED)))
    rows = session.execute(select(CoFiler.name, CoFiler.valid_until).where(*waits).order_by(CoFiler.id))
    return tuple((name, until) for name, until in rows)
