"""`zaakspoor format`: needs the engine, and nothing of the case work."""

from pathlib import Path
from typing import Annotated

import typer

from engine import UnreadableModel
from engine.canonical import canonical
from portal.commands.speaking import PathArgument, counted, out, stop

CheckOption = Annotated[
    bool, typer.Option("--check", help="schrijft niets; eindigt met 1 als een tekening anders zou worden")
]


def format(path: PathArgument, check: CheckOption = False) -> None:  # noqa: A001 - a command has the name of its function
    drawings = _drawings(path)
    if not drawings:
        stop(f"In {path} staat geen tekening (.bpmn). Noem een tekening of een map van een zaaktype.")
    others = [(drawing, form) for drawing in drawings if (form := _canonical(drawing)) != drawing.read_bytes()]
    for drawing, form in others:
        out.print(str(drawing))
        if not check:
            _write(drawing, form)
    done = counted(len(others), "tekening", "tekeningen")
    out.print(f"{'Anders geschreven' if check else 'Opnieuw geschreven'}: {done}")
    raise typer.Exit(1 if check and others else 0)


def _drawings(path: Path) -> list[Path]:
    if path.suffix == ".bpmn":
        return [path] if path.is_file() else []
    return sorted(path.glob("*.bpmn")) or sorted(path.glob("*/*.bpmn"))


def _canonical(drawing: Path) -> bytes:
    try:
        return canonical(drawing.read_bytes())
    except UnreadableModel as refused:
        stop(f"{drawing}: {refused}")


def _write(drawing: Path, form: bytes) -> None:
    """In one go, so that a drawing is never half there."""
    beside = drawing.with_name(drawing.name + ".nieuw")
    beside.write_bytes(form)
    beside.replace(drawing)
