"""`zaakspoor verify`."""

import json
import sys
from dataclasses import asdict

import typer
from rich.markup import escape

from portal.commands.opening import services
from portal.commands.speaking import JsonOption, counted, out, shown_progress
from processes.jobs import verification
from processes.jobs.secret_check import IDLE


def verify(as_json: JsonOption = False) -> None:
    opened = services(check=False)
    with shown_progress() as tell:
        problems = verification.verify(opened, tell)
    if as_json:
        sys.stdout.write(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2) + "\n")
    else:
        for problem in problems:
            out.print(f"[red]{problem.code}[/red] {escape(f'{problem.where}: {problem.what} {problem.advice}')}")
        out.print("Alles klopt." if not problems else counted(len(problems), "probleem", "problemen"))
        if opened.secrets.older_ids and not any(problem.code.startswith("secret_") for problem in problems):
            out.print(IDLE)
    raise typer.Exit(1 if problems else 0)
