"""`upload`: a large file (100 MB in a full run) to the store, hashed while it streams, against copying and hashing the same bytes; memory stays flat.

`upload-encrypted`: the same to a store that encrypts, against the same copy, which does not.

`upload-tus`: the same bytes as parts, each to the store by itself, and then put together: what a large file by tus costs the disk.

`upload-served`, `upload-served-tus`: the same through the whole program (`upload_served`); these are told and not judged.

All are shares of the copy in the same round: beside other work on the machine only they can be compared, not the milliseconds.
"""

import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Effort, Figure, alternate, at_most
from bench.ground import SECRET
from bench.postgres import PostgresServer
from bench.scenarios import upload_served
from bench.scenarios.upload_floor import CHUNK, copy_and_hash, share
from processes.base.secrets import Secrets
from processes.storage.files import FileStore
from processes.storage.joined_parts import joined
from processes.storage.piece_writer import PART_BYTES
from processes.storage.tables import UploadPart

TARGET = 0.6
ENCRYPTED_TARGET = 0.35
TUS_TARGET = 0.35
CHUNKS_PER_MEGABYTE = 4
FLAT_MEGABYTES = 8.0


def run(server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    chunks = effort.megabytes * CHUNKS_PER_MEGABYTE
    with tempfile.TemporaryDirectory(prefix="zs-upload-") as place:
        store = FileStore(f"{place}/files", Path(place) / "incoming")
        encrypting = FileStore(f"{place}/files", Path(place) / "incoming", Secrets(SECRET), encrypt=True)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        works = (
            lambda: copy_and_hash(Path(place) / "copy", chunks),
            lambda: upload(store, chunks),
            lambda: upload(encrypting, chunks),
            lambda: by_parts(store, chunks),
        )
        rounds = [alternate(works, 1) for _ in range(effort.rounds)]
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    yield share("upload", [(base, plain) for base, plain, *_ in rounds], TARGET)
    yield share("upload-encrypted", [(base, sealed) for base, _, sealed, _ in rounds], ENCRYPTED_TARGET)
    yield share("upload-tus", [(base, parts) for base, *_, parts in rounds], TUS_TARGET)
    yield at_most("upload-memory-mb", [grown], FLAT_MEGABYTES, {})
    with tempfile.TemporaryDirectory(prefix="zs-upload-") as place:
        yield from upload_served.figures(server, effort, Path(place))


def upload(store: FileStore, chunks: int) -> None:
    with store.open_incoming() as file:
        for _ in range(chunks):
            file.write(CHUNK)
        blob, _, _ = file.finish()
    store.delete(blob)


def by_parts(store: FileStore, chunks: int) -> None:
    """As `PieceWriter` stores the parts and the worker puts them together, without their rows in the database."""
    parts: list[UploadPart] = []
    a_part = PART_BYTES // len(CHUNK)
    for start in range(0, chunks, a_part):
        with store.open_incoming() as file:
            for _ in range(min(a_part, chunks - start)):
                file.write(CHUNK)
            blob, sha256, size = file.finish()
        parts.append(UploadPart(blob=blob, sha256=sha256, size=size, first_byte=sum(part.size for part in parts)))
    with store.open_incoming() as whole:
        for chunk in joined(store, parts):
            whole.write(chunk)
        blob, _, _ = whole.finish()
    for one in (blob, *(part.blob for part in parts)):
        store.delete(one)
