"""The format of an encrypted file: frames of 64 kB, each sealed by itself, under a key that only this file has.

In: the plain bytes, in chunks of any size; out: the stored bytes, and back. With each frame are authenticated which file it
is of (its blob), its number, and whether it is the last: so a frame that was changed, moved, left out or taken from
another file does not open, and neither does a file that was cut off. (The STREAM construction of Hoang, Reyhanitabar,
Rogaway and Vizár, 2015, with AES-256-GCM.)
"""

import secrets
from collections.abc import Iterable, Iterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from processes.base.errors import FileBroken

FRAME_BYTES: Final = 64 * 1024
TAG_BYTES: Final = 16
SEALED_BYTES: Final = FRAME_BYTES + TAG_BYTES
NUMBER_BYTES: Final = 11  # with one byte for the last mark it fills the nonce; no key is used for a second file


def new_file_key() -> bytes:
    return secrets.token_bytes(32)


class FrameWriter:
    """Feed it the plain chunks, then `finish` once; both give the bytes to store."""

    def __init__(self, key: bytes, blob: str) -> None:
        self._frames = _Frames(key, blob)
        self._waiting = bytearray()  # the last frame is known as such only at the end, so one always waits

    def feed(self, chunk: bytes) -> bytes:
        self._waiting += chunk
        whole = max(0, len(self._waiting) - 1) // FRAME_BYTES
        if not whole:
            return b""
        with memoryview(self._waiting) as view:
            places = range(0, whole * FRAME_BYTES, FRAME_BYTES)
            made = b"".join(self._frames.seal(view[at : at + FRAME_BYTES], last=False) for at in places)
        del self._waiting[: whole * FRAME_BYTES]
        return made

    def finish(self) -> bytes:
        return self._frames.seal(self._waiting, last=True)


def opened_frames(stored: Iterable[bytes], key: bytes, blob: str) -> Iterator[bytes]:
    """The plain bytes of a stored file, a frame at a time. Raises FileBroken at the first frame that is not as it was written."""
    frames, waiting = _Frames(key, blob), bytearray()
    for chunk in stored:
        waiting += chunk
        whole = max(0, len(waiting) - 1) // SEALED_BYTES
        for at in range(0, whole * SEALED_BYTES, SEALED_BYTES):
            yield frames.open(bytes(waiting[at : at + SEALED_BYTES]), last=False)
        del waiting[: whole * SEALED_BYTES]
    yield frames.open(bytes(waiting), last=True)


class _Frames:
    """Seals or opens the frames of one file in their order."""

    def __init__(self, key: bytes, blob: str) -> None:
        self._cipher = AESGCM(key)
        self._blob = blob.encode()
        self._number = 0

    def seal(self, plain: bytes | bytearray | memoryview, *, last: bool) -> bytes:
        nonce, said = self._next(last=last)
        return self._cipher.encrypt(nonce, plain, said)

    def open(self, sealed: bytes, *, last: bool) -> bytes:
        nonce, said = self._next(last=last)
        try:
            return self._cipher.decrypt(nonce, sealed, said)
        except (InvalidTag, ValueError) as error:
            raise FileBroken from error

    def _next(self, *, last: bool) -> tuple[bytes, bytes]:
        """The nonce of the next frame, and what is authenticated with it."""
        place = self._number.to_bytes(NUMBER_BYTES) + bytes([last])
        self._number += 1
        return place, self._blob + b"\0" + place
