"""A real `zaakspoor web` in a process of its own, next to an installation that the test has open."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.rabbit import free_port
from kit.installation import TEST_SECRET
from kit.waiting import until
from processes.storage.services import Services

ROOT = Path(__file__).parents[2]
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
def web_process(services: Services, folder: Path, port: int = 0, **more: str) -> Iterator[WebProcess]:
    """Serves the installation of `services`, with the same database, files and secret; `more` are settings beside these, without their prefix."""
    port, settings = port or free_port(), services.settings
    given = {
        "DATABASE": settings.database, "FILES": settings.files, "DATA": str(settings.data), "SECRET": TEST_SECRET,
        "PUBLIC_URL": f"http://127.0.0.1:{port}", "UPLOAD_MEGABYTES": str(settings.upload_megabytes),
        "LOOK_INSIDE": "on" if settings.look_inside else "off", **more,
    }  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ZAAKSPOOR_")}
    environment |= {f"ZAAKSPOOR_{name}": value for name, value in given.items()} | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "portal.commands", "web", "--port", str(port)]
    with (folder / "web.log").open("wb") as words:
        process = subprocess.Popen(command, stdout=words, stderr=words, env=environment, cwd=ROOT)
        try:
            made = WebProcess(port, process.pid)
            assert until(lambda: process.poll() is not None or _lives(made)), (folder / "web.log").read_text()
            assert process.poll() is None, (folder / "web.log").read_text()
            yield made
        finally:
            process.terminate()
            process.wait(60)


def _lives(process: WebProcess) -> bool:
    try:
        return httpx.get(f"{process.address}/healthz", timeout=5).status_code == 200
    except httpx.TransportError:
        return False
