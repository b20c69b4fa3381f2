"""`zaakspoor restore`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from portal.commands.speaking import counted, out, shown_progress, stop
from processes.base.production_rules import safe_settings
from processes.jobs import verification
from processes.jobs.backup.restoring import restore as put_back
from processes.jobs.backup.sealing import private_key
from processes.wiring import open_services

HELD = (
    "Alle mail wacht tot een beheerder op de pagina /beheer/herstel heeft gekozen wat er weg mag: wat bij de back-up wachtte, "
    "kan daarna al verstuurd zijn."
)
COPY = "Dit is een kopie om te proberen: er gaat geen mail uit, en elke pagina zegt het."


def restore(
    place: Annotated[Path, typer.Argument(help="de map die u aan 'zaakspoor backup' gaf")],
    key: Annotated[Path, typer.Option(help="het bestand met de geheime sleutel")],
    name: Annotated[str, typer.Option(help="welke back-up; zonder: de nieuwste")] = "",
    destroyed: Annotated[
        Path | None, typer.Option(help="merktekens van later vernietigde dossiers, uit een nieuwere back-up")
    ] = None,
    copy: Annotated[bool, typer.Option("--copy", help="een kopie om te proberen: er gaat geen mail uit")] = False,
) -> None:
    opened = open_services(safe_settings())
    later = _read(destroyed).splitlines() if destroyed else []
    secret = private_key(_read(key).decode(errors="replace"))
    with shown_progress() as tell:
        done = put_back(opened, place, secret, name=name, copy=copy, destroyed=later, tell=tell)
        problems = verification.verify(opened, tell)
    out.print(f"Back-up {done} is teruggezet. {COPY if copy else HELD}")
    for problem in problems:
        out.print(f"[red]{problem.code}[/red] {escape(f'{problem.where}: {problem.what} {problem.advice}')}")
    out.print("Alles klopt." if not problems else counted(len(problems), "probleem", "problemen"))
    raise typer.Exit(1 if problems else 0)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        stop(f"Het bestand {file} is niet te lezen ({error.strerror}).")
