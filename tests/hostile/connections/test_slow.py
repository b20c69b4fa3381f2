"""T1: who sends half a request, or a body a byte at a time, is let go; who is slow and honest is not."""

import asyncio
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
import uvicorn
from kit.running import heard, line_to, running
from kit.tries import tried

from portal.connections import ConnectionLimits, limited

QUICK = ConnectionLimits(header_seconds=0.4, body_seconds=0.6, body_rate=1000, stalled_seconds=0.5, connections=80)
PIECE = b"x" * 100_000
PIECES = 200  # 20 MB: more than the sockets of both sides hold
FORM = b"POST /lees HTTP/1.1\r\nHost: proef\r\nContent-Length: 5000\r\n\r\n"
GET = b"GET /lees HTTP/1.1\r\nHost: proef\r\n\r\n"


async def app(scope: Any, receive: Any, send: Any) -> None:
    """`/lees` reads the body and says how long it was, `/stroom` sends much, `/nieuws` a little now and then."""
    if scope["type"] != "http":
        return
    seen, more = 0, True
    while more and scope["path"] != "/weiger":
        message = await receive()
        seen, more = seen + len(message.get("body", b"")), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    if scope["path"] == "/stroom":
        for _ in range(PIECES):
            await send({"type": "http.response.body", "body": PIECE, "more_body": True})
    if scope["path"] == "/nieuws":
        for _ in range(4):
            await asyncio.sleep(0.3)
            await send({"type": "http.response.body", "body": b"data: nog niets\n\n", "more_body": True})
    await send({"type": "http.response.body", "body": str(seen).encode()})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    config = uvicorn.Config(app, log_level="critical", access_log=False, http=limited(QUICK), lifespan="off")
    with running(config) as found:
        yield found


HALVES = {
    "half a header": (b"GET / HTTP/1.1\r\nHost: proef\r\nX-Iets: ", 408),
    "half a line": (b"GE", 408),
    "half a body": (FORM + b"naam=", 408),
    "no body at all": (FORM, 408),
    "half a chunk": (b"POST /lees HTTP/1.1\r\nHost: proef\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nab", 408),
    "half of the second request": (GET + b"GET /lees HT", 408),
    "a second header that never comes": (GET + FORM, 408),
    "half a body that nobody reads": (FORM.replace(b"/lees", b"/weiger"), 200),
}


@pytest.mark.parametrize(("sent", "status"), HALVES.values(), ids=HALVES.keys())
def test_t1_half_a_request_is_answered_and_let_go(port: int, sent: bytes, status: int, counted: str) -> None:
    with line_to(port) as line:
        line.sendall(sent)
        answer = heard(line)
    tried(counted)
    last = answer[answer.rindex(b"HTTP/1.1 ") :]
    assert last.startswith(f"HTTP/1.1 {status} ".encode()), answer
    if status == 408:
        assert b"connection: close" in last.lower()


def test_t1_who_connects_and_says_nothing_is_let_go_without_an_answer(port: int) -> None:
    with line_to(port) as line:
        assert heard(line) == b""


def test_t1_a_byte_now_and_then_does_not_help(port: int) -> None:
    for begin in (b"GET / HTTP/1.1\r\nHost: proef\r\nX-Iets: ", FORM):
        with line_to(port) as line:
            line.sendall(begin)
            answer = dripped(line)
        assert answer.startswith(b"HTTP/1.1 408 ")


def one_answer(line: socket.socket) -> bytes:
    """The next answer on a connection that stays open."""
    seen = b""
    while not seen.endswith(b"0\r\n\r\n") and (piece := line.recv(65536)):
        seen += piece
    return seen


def dripped(line: socket.socket) -> bytes:
    """The answer to one byte each tenth of a second, for ten seconds at most."""
    line.settimeout(0.1)
    for _ in range(100):
        try:
            line.sendall(b"a")
            return line.recv(65536)
        except TimeoutError:
            continue
        except (BrokenPipeError, ConnectionResetError):
            break
    return b""


def test_t1_sixty_half_open_requests_are_let_go_and_the_others_are_served(port: int, counted: str) -> None:
    with ExitStack() as open_:
        lines = [open_.enter_context(line_to(port)) for _ in range(60)]
        for at, line in enumerate(lines):
            line.sendall(FORM if at % 2 else GET[:20])
        with line_to(port) as other:
            other.sendall(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            assert heard(other).startswith(b"HTTP/1.1 200 ")
        with ThreadPoolExecutor(60) as together:
            answers = list(together.map(heard, lines))
    for _ in answers:
        tried(counted)
    assert [answer[:13] for answer in answers] == [b"HTTP/1.1 408 "] * 60


def test_t1_one_connection_too_many_is_told_so(port: int) -> None:
    with ExitStack() as open_:
        for _ in range(QUICK.connections):
            open_.enter_context(line_to(port))
        with line_to(port) as line:
            assert heard(line).startswith(b"HTTP/1.1 503 ")


def test_t1_a_slow_honest_upload_passes(port: int) -> None:
    """Twice as fast as the floor, over several looks at it."""
    with line_to(port) as line:
        line.sendall(FORM)
        for _ in range(25):
            line.sendall(b"x" * 200)
            time.sleep(0.08)
        answer = one_answer(line)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"5000\r\n0\r\n\r\n")


def test_t1_a_connection_is_kept_for_the_next_request(port: int) -> None:
    with line_to(port) as line:
        for _ in range(3):
            line.sendall(GET)
            assert one_answer(line).startswith(b"HTTP/1.1 200 ")
            time.sleep(QUICK.header_seconds + 0.1)  # uvicorn's own time for this is longer


@pytest.mark.parametrize("path", ["/nieuws", "/stroom"])
def test_t1_an_answer_that_takes_long_is_not_cut(port: int, path: str) -> None:
    """News that comes now and then, and a reader who takes a large file slowly."""
    with line_to(port) as line:
        line.sendall(GET.replace(b"/lees", path.encode()).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        seen = b""
        for _ in range(6):
            seen += line.recv(1_000_000)
            time.sleep(0.25)
        seen += heard(line)
    assert seen.endswith(b"0\r\n\r\n")
    assert seen.count(b"nog niets") == (4 if path == "/nieuws" else 0)
    assert (len(seen) > PIECES * len(PIECE)) is (path == "/stroom")


def test_t1_a_reader_who_takes_nothing_is_let_go(port: int) -> None:
    with line_to(port) as line:
        line.sendall(GET.replace(b"/lees", b"/stroom"))
        time.sleep(QUICK.stalled_seconds * 3)
        assert not heard(line).endswith(b"0\r\n\r\n")
