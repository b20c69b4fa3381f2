"""The hash and the seal of a row of the trail, as pure functions.

The hash (SHA-256) binds a row to all before it in its chain, and anybody can compute it. The seal (HMAC-SHA-256) can only
be made with the secret of the installation: who has the database alone cannot write a row that passes for one of ours.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

INSTALLATION_CHAIN: Final = 0
START: Final = "0" * 64
FORMAT: Final = 3  # of new rows; whoever changes what is hashed, or how, takes the next one
UNSEALED: Final = 2  # 1 hashed no number, 2 had no seal
FORMATS: Final = (1, UNSEALED, FORMAT)
NUMBER: Final = "format"  # these three stand under these names in the detail that is hashed
ROWS: Final = "rows"
SEAL: Final = "seal"
PURPOSE: Final = "trail"  # of the keys
KEYS: Final = "keys of the audit trail"  # in the `info` of a session

Keys = Mapping[str, bytes]
"""The keys of seals and digests by their id; the first is the one that new rows get."""


@dataclass(frozen=True, slots=True)
class Content:
    """The words of one row of the trail, without its hash and its seal."""

    chain: int
    seq: int
    at: datetime
    actor: str
    action: str
    detail: Mapping[str, Any]
    previous: str
    rows: Mapping[str, Any] | None = None


def chain_hash(content: Content, seal: str | None = None, written_as: int = FORMAT) -> str:
    """The hash that binds a row to everything before it in its chain, 64 hexadecimal digits (SHA-256).

    Raises ValueError for a detail that holds a name of the trail's own.

    Number, digests and seal are hashed inside the detail, not beside it, so that a release that knows none of them hashes them
    too: it finds a newer row sound when the downgrade to its schema has written them there. A row of format 3 is there one
    of format 2, and therefore hashes that number.
    """
    if taken := OWN_NAMES & content.detail.keys():
        raise ValueError(f"the name '{min(taken)}' in a detail is the trail's own")
    detail: dict[str, Any] = {**content.detail}
    if written_as > 1:
        detail[NUMBER] = UNSEALED
    if written_as == FORMAT:
        detail |= {ROWS: content.rows, SEAL: seal}
    return hashlib.sha256(_canonical(content, detail)).hexdigest()


OWN_NAMES: Final = frozenset({NUMBER, ROWS, SEAL})


def make_seal(content: Content, keys: Keys) -> str:
    """The seal with the present key: the key's id, a colon, 64 hexadecimal digits."""
    name, key = next(iter(keys.items()))
    return f"{name}:{_mac(content, key)}"


def key_of(seal: str) -> str:
    """The id of the key with which a seal was made."""
    return seal.partition(":")[0]


def seal_holds(content: Content, seal: str, keys: Keys) -> bool | None:
    """Whether the seal is of this content; None when its key is not known here."""
    name, _, made = seal.partition(":")
    if name not in keys:
        return None
    return hmac.compare_digest(made, _mac(content, keys[name]))


def _mac(content: Content, key: bytes) -> str:
    return hmac.digest(key, _canonical(content, content.detail, content.rows), "sha256").hex()


def _canonical(content: Content, detail: Mapping[str, Any], *more: Any) -> bytes:
    at = content.at.astimezone(UTC).isoformat(timespec="microseconds")
    words = [content.chain, content.seq, at, content.actor, content.action, detail, content.previous, *more]
    return json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
