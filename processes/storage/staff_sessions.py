"""Sessions of staff and what their provider said of them: with which tokens it is asked again, when it was, what it answered.

One request at a time asks for a session: it claims the question by the moment of the last one. Tokens are sealed.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import select, update

from processes.base.secrets import SealBroken
from processes.storage.sealed_columns import TOKENS
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.session_ending import account_digests, end_of_person, provider_session_digests
from processes.storage.sign_in import Account, told
from processes.storage.tables import StaffRow, WebSession


@dataclass(frozen=True, slots=True)
class ProviderTokens:
    """All that a provider is asked again with.
    `sign_out_with`: what it wants to see when this person signs out there, such as the ID token; empty: nobody can.

    Its repr shows nothing, so that no log can hold a token.
    """

    issuer: str
    subject: str
    access: str = ""
    refresh: str = ""
    sign_out_with: str = ""

    def __repr__(self) -> str:
        return "ProviderTokens(...)"


def came_by(services: Services, cookie: str, tokens: ProviderTokens, sid: str = "") -> None:
    """Bind a new session to the account, and the session at the provider, that it came from."""
    now = datetime.now(UTC)
    known: dict[str, Any] = {
        "account": account_digests(services, tokens.issuer, tokens.subject)[0], "asked_at": now, "confirmed_at": now,
        "provider_session": provider_session_digests(services, tokens.issuer, sid)[0] if sid else None,
        "tokens": _sealed(services, tokens, services.secrets.token_hash(cookie)) if _kept(tokens) else None,
    }  # fmt: skip
    _change(services, cookie, **known)


def _kept(tokens: ProviderTokens) -> bool:
    """Whether there is anything to keep of what a provider gave."""
    return bool(tokens.access or tokens.refresh or tokens.sign_out_with)


def claim(services: Services, cookie: str, asked_at: datetime, now: datetime) -> bool:
    """Whether this request is the one that asks; nobody else has done so since `asked_at`."""
    mine = update(WebSession).where(
        WebSession.id_hash == services.secrets.token_hash(cookie), WebSession.asked_at == asked_at
    )
    with transaction(services.sessions) as session:
        done: Any = session.execute(mine.values(asked_at=now))
        return bool(done.rowcount)


def tokens_of(services: Services, cookie: str) -> ProviderTokens | None:
    """The tokens of a session; None when it has none, or when they cannot be opened."""
    with transaction(services.sessions) as session:
        row = read_only(session).get(WebSession, services.secrets.token_hash(cookie))
        sealed = row.tokens if row else None
    if row is None or not sealed:
        return None
    try:
        told = orjson.loads(services.secrets.open(sealed, TOKENS, row.id_hash))
        # a program of another release may have kept more, or less
        return ProviderTokens(**{one.name: told[one.name] for one in fields(ProviderTokens) if one.name in told})
    except (SealBroken, TypeError, ValueError):
        return None


def still_in(services: Services, people: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The roles of today by cookie, of those sessions of staff (cookie -> number) that still live. Prolongs none; two statements."""
    hashes = {services.secrets.token_hash(cookie): cookie for cookie in people}
    living = select(WebSession.id_hash).where(
        WebSession.id_hash.in_(hashes), WebSession.ended_at.is_(None), WebSession.expires_at > datetime.now(UTC)
    )
    known = select(StaffRow.number, StaffRow.roles).where(
        StaffRow.number.in_({*people.values()}), StaffRow.blocked_at.is_(None)
    )
    with transaction(services.sessions) as session:
        cookies = [hashes[found] for found in read_only(session).scalars(living)]
        roles = {number: frozenset(held) for number, held in session.execute(known)}
    return {cookie: roles[people[cookie]] for cookie in cookies if people[cookie] in roles}


def confirm(services: Services, cookie: str, number: str, account: Account | None, tokens: ProviderTokens) -> None:
    """The provider knows this person still. `account` as it told now; None when it told no roles, and they stay.

    Somebody without a role here is out of every session at once.
    """
    now = datetime.now(UTC)
    with transaction(services.sessions) as session:
        row = session.get(WebSession, services.secrets.token_hash(cookie))
        if row is None or row.ended_at is not None:
            return
        row.confirmed_at, row.tokens = now, _sealed(services, tokens, row.id_hash)
        if account is None:
            return
        before = session.get_one(StaffRow, number)
        told(session, number, _filled(account, before))
        if not account.roles:
            end_of_person(services, session, number, "no_role_left")


def end_one(services: Services, cookie: str) -> None:
    """End one session; the others of the same person go on."""
    _change(services, cookie, ended_at=datetime.now(UTC), tokens=None)


def not_reached(services: Services, cookie: str, asked_at: datetime) -> None:
    """The provider did not answer: whoever waits for its answer need not."""
    _change(services, cookie, asked_at=asked_at)


def _filled(account: Account, before: StaffRow) -> Account:
    """The account with what the provider left out this time as it was."""
    return Account(
        account.issuer, account.subject, account.username or before.username, account.name or before.name,
        account.roles, account.email or before.email,
    )  # fmt: skip


def _change(services: Services, cookie: str, **values: Any) -> None:
    this = update(WebSession).where(WebSession.id_hash == services.secrets.token_hash(cookie))
    with transaction(services.sessions) as session:
        session.execute(this.values(**values))


def _sealed(services: Services, tokens: ProviderTokens, id_hash: str) -> bytes:
    return services.secrets.seal(orjson.dumps(asdict(tokens)), TOKENS, id_hash)
