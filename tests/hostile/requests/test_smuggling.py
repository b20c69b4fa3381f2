"""Two messages in one: wherever a proxy and we could disagree on where a request ends, we answer once and hang up (T8)."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

HIDDEN = b"GET /verborgen HTTP/1.1\r\nHost: a\r\n\r\n"
TRIED = {"tries": 0, "answered twice": 0, "hidden requests heard": 0}
HEARD: list[str] = []
PROPER = b"POST /a HTTP/1.1\r\nHost: a\r\n"

SMUGGLED = {
    "two lengths": PROPER + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "two lengths in one": PROPER + b"Content-Length: 0, %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "a length with a sign": PROPER + b"Content-Length: +0\r\n\r\n" + HIDDEN,
    "a length below nothing": PROPER + b"Content-Length: -1\r\n\r\n" + HIDDEN,
    "a length in hexadecimal": PROPER + b"Content-Length: 0x0\r\n\r\n" + HIDDEN,
    "a length with a space in it": PROPER + b"Content-Length: 0 0\r\n\r\n" + HIDDEN,
    "white space before the colon": PROPER + b"Content-Length : 0\r\n\r\n" + HIDDEN,
    "chunked by another name": PROPER + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunked and something": PROPER + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + HIDDEN,
    "two encodings": PROPER + b"Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "an encoding behind a tab": PROPER + b"Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a chunk of no size": PROPER + b"Transfer-Encoding: chunked\r\n\r\nonzin\r\n\r\n" + HIDDEN,
    "a chunk below nothing": PROPER + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n" + HIDDEN,
    "a chunk beyond all": PROPER + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\n\r\n" + HIDDEN,
    "a header without a name": PROPER + b": x\r\n\r\n" + HIDDEN,
    "a header with a zero": PROPER + b"X: \0\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "no host": b"POST /a HTTP/1.1\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "two hosts": PROPER + b"Host: b\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "a line that is no request": b"POST  /a HTTP/1.1\r\nHost: a\r\n\r\n" + HIDDEN,
}  # fmt: skip


async def app(scope, receive, send) -> None:
    """Reads the body and says that it came."""
    if scope["type"] != "http":
        return
    HEARD.append(scope["path"])
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server of the kind that the program uses."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="critical"))
        running = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
        running.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        running.join(10)
    print(f"\nsmuggling: {', '.join(f'{number} {what}' for what, number in TRIED.items())}")  # noqa: T201


def answers(port: int, sent: bytes) -> bytes:
    """All that comes back until the server hangs up, or says nothing for a while."""
    back = b""
    with socket.create_connection(("127.0.0.1", port), 5) as there:
        there.sendall(sent)
        there.settimeout(0.5)
        try:
            while more := there.recv(65_536):
                back += more
        except TimeoutError:
            pass
    return back


@pytest.mark.parametrize("how", SMUGGLED)
def test_t8_a_request_hidden_in_another_is_never_heard(port: int, how: str) -> None:
    HEARD.clear()
    TRIED["tries"] += 1
    back = answers(port, SMUGGLED[how])
    TRIED["answered twice"] += back.count(b"HTTP/1.1 ") > 1
    TRIED["hidden requests heard"] += "/verborgen" in HEARD
    assert back.startswith(b"HTTP/1.1 400 ")
    assert back.count(b"HTTP/1.1 ") == 1
    assert HEARD in ([], ["/a"])


def test_t8_a_length_beside_chunks_does_not_count(port: int) -> None:
    """As RFC 9112 (6.3) says: chunks go before a length, and what follows the last one is the next request."""
    HEARD.clear()
    both = PROPER + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    assert answers(port, both + HIDDEN.replace(b"verborgen", b"volgende")).count(b"HTTP/1.1 200") == 2
    assert HEARD == ["/a", "/volgende"]
