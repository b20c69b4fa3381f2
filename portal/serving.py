"""The web process: the pages over HTTP. It holds no state, so it can be started as often as needed."""

import ipaddress
import sys
from contextlib import suppress
from typing import cast

import uvicorn
from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE

from portal.app import create_app
from portal.background import Background
from portal.connections import LimitedProtocol
from portal.route_table import work_out
from processes.base.settings import SettingError, Settings
from processes.storage.services import Services
from processes.wiring import close_services

GRACE_SECONDS = 20  # what a running request or upload gets before a stop


def refuse_network(settings: Settings, host: str) -> None:
    """Raises SettingError unless this is production or `host` can be reached from this machine alone.

    Outside production anybody signs in as anybody, and nothing is refused that is unsafe.
    """
    if not settings.production and not _is_loopback(host):
        raise SettingError(
            f"Buiten productie zijn de pagina's alleen op deze machine te openen, niet op '{host}': iedereen kan er "
            "inloggen als wie hij wil. Laat --host weg, of zet ZAAKSPOOR_PRODUCTION aan en draai 'zaakspoor check'."
        )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(services: Services, host: str, port: int) -> None:
    """Serve the pages until stopped; with the embedded broker also work and tick in this process. Raises SettingError
    for a host that only production may use.
    """
    refuse_network(services.settings, host)
    background = Background(services) if services.settings.broker == "embedded" else None
    try:
        config = server_config(services, host, port)
        work_out(cast("FastAPI", config.app).router.routes)
        server = uvicorn.Server(config)
        with suppress(KeyboardInterrupt):  # Ctrl+C, which the server raises again when it has stopped
            server.run()
    finally:
        if background:
            background.stop()
        close_services(services)
    if not server.started:
        sys.exit(STARTUP_FAILURE)


def server_config(
    services: Services, host: str, port: int, protocol: type[LimitedProtocol] = LimitedProtocol
) -> uvicorn.Config:
    """How the pages are served. What a proxy tells of a visitor is not read here but in `portal.security.client`."""
    return uvicorn.Config(
        create_app(services), host=host, port=port, http=protocol, log_level="warning", access_log=False,
        server_header=False, proxy_headers=False, timeout_graceful_shutdown=GRACE_SECONDS,
    )  # fmt: skip
