"""`zaakspoor reseal`: everything that is sealed, sealed again with the secret of now."""

import typer
from rich.markup import escape

from portal.commands.opening import services
from portal.commands.speaking import counted, out, shown_progress
from processes.jobs import resealing


def reseal() -> None:
    opened = services()
    with shown_progress() as tell:
        done = resealing.reseal(opened, tell)
    out.print(f"Opnieuw versleuteld: {counted(done.written, 'waarde', 'waarden')}")
    if done.files:
        out.print(f"Alsnog versleuteld: {counted(done.files, 'bestand', 'bestanden')}")
    for part, key in done.report.broken:
        out.print(f"[red]Ging niet open[/red] {escape(f'{part} ({key})')}. Zie 'zaakspoor verify'.")
    if done.report.unnamed:
        out.print(f"[yellow]{escape(_unnamed(done.report.unnamed))}[/yellow]")
    out.print(done.report.sentence if done.complete else resealing.NOT_DONE)
    raise typer.Exit(0 if done.complete and not done.report.broken else 1)


def _unnamed(many: int) -> str:
    return (
        f"Contactgegevens van mensen die hier geen zaak hebben en van wie het nummer niet bekend is: {many}. Zij volgen vanzelf "
        "als die mensen inloggen zolang het vorige geheim er nog staat; daarna vervallen zij."
    )
