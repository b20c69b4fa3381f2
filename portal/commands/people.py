"""`zaakspoor end-sessions` and `zaakspoor admit`: the work of /beheer/medewerkers, also when no administrator can come in."""

from typing import Annotated

import typer
from rich.markup import escape

from portal.commands.opening import services
from portal.commands.speaking import counted, out, stop
from processes.actions import act
from processes.actions.people import AS_NEW, AdmitAccount, EndAllSessions, EndSessions
from processes.base.actor import SYSTEM
from processes.reads.admin import PersonLine, WaitingAccount, read_people

PersonOption = Annotated[str, typer.Option("--person", help="gebruikersnaam of nummer; zonder: alle medewerkers")]
NameArgument = Annotated[str, typer.Argument(help="gebruikersnaam van een account dat wacht")]
AsOption = Annotated[str, typer.Option("--as", help="gebruikersnaam of nummer van wie het is, of 'nieuw'")]
SubjectOption = Annotated[str, typer.Option("--subject", help="welk account, als er meer zijn met deze naam")]


def end_sessions(person: PersonOption = "") -> None:
    opened = services()
    if not person:
        ended = int(act(opened, SYSTEM, EndAllSessions()))
        out.print(f"Uitgelogd: {counted(ended, 'sessie', 'sessies')}")
        return
    known = _one(read_people(opened, SYSTEM).people, person)
    act(opened, SYSTEM, EndSessions(known.number))
    out.print(escape(f"{known.name} is overal uitgelogd: {counted(known.sessions, 'sessie', 'sessies')}"))


def admit(name: NameArgument = "", whose: AsOption = "", subject: SubjectOption = "") -> None:
    opened = services()
    page = read_people(opened, SYSTEM)
    if not name:
        for account in page.waiting:
            out.print(escape(f"{account.username}: {account.name}, {account.issuer}, {account.subject}"))
        out.print(counted(len(page.waiting), "account wacht", "accounts wachten"))
        return
    waiting = [one for one in page.waiting if one.username == name and subject in {"", one.subject}]
    account = _only(waiting, f"Er wacht geen account, of meer dan een, met de naam '{name}'.")
    if not whose:
        stop(f"Zeg wie dit is: --as {AS_NEW}, of --as met een gebruikersnaam of nummer.")
    number = AS_NEW if whose == AS_NEW else _one(page.people, whose).number
    act(opened, SYSTEM, AdmitAccount(account.issuer, account.subject, number))
    out.print(escape(f"{account.name} is toegelaten."))


def _one(people: tuple[PersonLine, ...], known_as: str) -> PersonLine:
    found = [one for one in people if known_as in {one.number, one.username}]
    if len(found) != 1:
        stop(f"Er is geen medewerker, of meer dan een, met de naam of het nummer '{known_as}'.")
    return found[0]


def _only(waiting: list[WaitingAccount], otherwise: str) -> WaitingAccount:
    if len(waiting) != 1:
        stop(otherwise)
    return waiting[0]
