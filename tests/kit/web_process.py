"""A real `zaakspoor web` in a process of its own, next to an installation that the test has open.

Loading all pages takes seconds. One process of each run of tests does so and forks for each that is wanted; who measures the program
itself asks for one that was started as people start it (`forked=False`).
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.rabbit import free_port
from kit.fork_server import CONTEXT, ROOT, run
from kit.installation import TEST_SECRET
from kit.waiting import until
from processes.storage.services import Services

PEAK = "VmHWM:"


@dataclass(frozen=True)
class WebProcess:
    port: int
    pid: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def peak_megabytes(self) -> int:
        """The most memory that the process itself held at any moment (resident set), as Linux kept it."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith(PEAK)).split()[1]) // 1024


@contextmanager
def web_process(
    services: Services, folder: Path, port: int = 0, *, forked: bool = True, **more: str
) -> Iterator[WebProcess]:
    """Serves the installation of `services`, with the same database, files and secret; `more` are settings beside these, without their prefix."""
    port, settings = port or free_port(), services.settings
    given = {
        "DATABASE": settings.database, "FILES": settings.files, "DATA": str(settings.data), "SECRET": TEST_SECRET,
        "PUBLIC_URL": f"http://127.0.0.1:{port}", "UPLOAD_MEGABYTES": str(settings.upload_megabytes),
        "LOOK_INSIDE": "on" if settings.look_inside else "off", **more,
    }  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ZAAKSPOOR_")}
    environment |= {f"ZAAKSPOOR_{name}": value for name, value in given.items()} | {"PYTHONPATH": str(ROOT)}
    words = folder / "web.log"
    with (_forked if forked else _started)(environment, port, words) as (pid, ended):
        made = WebProcess(port, pid)
        assert until(lambda: ended() or _lives(made)), words.read_text()
        assert not ended(), words.read_text()
        yield made


@contextmanager
def _started(environment: Mapping[str, str], port: int, words: Path) -> Iterator[tuple[int, Callable[[], bool]]]:
    """As people start it: its number, and whether it ended."""
    command = [sys.executable, "-m", "portal.commands", *_command(port)]
    with words.open("wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, env=environment, cwd=ROOT)
        try:
            yield process.pid, lambda: process.poll() is not None
        finally:
            process.terminate()
            process.wait(60)


@contextmanager
def _forked(environment: Mapping[str, str], port: int, words: Path) -> Iterator[tuple[int, Callable[[], bool]]]:
    process = CONTEXT.Process(target=run, args=(_command(port), dict(environment), str(words)))
    process.start()
    assert process.pid is not None
    try:
        yield process.pid, lambda: not process.is_alive()
    finally:
        process.terminate()
        process.join(60)
        process.close()


def _command(port: int) -> list[str]:
    return ["web", "--port", str(port)]


def _lives(process: WebProcess) -> bool:
    try:
        return httpx.get(f"{process.address}/healthz", timeout=5).status_code == 200
    except httpx.TransportError:
        return False
