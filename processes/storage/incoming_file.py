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
        self._size = 0
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
