"""A file while it arrives: hashed, encrypted where the installation asks for it, and forced to disk before it may be kept."""

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from processes.base.errors import NoRoom, TooLarge
from processes.base.private_files import create_private, make_private_folder
from processes.storage.encrypted_file import FrameWriter

BEGIN_BYTES = 8_000_000  # of a large file that the disk gets to write at a time, while the rest still comes in
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class FileName:
    """The name that an arriving file will have in the store, and when it is encrypted its key, plain and sealed."""

    blob: str
    key: bytes | None = None
    sealed_key: str | None = None


class IncomingFile:
    """A file while it arrives. Leaving the `with` block without `finish` throws away what came in."""

    def __init__(self, place: Path, name: FileName, keep: Callable[[Path, str], None], limit: int | None) -> None:
        self._place = place
        self._name = name
        self._keep = keep
        self._limit = limit
        self._hash = hashlib.sha256()
        self._size = self._begun = 0
        self._given = 0
        self._frames = FrameWriter(name.key, name.blob) if name.key else None
        with room():
            make_private_folder(place.parent)
            self._file = create_private(place)

    @property
    def file_key(self) -> str | None:
        """The sealed key, to keep in the row of the file and to give back to `FileStore.read`; None for a plain file."""
        return self._name.sealed_key

    def write(self, chunk: bytes) -> None:
        """Add a chunk. Raises TooLarge over the limit and NoRoom on a full disk; nothing then remains."""
        self._size += len(chunk)
        if self._limit is not None and self._size > self._limit:
            self.abort()
            raise TooLarge(f"Dit bestand is te groot. Het mag hoogstens {self._limit // 1_000_000} MB zijn.")
        self._hash.update(chunk)
        with self._undone_on_error():
            self._file.write(self._frames.feed(chunk) if self._frames else chunk)
            if self._size - self._begun >= BEGIN_BYTES:
                self._begin_writing()

    def finish(self) -> tuple[str, str, int]:
        """Put the file in the store: its key, and of the plain bytes the SHA-256 (hexadecimal) and the number."""
        with self._undone_on_error():
            if self._frames:
                self._file.write(self._frames.finish())
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._keep(self._place, self._name.blob)
        return self._name.blob, self._hash.hexdigest(), self._size

    def abort(self) -> None:
        """Throw away what came in. Harmless after `finish`."""
        try:
            self._file.close()
        except OSError:
            pass  # a full disk also fails the last flush; the file goes all the same
        finally:
            self._place.unlink(missing_ok=True)

    def _begin_writing(self) -> None:
        """Let the disk begin with what came in, without waiting for it: the sync of `finish` then has little left to wait for."""
        self._begun = self._size
        self._file.flush()
        until = self._file.tell()
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(self._file.fileno(), self._given, until - self._given, os.POSIX_FADV_DONTNEED)
        self._given = until

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.abort()

    @contextmanager
    def _undone_on_error(self) -> Iterator[None]:
        try:
            with room():
                yield
        except BaseException:
            self.abort()
            raise


@contextmanager
def room() -> Iterator[None]:
    """Raises NoRoom for what goes wrong on a full disk."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NoRoom from error
        raise
