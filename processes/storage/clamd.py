"""The client of clamd, the daemon of ClamAV: bytes in, a verdict out (the commands INSTREAM and VERSION, see `man clamd`).

A connection per file, with a time limit on every step. Whatever is no plain `OK` or `FOUND` raises ScannerTrouble, with a
Dutch sentence that says what to do: a file about which nothing is known is never taken for a clean one.
"""

import re
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, Self

from processes.base.dutch import long_moment
from processes.base.errors import ZaakspoorError
from processes.base.setting_values import scanner_parts

CHUNK_BYTES: Final = 256 * 1024
MOST_REPLY: Final = 4096
CONNECT_SECONDS: Final = 5.0
REPLY: Final = re.compile(r"stream: (?:(?P<ok>OK)|(?P<found>.{1,200}) FOUND)")
TOO_LARGE: Final = "INSTREAM size limit exceeded"
LIMITS: Final = "Heuristics.Limits.Exceeded"  # with AlertExceedsMax: clamd did not look at all of the file
CUT: Final = "De viruscontrole brak de verbinding af voordat er een uitslag was. Misschien is het bestand groter dan StreamMaxLength in clamd.conf."
LARGER: Final = "Dit bestand is groter dan de viruscontrole aanneemt. Zet in clamd.conf StreamMaxLength, MaxFileSize en MaxScanSize hoger."
SILENT: Final = "De viruscontrole (ClamAV) antwoordt niet. Kijk of clamd draait en of ZAAKSPOOR_CLAMAV klopt."
STRANGE: Final = "De viruscontrole gaf een antwoord dat wij niet kennen. Kijk in het logboek van clamd."


class ScannerTrouble(ZaakspoorError):
    """De viruscontrole lukt nu niet."""

    status = 503


@dataclass(frozen=True, slots=True)
class ScannerVersion:
    """`signatures_at`: the day and time of the signatures; None when clamd has none of ClamAV itself."""

    program: str
    signatures: str = ""
    signatures_at: datetime | None = None


class ScanStream:
    """One file on its way to clamd: `feed` it, then ask for the `verdict`. Everything raises ScannerTrouble."""

    def __init__(self, address: str, seconds: float) -> None:
        self._seconds = seconds
        self._socket = _connected(address, seconds)
        try:
            self._send(b"zINSTREAM\0")
        except ScannerTrouble:
            self.close()
            raise

    def feed(self, chunk: bytes) -> None:
        for at in range(0, len(chunk), CHUNK_BYTES):
            piece = chunk[at : at + CHUNK_BYTES]
            self._send(len(piece).to_bytes(4) + piece)

    def verdict(self) -> str:
        """The name of what was found; empty for a clean file."""
        self._send(bytes(4))
        return _verdict(_reply(self._socket, self._seconds))

    def close(self) -> None:
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _send(self, content: bytes) -> None:
        try:
            self._socket.sendall(content)
        except TimeoutError as error:
            raise ScannerTrouble(SILENT) from error
        except OSError as error:  # over its limit clamd says so and hangs up, while we still send
            raise ScannerTrouble(self._last_words()) from error

    def _last_words(self) -> str:
        try:
            return LARGER if TOO_LARGE in _reply(self._socket, 1.0) else CUT
        except ScannerTrouble:
            return CUT


def scan(address: str, chunks: Iterable[bytes], seconds: float) -> str:
    """The name of what was found; empty for a clean file. `seconds`: how long the scanner may be silent. Raises ScannerTrouble."""
    with ScanStream(address, seconds) as stream:
        for chunk in chunks:
            stream.feed(chunk)
        return stream.verdict()


def scanner_version(address: str, seconds: float = CONNECT_SECONDS) -> ScannerVersion:
    """`ClamAV 1.4.3/27700/Sat Nov 28 10:35:00 2026` as its parts. Raises ScannerTrouble."""
    with _connected(address, seconds) as connection:
        try:
            connection.sendall(b"zVERSION\0")
        except OSError as error:
            raise ScannerTrouble(SILENT) from error
        program, _, rest = _reply(connection, seconds).partition("/")
    if not program.startswith("ClamAV"):
        raise ScannerTrouble(STRANGE)
    signatures, _, moment = rest.partition("/")
    return ScannerVersion(program[:80], signatures[:20], _moment(moment))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip(), "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except ValueError:
        return None


def _connected(address: str, seconds: float) -> socket.socket:
    at, soon = scanner_parts(address), min(seconds, CONNECT_SECONDS)
    try:
        connection = _at_path(at, soon) if isinstance(at, str) else socket.create_connection(at, soon)
    except OSError as error:
        raise ScannerTrouble(SILENT) from error
    connection.settimeout(seconds)
    return connection


def _at_path(path: str, seconds: float) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(seconds)
        connection.connect(path)
    except OSError:
        connection.close()
        raise
    return connection


def _reply(connection: socket.socket, seconds: float) -> str:
    """Up to the NUL that ends it, within `seconds` for all of it together."""
    until, said = time.monotonic() + seconds, bytearray()
    try:
        while b"\0" not in said and len(said) < MOST_REPLY:
            connection.settimeout(max(0.001, until - time.monotonic()))
            piece = connection.recv(MOST_REPLY)
            if not piece:
                raise ScannerTrouble(CUT)
            said += piece
    except TimeoutError as error:
        raise ScannerTrouble(SILENT) from error
    except OSError as error:
        raise ScannerTrouble(CUT) from error
    return bytes(said).partition(b"\0")[0].decode("utf-8", "replace").strip()


def _verdict(reply: str) -> str:
    if reply.startswith(TOO_LARGE):
        raise ScannerTrouble(LARGER)
    said = REPLY.fullmatch(reply)
    if said is None:
        raise ScannerTrouble(STRANGE)
    found = said["found"] or ""
    if found.startswith(LIMITS):
        raise ScannerTrouble(LARGER)
    return found


def scanner_in_words(version: ScannerVersion) -> str:
    if version.signatures_at is None:
        return f"{version.program}, met alleen eigen signaturen"
    return f"{version.program}, signaturen {version.signatures} van {long_moment(version.signatures_at)}"
