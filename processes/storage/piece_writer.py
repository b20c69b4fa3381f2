"""A piece of a large file while it comes in: stored by parts, so that of a piece that is cut off what came stays."""

import time
from typing import Final

from processes.base.crash_points import crash_point
from processes.base.errors import Busy, NoRoom, TooLarge, ZaakspoorError
from processes.storage.incoming_file import IncomingFile
from processes.storage.large_uploads import Piece, StoredPart, keep_part, release
from processes.storage.services import Services

PART_BYTES: Final = 16_000_000
PART_SECONDS: Final = 10.0  # of a slow line less: well within the lease


class PieceWriter:
    """Feed it the chunks, then `finish`, also when the sender was cut off. Called from worker threads, one at a time."""

    def __init__(self, services: Services, piece: Piece) -> None:
        self._services = services
        self._piece = piece
        self._incoming: IncomingFile | None = None
        self._bytes = 0
        self._since = 0.0

    @property
    def offset(self) -> int:
        """Where the next piece begins: what is stored for good."""
        return self._piece.offset

    def feed(self, chunk: bytes) -> None:
        """Raises TooLarge for more than was announced, UploadGone for a file that was given up meanwhile, NoRoom and Busy."""
        if self._piece.offset + self._bytes + len(chunk) > self._piece.size:
            raise TooLarge("Dit bestand is groter dan werd aangekondigd. Kies het nog een keer.")
        if self._incoming is None:
            self._incoming, self._since = self._services.files.open_incoming(), time.monotonic()
        try:
            self._incoming.write(chunk)
        except BaseException:
            self._incoming, self._bytes = None, 0  # it threw itself away
            raise
        self._bytes += len(chunk)
        if self._bytes >= PART_BYTES or time.monotonic() - self._since > PART_SECONDS:
            self._keep()

    def finish(self) -> None:
        """Keep what came in and let the next one come."""
        try:
            self._keep()
        finally:
            release(self._services, self._piece)

    def _keep(self) -> None:
        if self._incoming is None or not self._bytes:
            return
        incoming, self._incoming, self._bytes = self._incoming, None, 0
        blob, sha256, size = incoming.finish()
        crash_point("blob-written")
        try:
            self._piece = keep_part(self._services, self._piece, StoredPart(blob, sha256, size, incoming.file_key))
        except ZaakspoorError as error:
            if not isinstance(
                error, Busy | NoRoom
            ):  # then it is not certain that nothing was written: the sweep decides
                self._services.files.delete(blob)
            raise
