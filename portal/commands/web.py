"""`zaakspoor web`: the pages, until stopped."""

from typing import Annotated

import typer

from portal import serving
from portal.commands.opening import services
from processes.base.production_rules import safe_settings

HostOption = Annotated[
    str, typer.Option(help="adres van deze machine waarop de proxy komt; buiten productie alleen een lokaal adres")
]
PortOption = Annotated[int, typer.Option(help="poort waarop de proxy komt")]


def web(host: HostOption = "127.0.0.1", port: PortOption = 8000) -> None:
    settings = safe_settings()
    serving.refuse_network(settings, host)
    serving.serve(services(settings), host, port)
