"""One stored file that a page sends to the reader's browser."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileToSend:
    """`blob` is its address in the file store, `file_key` its key when it is encrypted; `size` in bytes."""

    blob: str
    name: str
    media_type: str
    size: int
    file_key: str | None = None
