"""Pages and styles go compressed (pure ASGI); downloads, streams and pages with the secret of a link do not.

Compression tells by its length what is in a page twice, so that who may choose a part of a page can guess another part (BREACH,
Prado, Harris and Gluck, 2013). Against that: the token of forms is masked anew in each page (`portal.security.csrf`); what
goes to a browser with cookies is compressed only when that browser says that no other site began it; and the length is blurred by a name of
random length in the gzip header (Heal the Breach, Palacios and others, 2022).
"""

import gzip
import secrets
from io import BytesIO
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.codings import accepted
from portal.security.headers import SECRET

KINDS: Final = ("text/html", "text/css", "image/svg+xml")
WHOLE: Final = 200  # a part (206) was cut out of the text as it is, and says so in its head
OWN: Final = {"same-origin", "none"}  # of `Sec-Fetch-Site`: from a page of ours, or typed by the person
SMALLEST: Final = 500  # bytes: below that it is one packet either way
LEVEL: Final = 5  # a page of 40 kB in half a millisecond
MOST_BLUR: Final = 100  # letters
LINKS: Final = tuple(f"{path}/".encode() for path in SECRET)


class Compression:
    """Compresses what is sent in one piece; what comes in more pieces is a download or a stream."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _may_be(scope):
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Sender(send))


class _Sender:
    """Keeps the head of an answer until its body is there, because the head tells the length."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._head: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_text(message):
            self._head = message
            return
        if self._head is not None:
            head, self._head = self._head, None
            message = _smaller(head, message)
            await self._send(head)
        await self._send(message)


def _may_be(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    started_elsewhere = "cookie" in headers and headers.get("sec-fetch-site") not in OWN
    return bool(accepted(headers.get("accept-encoding", ""), ("gzip",))) and not (
        started_elsewhere or scope["path"].startswith(SECRET)
    )


def _is_text(head: Message) -> bool:
    headers = MutableHeaders(scope=head)
    return (
        head["status"] == WHOLE
        and headers.get("content-type", "").startswith(KINDS)
        and "content-encoding" not in headers
        and "content-disposition" not in headers
    )


def _smaller(head: Message, message: Message) -> Message:
    """The body compressed, and its head changed accordingly: its mark no longer stands for these very bytes (RFC 9110, 8.8.1)."""
    headers, body = MutableHeaders(scope=head), message.get("body", b"")
    headers.add_vary_header("Accept-Encoding")
    if message.get("more_body") or len(body) < SMALLEST or any(one in body for one in LINKS):
        return message
    made = BytesIO()
    blur = "z" * secrets.randbelow(MOST_BLUR + 1)
    with gzip.GzipFile(filename=blur, mode="wb", compresslevel=LEVEL, fileobj=made, mtime=0) as packed:
        packed.write(body)
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(made.tell())
    if headers.get("etag", "").startswith('"'):
        headers["ETag"] = f"W/{headers['etag']}"
    del headers["accept-ranges"]  # parts can be had of the text as it is only
    return {**message, "body": made.getvalue()}
