"""`zaakspoor web`: the pages, until stopped."""

from portal import serving
from portal.commands.opening import services
from processes.base.production_rules import safe_settings


def web(host: str = "127.0.0.1", port: int = 8000) -> None:
    settings = safe_settings()
    serving.refuse_network(settings, host)
    serving.serve(services(settings), host, port)
