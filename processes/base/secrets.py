"""Secrets: one master secret in, and out of it a key per purpose for sealing, indexing, digests and links.

BSN and KvK numbers are stored sealed (AES-GCM) and found through a keyed index; neither may stand in a log.
"""

import base64
import hashlib
import hmac
import os
import secrets as random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from processes.base.settings import Settings

KEY_ID = b"\x01"  # stands before each sealed value, so that a later key can be told from this one
NONCE_BYTES = 12
KEY_BYTES = 32
BSN_DIGITS = 9


class SealBroken(Exception):
    """Deze versleutelde waarde is veranderd, of hoort bij een andere sleutel."""


class BsnRefused(ValueError):
    """Dit is geen geldig burgerservicenummer."""


@dataclass(frozen=True, slots=True)
class Bsn:
    """A citizen service number that passed the eleven test. Its repr shows nothing, so that no log can hold it."""

    number: str = field(repr=False)

    def __post_init__(self) -> None:
        if not bsn_is_valid(self.number):
            raise BsnRefused("Dit is geen geldig burgerservicenummer.")


def bsn_is_valid(text: str) -> bool:
    """The eleven test: nine digits, weighed 9 to 2 and -1, give a multiple of eleven; all zeros is no number."""
    if len(text) != BSN_DIGITS or not (text.isascii() and text.isdigit()) or not int(text):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, text, strict=True)) % 11 == 0


class Secrets:
    def __init__(self, secret: str) -> None:
        if not secret:
            raise ValueError("a secret is needed")
        self._secret = secret.encode()
        self._seal = AESGCM(self._key("seal"))
        self._index = self._key("index")
        self._digest = self._key("digest")
        self._link = self._key("link")
        self._macs: dict[str, Mapping[str, bytes]] = {}

    def __repr__(self) -> str:
        return "Secrets(...)"

    def seal(self, plain: bytes, column: str) -> bytes:
        """Encrypt for one column, such as `party.identity`: moved to another column the value does not open."""
        nonce = os.urandom(NONCE_BYTES)
        return KEY_ID + nonce + self._seal.encrypt(nonce, plain, column.encode())

    def open(self, sealed: bytes, column: str) -> bytes:
        """The plain value. Raises SealBroken when it was changed, moved, or sealed with another secret."""
        body = sealed[1:]
        try:
            if sealed[:1] != KEY_ID:
                raise SealBroken("Deze waarde is versleuteld met een onbekende sleutel.")
            return self._seal.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], column.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error

    def index(self, value: str) -> str:
        """The keyed blind index of an identity, 64 hexadecimal digits: equal for equal values, tells nothing else."""
        return hmac.new(self._index, value.strip().encode(), hashlib.sha256).hexdigest()

    def digest(self, text: str) -> str:
        """The keyed digest that the audit trail holds in place of a name, 64 hexadecimal digits."""
        return hmac.new(self._digest, text.encode(), hashlib.sha256).hexdigest()

    def mac_keys(self, purpose: str) -> Mapping[str, bytes]:
        """The keys with which what serves one purpose is authenticated, by their id of 8 hexadecimal digits; the present one
        is first.
        """
        if purpose not in self._macs:
            key = self._key(f"mac {purpose}")
            self._macs[purpose] = {hashlib.sha256(b"id" + key).hexdigest()[:8]: key}
        return self._macs[purpose]

    def link_token(self, salt: bytes) -> str:
        """The token in a link: 256 bits that nobody can compute without the secret; only its hash is stored."""
        token = hmac.new(self._link, salt, hashlib.sha256).digest()
        return base64.urlsafe_b64encode(token).decode().rstrip("=")

    def token_hash(self, token: str) -> str:
        """The hash that the database keeps of a token or cookie: 64 hexadecimal digits. Tokens are random: no key."""
        return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

    def _key(self, purpose: str) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=b"zaakspoor", info=purpose.encode()).derive(self._secret)


def read_secret(settings: Settings) -> str:
    """The secret of the settings, or in embedded mode the one kept in `data/secret` (made on first use, mode 0600)."""
    if settings.secret:
        return settings.secret
    place = settings.data / "secret"
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        _write_once(place, random.token_urlsafe(KEY_BYTES))
    return place.read_text()


def _write_once(place: Path, secret: str) -> None:
    # written aside and linked into place: two processes that start together read one and the same whole secret
    aside = place.with_name(f"secret.{os.getpid()}.new")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, place)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
