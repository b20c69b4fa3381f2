"""The keyed digest of one row: its table, chain and held columns in, 32 hexadecimal digits out."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from processes.storage.trail.held import HeldTable

BYTES: Final = 16  # of HMAC-SHA-256: who does not have the key can only guess


def row_digest(held: HeldTable, values: Mapping[str, Any], key: bytes) -> str:
    """The digest of a row, whose every held column stands in `values`; the same for a row of the session and one that was read.

    What is empty (None, false, an empty text or list) is left out.
    """
    full = {name: value for name in held.columns if (value := values[name]) or (value == 0 and value is not False)}
    for name in held.json_columns:
        if isinstance(number := full.get(name), float) and number.is_integer():
            full[name] = int(number)  # as SQLite gives it back
    text = _encode([held.name, held.chain_of(values), full])
    return hmac.digest(key, text.encode(), "sha256")[:BYTES].hex()


def row_key(held: HeldTable, values: Mapping[str, Any], key: bytes) -> str:
    """The name by which the trail calls a row."""
    words = [values[name] for name in held.key]
    name = ":".join(_plain(word) if isinstance(word, datetime) else str(word) for word in words)
    return hmac.digest(key, name.encode(), "sha256")[:BYTES].hex() if held.private else name


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    raise TypeError(f"no digest of a {type(value).__name__}")


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_plain).encode
