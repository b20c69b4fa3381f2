"""Staff who sign in: the number here of an account at a provider, and whether its person may come in.

An account is recognised by `iss` and `sub` only. A user name decides nothing by itself: it only says whom an account that was
never seen could be of. When nobody here has the name, the account gets a number of its own. When one person has it who was here
before numbers were given out, the account is bound to that person, once, at the provider that was set at that time. In every
other case an administrator says who it is.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from unicodedata import normalize

from sqlalchemy import Select, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from processes.base.actor import Actor, ActorKind
from processes.base.errors import Busy, NotAllowed
from processes.base.security_log import EventOutcome, SecurityEvent, security_event
from processes.base.settings import Settings
from processes.storage import audit
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.staff import remember
from processes.storage.tables import SettingRow, StaffIdentity, StaffRow

ISSUER = "staff.issuer"  # the provider that was set when people who were known already got their numbers
BOUND = "staff_bound"
SIMULATED = "simulator"  # the provider of the accounts of the simulator, at whatever address the demo is opened
DIGITS = 10


@dataclass(frozen=True, slots=True)
class Account:
    """An account of staff as a provider told of it. `issuer` and `subject` say which one it is; the rest may change. `teams`: codes, of which
    the program may know none.
    """

    issuer: str
    subject: str
    username: str
    name: str
    roles: frozenset[str]
    email: str | None = None
    teams: frozenset[str] = frozenset()


class NotAdmitted(NotAllowed):
    """Met deze gebruikersnaam is hier al iemand bekend. Vraag de functioneel beheerder om u toe te laten."""


class PersonBlocked(NotAllowed):
    """Uw toegang is geblokkeerd. Vraag de functioneel beheerder."""


def new_number() -> str:
    """A number for one member of staff, such as `m0482190337`: random, so that it tells nothing and needs no counting."""
    return f"m{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def configured_issuer(settings: Settings) -> str:
    """The issuer under which accounts of staff are kept by these settings; empty where nobody can sign in."""
    return settings.oidc.get("staff_issuer") or ("" if settings.production else SIMULATED)


def note_issuer(sessions: sessionmaker[Session], settings: Settings) -> None:
    """Remember the provider at which people who are known by their user name only may still bind their account.

    The first one counts: whatever brings the database to the newest schema calls this after the migration.
    """
    issuer = configured_issuer(settings)
    with transaction(sessions) as session:
        if issuer and session.get(SettingRow, ISSUER) is None and session.scalar(_unbound().limit(1)):
            session.add(SettingRow(name=ISSUER, value=issuer))


def sign_in(services: Services, account: Account) -> Actor:
    """The member of staff of this account, with what it told kept. Raises NotAdmitted, PersonBlocked or Busy."""
    for _ in range(2):
        try:
            with transaction(services.sessions) as session:
                found = _known(services, session, account)
                if found is not None:
                    session.flush()
                    session.refresh(found)  # of a new row the columns without a value are not known yet
            break
        except IntegrityError:  # the same account, in two browsers at once, for the first time: it is known by now
            continue
    else:
        raise Busy
    if found is None:
        security_event(SecurityEvent.SIGN_IN, who=account.username, outcome=EventOutcome.REFUSED, why="not_admitted")
        raise NotAdmitted
    if found.blocked_at is not None:
        security_event(SecurityEvent.SIGN_IN, who=f"staff:{found.number}", outcome=EventOutcome.REFUSED, why="blocked")
        raise PersonBlocked
    return actor_of(found, account.roles)


def actor_of(row: StaffRow, roles: frozenset[str]) -> Actor:
    """The actor of a row of staff."""
    return Actor(ActorKind.STAFF, row.number, row.name, roles)


def told(session: Session, number: str, account: Account) -> StaffRow:
    """Keep what the provider now tells of a member of staff; a change of roles is written down."""
    before = session.get(StaffRow, number)
    if before is not None and set(before.roles) != account.roles:
        roles = " ".join(sorted(account.roles)) or "none"
        security_event(SecurityEvent.ROLES_CHANGED, who=f"staff:{number}", roles=roles)
    return remember(
        session, Actor(ActorKind.STAFF, number, account.name, account.roles), account.email, account.username
    )


def _known(services: Services, session: Session, account: Account) -> StaffRow | None:
    """The person of the account; None when an administrator must say who it is."""
    identity = session.get(StaffIdentity, (account.issuer, account.subject))
    if identity is None:
        identity = _seen(account)
        session.add(identity)
    if identity.staff is None:
        identity.username, identity.name = account.username, account.name
        _bind(services, session, identity, account)
    if identity.staff is None:
        session.flush()
        return None
    row = told(session, identity.staff, account)
    row.signed_in_at = datetime.now(UTC)
    return row


def _seen(account: Account) -> StaffIdentity:
    return StaffIdentity(
        issuer=account.issuer,
        subject=account.subject,
        username=account.username,
        name=account.name,
        seen_at=datetime.now(UTC),
    )


def _bind(services: Services, session: Session, identity: StaffIdentity, account: Account) -> None:
    """Bind an account that was not seen before, where that takes no administrator."""
    namesakes = namesakes_of(session, account.username, account.email)
    if not namesakes:
        row = StaffRow(number=new_number(), username=account.username, name=account.name, roles=sorted(account.roles))
        session.add(row)
        session.flush()
        bind(services, session, identity, row.number)
    elif len(namesakes) == 1 and _may_bind_itself(session, identity, namesakes[0]):
        bind(services, session, identity, namesakes[0])


def bind(
    services: Services, session: Session, identity: StaffIdentity, number: str, admin: Actor | None = None
) -> None:
    """Say whose account it is, and write it down in the audit trail and the security log."""
    identity.staff, identity.bound_at, identity.bound_by = number, datetime.now(UTC), admin.subject if admin else None
    person = Actor(ActorKind.STAFF, number, identity.name)
    now = business_now(services, session)
    audit.record(session, 0, admin or person, BOUND, {"person": number}, now, services.secrets)
    if admin is None:
        security_event(SecurityEvent.PERSON_ADMITTED, who=person, person=number)


def namesakes_of(session: Session, username: str, email: str | None = None) -> list[str]:
    r"""The numbers of everybody here whom an account with this user name or mail address could be of.

    Capitals and the domain make no other name: `noor`, `NOOR`, `GEMEENTE\noor` and `noor@gemeente.nl` may all be one person.
    """
    rows = session.execute(select(StaffRow.number, StaffRow.username, StaffRow.email).order_by(StaffRow.number))
    return [
        number
        for number, name, address in rows
        if _own_part(name) == _own_part(username) or (email and address and _spelled(address) == _spelled(email))
    ]


def _own_part(username: str) -> str:
    return _spelled(username).rpartition("\\")[2].partition("@")[0]


def _spelled(username: str) -> str:
    return normalize("NFKC", username).casefold().strip()


def _may_bind_itself(session: Session, identity: StaffIdentity, number: str) -> bool:
    before = session.get(SettingRow, ISSUER)
    if before is None or before.value != identity.issuer:
        return False
    # two accounts at one moment: the second waits here, and then finds the person taken
    row = session.scalar(_unbound().where(StaffRow.number == number).with_for_update(of=StaffRow))
    return row is not None and _spelled(row.username) == _spelled(identity.username)


def _unbound() -> Select[StaffRow]:
    return select(StaffRow).where(~exists().where(StaffIdentity.staff == StaffRow.number))
