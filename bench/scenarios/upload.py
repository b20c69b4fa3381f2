"""`upload`: a large file (100 MB in a full run) to the store, hashed while it streams, against copying and hashing the same bytes; memory stays flat.

`upload-encrypted`: the same to a store that encrypts, against the same copy, which does not.
"""

import hashlib
import os
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Effort, Figure, alternate, at_most
from bench.ground import SECRET
from bench.postgres import PostgresServer
from processes.base.secrets import Secrets
from processes.storage.files import FileStore

TARGET = 0.6
ENCRYPTED_TARGET = 0.35
CHUNK = os.urandom(256 * 1024)
CHUNKS_PER_MEGABYTE = 4
FLAT_MEGABYTES = 8.0


def run(_server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    chunks = effort.megabytes * CHUNKS_PER_MEGABYTE
    with tempfile.TemporaryDirectory(prefix="zs-upload-") as place:
        store = FileStore(f"{place}/files", Path(place) / "incoming")
        encrypting = FileStore(f"{place}/files", Path(place) / "incoming", Secrets(SECRET), encrypt=True)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        works = (
            lambda: copy_and_hash(Path(place) / "copy", chunks),
            lambda: upload(store, chunks),
            lambda: upload(encrypting, chunks),
        )
        rounds = [alternate(works, 1) for _ in range(effort.rounds)]
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    yield _figure("upload", [(base, plain) for base, plain, _ in rounds], TARGET)
    yield _figure("upload-encrypted", [(base, sealed) for base, _, sealed in rounds], ENCRYPTED_TARGET)
    yield at_most("upload-memory-mb", [grown], FLAT_MEGABYTES, {})


def _figure(name: str, pairs: list[tuple[float, float]], target: float) -> Figure:
    shares = sorted(base / own for base, own in pairs)
    told = {"copy_ms": round(pairs[-1][0], 1), "upload_ms": round(pairs[-1][1], 1)}
    rounds = tuple(round(base / own, 3) for base, own in pairs)
    return Figure(name, round(shares[len(shares) // 2], 3), "copy", target, rounds, told)


def upload(store: FileStore, chunks: int) -> None:
    with store.open_incoming() as file:
        for _ in range(chunks):
            file.write(CHUNK)
        blob, _, _ = file.finish()
    store.delete(blob)


def copy_and_hash(place: Path, chunks: int) -> None:
    """The same bytes, hashed and on disk, without a store around them."""
    digest = hashlib.sha256()
    with place.open("wb") as file:
        for _ in range(chunks):
            digest.update(CHUNK)
            file.write(CHUNK)
        file.flush()
        os.fsync(file.fileno())
    place.unlink()
