"""One stored file that a page sends to the reader's browser."""

from dataclasses import dataclass

from processes.base.errors import NotNow
from processes.storage.tables import DocumentRow


class NotMadeYet(NotNow):
    """Dit document wordt nog gemaakt. Probeer het over een paar minuten nog een keer."""


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


def file_of(row: DocumentRow, case: str) -> FileToSend:
    """The file of a document. Raises NotMadeYet while there is none."""
    if not row.is_made:
        raise NotMadeYet
    return FileToSend(row.blob, row.file_name, row.media_type, row.size, case, row.file_key)
