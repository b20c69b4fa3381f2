"""The parts of a multipart form while they stream in: fields into memory, files straight into the store.

python-multipart calls back for each piece it recognises; writing to the store happens in a worker thread, a chunk of the
request at a time, so that a slow disk or bucket does not hold up other visitors.
"""

from collections.abc import Sequence

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool

from portal.received import BrokenBody, Received, TooMuch
from processes.base.crash_points import crash_point
from processes.base.errors import Invalid
from processes.base.file_types import HEAD_BYTES, check_type, safe_name
from processes.base.uploads import Upload
from processes.storage.files import FileStore, IncomingFile

FIELD_BYTES = 1_000_000
HEADER_BYTES = 8192


class _Part:
    """One part. A file has an `incoming`; `head` is its first bytes, for recognising the type."""

    def __init__(self) -> None:
        self.headers: dict[str, bytes] = {}
        self.name = ""
        self.filename: str | None = None
        self.chosen = False  # a file field that was left empty comes as a part without a name
        self.value = bytearray()
        self.head = bytearray()
        self.incoming: IncomingFile | None = None
        self.media_type = ""


class Parts:
    """Feed it the chunks, then ask for the result; `abandon` throws away everything that reached the store."""

    def __init__(
        self, store: FileStore, boundary: bytes, max_files: int, max_fields: int, formats: Sequence[str]
    ) -> None:
        self._store = store
        self._limits = (max_files, max_fields)
        self._formats = formats
        self._parts: list[_Part] = []
        self._writes: list[tuple[_Part, bytes]] = []
        self._kept: list[str] = []
        self._header_name = bytearray()
        self._header_value = bytearray()
        self._whole = False
        try:
            self._parser = MultipartParser(boundary, {
                "on_part_begin": self._begin,
                "on_header_begin": self._header_begin,
                "on_header_field": lambda data, start, end: self._header_name.extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._header_value.extend(data[start:end]),
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_finished,
                "on_part_data": self._data,
                "on_end": self._end,
            }, max_header_size=HEADER_BYTES)  # fmt: skip
        except FormParserError as error:
            raise BrokenBody from error

    async def feed(self, chunk: bytes) -> None:
        self._parser.write(chunk)
        if self._writes:
            await run_in_threadpool(self._flush)
            crash_point("body-half")

    def result(self) -> Received:
        """Everything that came in. Raises BrokenBody when the closing boundary never came, Invalid for a wrong file."""
        if not self._whole:
            raise BrokenBody
        files: dict[str, list[Upload]] = {}
        for part in self._parts:
            if part.filename is not None and part.incoming is None and part.chosen:
                self._recognise(part, at_end=True)  # an empty file: says so
            elif part.incoming:
                files.setdefault(part.name, []).append(self._stored(part, part.incoming))
        return Received(self.fields, files)

    @property
    def fields(self) -> dict[str, list[str]]:
        """The typed fields by name, as far as they came in."""
        found: dict[str, list[str]] = {}
        for part in self._parts:
            if part.filename is None:
                found.setdefault(part.name, []).append(part.value.decode("utf-8", "replace").replace("\0", ""))
        return found

    def abandon(self) -> None:
        for part in self._parts:
            if part.incoming:
                part.incoming.abort()
        for blob in self._kept:
            self._store.delete(blob)

    # -- what the parser reports -------------------------------------------------------------------------------

    def _begin(self) -> None:
        if len(self._parts) >= sum(self._limits):
            raise TooMuch
        self._parts.append(_Part())

    def _header_begin(self) -> None:
        self._header_name.clear()
        self._header_value.clear()

    def _header_end(self) -> None:
        self._parts[-1].headers[self._header_name.decode("latin-1").lower()] = bytes(self._header_value)

    def _headers_finished(self) -> None:
        part = self._parts[-1]
        _, options = parse_options_header(part.headers.get("content-disposition"))
        part.name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in options:
            part.chosen = bool(options[b"filename"])
            part.filename = safe_name(options[b"filename"].decode("utf-8", "replace"))
        max_files, max_fields = self._limits
        as_file = part.filename is not None
        same = sum(1 for other in self._parts if (other.filename is not None) == as_file)
        # a browser sends one empty file part for a file field that was left empty: that one is no file
        if same > (max(1, max_files) if as_file else max_fields):
            raise TooMuch

    def _data(self, data: bytes, start: int, end: int) -> None:
        part = self._parts[-1]
        if part.filename is not None:
            self._writes.append((part, data[start:end]))
        elif len(part.value) + end - start > FIELD_BYTES:
            raise TooMuch("Een van de teksten is te lang. Er is niets opgeslagen; maak de tekst korter.")
        else:
            part.value.extend(data[start:end])

    def _end(self) -> None:
        self._whole = True

    # -- in a worker thread ------------------------------------------------------------------------------------

    def _flush(self) -> None:
        writes, self._writes = self._writes, []
        for part, data in writes:
            if part.incoming is None:
                if self._limits[0] == 0:
                    raise TooMuch("Hier kunt u geen bestand toevoegen.")
                part.incoming = self._store.open_incoming()
            if not part.media_type:
                part.head.extend(data[: HEAD_BYTES - len(part.head)])
                self._recognise(part, at_end=False)
            part.incoming.write(data)

    def _recognise(self, part: _Part, *, at_end: bool) -> None:
        if part.media_type or not (at_end or len(part.head) >= HEAD_BYTES):
            return
        try:
            part.media_type = check_type(bytes(part.head), part.filename or "", self._formats)
        except Invalid as error:
            raise Invalid({part.name: str(error)}) from error

    def _stored(self, part: _Part, incoming: IncomingFile) -> Upload:
        self._recognise(part, at_end=True)
        blob, sha256, size = incoming.finish()
        self._kept.append(blob)
        crash_point("blob-written")
        return Upload(part.filename or "", part.media_type, size, sha256, blob)
