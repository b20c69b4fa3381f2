"""`zaakspoor seal-trail`."""

from typing import Annotated

import typer

from portal.commands.opening import services
from portal.commands.speaking import counted, out, shown_progress
from processes.jobs import trail_sealing

EveryOption = Annotated[bool, typer.Option("--all", help="ook sporen die al verzegeld zijn: na een nieuw geheim")]
AcceptOption = Annotated[
    bool,
    typer.Option(
        "--accept", help="ook als regels anders zijn dan het spoor zegt, zoals na een migratie die ze veranderde"
    ),
]


def seal_trail(every: EveryOption = False, accept: AcceptOption = False) -> None:
    opened = services()
    with shown_progress() as tell:

        def sealed(done: int) -> None:
            tell("Verzegelen", done, 0)

        sealing = trail_sealing.seal_trail(opened, sealed, every=every, accept=accept)
    out.print(f"Verzegeld: {counted(sealing.done, 'controlespoor', 'controlesporen')}")
    if sealing.wrong:
        wrong = counted(len(sealing.wrong), "controlespoor", "controlesporen")
        out.print(f"[red]Niet verzegeld: {wrong}[/red] Daar klopt iets niet; 'zaakspoor verify' zegt wat.")
        raise typer.Exit(1)
