"""Stopping and breaking off: SIGTERM lets a running request and a running mail finish; half an upload leaves nothing."""

import re
import signal
import socket
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from fault_experiment import Experiment
from fault_installation import LONG, Installation
from fault_play import BIG, drained, ok, token_of
from kit.browser import hidden
from kit.waiting import until
from sqlalchemy import select

from bench.rabbit import free_port
from processes.jobs.clock_process import sweep_orphans
from processes.storage.tables import Delivery, DocumentRow

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(600)]
EDGE = "grens"


def dossier_of(experiment: Experiment) -> str:
    play = experiment.play(1)
    play.register()
    play.ask()
    return f"/verzoek/{token_of(experiment.installation.services, play.numbers[0])[0]}"


def body_of(page: str) -> bytes:
    fields = {"csrf": hidden(page, "csrf"), "form_key": hidden(page, "form_key"), "task": hidden(page, "task"),
              "remark": "", "stap": "controleren"}  # fmt: skip
    parts = [f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in
             fields.items()]  # fmt: skip
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
    return "".join([*parts, head]).encode() + BIG + f"\r\n--{EDGE}--\r\n".encode()


def begin_upload(url: str, path: str, body: bytes) -> socket.socket:
    """A connection over which half of the form went."""
    address = urlsplit(url)
    line = socket.create_connection((address.hostname or "", address.port or 0), timeout=LONG)
    head = (
        f"POST {path}/aanleveren HTTP/1.1\r\nHost: {address.netloc}\r\nOrigin: {url}\r\nContent-Length: {len(body)}\r\n"
        f"Connection: close\r\nContent-Type: multipart/form-data; boundary={EDGE}\r\n\r\n"
    )
    line.sendall(head.encode() + body[: len(body) // 2])
    return line


def page_of(installation: Installation, path: str) -> str:
    return ok(httpx.get(f"{installation.url}{path}", timeout=LONG)).text


def files_of(installation: Installation) -> tuple[set[str], set[str]]:
    """What the store holds, and what rows name."""
    with installation.services.sessions() as session:
        named = set(session.scalars(select(DocumentRow.blob)))
    return {one.blob for one in installation.services.files.all_blobs()}, named


def arriving(installation: Installation) -> set[Path]:
    """Files of which a web process has a part."""
    return set((Path(installation.services.settings.files) / "incoming").glob("*"))


def broke_off(line: socket.socket) -> bool:
    """Whether the other side went away without an answer: the system closes the line, or resets it."""
    with line:
        try:
            return line.recv(100) == b""
        except ConnectionResetError:
            return True


def test_an_upload_broken_off_half_way_leaves_no_row_and_no_orphan(
    experiment: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation, path = experiment.installation, dossier_of(experiment)
    before = arriving(installation)
    line = begin_upload(installation.url, path, body_of(page_of(installation, path)))
    assert until(lambda: bool(arriving(installation) - before))
    line.close()
    assert installation.status(path) == 200
    installation.programs.arm("web", "body-half")
    installation.until_ready()
    line = begin_upload(installation.url, path, body_of(page_of(installation, path)))
    assert broke_off(line)  # the web process died with half a file on its disk
    installation.until_ready()
    monkeypatch.setattr("processes.jobs.clock_process.ORPHAN_AGE", timedelta(seconds=-5))
    assert until(lambda: drained(installation.services))
    sweep_orphans(installation.services)
    kept, named = files_of(installation)
    assert kept == named
    assert not arriving(installation)
    with installation.services.sessions() as session:
        unknown = select(Delivery.receipt).where(Delivery.receipt.not_in(experiment.doors.confirmed))
        assert session.scalars(unknown).all() == []


def test_sigterm_lets_what_runs_finish_and_takes_no_new_work(experiment: Experiment) -> None:
    installation, path = experiment.installation, dossier_of(experiment)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    web = installation.programs.beside("web", "--port", str(port), ZAAKSPOOR_PUBLIC_URL=url)
    clock = installation.programs.beside("clock")
    body = body_of(page_of(installation, path))
    assert until(lambda: listens(port))
    before = arriving(installation)
    line = begin_upload(url, path, body)
    assert until(lambda: bool(arriving(installation) - before))
    for one in (web, clock):
        one.terminate()
    clock.join(LONG)
    assert clock.exitcode == 0
    assert until(lambda: not listens(port)), "it still takes new work"
    line.sendall(body[len(body) // 2 :])
    answer = b""
    while chunk := line.recv(65536):
        answer += chunk
    line.close()
    assert answer.startswith(b"HTTP/1.1 200"), answer[:300]
    assert re.search(rb"a\.pdf", answer)
    web.join(LONG)
    assert web.exitcode in (0, -signal.SIGTERM)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_sigterm_lets_a_worker_finish_its_mail(experiment: Experiment) -> None:
    installation = experiment.installation
    installation.mail.box.seconds = 1.5
    installation.mail.box.heard.clear()
    play = experiment.play(1)
    play.register()
    assert installation.mail.box.heard.wait(LONG)
    assert installation.programs.terminate("worker") == [0, 0]
    installation.mail.box.seconds = 0
    copies = {name: len(raw) for name, raw in installation.mail.box.received.items()}
    installation.programs.start("worker", "worker")
    experiment.check()
    again = {name for name, count in copies.items() if len(installation.mail.box.received[name]) > count}
    assert again == set()  # what was under way was also marked
