"""Output of a command: on the screen, and when it stops for something that went wrong."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

out = Console()
err = Console(stderr=True)

PathArgument = Annotated[Path, typer.Argument(help="een tekening (.bpmn) of een map van een zaaktype")]
JsonOption = Annotated[bool, typer.Option("--json", help="voor programma's")]


@contextmanager
def shown_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on the error output while something long goes on: call it with what is done, how many are done, how many there are."""
    with Progress(console=err, transient=True) as progress:
        bar = progress.add_task("", total=None)
        yield lambda what, done, total: progress.update(bar, description=what, completed=done, total=total or None)


def counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}."


def stop(sentence: str) -> NoReturn:
    """End the process with exit code 1."""
    err.print(f"[red]{escape(sentence)}[/red]")
    sys.exit(1)
