"""`zaakspoor rehearse`."""

import typer
from rich.markup import escape

from portal.commands.speaking import PathArgument, out
from processes.rehearsal.from_disk import rehearse_path


def rehearse(path: PathArgument) -> None:
    failed = played = 0
    for result in rehearse_path(path):
        played += 1
        failed += bool(result.problems)
        out.print(f"{'[red]fout[/red]' if result.problems else '[green]goed[/green]'} {result.name}: {result.title}")
        for problem in result.problems:
            out.print(f"     {escape(problem)}")
    out.print(f"{played - failed} goed, {failed} fout.")
    raise typer.Exit(1 if failed or not played else 0)
