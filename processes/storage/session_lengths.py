"""How long sign-ins live: without a request, and in any case. In real time, never the demo's clock."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from processes.storage.services import Services
from processes.storage.tables import WebSession
from processes.storage.words import SessionKind

IDLE = timedelta(minutes=30)
CITIZEN_IDLE = timedelta(
    minutes=15
)  # as the norm of DigiD asks of who may sit at a computer of others; what was typed is kept
LONGEST = timedelta(hours=12)  # a working day with overtime; then the identity provider is asked again
DEPARTMENT_IDLE = timedelta(minutes=20)  # the computer may be shared, and a new code costs a minute
DEPARTMENT_LONGEST = timedelta(hours=4)
NEVER = datetime.max.replace(tzinfo=UTC)


def idle_of(kind: str) -> timedelta:
    """How long a session of this kind lives without a request."""
    return {SessionKind.DEPARTMENT: DEPARTMENT_IDLE, SessionKind.CITIZEN: CITIZEN_IDLE}.get(SessionKind(kind), IDLE)


def longest_of(services: Services, kind: str) -> timedelta:
    """How long a session of this kind lives at most. Citizens sign in again after the time of the settings: the agreements of eHerkenning let
    a sign-in count for two hours.
    """
    if kind == SessionKind.CITIZEN:
        return timedelta(minutes=services.settings.citizen_session_minutes)
    return DEPARTMENT_LONGEST if kind == SessionKind.DEPARTMENT else LONGEST


def at_most(services: Services, row: WebSession) -> datetime:
    """The moment after which a session does not live, whatever is asked in it; that of a mandate aside."""
    return row.created_at + longest_of(services, row.kind)


def end_of_mandate(identity: Mapping[str, str]) -> datetime:
    """The moment at which what the provider told stops to hold; without one no session lives that long."""
    until = identity.get("until")
    return datetime.fromisoformat(until) if until else NEVER
