"""Output of a command: on the screen, and when it stops for something that went wrong."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

out = Console()
err = Console(stderr=True)

PathArgument = Annotated[Path, typer.Argument(help="een tekening (.bpmn) of een map van een zaaktype")]
JsonOption = Annotated[bool, typer.Option("--json", help="voor programma's")]


def counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}."


def stop(sentence: str) -> NoReturn:
    """End the process with exit code 1."""
    err.print(f"[red]{escape(sentence)}[/red]")
    sys.exit(1)
