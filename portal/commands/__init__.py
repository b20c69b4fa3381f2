"""The commands of Zaakspoor: a table of their names and helps, and the module of each, loaded when it is run.

A command is the function of its own name (`end-sessions` would be `end_sessions`) in the module of its row: thin, it
opens the installation and calls the package that does the work. Everything is loaded at the top of a file, save here:
all packages together take seconds to load, while a help text needs none of them and `lint` needs the engine only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperGroup

from portal.commands.dutch_help import DutchCommand, explained, speak_dutch
from processes.base.errors import ZaakspoorError
from processes.base.settings import SettingError


@dataclass(frozen=True, slots=True)
class Row:
    """One command: the module that holds its function, and what `--help` says of it."""

    module: str
    help: str


COMMANDS: Final = {
    "demo": Row("demo", "Alles in één proces, met verzonnen gegevens en een klok die u kunt verzetten."),
    "web": Row("web", "Toont de pagina's, tot het proces stopt."),
    "worker": Row("background", "Doet het werk uit de outbox: mails, brieven, vernietiging."),
    "clock": Row("background", "Laat termijnen aflopen en biedt werk dat bleef liggen opnieuw aan."),
    "migrate": Row(
        "migrate", "Brengt de database naar het schema van dit programma: bij elke nieuwe versie, voor de rest start."
    ),
    "lint": Row("lint", "Bevindingen van een model of een map; eindigt met 1 als er fouten zijn."),
    "adopt": Row("adopt", "Maakt een zaaktype van een tekening van een ander programma, met vragen en voorstellen."),
    "format": Row("format_drawings", "Schrijft tekeningen in hun vaste vorm, zodat één verandering één regel is."),
    "deploy": Row("deploy", "Controleert een map en neemt haar in gebruik; van een map met zaaktypen alle."),
    "rehearse": Row("rehearse", "Speelt de repetities van een map."),
    "backup": Row("backup", "Maakt een versleutelde back-up van database en bestanden; wat er al staat blijft staan."),
    "restore": Row("restore", "Zet een back-up terug in een lege installatie; met --copy als kopie om te proberen."),
    "reindex": Row("reindex", "Maakt de zoektabel en de dagen in lijsten opnieuw uit de zaken."),
    "seal-trail": Row("seal_trail", "Neemt controlesporen van voor de zegels in het verzegelde spoor op."),
    "reseal": Row("reseal", "Versleutelt alles opnieuw met het geheim van nu; daarna kan het vorige weg."),
    "end-sessions": Row("people", "Logt alle medewerkers uit, of een van hen."),
    "admit": Row("people", "Laat een medewerker toe die op toelating wacht; zonder naam: toont wie er wachten."),
    "check": Row(
        "check", "Zegt alles wat er mis is met de instellingen, en of database, broker, mail en inlogdienst antwoorden."
    ),
    "verify": Row("verify", "Controleert audittrail, documenten, vastgelopen werk, outbox en zoektabel."),
}


def load(module: str) -> Any:
    """A module of this package, loaded now: the one place where the program loads something to save time at its start."""
    return import_module(f"{__name__}.{module}")


class Commands(TyperGroup):
    """Lists the commands from the table, and loads the one that is run."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, known, rest = super().resolve_command(ctx, args)
        return name, known and runnable(str(known.name)), rest

    def get_help_option(self, ctx: Any) -> Any:
        return explained(super().get_help_option(ctx))


def runnable(name: str) -> Any:
    """The command with its own arguments and options, after the logs are set up."""
    load("logs").begin(name)
    row = COMMANDS[name]
    app = typer.Typer(add_completion=False)
    app.command(name, cls=DutchCommand, help=row.help)(getattr(load(row.module), name.replace("-", "_")))
    return typer.main.get_command(app)


def main(words: Sequence[str] | None = None) -> None:
    """Run a command, that of the process by default; what goes wrong is one sentence, never a trace."""
    speak_dutch()
    listed = [DutchCommand(name, help=row.help) for name, row in COMMANDS.items()]
    group = Commands(
        name="zaakspoor", help="Zaakspoor: juridische zaken op BPMN-modellen.", no_args_is_help=True, commands=listed
    )
    try:
        group(words)
    except (ZaakspoorError, SettingError) as wrong:
        load("speaking").stop(str(wrong))
    except Exception as wrong:  # noqa: BLE001 - whatever it is, its trace would show the data of people
        load("failing").stop_for(wrong)
