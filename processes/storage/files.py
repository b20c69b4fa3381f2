"""The file store: a stream of bytes in, a key with hash and size out. A folder, or an S3 bucket (`s3://bucket`).

A file arrives under a name of its own in `incoming`, is forced to disk, and only then moves into the store in one step:
whatever has a key is whole. Keys are random, so that one case's destruction never touches another case's file.
Where the installation asks for it each new file is encrypted while it arrives, under a key of its own: the sealed form of that key
goes into the row that holds the file (`file_key`), and reading takes it from there. A file without one is plain.
"""

import os
import re
import tempfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from processes.base.errors import Busy, FileBroken, NotFound
from processes.base.private_files import create_private, make_private_folder
from processes.base.secrets import SealBroken, Secrets
from processes.base.uploads import Upload
from processes.storage.base import new_id
from processes.storage.encrypted_file import new_file_key, opened_frames
from processes.storage.incoming_file import FileName, IncomingFile, room

READ_BYTES = 256 * 1024
KEY = re.compile(r"[0-9A-Za-z_-]+(/[0-9A-Za-z_-]+)*")
# a page says within five seconds that the store does not answer; a large file may take longer, once it moves
RETRIES: Any = {"max_retries": 1, "retry_timeout": timedelta(seconds=4)}
WAITS: Any = {"connect_timeout": "2s", "timeout": "60s"}
NO_FILE = "00/none"  # no key of ours: those are longer
DESTROYED = "destroyed"  # where the marks of destroyed dossiers lie: they are no files of a case
KEY_COLUMN = "document.file_key"  # what the key of a file is sealed for, with its blob


def no_gate(_blob: str) -> None:
    """Every file may be read."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file as the store lists it; `size` is what it takes there, `written_at` is real time."""

    blob: str
    size: int
    written_at: datetime


class FileStore:
    def __init__(
        self, address: str, incoming: Path | None = None, secrets: Secrets | None = None, *, encrypt: bool = False,
        gate: Callable[[str], None] = no_gate,
    ) -> None:  # fmt: skip
        """`address`: a folder or `s3://bucket` (with the usual AWS_ variables); `incoming`: where files arrive first.

        `secrets` opens the keys of encrypted files; with `encrypt` each new file is one. Old files stay as they are.
        `gate` is asked for each file before it is read, by its blob, and raises why it may not be.
        """
        self._secrets = secrets
        self._encrypt = encrypt
        self._gate = gate
        self._folder = None if address.startswith("s3://") else Path(address)
        if self._folder:
            make_private_folder(self._folder / "blobs")
            self._store: Any = LocalStore(self._folder / "blobs")
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
        return IncomingFile(self._incoming / new_id(), self._new_name(), self._keep, limit)

    def add(self, name: str, media_type: str, chunks: Iterable[bytes]) -> Upload:
        """A whole file under this name, of no case yet. Whoever calls deletes it when nothing comes to hold it."""
        with self.open_incoming() as incoming:
            for chunk in chunks:
                incoming.write(chunk)
            blob, sha256, size = incoming.finish()
        return Upload(name, media_type, size, sha256, blob, file_key=incoming.file_key)

    def read(self, blob: str, file_key: str | None = None) -> Iterator[bytes]:
        """The plain bytes in chunks, for whoever shows, sends, joins or converts them. Raises NotFound at once when the store does
        not have them, and whatever the gate raises.

        `file_key`: the sealed key, when the file is encrypted. Raises FileBroken, at once or on the way, for what is not as it
        was written.
        """
        self._gate(blob)
        return self.read_unscanned(blob, file_key)

    def read_unscanned(self, blob: str, file_key: str | None = None) -> Iterator[bytes]:
        """The same past the gate: for the scanner itself, and for upkeep that gives the bytes to nobody."""
        chunks = self._local(self._folder / "blobs" / blob, blob) if self._folder else self._remote(blob)
        if file_key is None:
            return chunks
        frames = opened_frames(chunks, self._key_of(blob, file_key), blob)
        return chain([next(frames)], frames)  # so that most files that are broken are refused before a download begins

    def _local(self, place: Path, blob: str) -> Iterator[bytes]:
        """The file itself when the store is a folder: ten times as fast as through the library, whose way suits a bucket."""
        self.size(blob)
        return _chunks(_read(place), blob)

    def _remote(self, blob: str) -> Iterator[bytes]:
        with _store_errors(blob):
            stream = obstore.get(self._store, blob).stream(min_chunk_size=READ_BYTES)
        return _chunks(stream, blob)

    def size(self, blob: str) -> int:
        """The bytes that it takes in the store, which for an encrypted file are more than its own."""
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
        """Store what came from elsewhere, as a backup does, under the name that it had. Raises Busy, NoRoom, or NotFound for a
        name that is none of ours: it could lead out of the store.
        """
        if not KEY.fullmatch(blob):
            raise NotFound("Dit bestand is er niet.")
        arriving = self._incoming / new_id()
        try:
            with room():
                make_private_folder(arriving.parent)
                with create_private(arriving) as file:
                    for chunk in chunks:
                        file.write(chunk)
                    file.flush()
                    os.fsync(file.fileno())
                self._keep(arriving, blob)
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

    def sealed_again(self, blob: str, file_key: str) -> str | None:
        """The key of a file, sealed anew with the secret that writes; None when it was. Raises FileBroken when it does not open."""
        key = self._key_of(blob, file_key)
        if self._known_secrets().is_current(_as_bytes(file_key)):
            return None
        return _as_text(self._known_secrets().seal(key, KEY_COLUMN, blob))

    def _new_name(self) -> FileName:
        name = new_id()
        blob = f"{name[:2]}/{name}"  # a folder per prefix keeps listings of a folder short
        if not self._encrypt:
            return FileName(blob)
        key = new_file_key()
        return FileName(blob, key, _as_text(self._known_secrets().seal(key, KEY_COLUMN, blob)))

    def _key_of(self, blob: str, file_key: str) -> bytes:
        try:
            return self._known_secrets().open(_as_bytes(file_key), KEY_COLUMN, blob)
        except (SealBroken, ValueError) as error:
            raise FileBroken from error

    def _known_secrets(self) -> Secrets:
        if self._secrets is None:
            raise ValueError("a file store that encrypts needs the secrets")
        return self._secrets

    def _keep(self, place: Path, blob: str) -> None:
        if self._folder is None:
            self._send(place, blob)
            return
        target = self._folder / "blobs" / blob
        make_private_folder(target.parent)
        place.replace(target)
        _sync_folder(target.parent)

    def _send(self, place: Path, blob: str) -> None:
        try:
            with _store_errors(blob), place.open("rb") as file:
                obstore.put(self._store, blob, file)
        except NotFound as error:  # of a file on its way in, only the bucket can be missing
            raise Busy from error
        place.unlink()


def _as_text(sealed: bytes) -> str:
    return urlsafe_b64encode(sealed).decode()


def _as_bytes(file_key: str) -> bytes:
    return urlsafe_b64decode(file_key.encode())


def _client() -> Any:
    # giving options of our own switches off this one of the environment, which a store inside the network may need
    # (production refuses it, unless ZAAKSPOOR_CLEAR_TEXT names `files`); certificates are checked always
    allowed = os.environ.get("AWS_ALLOW_HTTP", "").lower() in {"1", "true"}
    return {**WAITS, "allow_http": allowed, "allow_invalid_certificates": False}


def _chunks(stream: Iterable[Any], blob: str) -> Iterator[bytes]:
    with _store_errors(blob):
        for chunk in stream:
            yield bytes(chunk)


def _read(place: Path) -> Iterator[bytes]:
    with place.open("rb", buffering=0) as file:
        while chunk := file.read(READ_BYTES):
            yield chunk


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
