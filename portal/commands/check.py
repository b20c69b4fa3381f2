"""`zaakspoor check`: everything that is wrong with the settings, each with what to do, and whether all answers."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape

from portal.commands.speaking import JsonOption, counted, out
from portal.sign_on.reachable import try_citizens, try_staff
from portal.sign_on.saml.reachable import SAML_TRIES
from processes.base.production_rules import all_wrong
from processes.base.settings import WrongSetting, settings_in, variable
from processes.jobs.connections import TRIES, ConnectionAnswer, try_all

# by the setting that says where it is
ALL = {**TRIES, "oidc_citizen_issuer": try_citizens, "oidc_staff_issuer": try_staff, **SAML_TRIES}
ASKS = {"secret": "database", "organisation": "database"}  # which other setting a try needs
ForProduction = Annotated[bool, typer.Option("--production", help="ook wat alleen productie weigert")]
NOT_PRODUCTION = (
    "Dit is geen productie: de pagina's zijn alleen op deze machine te openen. "
    "'zaakspoor check --production' zegt wat er voor productie mist."
)


def check(production: ForProduction = False, as_json: JsonOption = False) -> None:
    settings, wrong = all_wrong(os.environ, production=production)
    unread = {one.variable for one in settings_in(os.environ)[1]}
    read = {name: one for name, one in ALL.items() if not unread & {variable(name), variable(ASKS.get(name, name))}}
    answers = try_all(settings, read)
    if as_json:
        told = {"settings": [asdict(one) for one in wrong], "connections": [asdict(one) for one in answers]}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    else:
        _print(wrong, answers)
        if not (production or settings.production or variable("production") in unread):
            out.print(NOT_PRODUCTION)
    raise typer.Exit(1 if wrong or not all(one.well for one in answers) else 0)


def _print(wrong: Sequence[WrongSetting], answers: Sequence[ConnectionAnswer]) -> None:
    for one in wrong:
        out.print(f"[red]fout[/red]  [bold]{one.variable}[/bold] {escape(one.sentence)}")
    refused = {one.variable for one in wrong}
    for answer in answers:
        if answer.well and variable(answer.name) in refused:
            continue  # "ok" beside "fout" would say that it may stay so
        mark = "[green]ok[/green]  " if answer.well else "[red]fout[/red]"
        mark = "[yellow]let op[/yellow]" if answer.unfinished else mark
        out.print(f"{mark}  {variable(answer.name)}: {escape(answer.words)}")
    failed = len(wrong) + sum(not one.well for one in answers)
    out.print(counted(failed, "fout", "fouten") if failed else "Alles klopt.")
