"""One stored file that a page sends to the reader's browser."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileToSend:
    """`blob` is its address in the file store, `file_key` its key when it is encrypted; `size` in bytes; `case` the number of the
    case that it belongs to.
    """

    blob: str
    name: str
    media_type: str
    size: int
    case: str
    file_key: str | None = None
