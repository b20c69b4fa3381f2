"""`zaakspoor demo`: no part of production."""

from pathlib import Path
from typing import Annotated

import typer

from portal.commands.speaking import out
from portal.demo.starting import run_demo


def demo(
    port: int = 8000,
    data: Path = Path("var/demo"),
    fresh: Annotated[bool, typer.Option("--fresh", help="begin opnieuw met verzonnen gegevens")] = False,
) -> None:
    run_demo(port, data, fresh=fresh, out=out)
