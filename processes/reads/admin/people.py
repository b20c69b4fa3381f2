"""Members of staff with their roles and sessions, and accounts that wait for an administrator. For the administrator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.clearance import clearance_of
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.letterhead import StaffPost
from processes.dated.letters import STAFF_POST
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.session_ending import living_sessions
from processes.storage.sign_in import namesakes_of
from processes.storage.tables import StaffIdentity, StaffRow

DESK = frozenset({StaffRole.WORKER, StaffRole.DECIDER, StaffRole.COMMITTEE})  # who see cases
ROLES: Mapping[str, str] = {
    StaffRole.WORKER: "behandelaar",
    StaffRole.DECIDER: "beslisser",
    StaffRole.COMMITTEE: "commissie",
    StaffRole.ADMIN: "beheerder",
    StaffRole.ARCHIVIST: "archivaris",
    StaffRole.LEAD: "teamleider",
    StaffRole.PRIVACY: "functionaris gegevensbescherming",
}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A member of staff. `roles` are words; `me`: the reader, who cannot be blocked here."""

    number: str
    name: str
    username: str
    roles: str
    signed_in_at: datetime | None
    sessions: int
    blocked: bool
    me: bool
    on_letters: str  # name, function and telephone as letters say them; empty as long as nobody filled them in


@dataclass(frozen=True, slots=True)
class WaitingAccount:
    """An account that waits. `choices`: number and words of everybody it can be of, those with the same name first."""

    issuer: str
    subject: str
    username: str
    name: str
    seen_at: datetime
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    people: tuple[PersonLine, ...]
    waiting: tuple[WaitingAccount, ...]


def read_people(services: Services, actor: Actor) -> PeoplePage:
    """All of them, by name."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        rows = session.scalars(select(StaffRow).order_by(StaffRow.name, StaffRow.username, StaffRow.number)).all()
        posts, today = services.law.shelf(session), local_date(now)
        counts = living_sessions(services, session, [row.number for row in rows])
        waiting = session.scalars(
            select(StaffIdentity).where(StaffIdentity.staff.is_(None)).order_by(StaffIdentity.seen_at)
        )
        people = tuple(
            _line(row, counts.get(row.number, 0), actor, posts.on(STAFF_POST, row.number, today)) for row in rows
        )
        return PeoplePage(people, tuple(_waiting(session, one, rows) for one in waiting))


def _line(row: StaffRow, sessions: int, actor: Actor, post: StaffPost | None) -> PersonLine:
    roles = ", ".join(ROLES[role] for role in ROLES if role in row.roles) or "geen"
    if DESK.intersection(row.roles):
        roles += f" (tot en met {clearance_of(frozenset(row.roles)).replace('_', ' ')})"
    blocked, me = row.blocked_at is not None, row.number == actor.subject
    return PersonLine(
        row.number, row.name, row.username, roles, row.signed_in_at, sessions, blocked, me, _on_letters(post)
    )


def _on_letters(post: StaffPost | None) -> str:
    return ", ".join(filter(None, (post.name, post.function, post.phone))) if post else ""


def _waiting(session: Session, one: StaffIdentity, rows: Sequence[StaffRow]) -> WaitingAccount:
    likely = set(namesakes_of(session, one.username))
    ordered = sorted(rows, key=lambda row: row.number not in likely)
    choices = tuple((row.number, f"{row.name} ({row.username})") for row in ordered)
    return WaitingAccount(one.issuer, one.subject, one.username, one.name, one.seen_at, choices)
