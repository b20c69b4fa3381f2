"""A secret that stands in a page looks different in each: without that, the length of compressed pages would tell it (BREACH).

The mask is 16 random bytes, written before the secret, and the stream that SHAKE-256 makes of them.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import shake_256
from typing import Final

MARK: Final = "m."
BYTES: Final = 16


def masked(token: str) -> str:
    """The token as a page shows it: another text each time."""
    mask = secrets.token_bytes(BYTES)
    return MARK + urlsafe_b64encode(mask + _mixed(token.encode(), mask)).decode()


def unmasked(given: str) -> str:
    """The token that was masked; what carries no mask is what it is."""
    if not given.startswith(MARK):
        return given
    try:
        held = urlsafe_b64decode(given.removeprefix(MARK).encode())
        return _mixed(held[BYTES:], held[:BYTES]).decode()
    except ValueError:  # what we did not make is no token, and is refused as such
        return given


def _mixed(text: bytes, mask: bytes) -> bytes:
    stream = shake_256(mask).digest(len(text))
    return (int.from_bytes(text) ^ int.from_bytes(stream)).to_bytes(len(text))
