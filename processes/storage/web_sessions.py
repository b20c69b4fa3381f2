"""Sign-ins of citizens, staff and mailboxes of departments: made, found again, prolonged and ended. In real time, never the demo's clock.

The cookie holds 256 random bits; the table holds only its hash and the sealed data. A session ends after half an hour
without a request, and in any case after twelve hours; that of a citizen after a quarter of an hour and the time of the settings, that of a department after twenty minutes and four hours. What was typed in a form that came after its end is a draft of its
person (`portal/late_forms.py`).
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import orjson
from sqlalchemy import ColumnElement, bindparam, delete, select, update
from sqlalchemy.orm import Session

from processes.base.actor import ForWhom
from processes.base.errors import ZaakspoorError
from processes.base.secrets import SealBroken
from processes.storage.asked_ahead import answer
from processes.storage.citizens import KINDS, for_whom_in, identity_of, index_now
from processes.storage.fast import PreparedQuery
from processes.storage.recent_sign_ins import keep_ends, note
from processes.storage.sealed_columns import SESSION, TOKENS
from processes.storage.services import Services
from processes.storage.session import one_by_one, read_only, transaction
from processes.storage.session_lengths import NEVER, at_most, end_of_mandate, idle_of, longest_of
from processes.storage.staff import shown_name
from processes.storage.tables import StaffRow, WebSession
from processes.storage.words import SessionKind

REMEMBERED = timedelta(hours=2)  # an ended session stays this long: a form that comes too late is read to its end
TOUCH = timedelta(minutes=1)  # prolonging on every request would write for every picture on a page
SIGN_INS = frozenset(map(str, SessionKind))  # release 0.1 also kept what was typed too late here: that is no sign-in
OF_FORMS = "form_token"
OF_MANDATE = (*KINDS, "for", "branch")  # what tells whom somebody acts for, in what a provider said
TOKEN_LIVES = timedelta(days=7)  # a form that stood open for longer is shown once more before it is sent


@dataclass(frozen=True, slots=True)
class SignIn:
    """A living session. `identity` holds what the identity provider said, such as `bsn`; it stays out of every log. `for_whom`: the one for
    whom this person acts, until the mandate ends, which is `until` in `identity`.
    """

    cookie: str
    kind: str
    subject: str
    name: str
    roles: frozenset[str]
    identity: Mapping[str, str]
    csrf: str
    expires_at: datetime
    earlier: tuple[str, ...] = ()  # the subjects of a citizen under secrets that are being replaced
    asked_at: datetime | None = None  # of staff who came in by a provider: see `processes.storage.staff_sessions`
    confirmed_at: datetime | None = None
    keys_off: bool = False  # of staff who want no single keys
    device: str = ""  # in words, of citizens; empty when it was not noted
    for_whom: ForWhom | None = None
    longest: datetime = NEVER  # nothing that is asked in it makes it live beyond this

    @property
    def last_part(self) -> bool:
        """Whether it ends at `expires_at` however busy its person is."""
        return self.expires_at >= self.longest


@dataclass(frozen=True, slots=True)
class FormOwner:
    """Whose page a form stood on, and for whom that person acted; `fresh` while its token is not too old to count."""

    kind: SessionKind
    subject: str
    fresh: bool
    for_whom: ForWhom | None = None


class SessionOver(ZaakspoorError):
    """Uw bezoek was voorbij. Log opnieuw in."""

    status = 403


def create(services: Services, kind: str, subject: str, name: str, roles: frozenset[str] = frozenset(),
           identity: Mapping[str, str] | None = None, replaces: str | None = None, device: str = "",
           goes_on: bool = False) -> SignIn:  # fmt: skip
    """A new session under a new id; the one it replaces ends at once, so that an id known before is worth nothing. It ends with the mandate.
    `goes_on`: nobody signed in anew, so it lives no longer than the one before would, and is found by the same account; raises
    SessionOver when that one ended or went on already.
    """
    now, told = datetime.now(UTC), dict(identity or {})
    longest = min(now + longest_of(services, kind), end_of_mandate(told))
    made = SignIn(
        cookie=secrets.token_urlsafe(32), kind=kind, subject=subject, name=name, roles=roles,
        identity=told, csrf=form_token(services, kind, subject, told), expires_at=min(now + idle_of(kind), longest),
        device=device, for_whom=for_whom_in(services, told), longest=longest,
    )  # fmt: skip
    with transaction(services.sessions) as session:
        _sweep(session, now)
        row = _row(services, made.cookie, kind, _plain(made), now, made.expires_at)
        if replaces:
            before = services.secrets.token_hash(replaces)
            if goes_on:
                # the same button pressed twice: the second waits here for the first, and finds nothing to go on with
                earlier = session.get(WebSession, before, with_for_update=True)
                if earlier is None or earlier.ended_at is not None or at_most(services, earlier) <= now:
                    raise SessionOver
                row.created_at, row.account = earlier.created_at, earlier.account
                row.provider_session = earlier.provider_session
                row.expires_at = min(row.expires_at, at_most(services, earlier))
                row.tokens = _sealed_anew(services, earlier, row)
            _delete(session, WebSession.id_hash == before, now)
        row.person = person_digests(services, kind, subject)[0]
        session.add(row)
        note(session, services, row, _plain(made), made.for_whom)
        ends, longest = row.expires_at, min(longest, at_most(services, row))
    return replace(made, expires_at=ends, longest=longest)


def person_digests(services: Services, kind: str, subject: str) -> tuple[str, ...]:
    """The keyed digests under which every session of one person is found, that of the secret that writes first.

    Also under secrets that were replaced: a session may have begun before.
    """
    return services.secrets.digests(f"session:{kind}:{subject}", retired=True)


def form_token(services: Services, kind: str, subject: str, identity: Mapping[str, str] | None = None) -> str:
    """The token of the forms of one person: it holds for every session of that person, also one that begins later, in which they act for
    the same other, or for nobody.

    So a form that was opened before somebody signed in again, in another tab, still works.
    """
    told = {name: value for name in OF_MANDATE if (value := (identity or {}).get(name))}
    told = told if "for" in told else {}
    data = {"kind": kind, "subject": subject, "at": datetime.now(UTC).isoformat(), "told": told}
    return urlsafe_b64encode(services.secrets.seal(orjson.dumps(data), OF_FORMS)).decode()


def owner_of(services: Services, token: str) -> FormOwner | None:
    """Whose form this is the token of; None for what we did not make."""
    try:
        data = orjson.loads(services.secrets.open(urlsafe_b64decode(token.encode()), OF_FORMS))
    except (SealBroken, ValueError):
        return None
    fresh = datetime.now(UTC) - datetime.fromisoformat(data["at"]) < TOKEN_LIVES
    return FormOwner(SessionKind(data["kind"]), data["subject"], fresh, for_whom_in(services, data.get("told", {})))


def load(services: Services, cookie: str, *, prolong: bool = True) -> SignIn | None:
    """The living session of a cookie, prolonged unless a script asks by itself; None when it does not exist, has ended or was
    tampered with.
    """
    now = datetime.now(UTC)
    with transaction(services.sessions) as session:
        rows = answer(one_by_one(session), _session_of(), id_hash=services.secrets.token_hash(cookie))
        row: WebSession | None = next(iter(rows), None)
        if row is None or row.kind not in SIGN_INS or row.ended_at is not None or row.expires_at <= now:
            return None
        data = _open(services, row)
        if data and row.kind == SessionKind.STAFF:
            data = _as_told(session, data)
    if data is None:
        return None
    if prolong and now - row.seen_at > TOUCH:
        _touch(services, row, now, end_of_mandate(data["identity"]))
    return _sign_in(services, cookie, row, _under_current_secret(services, data))


def _under_current_secret(services: Services, data: dict[str, Any]) -> dict[str, Any]:
    """The subject of a citizen is that of the secret that writes, with those of before; no database is asked unless there are."""
    identity = identity_of(data["identity"])
    if identity is None or data["subject"] not in (known := services.secrets.indexes(identity)):
        return data
    return {**data, "subject": index_now(services, identity), "earlier": known[1:]}


def _as_told(session: Session, data: dict[str, Any]) -> dict[str, Any] | None:
    """Name, roles and choices of a member of staff are those of today, not those of the sign-in; None for who may not come in."""
    found = answer(session, _known_staff(), number=data["subject"])
    name, roles, blocked_at, keys_off = found[0] if found else ("", [], None, False)
    return {**data, "name": name, "roles": roles, "keys_off": keys_off} if roles and blocked_at is None else None


@cache  # every page asks it
def _session_of() -> PreparedQuery:
    return PreparedQuery(select(WebSession.__table__).where(WebSession.id_hash == bindparam("id_hash")), WebSession)


@cache
def _known_staff() -> PreparedQuery:
    columns = (shown_name(), StaffRow.roles, StaffRow.blocked_at, StaffRow.keys_off)
    return PreparedQuery(select(*columns).where(StaffRow.number == bindparam("number")))


def _touch(services: Services, row: WebSession, now: datetime, mandate: datetime) -> None:
    row.seen_at = now
    row.expires_at = min(now + idle_of(row.kind), at_most(services, row), mandate)
    later = update(WebSession).where(WebSession.id_hash == row.id_hash)
    with transaction(services.sessions) as session:
        session.execute(later.values(seen_at=row.seen_at, expires_at=row.expires_at))


def end(services: Services, cookie: str) -> None:
    """Sign out: the row goes, so that the cookie is worth nothing."""
    with transaction(services.sessions) as session:
        _delete(session, WebSession.id_hash == services.secrets.token_hash(cookie), datetime.now(UTC))


def remembered(services: Services, cookie: str) -> tuple[str, str] | None:
    """Kind and subject of the session of this cookie that we made, also when it has ended; None when we do not remember it."""
    with transaction(services.sessions) as session:
        row = read_only(session).get(WebSession, services.secrets.token_hash(cookie))
        data = _open(services, row) if row is not None and row.kind in SIGN_INS else None
        return (row.kind, data["subject"]) if row is not None and data is not None else None


def _sweep(session: Session, now: datetime) -> None:
    _delete(session, WebSession.expires_at < now - REMEMBERED, now)


def _delete(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    keep_ends(session, which, now)
    session.execute(delete(WebSession).where(which))


def _row(
    services: Services, cookie: str, kind: str, data: Mapping[str, Any], now: datetime, until: datetime
) -> WebSession:
    id_hash = services.secrets.token_hash(cookie)
    sealed = services.secrets.seal(orjson.dumps(data), SESSION, id_hash)
    return WebSession(
        id_hash=id_hash,
        kind=kind,
        data=sealed,
        created_at=now,
        seen_at=now,
        expires_at=until,
    )


def _sealed_anew(services: Services, earlier: WebSession, row: WebSession) -> bytes | None:
    """The tokens of a session for the one that goes on in its place; none where they cannot be opened."""
    try:
        return earlier.tokens and services.secrets.seal(
            services.secrets.open(earlier.tokens, TOKENS, earlier.id_hash), TOKENS, row.id_hash
        )
    except SealBroken:
        return None


def _plain(made: SignIn) -> dict[str, Any]:
    return {
        "subject": made.subject, "name": made.name, "roles": sorted(made.roles),
        "identity": dict(made.identity), "csrf": made.csrf, "device": made.device,
    }  # fmt: skip


def _open(services: Services, row: WebSession | None) -> dict[str, Any] | None:
    if row is None:
        return None
    try:
        data: dict[str, Any] = orjson.loads(services.secrets.open(row.data, SESSION, row.id_hash))
    except SealBroken:
        return None
    return data


def _sign_in(services: Services, cookie: str, row: WebSession, data: Mapping[str, Any]) -> SignIn:
    return SignIn(
        cookie=cookie, kind=row.kind, subject=data["subject"], name=data["name"], roles=frozenset(data["roles"]),
        identity=data["identity"], csrf=data["csrf"], expires_at=row.expires_at, earlier=data.get("earlier", ()), asked_at=row.asked_at,
        confirmed_at=row.confirmed_at, keys_off=data.get("keys_off", False),
        device=data.get("device", ""), for_whom=for_whom_in(services, data["identity"]),
        longest=min(at_most(services, row), end_of_mandate(data["identity"])),
    )  # fmt: skip
