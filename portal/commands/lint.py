"""`zaakspoor lint`: needs the engine and the law, and nothing of the case work."""

import json
import sys
from typing import Annotated

import typer

from engine.words import Severity
from portal.commands.speaking import JsonOption, PathArgument, counted, err, out
from processes.storage import case_type_folders

FixOption = Annotated[
    bool, typer.Option("--fix", help="herstelt eerst wat maar op één manier goed kan, in de bestanden zelf")
]


def lint(path: PathArgument, as_json: JsonOption = False, fix: FixOption = False) -> None:
    if fix and path.exists():
        for done in case_type_folders.mend_path(path):
            err.print(f"[green]{done.finding.element}[/green]: {done.sentence} [dim]({done.finding.code})[/dim]")
    findings = case_type_folders.check_path(path)
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
            else counted(len(findings), "bevinding", "bevindingen")
        )
    raise typer.Exit(1 if any(finding.severity == Severity.ERROR for finding in findings) else 0)
