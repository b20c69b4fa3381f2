"""`zaakspoor demo`: no part of production."""

from pathlib import Path
from typing import Annotated

import typer

from portal.commands.speaking import out
from portal.demo.starting import run_demo


def demo(
    port: Annotated[int, typer.Option(help="poort waarop de pagina's te openen zijn")] = 8000,
    data: Annotated[Path, typer.Option(help="map van de demo: database, bestanden en geheim")] = Path("var/demo"),
    fresh: Annotated[bool, typer.Option("--fresh", help="begin opnieuw met verzonnen gegevens")] = False,
) -> None:
    run_demo(port, data, fresh=fresh, out=out)
