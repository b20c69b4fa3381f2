"""Whether a file opens only with a password. In: its bytes while they come in, then the whole file; out: yes or no.

Such a file is kept: it may be the only one that somebody has. But who sends it and who must read it are told at once.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from threading import Lock

import pypdf

from processes.base.errors import Invalid
from processes.base.file_types import COMPOUND, FORMATS, OTHERS, format_of

OVERLAP = 64  # the longest mark is shorter, so that one over two chunks is seen too
PDF_MARK = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
OFFICE_MARK = "EncryptedPackage".encode("utf-16-le")  # MS-OFFCRYPTO 2.3.4.4: the stream that holds the encrypted file
IN_MEMORY = 1_000_000
LARGEST_MANIFEST = 1_000_000
# A small PDF may unpack to much: only its table of objects is read, by one visitor at a time.
ONE_AT_A_TIME = Lock()
MODEST = pypdf.Configuration(
    zlib_maximum_output_length=10_000_000, lzw_maximum_output_length=10_000_000,
    run_length_maximum_output_length=10_000_000, array_based_stream_maximum_output_length=10_000_000,
    stream_decoding_work_maximum_length=20_000_000,
)  # fmt: skip


class LockWatch:
    """Feed it the chunks of one file under its name; then ask `locked` once, with the whole file."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._format = format_of(name) or ""
        self._head = b""
        self._tail = b""
        self._marked = False

    def feed(self, chunk: bytes) -> None:
        if len(self._head) < len(COMPOUND):
            self._head += chunk[: len(COMPOUND) - len(self._head)]
        if not self._marked and (self._format == "pdf" or self._format in OTHERS):
            seen = self._tail + chunk
            mark = PDF_MARK.search(seen) if self._format == "pdf" else OFFICE_MARK in seen
            self._marked, self._tail = bool(mark), seen[-OVERLAP:]

    def locked(self, content: Iterable[bytes]) -> bool:
        """Raises Invalid for an office file that turns out to be something else."""
        if self._in_compound:
            if not self._marked:
                title = FORMATS[self._format].title
                raise Invalid({"": f"De inhoud van '{self._name}' past niet bij de naam: dit is geen {title}."})
            return True
        if self._format == "pdf":
            return self._marked and _needs_password(content)
        if self._format == "zip":
            return bool(self._head[6:7]) and bool(self._head[6] & 1)  # the first flag of the first entry
        return self._format == "odt" and _encrypted_odt(content)

    @property
    def _in_compound(self) -> bool:
        return self._format in OTHERS and self._head == COMPOUND


def _needs_password(content: Iterable[bytes]) -> bool:
    """Many encrypted PDFs open for everybody, and only forbid printing or changing: those are not locked."""
    with _copy(content) as file, ONE_AT_A_TIME, pypdf.apply_configuration(MODEST):
        try:
            return not pypdf.PdfReader(file).decrypt("")
        except Exception:  # noqa: BLE001 - of a file of others anything can break; then the mark is what we know
            return True


def _encrypted_odt(content: Iterable[bytes]) -> bool:
    with _copy(content) as file:
        try:
            with zipfile.ZipFile(file) as archive, archive.open("META-INF/manifest.xml") as manifest:
                return b"encryption-data" in manifest.read(LARGEST_MANIFEST)
        except (
            KeyError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
            zipfile.BadZipFile,
            zlib.error,
        ):
            return False


def _copy(content: Iterable[bytes]) -> "SpooledTemporaryFile[bytes]":
    file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
    for chunk in content:
        file.write(chunk)
    file.seek(0)
    return file
