"""Sessions and sign-ins while the secret changes: judged, and sealed again; one that does not open goes."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from processes.base.secrets import SealBroken, Secrets
from processes.jobs.judging_seals import judged_or_goes, write_sealed
from processes.jobs.sealed_file_keys import SealState
from processes.storage.citizens import company_of, identity_of
from processes.storage.recent_sign_ins import identity_in
from processes.storage.sealed_columns import OWN_SIGN_IN, SESSION, TOKENS
from processes.storage.services import Services
from processes.storage.tables import SignInRow, WebSession


def judge_session(services: Services, row: Any) -> SealState:
    """`row`: `id_hash` and `data` of a session."""
    return judged_or_goes(services, row.data, SESSION, row.id_hash)


def write_sessions(session: Session, services: Services, rows: Sequence[Any]) -> None:
    """`rows` as `judge_session` has them."""
    made = []
    for row in rows:
        try:
            plain = services.secrets.open(row.data, SESSION, row.id_hash)
        except SealBroken:
            session.execute(delete(WebSession).where(WebSession.id_hash == row.id_hash))
            continue
        made.append((row.id_hash, services.secrets.seal(_of_now(services.secrets, plain), SESSION, row.id_hash)))
    write_sealed(session, SESSION, made)


def judge_tokens(services: Services, row: Any) -> SealState:
    """`row`: `id_hash` and `tokens` of a session; without them the person signs in again."""
    return judged_or_goes(services, row.tokens, TOKENS, row.id_hash)


def write_tokens(session: Session, services: Services, rows: Sequence[Any]) -> None:
    """`rows` as `judge_tokens` has them."""
    made = []
    for row in rows:
        try:
            plain = services.secrets.open(row.tokens, TOKENS, row.id_hash)
        except SealBroken:
            session.execute(update(WebSession).where(WebSession.id_hash == row.id_hash).values(tokens=None))
            continue
        made.append((row.id_hash, services.secrets.seal(plain, TOKENS, row.id_hash)))
    write_sealed(session, TOKENS, made)


def judge_sign_in(services: Services, row: Any) -> SealState:
    """`row`: `id_hash` and `data` of a sign-in that is kept for its person."""
    return judged_or_goes(services, row.data, OWN_SIGN_IN, row.id_hash)


def write_sign_ins(session: Session, services: Services, rows: Sequence[Any]) -> None:
    """`rows` as `judge_sign_in` has them. Who signed in and has no case is in no other table, so the index of now follows from the identity
    that is sealed with the sign-in.
    """
    secrets, made = services.secrets, []
    for row in rows:
        mine = SignInRow.id_hash == row.id_hash
        try:
            plain, identity = (
                secrets.open(row.data, OWN_SIGN_IN, row.id_hash),
                identity_in(services, row.id_hash, row.data),
            )
        except SealBroken:
            session.execute(delete(SignInRow).where(mine))
            continue
        if identity:
            company = company_of(identity)
            named = {"person": secrets.index(identity), "company": secrets.index(company) if company else None}
            session.execute(update(SignInRow).where(mine).values(named))
        made.append((row.id_hash, secrets.seal(plain, OWN_SIGN_IN, row.id_hash)))
    write_sealed(session, OWN_SIGN_IN, made)


def _of_now(secrets: Secrets, plain: bytes) -> bytes:
    """The same sign-in, of a citizen under the index of now."""
    data = orjson.loads(plain)
    identity = identity_of(data.get("identity") or {})
    if identity is not None and data["subject"] in secrets.indexes(identity):
        data["subject"] = secrets.index(identity)
    return orjson.dumps(data)
