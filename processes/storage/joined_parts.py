"""The bytes of stored parts one after another, each part held to its hash. In: the parts in their order; out: chunks."""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from processes.base.errors import FileBroken
from processes.storage.files import FileStore
from processes.storage.tables import UploadPart


def joined(files: FileStore, parts: Iterable[UploadPart]) -> Iterator[bytes]:
    """Raises FileBroken at a part that is not as it came in, or does not follow the one before."""
    at = 0
    with ThreadPoolExecutor(
        1, "part-hash"
    ) as beside:  # hashed while whoever reads this hashes and writes the same bytes
        for part in parts:
            digest = hashlib.sha256()
            for chunk in files.read_unscanned(part.blob, part.file_key):
                hashed = beside.submit(digest.update, chunk)
                yield chunk
                hashed.result()
            if part.first_byte != at or digest.hexdigest() != part.sha256:
                raise FileBroken
            at += part.size
