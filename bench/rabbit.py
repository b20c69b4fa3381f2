"""A RabbitMQ of our own, for tests and benchmarks: its own node, ports and folder, gone afterwards."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
MISSING = "RabbitMQ ontbreekt. Installeer het met: apt-get install --no-install-recommends rabbitmq-server"

TRIES, SECONDS = 3, 60


class Rabbit:
    def __init__(self) -> None:
        if not PROGRAM.exists():
            raise RuntimeError(MISSING)
        self._folder = Path(tempfile.mkdtemp(prefix="zs-mq-"))
        self._ports = {name: free_port() for name in ("node", "dist", "names")}
        self._running: list[subprocess.Popen[bytes]] = []
        self.address = f"amqp://guest:guest@127.0.0.1:{self._ports['node']}/"

    def start(self) -> None:
        """Up to three tries: a node that was just killed may still hold its name or its port for a moment."""
        for _ in range(TRIES):
            self._launch()
            if self._answers_within(SECONDS):
                return
            self.stop()
        raise RuntimeError((self._folder / "words").read_text())

    def _launch(self) -> None:
        with (self._folder / "words").open("ab") as words:
            for command in (["epmd", "-address", "127.0.0.1", "-port", str(self._ports["names"])], [str(PROGRAM)]):
                given = {"env": self._environment(), "stdout": words, "stderr": words, "start_new_session": True}
                self._running.append(subprocess.Popen(command, **given))  # type: ignore[call-overload] # noqa: S603 - ours

    def _answers_within(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._running[-1].poll() is None:
            if answers(self._ports["node"]):
                return True
            time.sleep(0.2)
        return False

    def stop(self) -> None:
        """As if the machine lost power: killed, with all that it started."""
        for process in reversed(self._running):
            with contextlib.suppress(ProcessLookupError):  # it stopped by itself
                os.killpg(process.pid, 9)
            process.wait()
        self._running = []

    def wipe(self) -> None:
        self.stop()
        shutil.rmtree(self._folder)
        self._folder.mkdir()

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._folder)

    def _environment(self) -> dict[str, str]:
        at = str(self._folder)
        return {
            **os.environ,
            "HOME": at,
            "ERL_EPMD_PORT": str(self._ports["names"]),
            "RABBITMQ_NODENAME": f"zs{self._ports['node']}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self._ports["node"]),
            "RABBITMQ_DIST_PORT": str(self._ports["dist"]),
            "RABBITMQ_MNESIA_BASE": at,
            "RABBITMQ_LOG_BASE": at,
            "RABBITMQ_PID_FILE": f"{at}/pid",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{at}/plugins",
            "RABBITMQ_CONFIG_FILE": f"{at}/rabbitmq",
        }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether a broker (not only a socket) answers: it greets a nonsense client with its own protocol version."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
            probe.sendall(b"AMQP\x00\x00\x00\x00")
            return probe.recv(4) == b"AMQP"
    except OSError:
        return False
