"""The figures of a worker or clock process over HTTP, for Prometheus; answered only inside (`inside_networks`)."""

import socketserver
import threading
from typing import Any, ClassVar
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from prometheus_client import make_wsgi_app

from processes.base.networks import is_inside, read_address
from processes.base.settings import Settings

SECONDS = 10.0  # who asks for figures says so at once


class _Handler(WSGIRequestHandler):
    timeout: ClassVar[float] = SECONDS  # of the socket, as socketserver reads it

    def log_message(self, *_: Any) -> None:
        """Say nothing: a line per question would fill the log."""


class FiguresServer(socketserver.ThreadingMixIn, WSGIServer):
    """Listens on every address in production, as a container needs, and else on this machine only, as the pages do. Who comes
    from elsewhere is hung up on before anything is read.
    """

    daemon_threads = True

    def __init__(self, settings: Settings, port: int) -> None:
        super().__init__(("0.0.0.0" if settings.production else "127.0.0.1", port), _Handler)  # noqa: S104
        self.settings = settings
        self.set_app(make_wsgi_app())

    def verify_request(self, request: Any, client_address: Any) -> bool:  # noqa: ARG002
        return is_inside(read_address(str(client_address[0])), self.settings)

    def begin(self) -> None:
        """Answer in a thread of its own until the process ends."""
        threading.Thread(target=self.serve_forever, name="figures", daemon=True).start()
