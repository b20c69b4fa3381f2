"""Which secrets the database was written with: a canary of each, checked before a process works with it.

The row `secret` of the settings holds, for each secret in use, a known word that it sealed; and for each secret that was replaced the
keys that check what it signed, sealed with the current one. A process whose secrets do not open every canary would write
what others cannot read: it does not start.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from processes.base.actor import SYSTEM
from processes.base.errors import ZaakspoorError
from processes.base.keys import CheckingKeys
from processes.base.secrets import SealBroken, Secrets
from processes.base.security_log import EventOutcome, SecurityEvent, security_event
from processes.storage.sealed_columns import IDENTITY
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import Dossier, Party, SettingRow, WebSession

NAME: Final = "secret"
CANARY: Final = "setting.secret"
RETIRED: Final = "setting.retired_keys"
WORD: Final = b"zaakspoor"
A_FEW: Final = 20  # of a database without canaries: somebody may have changed one of them

log = structlog.get_logger(__name__)


class WrongSecret(ZaakspoorError):
    """Het geheim hoort niet bij deze database. Zet ZAAKSPOOR_SECRET terug op het geheim waarmee deze installatie werkte. Kreeg zij een ander geheim, of loopt die overgang nog? Zet dan elk vorig geheim in ZAAKSPOOR_SECRET_OLD. Zie 'Changing the secret' in docs/operating.md."""


@dataclass(frozen=True, slots=True)
class KnownSecrets:
    """The row as it stands. `canaries` and `retired`: sealed values by key id; `bound`: no value of format 1 is left."""

    canaries: Mapping[str, bytes] = field(default_factory=dict)
    retired: Mapping[str, bytes] = field(default_factory=dict)
    bound: bool = False

    def missing(self, secrets: Secrets) -> list[str]:
        """The ids of secrets that are in use here and that this process does not have."""
        return [key_id for key_id, sealed in self.canaries.items() if not _opens(secrets, CANARY, key_id, sealed)]

    def with_canaries_of(self, secrets: Secrets) -> "KnownSecrets":
        """One more canary when the secret that writes has none yet: a change of the secret begins."""
        if secrets.key_id in self.canaries:
            return self
        made = secrets.seal_by_each(WORD, CANARY)
        # of a database that had none yet it is not known which of these secrets wrote in it
        added = {secrets.key_id: made[secrets.key_id]} if self.canaries else made
        return KnownSecrets({**self.canaries, **added}, self.retired, self.bound)


def check_secret(services: Services) -> None:
    """Raises WrongSecret, or Busy without a database. Otherwise the secrets of `services` know from here on all that they may."""
    if not inspect(services.sessions.kw["bind"]).has_table(SettingRow.__tablename__):
        return  # nothing was made yet
    try:
        known = _met(services)
    except IntegrityError:  # another process wrote the first row at this very moment
        known = _met(services)
    if known.bound:
        services.secrets.only_bound()
    services.secrets.recall(retired_keys(known, services.secrets))


def recall_known(services: Services) -> None:
    """Let the secrets of `services` know the keys that check what replaced ones signed, without a look at whether they are right."""
    if not inspect(services.sessions.kw["bind"]).has_table(SettingRow.__tablename__):
        return
    with transaction(services.sessions) as session:
        known = read_known(read_only(session))
    if known is not None and not known.missing(services.secrets):
        services.secrets.recall(retired_keys(known, services.secrets))


def read_known(session: Session) -> KnownSecrets | None:
    """The row; None when no process has written it yet."""
    row = session.get(SettingRow, NAME)
    if row is None:
        return None
    return KnownSecrets(_bytes(row.value["canaries"]), _bytes(row.value["retired"]), row.value["bound"])


def write_known(session: Session, known: KnownSecrets) -> None:
    value = {"canaries": _texts(known.canaries), "retired": _texts(known.retired), "bound": known.bound}
    session.merge(SettingRow(name=NAME, value=value))


def only_current(known: KnownSecrets, secrets: Secrets) -> KnownSecrets:
    """The row once everything was sealed again: one canary, and the checking keys of every secret of before."""
    keys = {
        one.id: one for one in (*retired_keys(known, secrets), *secrets.checking_keys()) if one.id != secrets.key_id
    }
    retired = {key_id: secrets.seal(one.packed(), RETIRED, key_id) for key_id, one in keys.items()}
    return KnownSecrets({secrets.key_id: secrets.seal(WORD, CANARY, secrets.key_id)}, retired, bound=True)


def retired_keys(known: KnownSecrets, secrets: Secrets) -> Iterator[CheckingKeys]:
    for key_id, sealed in known.retired.items():
        try:
            yield CheckingKeys.unpacked(secrets.open(sealed, RETIRED, key_id))
        except SealBroken:
            log.error("secret.retired_key_broken", key=key_id)  # noqa: TRY400 - the sentence says it all


def _met(services: Services) -> KnownSecrets:
    secrets = services.secrets
    with transaction(services.sessions) as session:
        before = read_known(read_only(session))
    if before is not None and not before.missing(secrets) and secrets.key_id in before.canaries:
        return before
    with transaction(services.sessions) as session:
        known = read_known(session)
        if known is None:
            known = _first(session, secrets)
        elif known.missing(secrets):
            missing = " ".join(known.missing(secrets))
            security_event(SecurityEvent.SECRET_CHANGED, who=SYSTEM, outcome=EventOutcome.REFUSED, missing=missing)
            raise WrongSecret
        met = known.with_canaries_of(secrets)
        write_known(session, met)
    if known.canaries:
        security_event(SecurityEvent.SECRET_CHANGED, who=SYSTEM, key=secrets.key_id, step="begun")
    return met


def _first(session: Session, secrets: Secrets) -> KnownSecrets:
    """A database of before there were canaries: something that it holds must open, or make the link that it made."""
    wanted = select(Party.id, Party.identity).where(Party.identity.is_not(None)).order_by(Party.id.desc())
    sealed = session.execute(wanted.limit(A_FEW)).all()
    dossiers = session.scalars(select(Dossier).order_by(Dossier.id.desc()).limit(A_FEW)).all()
    proofs = (
        *(_opens(secrets, IDENTITY, row.id, row.identity) for row in sealed),
        *(_made(one, secrets) for one in dossiers),
    )
    if proofs and not any(proofs):
        raise WrongSecret
    signed_in = session.scalar(select(WebSession.id_hash).limit(1))
    return KnownSecrets(bound=not sealed and not signed_in)


def _made(dossier: Dossier, secrets: Secrets) -> bool:
    return dossier.token_hash in map(secrets.token_hash, secrets.link_tokens(dossier.salt))


def _opens(secrets: Secrets, place: str, row: object, sealed: bytes) -> bool:
    try:
        secrets.open(sealed, place, row)
    except SealBroken:
        return False
    return True


def _texts(values: Mapping[str, bytes]) -> dict[str, str]:
    return {key_id: b64encode(value).decode() for key_id, value in values.items()}


def _bytes(values: Mapping[str, Any]) -> dict[str, bytes]:
    return {key_id: b64decode(value) for key_id, value in values.items()}
