"""The keys of one secret: one per purpose, and a key id that tells which secret sealed or signed something.

The id follows from the secret and gives nothing of it away. A secret that was replaced keeps the three keys that only check
what was written before (`CheckingKeys`); with those nothing can be opened or sealed.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Final, Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
KEY_ID_BYTES: Final = 4


@dataclass(frozen=True, slots=True, repr=False)
class CheckingKeys:
    """The keys behind blind indexes, digests and signatures of one secret. `id` is 8 hexadecimal digits."""

    id: str
    for_index: bytes
    for_digest: bytes
    for_mac: bytes

    def index(self, value: str) -> str:
        return _hmac(self.for_index, value.strip().encode())

    def digest(self, text: str) -> str:
        return _hmac(self.for_digest, text.encode())

    def mac_key(self, purpose: str) -> bytes:
        """The key with which what serves one purpose is authenticated."""
        return hmac.digest(self.for_mac, purpose.encode(), "sha256")

    def packed(self) -> bytes:
        """Everything in one value, for sealing; `unpacked` reads it."""
        return bytes.fromhex(self.id) + self.for_index + self.for_digest + self.for_mac

    @classmethod
    def unpacked(cls, packed: bytes) -> Self:
        start = KEY_ID_BYTES
        parts = [packed[at : at + KEY_BYTES] for at in range(start, start + 3 * KEY_BYTES, KEY_BYTES)]
        return cls(packed[:start].hex(), *parts)


@dataclass(frozen=True, slots=True, repr=False)
class SecretKeys:
    """All keys of one secret that is in use."""

    checking: CheckingKeys
    sealing: AESGCM
    for_link: bytes

    @property
    def id(self) -> bytes:
        return bytes.fromhex(self.checking.id)


def keys_of(secret: str) -> SecretKeys:
    """Derived by HKDF (RFC 5869), so that no key tells anything of another."""

    def _key(purpose: str, length: int = KEY_BYTES) -> bytes:
        return HKDF(SHA256(), length, salt=b"zaakspoor", info=purpose.encode()).derive(secret.encode())

    checking = CheckingKeys(_key("key id", KEY_ID_BYTES).hex(), _key("index"), _key("digest"), _key("mac"))
    return SecretKeys(checking, AESGCM(_key("seal")), _key("link"))


def _hmac(key: bytes, data: bytes) -> str:
    return hmac.new(key, data, hashlib.sha256).hexdigest()
