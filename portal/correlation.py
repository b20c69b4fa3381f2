"""Gives each request the word that ties its log lines to all that follows from it, and says it in the answer; and remembers
from which address it came.
"""

import time

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.security.client import client_address
from processes.base.correlation import begin
from processes.base.visitor import comes_from

HEADER = "X-Correlation-ID"
log = structlog.get_logger("portal")


class Correlation:
    """The outermost layer: also what the others refuse gets a word, and each change one line in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        structlog.contextvars.clear_contextvars()
        word, started = begin(Headers(scope=scope).get(HEADER, "")), time.perf_counter()
        address = client_address(HTTPConnection(scope))
        comes_from(str(address) if address else None)

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = word
                if scope["method"] not in {"GET", "HEAD"}:
                    # the first part of the path only: the rest may be a link that opens a dossier
                    face = scope["path"].partition("/")[2].partition("/")[0]
                    milliseconds = round((time.perf_counter() - started) * 1000)
                    log.info("request", face=face, method=scope["method"], status=message["status"], ms=milliseconds)
            await send(message)

        await self.app(scope, receive, answered)
