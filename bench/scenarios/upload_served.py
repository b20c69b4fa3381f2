"""The same large file through `zaakspoor web` in a process of its own, on PostgreSQL: as one form, and by pieces (tus) and a worker.

Beside the store it takes the network of this machine, the parser of forms, the database and the page that answers. The memory of the
server is that of its process (resident set): once warm, and the most that it held while the files came in.
"""

import os
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from bench.figures import Effort, Figure, at_most, milliseconds
from bench.ground import HOME, SECRET, WORKER, Ground, ground
from bench.postgres import PostgresServer
from bench.rabbit import free_port
from bench.scenarios.upload_floor import CHUNK, copy_and_hash, share
from processes.base.uploads import MEGABYTE
from processes.storage import staff, web_sessions
from processes.storage.web_sessions import SignIn
from processes.storage.words import LargeUploadState

PIECE: Final = 50 * MEGABYTE  # as the script of the pages sends
GROWN_MEGABYTES: Final = 30.0
LONGEST_SECONDS: Final = 60
FIRST: Final = b"%PDF-1.7\n" + CHUNK[9:]
BOUNDARY: Final = "grens-van-de-meting"
TUS: Final = {"Tus-Resumable": "1.0.0"}


@dataclass(frozen=True)
class Served:
    """A member of staff at the page of one case."""

    here: Ground
    browser: httpx.Client
    process: int
    tab: str
    csrf: str
    chunks: int

    def plain(self) -> None:
        """One form with the file, which is a document of the case afterwards."""
        fields = {"csrf": self.csrf, "form_key": os.urandom(12).hex(), "type": "underlying", "title": ""}
        answer = self.browser.post(
            self.tab,
            content=_form(fields, self._bytes()),
            headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
            follow_redirects=False,
        )
        _expect(answer, httpx.codes.SEE_OTHER)

    def by_pieces(self) -> None:
        """Announced, sent by pieces, and put together by the worker beside the pages of that process."""
        size = self.chunks * len(CHUNK)
        words = f"filename {b64encode(b'groot.pdf').decode()}"
        told = {**TUS, "X-CSRF-Token": self.csrf, "Upload-Length": str(size), "Upload-Metadata": words}
        begun = _expect(self.browser.post("/werk/uploads", params={"form": self.tab}, headers=told), 201)
        place, a_piece = begun.headers["location"], PIECE // len(CHUNK)
        for start in range(0, self.chunks, a_piece):
            headers = {**TUS, "X-CSRF-Token": self.csrf, "Content-Type": "application/offset+octet-stream"}
            headers["Upload-Offset"] = str(start * len(CHUNK))
            piece = self._bytes(start, min(start + a_piece, self.chunks))
            _expect(self.browser.patch(place, content=piece, headers=headers), 204)
        while self.browser.get(place).json()["state"] == LargeUploadState.ASSEMBLING:
            time.sleep(0.005)
        _expect(self.browser.delete(place, headers={**TUS, "X-CSRF-Token": self.csrf}), 204)

    def forget_files(self) -> None:
        """So that the disk holds one file at a time."""
        for file in list(self.here.services.files.all_blobs()):
            self.here.services.files.delete(file.blob)

    def megabytes(self, line: str) -> float:
        """`VmRSS`: the memory of the server now; `VmHWM`: the most until now."""
        words = Path(f"/proc/{self.process}/status").read_text().split(f"{line}:")[1].split()
        return int(words[0]) / 1024

    def _bytes(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        return (CHUNK if at else FIRST for at in range(start, self.chunks if end is None else end))


def figures(server: PostgresServer, effort: Effort, place: Path) -> Iterator[Figure]:
    chunks = max(1, effort.megabytes * MEGABYTE // len(CHUNK))
    with ground(server, "upload_served") as here, _served(here, chunks) as made:
        made.plain(), made.by_pieces(), made.forget_files()
        before = made.megabytes("VmHWM")
        rounds = []
        for _ in range(effort.rounds):
            works = (lambda: copy_and_hash(place / "copy", chunks), made.plain, made.by_pieces)
            rounds.append(tuple(milliseconds(work) for work in works))
            made.forget_files()
        after = made.megabytes("VmHWM")
    yield share("upload-served", [(base, plain) for base, plain, _ in rounds], None)
    yield share("upload-served-tus", [(base, pieces) for base, _, pieces in rounds], None)
    told = {"before_mb": before, "after_mb": after}
    yield at_most("upload-served-memory-mb", [after - before], GROWN_MEGABYTES, told)


@contextmanager
def _served(here: Ground, chunks: int) -> Iterator[Served]:
    number, port, settings = here.register(), free_port(), here.services.settings
    address = f"http://127.0.0.1:{port}"
    given = {"DATABASE": settings.database, "FILES": settings.files, "DATA": str(settings.data), "SECRET": SECRET,
             "PUBLIC_URL": address, "UPLOAD_MEGABYTES": "200", "LIMITS": "staff=100000/5minutes"}  # fmt: skip
    environment = {**os.environ, **{f"ZAAKSPOOR_{name}": value for name, value in given.items()}}
    command = [sys.executable, "-m", "portal.commands", "web", "--port", str(port)]
    started = subprocess.Popen(command, env=environment, cwd=HOME.parent, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        session = _signed_in(here)
        cookies = {"zaakspoor-staff": session.cookie}
        with httpx.Client(base_url=address, cookies=cookies, headers={"Origin": address}, timeout=60) as browser:
            _until_it_answers(started, browser)
            yield Served(here, browser, started.pid, f"/werk/zaken/{number}/documenten", session.csrf, chunks)
    finally:
        started.terminate()
        started.wait()


def _signed_in(here: Ground) -> SignIn:
    with here.services.sessions.begin() as session:
        staff.remember(session, WORKER)
    return web_sessions.create(here.services, "staff", WORKER.subject, WORKER.name, WORKER.roles)


def _until_it_answers(started: subprocess.Popen[bytes], browser: httpx.Client) -> None:
    end = time.monotonic() + LONGEST_SECONDS
    while started.poll() is None and time.monotonic() < end:
        try:
            browser.get("/healthz").raise_for_status()
        except httpx.ConnectError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("zaakspoor web does not answer")


def _form(fields: dict[str, str], file: Iterator[bytes]) -> Iterator[bytes]:
    for name, value in fields.items():
        yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="groot.pdf"\r\n\r\n'.encode()
    yield from file
    yield f"\r\n--{BOUNDARY}--\r\n".encode()


def _expect(answer: httpx.Response, status: int) -> httpx.Response:
    if answer.status_code != status:
        raise RuntimeError(f"{answer.request.method} answers {answer.status_code}: {answer.text[:200]}")
    return answer
