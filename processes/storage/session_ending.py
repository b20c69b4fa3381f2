"""Sessions ended before their time: of one person, of all staff, or as the provider says. No sealed value is opened for it."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from processes.base.security_log import SecurityEvent, security_event
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import WebSession
from processes.storage.used_once import note_use
from processes.storage.web_sessions import person_digests
from processes.storage.words import SessionKind


def account_digests(services: Services, issuer: str, subject: str) -> tuple[str, ...]:
    """The keyed digests of an account at a provider (`iss` and `sub`), that of the secret that writes first."""
    return services.secrets.digests(f"account:{issuer}|{subject}", retired=True)


def provider_session_digests(services: Services, issuer: str, sid: str) -> tuple[str, ...]:
    """The keyed digests of a session at a provider (`iss` and `sid`), that of the secret that writes first."""
    return services.secrets.digests(f"provider_session:{issuer}|{sid}", retired=True)


def end_of_person(services: Services, session: Session, number: str, why: str) -> int:
    """End every session of a member of staff; gives how many. `why` is a word for the security log."""
    return _end(
        session, WebSession.person.in_(person_digests(services, SessionKind.STAFF, number)), f"staff:{number}", why
    )


def end_own(services: Services, kind: str, subjects: Collection[str], which: Collection[str]) -> int:
    """End the sessions of a person who asked for it, of those with these hashes of cookies; gives how many. `subjects` are all names of this
    person, that of now first: a session of anybody else stays.
    """
    digests = [one for subject in subjects for one in person_digests(services, kind, subject)]
    with transaction(services.sessions) as session:
        wanted = and_(WebSession.person.in_(digests), WebSession.id_hash.in_(which))
        return _end(session, wanted, f"{kind}:{next(iter(subjects))}", "own_choice")


def end_of_all_staff(session: Session, why: str) -> int:
    """End every session of staff; gives how many."""
    return _end(session, WebSession.kind == SessionKind.STAFF, "staff", why)


def end_as_told(
    services: Services,
    kinds: Collection[SessionKind],
    issuer: str,
    jti: str,
    subject: str | None,
    sids: Collection[str] = (),
) -> bool:
    """End what a provider tells to end, once for each `jti`: sessions at the provider (`sids`), or all of an account. Only sessions of `kinds`,
    the people whose provider it is here: one organisation may name its citizens and its staff by the same words.

    False when this was told before. With both named it is those sessions of that account.
    """
    named = [WebSession.kind.in_(tuple(kinds))]
    if subject:
        named.append(WebSession.account.in_(account_digests(services, issuer, subject)))
    if sids:
        digests = [one for sid in sids for one in provider_session_digests(services, issuer, sid)]
        named.append(WebSession.provider_session.in_(digests))
    try:
        with transaction(services.sessions) as session:
            note_use(services, session, f"logout:{issuer}|{jti}")
            _end(session, and_(*named), "account", "provider_told")
    except IntegrityError:
        return False
    return True


def living_sessions(services: Services, session: Session, numbers: list[str]) -> Mapping[str, int]:
    """How many living sessions each of these members of staff has."""
    by_digest = {digest: number for number in numbers for digest in person_digests(services, SessionKind.STAFF, number)}
    counted = (
        select(WebSession.person, func.count())
        .where(WebSession.person.in_(by_digest), *_living())
        .group_by(WebSession.person)
    )
    found: Counter[str] = Counter()
    for digest, count in session.execute(counted):
        found[by_digest[str(digest)]] += count
    return found


def _living() -> tuple[ColumnElement[bool], ...]:
    return (
        WebSession.kind.in_(tuple(SessionKind)), WebSession.ended_at.is_(None), WebSession.expires_at > datetime.now(UTC)
    )  # fmt: skip


def _end(session: Session, which: ColumnElement[bool], who: str, why: str) -> int:
    ended: Any = session.execute(
        update(WebSession)
        .where(which, *_living())
        .values(ended_at=datetime.now(UTC), tokens=None)
        .execution_options(synchronize_session=False)
    )
    if ended.rowcount:
        security_event(SecurityEvent.SESSION_ENDED, who=who, why=why, sessions=ended.rowcount)
    return int(ended.rowcount)
