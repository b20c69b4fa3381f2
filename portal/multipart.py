"""The parts of a multipart form while they stream in: fields into memory, files straight into the store.

python-multipart calls back for each piece it recognises, and a chunk of the request at a time is written to the store: all
of it in a worker thread (`portal.uploads`), so that neither thousands of parts nor a slow disk or bucket hold up other visitors.
What stays in memory is bounded for the form as a whole: names, headers and texts together.
"""

from collections.abc import Callable, Sequence

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from portal.received import (
    BrokenBody,
    HoldsNul,
    Received,
    RefusedFile,
    TextsTooLong,
    TooManyFiles,
    TooMuch,
    without_nul,
)
from processes.base.crash_points import crash_point
from processes.base.errors import Invalid, ZaakspoorError
from processes.base.file_types import HEAD_BYTES, check_type, safe_name
from processes.base.locked_files import LockWatch
from processes.base.uploads import Upload
from processes.storage.files import FileStore
from processes.storage.incoming_file import IncomingFile
from processes.storage.upload_room import UploadRoom

TEXT_BYTES = 2_000_000  # for all texts of a form together: a long letter typed by hand is far below it
FIELD_BYTES = 1_000_000
HEADER_BYTES = 8192
DISPOSITION = "content-disposition"


class _Part:
    """One part. A file has an `incoming`; `head` is its first bytes, for recognising the type."""

    def __init__(self) -> None:
        self.disposition = b""
        self.name = ""
        self.filename: str | None = None
        self.chosen = False  # a file field that was left empty comes as a part without a name: that one is no file
        self.watch = LockWatch("")
        self.value = bytearray()
        self.head = bytearray()
        self.incoming: IncomingFile | None = None
        self.media_type = ""
        self.refused = False


class Parts:
    """Feed it the chunks, then ask for the result; `abandon` throws away everything that reached the store.

    After a file that cannot be taken no other reaches the store, but what was typed is read on to the end. With `each` such a
    file costs only itself: it is listed in `refused`, and the others come in. `room` says how
    much the sender may still put in the store, or raises why nothing may; it is asked when the first file comes.
    """

    def __init__(
        self, store: FileStore, boundary: bytes, max_files: int, max_fields: int, formats: Sequence[str],
        room: Callable[[], UploadRoom], *, each: bool = False,
    ) -> None:  # fmt: skip
        self._store = store
        self._each = each
        self.refused: list[RefusedFile] = []
        self._ask_room = room
        self._room: UploadRoom | None = None
        self._text_bytes = 0
        self._limits = (max_files, max_fields)
        self._formats = formats
        self._parts: list[_Part] = []
        self._writes: list[tuple[_Part, bytes]] = []
        self._kept: list[str] = []
        self._files = self._texts = 0
        self._wrong: ZaakspoorError | None = None
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

    def feed(self, chunk: bytes) -> None:
        """Raises FormParserError, and ZaakspoorError for what a form may not hold."""
        self._parser.write(chunk)
        if self._writes:
            self._flush()
            crash_point("body-half")

    def result(self) -> Received:
        """Everything that came in. Raises BrokenBody when the closing boundary never came, Invalid for a wrong file and
        TooManyFiles.
        """
        if not self._whole:
            raise BrokenBody
        if self._wrong:
            raise self._wrong
        files: dict[str, list[Upload]] = {}
        for part in self._parts:
            if part.filename is not None and part.incoming is None and part.chosen:
                self._judged(part, lambda one: self._recognise(one, at_end=True))  # an empty file: says so
            elif part.incoming and not part.refused:
                self._judged(part, lambda one: files.setdefault(one.name, []).append(self._stored(one)))
        return Received(self.fields, files)

    @property
    def fields(self) -> dict[str, list[str]]:
        """The typed fields by name, as far as they came in."""
        found: dict[str, list[str]] = {}
        for part in self._parts:
            if part.filename is None:
                found.setdefault(part.name, []).append(part.value.decode("utf-8", "replace"))
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
        self._count(len(self._header_name) + len(self._header_value))
        if self._header_name.decode("latin-1").lower() == DISPOSITION:
            self._parts[-1].disposition = bytes(self._header_value)

    def _headers_finished(self) -> None:
        part = self._parts[-1]
        _, options = parse_options_header(part.disposition)
        part.name = without_nul(_text(options.get(b"name", b"")))
        if b"filename" in options:
            part.filename = safe_name(_text(options[b"filename"]))
            part.watch = LockWatch(part.filename)
            if options[b"filename"]:
                self._choose(part)
            return
        self._texts += 1
        if self._texts > self._limits[1]:
            raise TooMuch

    def _choose(self, part: _Part) -> None:
        part.chosen = True
        self._files += 1
        most = self._limits[0]
        if not most:
            self._wrong = self._wrong or TooMuch("Hier kunt u geen bestand toevoegen.")
        elif self._files > most:
            self._wrong = self._wrong or TooManyFiles.over(most)

    def _data(self, data: bytes, start: int, end: int) -> None:
        part = self._parts[-1]
        if part.filename is not None:
            if not part.chosen:
                self._choose(part)
            if not self._wrong:
                self._writes.append((part, data[start:end]))
        elif len(part.value) + end - start > FIELD_BYTES:
            raise TextsTooLong("Een van de teksten is te lang. Er is niets opgeslagen; maak de tekst korter.")
        elif b"\0" in data[start:end]:
            raise HoldsNul
        else:
            self._count(end - start)
            part.value.extend(data[start:end])

    def _count(self, size: int) -> None:
        """Called before anything is kept in memory. Raises TextsTooLong."""
        self._text_bytes += size
        if self._text_bytes > TEXT_BYTES:
            raise TextsTooLong

    def _end(self) -> None:
        self._whole = True

    # -- what reaches the store --------------------------------------------------------------------------------

    def _flush(self) -> None:
        writes, self._writes = self._writes, []
        for part, data in writes:
            if self._wrong:
                return
            if part.refused:
                continue
            try:
                self._room = self._room or self._ask_room()
                self._room.take(len(data))
            except ZaakspoorError as error:
                self._wrong = error
                return
            if part.incoming is None:
                part.incoming = self._store.open_incoming()
            if not part.media_type:
                part.head.extend(data[: HEAD_BYTES - len(part.head)])
                try:
                    self._judged(part, lambda one: self._recognise(one, at_end=False))
                except Invalid as error:
                    self._wrong = error
                    return
                if part.refused:
                    continue
            part.watch.feed(data)
            part.incoming.write(data)

    def _judged(self, part: _Part, look: Callable[[_Part], object]) -> None:
        """Look at a file. Raises Invalid for a wrong one; with `each` it is listed instead, and what came of it goes."""
        try:
            look(part)
        except Invalid as error:
            if not self._each:
                raise
            part.refused = True
            if part.incoming:
                part.incoming.abort()
            self.refused.append(RefusedFile(part.name, part.filename or "", next(iter(error.fields.values()))))

    def _recognise(self, part: _Part, *, at_end: bool) -> None:
        if part.media_type or not (at_end or len(part.head) >= HEAD_BYTES):
            return
        try:
            part.media_type = check_type(bytes(part.head), part.filename or "", self._formats)
        except Invalid as error:
            raise Invalid({part.name: str(error)}) from error

    def _stored(self, part: _Part) -> Upload:
        self._recognise(part, at_end=True)
        incoming = part.incoming
        assert incoming is not None  # noqa: S101 - it has content
        blob, sha256, size = incoming.finish()
        self._kept.append(blob)
        crash_point("blob-written")
        try:
            locked = part.watch.locked(self._store.read_unscanned(blob, incoming.file_key))
        except Invalid as error:
            if self._each:
                self._kept.remove(blob)
                self._store.delete(blob)
            raise Invalid({part.name: str(error)}) from error
        return Upload(part.filename or "", part.media_type, size, sha256, blob, locked, incoming.file_key)


def _text(raw: bytes) -> str:
    """A name as a browser meant it: it writes a quote and the ends of lines with a per cent sign, and nothing else
    (HTML, "multipart/form-data encoding algorithm"; RFC 7578, 4.2).
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    for written, meant in (("%22", '"'), ("%0D", "\r"), ("%0A", "\n")):
        text = text.replace(written, meant)
    return text
