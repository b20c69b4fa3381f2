"""A server of uvicorn in a thread of the test, on a port of its own, and plain sockets to talk to it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from kit.waiting import until

HOST = "127.0.0.1"
PATIENCE = 60.0


@contextmanager
def running(config: uvicorn.Config) -> Iterator[int]:
    """Serve until the test is over; gives the port."""
    server = uvicorn.Server(config)
    with socket.create_server((HOST, 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            assert until(lambda: server.started)
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(PATIENCE)


@contextmanager
def line_to(port: int) -> Iterator[socket.socket]:
    """A connection over which a test sends what it wants."""
    with socket.create_connection((HOST, port), timeout=PATIENCE) as made:
        yield made


def heard(line: socket.socket) -> bytes:
    """All that the other side says until it hangs up."""
    pieces = []
    try:
        while piece := line.recv(65536):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)
