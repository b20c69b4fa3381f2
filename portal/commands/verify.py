"""`zaakspoor verify`."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from portal.commands.opening import services
from portal.commands.speaking import JsonOption, counted, out, shown_progress, stop
from processes.jobs import verification, witness
from processes.jobs.secret_check import IDLE

WitnessOption = Annotated[
    list[str] | None,
    typer.Option(
        "--witness", help="een controlegetal dat u elders bewaarde, of een bestand met regels uit het log; mag vaker"
    ),
]


def verify(witness_said: WitnessOption = None, as_json: JsonOption = False) -> None:
    seen = _seen(witness_said or [])
    opened = services(check=False)
    with shown_progress() as tell:
        problems = verification.verify(opened, tell, seen)
    if as_json:
        sys.stdout.write(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2) + "\n")
    else:
        for problem in problems:
            out.print(f"[red]{problem.code}[/red] {escape(f'{problem.where}: {problem.what} {problem.advice}')}")
        out.print("Alles klopt." if not problems else counted(len(problems), "probleem", "problemen"))
        if opened.secrets.older_ids and not any(problem.code.startswith("secret_") for problem in problems):
            out.print(IDLE)
        if last := witness.last_anchor(opened):
            out.print(f"Bewaar elders, als getuige: seq={last[0]} {last[1]}", soft_wrap=True)
    raise typer.Exit(1 if problems else 0)


def _seen(said: list[str]) -> witness.Seen:
    seen: dict[str, int | None] = {}
    for one in said:
        found = witness.read_witness([one])
        if not found:
            found = _in_file(Path(one))
        seen |= found
    return seen


def _in_file(place: Path) -> dict[str, int | None]:
    try:
        with place.open(encoding="utf-8", errors="replace") as lines:
            found = witness.read_witness(lines)
    except OSError:
        stop(f"Dit is geen controlegetal en geen leesbaar bestand: {place}")
    if not found:
        stop(f"In dit bestand staat geen enkel controlegetal: {place}")
    return found
