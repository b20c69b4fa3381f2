"""An SMTP server of our own: it keeps what came in and answers as a test wants."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from email import message_from_bytes
from threading import Event

from aiosmtpd.controller import Controller

DROP = "dropped after DATA"


@dataclass
class Mailbox:
    """`answer` is given to every mail; `DROP` accepts it and breaks the line before saying so."""

    answer: str = "250 OK"
    seconds: float = 0  # how slow it is
    received: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    heard: Event = field(default_factory=Event)

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802, ARG002 - the name that aiosmtpd calls
        self.heard.set()
        await asyncio.sleep(self.seconds)
        if self.answer.startswith("250") or self.answer == DROP:
            self.received[message_from_bytes(envelope.content)["Message-ID"]].append(envelope.content)
        if self.answer == DROP:
            server.transport.abort()
        return self.answer


class AnyPort(Controller):
    """On a port that the system chooses at the first start, and on the same one after that."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class MailServer:
    def __init__(self) -> None:
        self.box = Mailbox()
        self._port = 0
        self._controller: AnyPort | None = None

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self._port}"

    def start(self) -> None:
        self._controller = AnyPort(self.box, hostname="127.0.0.1", port=self._port)
        self._controller.start()
        self._port = self._controller.port

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
        self._controller = None
