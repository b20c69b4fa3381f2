"""News of the workbench by mail (W4): each member of staff says whether and when, and the clock process lets it go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from processes.access.guards import only_staff
from processes.base.clock import next_local_hour
from processes.base.errors import Invalid
from processes.execution.unit_of_work import UnitOfWork
from processes.post.desk_mail import Digest, mail_digest, reached_by_mail, read_digest
from processes.storage.tables import DeskMail
from processes.storage.words import DeskMailKind

HOURS: Final = range(6, 21)  # the hours of a day at which somebody can have it
APART: Final = timedelta(minutes=10)  # between two mails to one person who wants them at once
# A change may be written until so long after the moment that stands in its rows: what is younger waits for the next mail, so
# that none is passed over. Who reads it meanwhile gets no mail.
SETTLED: Final = timedelta(minutes=2)
NO_ADDRESS: Final = "Wij hebben geen e-mailadres van u. Vraag de functioneel beheerder om het bij uw inlog te zetten."
NOTHING: Final = Digest({}, ())


@dataclass(frozen=True, slots=True)
class ChooseDeskMail:
    """`kind`: a DeskMailKind, or empty for no mail; `hour`: of the day, as text, for mail once a day."""

    kind: str
    hour: str = ""


def choose_desk_mail(work: UnitOfWork, action: ChooseDeskMail) -> str:
    """From now on: nothing is mailed that came before. Raises Invalid, also for who has no mail address."""
    only_staff(work.actor, system=False)
    row = work.session.get(DeskMail, work.actor.subject)
    if not action.kind:
        if row is not None:
            work.session.delete(row)
        return ""
    hour = _chosen_hour(action)
    if reached_by_mail(work.session, work.actor.subject) is None:
        raise Invalid({"desk_mail": NO_ADDRESS})
    if row is None:
        row = DeskMail(staff=work.actor.subject)
        work.session.add(row)
    row.kind, row.hour, row.told_until = action.kind, hour, work.now
    row.next_at = work.now if hour is None else next_local_hour(work.now, hour)
    return ""


@dataclass(frozen=True, slots=True)
class MailDeskNews:
    """Mail what is new to the member of staff with this number. Asked by the system."""

    staff: str


def mail_desk_news(work: UnitOfWork, action: MailDeskNews) -> str:
    """Nothing when another sweep was first or nothing is new. Mail of the day that had nothing to say waits for the next day."""
    only_staff(work.actor, ())
    wanted = select(DeskMail).where(DeskMail.staff == action.staff, DeskMail.next_at <= work.now)
    row = work.session.scalar(wanted.with_for_update(skip_locked=True))
    if row is None:
        return ""
    reached, until = reached_by_mail(work.session, row.staff), settled_until(row, work.now)
    digest = read_digest(work.session, reached[0], row.told_until, until) if reached else NOTHING
    if digest.cases and reached:
        mail_digest(work, row, reached[1], digest)
    elif row.hour is None:
        return ""
    row.told_until = until
    row.next_at = work.now + APART if row.hour is None else next_local_hour(work.now, row.hour)
    return ""


def settled_until(row: DeskMail, now: datetime) -> datetime:
    """The moment until which the next mail of a choice looks."""
    return max(row.told_until, now - SETTLED)


def _chosen_hour(action: ChooseDeskMail) -> int | None:
    if action.kind not in set(DeskMailKind):
        raise Invalid({"desk_mail": "Kies of u mail wilt, en wanneer."})
    if action.kind == DeskMailKind.AT_ONCE:
        return None
    if action.hour not in map(str, HOURS):
        raise Invalid({"desk_hour": f"Kies een uur van {HOURS[0]} tot en met {HOURS[-1]}."})
    return int(action.hour)
