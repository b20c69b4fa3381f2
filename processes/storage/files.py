"""The file store: a stream of bytes in, a key with hash and size out. A folder, or an S3 bucket (`s3://bucket`).

A file arrives under a name of its own in `incoming`, is forced to disk, and only then moves into the store in one step:
whatever has a key is whole. Keys are random, so that one case's destruction never touches another case's file.
"""

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from processes.base.errors import Busy, NoRoom, NotFound, TooLarge
from processes.storage.base import new_id

READ_BYTES = 256 * 1024
KEY = re.compile(r"[0-9A-Za-z_-]+(/[0-9A-Za-z_-]+)*")
# a page says within five seconds that the store does not answer; a large file may take longer, once it moves
RETRIES: Any = {"max_retries": 1, "retry_timeout": timedelta(seconds=4)}
WAITS: Any = {"connect_timeout": "2s", "timeout": "60s"}
NO_FILE = "00/none"  # no key of ours: those are longer
DESTROYED = "destroyed"  # where the marks of destroyed dossiers lie: they are no files of a case
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file as the store lists it; `written_at` is real time."""

    blob: str
    size: int
    written_at: datetime


class IncomingFile:
    """A file while it arrives. Leaving the `with` block without `finish` throws away what came in."""

    def __init__(self, place: Path, keep: Callable[[Path], str], limit: int | None) -> None:
        self._place = place
        self._keep = keep
        self._limit = limit
        self._hash = hashlib.sha256()
        self._size = 0
        with _room():
            place.parent.mkdir(parents=True, exist_ok=True)
            self._file = place.open("xb")

    def write(self, chunk: bytes) -> None:
        """Add a chunk. Raises TooLarge over the limit and NoRoom on a full disk; nothing then remains."""
        self._size += len(chunk)
        if self._limit is not None and self._size > self._limit:
            self.abort()
            raise TooLarge(f"Dit bestand is te groot. Het mag hoogstens {self._limit // 1_000_000} MB zijn.")
        self._hash.update(chunk)
        with self._undone_on_error():
            self._file.write(chunk)

    def finish(self) -> tuple[str, str, int]:
        """Put the file in the store: its key, SHA-256 (hexadecimal) and size in bytes."""
        with self._undone_on_error():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            blob = self._keep(self._place)
        return blob, self._hash.hexdigest(), self._size

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
            with _room():
                yield
        except BaseException:
            self.abort()
            raise


class FileStore:
    def __init__(self, address: str, incoming: Path | None = None) -> None:
        """`address`: a folder or `s3://bucket` (with the usual AWS_ variables); `incoming`: where files arrive first."""
        self._folder = None if address.startswith("s3://") else Path(address)
        if self._folder:
            self._store: Any = LocalStore(self._folder / "blobs", mkdir=True)
        else:
            self._store = S3Store.from_url(address, retry_config=RETRIES, client_options=_client())
        # on the same disk as the folder, so that the move into the store is one step
        self._incoming = (
            self._folder / "incoming"
            if self._folder
            else incoming or Path(tempfile.gettempdir()) / "zaakspoor-incoming"
        )

    def open_incoming(self, limit: int | None = None) -> IncomingFile:
        """A file to write to, of at most `limit` bytes."""
        return IncomingFile(self._incoming / new_id(), self._keep, limit)

    def read(self, blob: str) -> Iterator[bytes]:
        """The bytes in chunks. Raises NotFound at once when the store does not have them."""
        with _store_errors(blob):
            stream = obstore.get(self._store, blob).stream(min_chunk_size=READ_BYTES)
        return _chunks(stream, blob)

    def size(self, blob: str) -> int:
        with _store_errors(blob):
            return int(obstore.head(self._store, blob)["size"])

    def exists(self, blob: str) -> bool:
        try:
            return self.size(blob) >= 0
        except NotFound:
            return False

    def delete(self, blob: str) -> None:
        """Remove a file; one that is already gone is fine, so that a repeat does no harm."""
        try:
            with _store_errors(blob):
                obstore.delete(self._store, blob)
        except NotFound:
            pass

    def all_blobs(self) -> Iterator[StoredFile]:
        """Every stored file, in no order; the marks of destroyed dossiers are none."""
        return (file for file in self._listed(None) if not file.blob.startswith(f"{DESTROYED}/"))

    def all_marks(self) -> Iterator[str]:
        """The blob of every mark of a destroyed dossier, in no order."""
        return (file.blob for file in self._listed(DESTROYED))

    def put(self, blob: str, content: bytes) -> None:
        """Store a small thing under a name of its own, over what was there. Raises Busy or NoRoom."""
        self.take(blob, [content])

    def take(self, blob: str, chunks: Iterable[bytes]) -> None:
        """Store what came from elsewhere, as a backup does, under the name that it had. Raises Busy or NoRoom."""
        arriving = self._incoming / new_id()
        try:
            with _room():
                arriving.parent.mkdir(parents=True, exist_ok=True)
                with arriving.open("xb") as file:
                    for chunk in chunks:
                        file.write(chunk)
                    file.flush()
                    os.fsync(file.fileno())
                self._keep_as(arriving, blob)
        finally:
            arriving.unlink(missing_ok=True)

    def _listed(self, folder: str | None) -> Iterator[StoredFile]:
        for page in obstore.list(self._store, folder):
            for found in page:
                yield StoredFile(found["path"], found["size"], found["last_modified"])

    def takes_files(self) -> bool:
        """Whether a file could be stored now, as far as can be told without writing one."""
        place = self._incoming
        while not place.exists() and place != place.parent:
            place = place.parent
        if not (place.is_dir() and os.access(place, os.W_OK | os.X_OK) and os.statvfs(place).f_bavail):
            return False
        if self._folder is not None:
            return os.access(self._folder / "blobs", os.W_OK | os.X_OK)
        try:
            self.exists(NO_FILE)  # the bucket answers
        except Busy:
            return False
        return True

    def forget_broken_arrivals(self, older_than: timedelta) -> int:
        """Remove what a killed process left half received; says how many."""
        before = datetime.now(UTC) - older_than
        places = self._incoming.iterdir() if self._incoming.exists() else ()
        old = [place for place in places if datetime.fromtimestamp(place.stat().st_mtime, UTC) < before]
        for place in old:
            place.unlink(missing_ok=True)
        return len(old)

    def _keep(self, place: Path) -> str:
        key = new_id()
        blob = f"{key[:2]}/{key}"  # a folder per prefix keeps listings of a folder short
        self._keep_as(place, blob)
        return blob

    def _keep_as(self, place: Path, blob: str) -> None:
        if self._folder is None:
            self._send(place, blob)
            return
        target = self._folder / "blobs" / blob
        target.parent.mkdir(parents=True, exist_ok=True)
        place.replace(target)
        _sync_folder(target.parent)

    def _send(self, place: Path, blob: str) -> None:
        try:
            with _store_errors(blob), place.open("rb") as file:
                obstore.put(self._store, blob, file)
        except NotFound as error:  # of a file on its way in, only the bucket can be missing
            raise Busy from error
        place.unlink()


def _client() -> Any:
    # giving options of our own switches off this one of the environment, which a store inside the network may need
    # (production refuses it, unless ZAAKSPOOR_CLEAR_TEXT names `files`); certificates are checked always
    allowed = os.environ.get("AWS_ALLOW_HTTP", "").lower() in {"1", "true"}
    return {**WAITS, "allow_http": allowed, "allow_invalid_certificates": False}


def _chunks(stream: Iterable[Any], blob: str) -> Iterator[bytes]:
    with _store_errors(blob):
        for chunk in stream:
            yield bytes(chunk)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NoRoom from error
        raise


@contextmanager
def _store_errors(blob: str) -> Iterator[None]:
    if not KEY.fullmatch(blob):
        raise NotFound("Dit bestand is er niet.")
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound("Dit bestand is er niet meer.") from error
    except BaseError as error:  # the object store does not answer, or refuses
        raise Busy from error
