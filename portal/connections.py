"""How long a connection may keep us waiting: the HTTP protocol of uvicorn (h11), with limits of time and number.

uvicorn waits for ever for the rest of a header or of a body, so that some hundred sockets which send a byte now and then
would hold the process. Here a header must be whole within some seconds, a body must come in at some speed, and a reader
must take something of an answer now and then. Time in which we ourselves do not read is not counted.
"""

import asyncio
import fcntl
import sys
import termios
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

LATE = b"Uw aanvraag kwam te langzaam binnen. Probeer het opnieuw."
FULL = b"Het is nu te druk. Probeer het over een minuut opnieuw."
ENDLESS = "zaakspoor.endless"  # the key in the scope by which a page says that its answer has no end
TICKS = 30  # looks per `body_seconds`


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """`body_rate` in bytes per second, measured over each `body_seconds`; `connections` per process, below the 1024 open
    files that a process usually may have. A reader who takes nothing for `stalled_seconds` has gone.
    """

    header_seconds: float = 10
    body_seconds: float = 30
    body_rate: int = 1000
    stalled_seconds: float = 120
    connections: int = 400


class LimitedProtocol(H11Protocol):
    """One connection. Too late: answered with 408 and closed; one connection too many: 503 and closed."""

    limits: ClassVar[ConnectionLimits] = ConnectionLimits()

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._timer: asyncio.TimerHandle | None = None  # of the header, or of the next look at the body
        self._writing: asyncio.TimerHandle | None = None
        self._heard = False
        self._waited = 0.0  # seconds of this look at the body in which we were ready to read
        self._bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            self._refuse(503, FULL)
            return
        self._timer = self.loop.call_later(self.limits.header_seconds, self._header_is_late)

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._heard = True
        self._bytes += len(data)
        before = self.conn.their_state
        super().data_received(data)
        self._watch(before)

    def on_response_complete(self) -> None:
        before = self.conn.their_state
        super().on_response_complete()
        if before is not self.conn.their_state:
            self._watch(before)

    def shutdown(self) -> None:
        """A stop of the server waits for what is being answered, but not for an answer that has no end (`ENDLESS`)."""
        super().shutdown()
        if self.cycle is not None and not self.cycle.response_complete and self.cycle.scope.get(ENDLESS):
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            self.transport.close()

    # -- reading -----------------------------------------------------------------------------------------------

    def _watch(self, before: Any) -> None:
        """Start or stop the timer by what we wait for now."""
        state = self.conn.their_state
        if self.transport.is_closing():
            self._forget()
        elif state is h11.SEND_BODY:
            if before is not h11.SEND_BODY:
                self._forget()
                self._look_later()
        elif state is not h11.IDLE or before is not h11.IDLE:
            self._forget()
        # the first bytes of a header; while nothing came after an answer, uvicorn's own timer runs
        if state is h11.IDLE and self._timer is None and self.conn.trailing_data[0]:
            self._timer = self.loop.call_later(self.limits.header_seconds, self._header_is_late)

    def _forget(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        self._waited, self._bytes = 0.0, 0

    def _header_is_late(self) -> None:
        if self._heard:
            self._refuse(408, LATE)
        else:
            self.transport.close()  # a browser that connected beforehand and then asked nothing

    def _look_later(self) -> None:
        self._timer = self.loop.call_later(self.limits.body_seconds / TICKS, self._look)

    def _look(self) -> None:
        """Whether the body comes in fast enough. While our own work is slower than the sender nothing is counted."""
        if not (self.flow.read_paused or (self.cycle and self.cycle.waiting_for_100_continue)):
            self._waited += self.limits.body_seconds / TICKS
        if self._waited >= self.limits.body_seconds:
            if self._bytes < self.limits.body_rate * self.limits.body_seconds:
                self._refuse(408, LATE)
                return
            self._waited, self._bytes = 0.0, 0
        self._look_later()

    def _refuse(self, status: int, sentence: bytes) -> None:
        """Answer when nothing was answered yet, tell the application that the visitor has gone, and close."""
        self._forget()
        self._unset_keepalive_if_required()
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE} and not self.transport.is_closing():
            self._say(status, sentence)
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()

    def _say(self, status: int, sentence: bytes) -> None:
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(sentence)))]
        answer = h11.Response(status_code=status, headers=[*headers, ("Connection", "close")])
        asked_for_head = self.cycle is not None and self.cycle.scope["method"] == "HEAD"
        pieces = [answer, *([] if asked_for_head else [h11.Data(data=sentence)]), h11.EndOfMessage()]
        self.transport.write(b"".join(self.conn.send(piece) or b"" for piece in pieces))

    # -- writing -----------------------------------------------------------------------------------------------

    def pause_writing(self) -> None:
        super().pause_writing()
        self._look_at_reader(left=-1)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None

    def _look_at_reader(self, left: int) -> None:
        """Let go of a reader who took nothing since the last look: `left` bytes then waited to be sent."""
        now = self.transport.get_write_buffer_size() + self._in_kernel()
        if now == left:
            self.transport.abort()
            return
        self._writing = self.loop.call_later(self.limits.stalled_seconds, self._look_at_reader, now)

    def _in_kernel(self) -> int:
        """Bytes that the system holds and the reader did not take: it asks us for more only when much of it is gone."""
        found = bytearray(4)
        with suppress(OSError):
            fcntl.ioctl(self.transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, found)
        return int.from_bytes(found, sys.byteorder)


def limited(limits: ConnectionLimits) -> type[LimitedProtocol]:
    """The protocol with other limits, for uvicorn's parameter `http`."""
    return type("LimitedProtocol", (LimitedProtocol,), {"limits": limits})
