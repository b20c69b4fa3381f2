"""The demo as people start it, in a process of its own, and a browser with which they look at it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from kit.chromium import started
from person import Person
from playwright.sync_api import Browser

START_SECONDS = 120


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Iterator[str]:
    """The address of a fresh demo, started with the command of the README; DEMO_AT names one that already runs."""
    if running := os.environ.get("DEMO_AT"):
        yield running
        return
    folder = tmp_path_factory.mktemp("demo")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [Path(sys.executable).parent / "zaakspoor", "demo", "--port", str(port), "--data", str(folder / "data")]
    with (folder / "words").open("wb") as words:
        process = subprocess.Popen(command, stdout=words, stderr=words, env={**os.environ, "COLUMNS": "120"})
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", process, folder / "words")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait_for(address: str, process: subprocess.Popen[bytes], words: Path) -> None:
    for _ in range(START_SECONDS * 2):
        if process.poll() is not None:
            break
        try:
            with urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    raise AssertionError(f"the demo did not start:\n{words.read_text()}")


@pytest.fixture(scope="module")  # no longer: while it is open, no other test of this process can run an event loop
def browser() -> Iterator[Browser]:
    with started() as opened:
        yield opened


@pytest.fixture(scope="module")
def people(demo, browser):
    """Somebody new in a browser of their own."""
    checked: set[tuple[str, str]] = set()

    def enter(address: str = "", name: str = "", way: str | None = None) -> Person:
        person = Person(browser, demo, checked, pictures=bool(os.environ.get("MAKE_SCREENSHOTS")))
        return person.sign_in(address, name, way) if name else person

    return enter


@pytest.fixture(scope="module")
def noor(people):
    return people("/werk", "Noor Behandelaar")
