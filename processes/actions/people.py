"""People who work here: an administrator admits an account, ends sessions, blocks somebody and lets them in again."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete

from processes.access.guards import only_staff
from processes.base.actor import StaffRole
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.session_ending import end_of_all_staff, end_of_person
from processes.storage.sign_in import bind, new_number
from processes.storage.tables import DeskMail, StaffIdentity, StaffRow

AS_NEW = "nieuw"
UNKNOWN = "Deze medewerker bestaat niet."


@dataclass(frozen=True, slots=True)
class AdmitAccount:
    """Say whose account it is that waits: the `number` of a member of staff, or AS_NEW."""

    issuer: str
    subject: str
    number: str


def admit_account(work: UnitOfWork, action: AdmitAccount) -> str:
    """The answer is the number. Raises NotFound, AlreadyDone, and Invalid when nobody was chosen."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    identity = work.session.get(StaffIdentity, (action.issuer, action.subject), with_for_update=True)
    if identity is None:
        raise NotFound("Dit account wacht niet op toelating.")
    if identity.staff is not None:
        raise AlreadyDone("Dit account is al toegelaten.")
    number = action.number
    if number == AS_NEW:
        number = new_number()
        work.session.add(StaffRow(number=number, username=identity.username, name=identity.name, roles=[]))
        work.session.flush()
    elif work.session.get(StaffRow, number) is None:
        raise Invalid({"number": "Kies wie dit is."})
    bind(work.services, work.session, identity, number, work.actor)
    return number


@dataclass(frozen=True, slots=True)
class EndSessions:
    """Sign a member of staff out everywhere. Who may still come in can sign in again at once."""

    number: str


def end_sessions(work: UnitOfWork, action: EndSessions) -> str:
    """The answer is the number."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    row = _row(work, action.number)
    end_of_person(work.services, work.session, row.number, "administrator")
    work.audit(0, "sessions_ended", person=row.number)
    return row.number


@dataclass(frozen=True, slots=True)
class EndAllSessions:
    """Sign everybody of staff out."""


def end_all_sessions(work: UnitOfWork, action: EndAllSessions) -> str:
    """The answer is how many sessions ended."""
    del action
    only_staff(work.actor, (StaffRole.ADMIN,))
    ended = end_of_all_staff(work.session, "administrator")
    work.audit(0, "sessions_ended", count=ended)
    return str(ended)


@dataclass(frozen=True, slots=True)
class BlockPerson:
    """Keep a member of staff out from now on, whatever the provider says."""

    number: str


def block_person(work: UnitOfWork, action: BlockPerson) -> str:
    """The answer is the number. Raises Invalid for an administrator who would lock themselves out."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    row = _row(work, action.number)
    if row.number == work.actor.subject:
        raise Invalid({"": "U kunt uzelf niet blokkeren. Vraag een andere beheerder."})
    row.blocked_at = row.blocked_at or datetime.now(UTC)
    work.session.execute(delete(DeskMail).where(DeskMail.staff == row.number))
    end_of_person(work.services, work.session, row.number, "blocked")
    work.audit(0, "person_blocked", person=row.number)
    return row.number


@dataclass(frozen=True, slots=True)
class UnblockPerson:
    """Let a member of staff in again."""

    number: str


def unblock_person(work: UnitOfWork, action: UnblockPerson) -> str:
    """The answer is the number."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    row = _row(work, action.number)
    row.blocked_at = None
    work.audit(0, "person_unblocked", person=row.number)
    return row.number


def _row(work: UnitOfWork, number: str) -> StaffRow:
    row = work.session.get(StaffRow, number, with_for_update=True)
    if row is None:
        raise NotFound(UNKNOWN)
    return row
