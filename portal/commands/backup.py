"""`zaakspoor backup`."""

from pathlib import Path
from typing import Annotated

import typer

from portal.commands.opening import services
from portal.commands.speaking import out, shown_progress, stop
from processes.base.private_files import create_private
from processes.jobs.backup.making import make_backup
from processes.jobs.backup.sealing import new_pair, public_key

NO_PLACE = "Zeg waar de back-up moet komen, zoals: zaakspoor backup /mnt/backup."
NO_KEY = (
    "ZAAKSPOOR_BACKUP_KEY is leeg. Maak een paar sleutels met 'zaakspoor backup --new-key BESTAND', bewaar het bestand buiten deze "
    "machine en zet de openbare sleutel in ZAAKSPOOR_BACKUP_KEY."
)
MADE = "Bewaar [bold]{file}[/bold] buiten deze machine: zonder dit bestand is geen back-up te openen. Zet dit in de instellingen:"


def backup(
    place: Annotated[Path | None, typer.Argument(help="de map met back-ups van deze installatie")] = None,
    keep: Annotated[int, typer.Option(help="zoveel van de nieuwste bewaren; 0 bewaart alle", min=0)] = 0,
    new_key: Annotated[Path | None, typer.Option(help="maak een paar sleutels; de geheime komt in dit bestand")] = None,
) -> None:
    if new_key is not None:
        return _make_keys(new_key)
    if place is None:
        stop(NO_PLACE)
    opened = services()
    if not opened.settings.backup_key:
        stop(NO_KEY)
    with shown_progress() as tell:
        name = make_backup(opened, place, public_key(opened.settings.backup_key), keep=keep, tell=tell)
    out.print(f"Back-up {name} staat in {place}.")
    return None


def _make_keys(file: Path) -> None:
    private, public = new_pair()
    try:
        with create_private(file) as opened:
            opened.write(private.encode() + b"\n")
    except FileExistsError:
        stop(f"Het bestand {file} bestaat al. Kies een andere naam, zodat er geen sleutel verloren gaat.")
    out.print(MADE.format(file=file))
    out.print(f"ZAAKSPOOR_BACKUP_KEY={public}", soft_wrap=True)
