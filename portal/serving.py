"""The web process: the pages over HTTP. It holds no state, so it can be started as often as needed."""

import uvicorn

from portal.app import create_app
from portal.background import Background
from portal.connections import LimitedProtocol
from processes.storage.services import Services
from processes.wiring import close_services

GRACE_SECONDS = 20  # what a running request or upload gets before a stop


def serve(services: Services, host: str, port: int) -> None:
    """Serve the pages until stopped; with the embedded broker also work and tick in this process."""
    background = Background(services) if services.settings.broker == "embedded" else None
    try:
        uvicorn.Server(server_config(services, host, port)).run()
    finally:
        if background:
            background.stop()
        close_services(services)


def server_config(
    services: Services, host: str, port: int, protocol: type[LimitedProtocol] = LimitedProtocol
) -> uvicorn.Config:
    """How the pages are served. What a proxy tells of a visitor is not read here but in `portal.security.client`."""
    return uvicorn.Config(
        create_app(services), host=host, port=port, http=protocol, log_level="warning", access_log=False,
        server_header=False, proxy_headers=False, timeout_graceful_shutdown=GRACE_SECONDS,
    )  # fmt: skip
