"""Encryption to a key: who makes a backup needs the public key only, and only the private key opens it.

Each file begins with a public key that was made for it alone; both keys together give the key of its frames (X25519, RFC 7748;
HKDF, RFC 5869). The label, such as the blob of a file, is authenticated with each frame, so files cannot change places.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from processes.base.errors import FileBroken, ZaakspoorError
from processes.storage.encrypted_file import FrameWriter, opened_frames

KEY_BYTES: Final = 32
MAGIC: Final = b"ZSB1"
PUBLIC: Final = "zaakspoor-public-"
PRIVATE: Final = "zaakspoor-private-"


class WrongBackupKey(ZaakspoorError):
    """Dit is geen sleutel voor back-ups van Zaakspoor. Maak een paar sleutels met 'zaakspoor backup --new-key BESTAND'."""


class NotForThisKey(ZaakspoorError):
    """Deze back-up is niet met deze sleutel te openen, of is veranderd. Gebruik de sleutel die bij de back-up hoort."""


def new_pair() -> tuple[str, str]:
    """A private key and its public one, each as one line of text."""
    private = X25519PrivateKey.generate()
    return _text(PRIVATE, private.private_bytes_raw()), _text(PUBLIC, private.public_key().public_bytes_raw())


def public_key(text: str) -> X25519PublicKey:
    """Raises WrongBackupKey."""
    return X25519PublicKey.from_public_bytes(_bytes(PUBLIC, text))


def private_key(text: str) -> X25519PrivateKey:
    """Raises WrongBackupKey."""
    return X25519PrivateKey.from_private_bytes(_bytes(PRIVATE, text))


def public_text(key: X25519PublicKey) -> str:
    return _text(PUBLIC, key.public_bytes_raw())


def sealed(chunks: Iterable[bytes], to: X25519PublicKey, label: str) -> Iterator[bytes]:
    """The bytes to store."""
    own = X25519PrivateKey.generate()
    made_for = own.public_key().public_bytes_raw()
    writer = FrameWriter(_file_key(own.exchange(to), made_for, to), label)
    yield MAGIC + made_for
    for chunk in chunks:
        if made := writer.feed(chunk):
            yield made
    yield writer.finish()


def opened(chunks: Iterable[bytes], private: X25519PrivateKey, label: str) -> Iterator[bytes]:
    """The plain bytes. Raises NotForThisKey for what this key does not open, or is not as it was written."""
    stored = iter(chunks)
    head = b""
    while len(head) < len(MAGIC) + KEY_BYTES:
        more = next(stored, b"")
        if not more:
            raise NotForThisKey
        head += more
    magic, made_for, rest = head[: len(MAGIC)], head[len(MAGIC) :][:KEY_BYTES], head[len(MAGIC) + KEY_BYTES :]
    if magic != MAGIC:
        raise NotForThisKey
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(made_for))
    except ValueError as error:  # a point that no honest sender makes
        raise NotForThisKey from error
    try:
        yield from opened_frames(chain((rest,), stored), _file_key(shared, made_for, private.public_key()), label)
    except FileBroken as error:
        raise NotForThisKey from error


def _file_key(shared: bytes, made_for: bytes, to: X25519PublicKey) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=made_for + to.public_bytes_raw(), info=b"zaakspoor backup").derive(shared)


def _text(kind: str, key: bytes) -> str:
    return kind + urlsafe_b64encode(key).decode().rstrip("=")


def _bytes(kind: str, text: str) -> bytes:
    word = text.strip()
    try:
        key = urlsafe_b64decode(word.removeprefix(kind) + "=")
    except ValueError as error:
        raise WrongBackupKey from error
    if not word.startswith(kind) or len(key) != KEY_BYTES:
        raise WrongBackupKey
    return key
