"""`zaakspoor web`: the pages, until stopped."""

from portal import serving
from portal.commands.opening import services


def web(host: str = "127.0.0.1", port: int = 8000) -> None:
    serving.serve(services(), host, port)
