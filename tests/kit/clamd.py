"""A real clamd (ClamAV) as an ordinary user on a socket in a folder of its own, with one signature of our own and no other."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from kit.documents import PDF
from kit.owned_program import OwnedProgram, owner
from processes.storage.clamd import ScannerTrouble, scanner_version

PROGRAM = Path("/usr/sbin/clamd")
MISSING = "clamd ontbreekt. Installeer het met: apt-get install --no-install-recommends clamav-daemon"
# the test file of EICAR, in two halves, so that nobody's scanner takes this file for one
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
FOUND = "Proef.Virus.UNOFFICIAL"
INFECTED = PDF + b"% " + EICAR + b"\n"
LARGEST = 300_000  # bytes that the daemon takes
CONFIGURATION = """
LocalSocket {at}/clamd.sock
DatabaseDirectory {at}/signatures
TemporaryDirectory {at}
LogFile {at}/log
Foreground yes
StreamMaxLength {largest}
AlertExceedsMax yes
MaxThreads 2
SelfCheck 0
"""


@dataclass
class Clamd(OwnedProgram):
    folder: Path

    @property
    def address(self) -> str:
        return f"{self.folder}/clamd.sock"

    @contextmanager
    def stopped(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self.start()

    def _command(self) -> list[str]:
        return [str(PROGRAM), "-c", f"{self.folder}/clamd.conf"]

    def _answers(self) -> bool:
        with suppress(ScannerTrouble):
            return bool(scanner_version(self.address))
        return False


@contextmanager
def clamd() -> Iterator[Clamd]:
    if not PROGRAM.exists():
        raise RuntimeError(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="zs-clamd-"))  # short: the path of a socket may have 107 characters
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "proef.ndb").write_text(f"Proef.Virus:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(CONFIGURATION.format(at=folder, largest=LARGEST))
    for place in (folder, signatures, *folder.iterdir(), *signatures.iterdir()):
        if os.geteuid() == 0:
            os.chown(place, owner().pw_uid, owner().pw_gid)
    server = Clamd(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def says(*replies: bytes, hang_up_after: int | None = None) -> Iterator[str]:
    """A daemon of our own at the address given: to each connection one of these replies, whatever is sent. It stops reading, and hangs
    up, after so many bytes.
    """
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for reply in replies:
            with suppress(OSError), listening.accept()[0] as one:
                _hear(one, hang_up_after)
                one.sendall(reply)

    Thread(target=serve, daemon=True).start()
    try:
        yield f"127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.close()


def _hear(one: socket.socket, most: int | None) -> None:
    """Read up to the empty chunk that ends a file, or up to `most` bytes."""
    heard = bytearray()
    while not (heard.endswith(bytes(4)) or heard.startswith((b"zVERSION\0", b"zPING\0"))):
        heard += one.recv(65_536)
        if most is not None and len(heard) >= most:
            return
