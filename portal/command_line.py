"""The commands of Zaakspoor. Each is a thin door: it wires the services and calls the room that knows."""

import json
import os
import signal
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import structlog
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from engine.words import Severity
from portal import serving
from processes.base.errors import ZaakspoorError
from processes.base.logs import set_up_logs
from processes.base.settings import SettingError, Settings, read_settings
from processes.storage.services import Services
from processes.storage.session import trouble
from processes.wiring import open_services

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Zaakspoor: juridische zaken op BPMN-modellen.",
    pretty_exceptions_enable=False,  # those show the values of variables, and so passwords and the data of people
)  # fmt: skip
out = Console()
err = Console(stderr=True)

NO_DATABASE = "De database antwoordt niet. Controleer ZAAKSPOOR_DATABASE en of de databaseserver draait."
UNFORESEEN = (
    "Er ging iets mis dat wij niet voorzagen. In de regel hierboven staat wat en waar; meld dat aan de leverancier."
)

PathArgument = Annotated[Path, typer.Argument(help="een tekening (.bpmn) of een map van een zaaktype")]
JsonOption = Annotated[bool, typer.Option("--json", help="voor programma's")]


def main() -> None:
    """Run a command; what goes wrong is one sentence, never a trace."""
    set_up_logs(production=os.environ.get("ZAAKSPOOR_PRODUCTION", "") not in {"", "0", "false", "nee"})
    try:
        app()
    except (ZaakspoorError, SettingError) as wrong:
        _stop(str(wrong))
    except Exception as wrong:  # noqa: BLE001 - whatever it is, its trace would show the data of people
        if trouble(wrong) is None:
            structlog.get_logger("command").error("unforeseen", exc_info=wrong)
        _stop(UNFORESEEN if trouble(wrong) is None else NO_DATABASE)


def _stop(sentence: str) -> NoReturn:
    err.print(f"[red]{escape(sentence)}[/red]")
    sys.exit(1)


@app.command()
def demo(
    port: int = 8000,
    data: Path = Path("var/demo"),
    fresh: Annotated[bool, typer.Option("--fresh", help="begin opnieuw met verzonnen gegevens")] = False,
) -> None:
    """Alles in één proces, met verzonnen gegevens en een klok die u kunt verzetten."""
    from portal.demo.starting import run_demo  # noqa: PLC0415 - the demo is not part of production

    run_demo(port, data, fresh=fresh, out=out)


@app.command()
def web(host: str = "127.0.0.1", port: int = 8000) -> None:
    """De pagina's."""
    serving.serve(_services(), host, port)


@app.command()
def worker() -> None:
    """Doet het werk uit de outbox: mails, brieven, vernietiging."""
    serving.work(_services(), _until_stopped())


@app.command()
def clock() -> None:
    """Laat termijnen aflopen en belt opnieuw voor wat bleef liggen."""
    serving.tick(_services(), _until_stopped())


@app.command()
def migrate() -> None:
    """Brengt de database naar de nieuwste versie."""
    from processes.storage.session import upgrade  # noqa: PLC0415 - Alembic is slow to load

    upgrade(read_settings().database)
    out.print("De database is bij.")


@app.command()
def lint(path: PathArgument, as_json: JsonOption = False) -> None:
    """Bevindingen van een model of een map; eindigt met 1 als er fouten zijn."""
    from processes.rehearsal.folders import check_path  # noqa: PLC0415

    findings = check_path(path)
    if as_json:
        sys.stdout.write(json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=2) + "\n")
    else:
        for finding in findings:
            colour = "red" if finding.severity == Severity.ERROR else "yellow"
            out.print(
                f"[{colour}]{finding.element or path.name}[/{colour}]: {finding.message} [dim]({finding.code})[/dim]"
            )
        out.print(
            "Geen bevindingen. Dit model kan in gebruik."
            if not findings
            else _counted(len(findings), "bevinding", "bevindingen")
        )
    raise typer.Exit(1 if any(finding.severity == Severity.ERROR for finding in findings) else 0)


@app.command()
def deploy(path: PathArgument) -> None:
    """Controleert een map en neemt haar in gebruik; van een map met zaaktypen alle."""
    from processes.rehearsal.folders import deploy_path  # noqa: PLC0415

    for deployed in deploy_path(_services(), path):
        out.print(f"In gebruik: {deployed}")


@app.command()
def rehearse(path: PathArgument) -> None:
    """Speelt de repetities van een map."""
    from processes.rehearsal.folders import rehearse_path  # noqa: PLC0415

    failed = played = 0
    for result in rehearse_path(path):
        played += 1
        failed += bool(result.problems)
        out.print(f"{'[red]fout[/red]' if result.problems else '[green]goed[/green]'} {result.name}: {result.title}")
        for problem in result.problems:
            out.print(f"     {escape(problem)}")
    out.print(f"{played - failed} goed, {failed} fout.")
    raise typer.Exit(1 if failed or not played else 0)


@app.command()
def verify(as_json: JsonOption = False) -> None:
    """Controleert audittrail, documenten, vastgelopen werk en outbox."""
    from processes.jobs.verification import verify as check  # noqa: PLC0415

    services = _services()
    with Progress(console=err, transient=True) as progress:
        bar = progress.add_task("Controleren", total=None)

        def tell(what: str, done: int, total: int) -> None:
            progress.update(bar, description=what, completed=done, total=total)

        problems = check(services, tell)
    if as_json:
        sys.stdout.write(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2) + "\n")
    else:
        for problem in problems:
            out.print(f"[red]{problem.code}[/red] {escape(f'{problem.where}: {problem.what} {problem.advice}')}")
        out.print("Alles klopt." if not problems else _counted(len(problems), "probleem", "problemen"))
    raise typer.Exit(1 if problems else 0)


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}."


def _services() -> Services:
    settings: Settings = read_settings()
    return open_services(settings, migrate=not settings.production)


def _until_stopped() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
