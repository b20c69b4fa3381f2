"""`zaakspoor demo`: everything in one process, filled with invented people and cases."""

from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from portal import serving
from processes.base import demo_folder
from processes.base.registers import Registers
from processes.base.registers.invented import InventedRegisters
from processes.base.settings import SettingError, Settings, read_settings
from processes.demo.filling import fill, is_filled
from processes.storage.known_secrets import check_secret
from processes.wiring import open_services

WHO = """
[bold]Zaakspoor, de demo[/bold] op {url}/demo

  Inwoner      {url}/mijn        meld u aan als Tess Testeling (DigiD)
  Medewerker   {url}/werk        Noor Behandelaar, Sem Beslisser, Ada Griffier, Joris Voorzitter
  Beheer       {url}/beheer      Fenna Beheer, Gijs Beheer, Arie Archief, Bo Bewaarder
  Postvak      {url}/demo/postvak   hier staan de links voor de vakafdelingen

Stoppen met Ctrl+C. Opnieuw beginnen: zaakspoor demo --fresh
"""


def run_demo(port: int, data: Path, *, fresh: bool, out: Console) -> None:
    """Fill the folder when it is empty (or `fresh`), print who can sign in, and serve until stopped.

    Raises NotOfDemo for a folder that the demo did not make, and SettingError in an environment of production.
    """
    if read_settings().production:
        raise SettingError("De demo start niet in productie: iedereen kan er inloggen als wie hij wil.")
    demo_folder.prepare(data, fresh=fresh)
    url = f"http://127.0.0.1:{port}"
    opened = open_services(demo_settings(data, url), migrate=True)
    services = replace(opened, registers=Registers(InventedRegisters()))
    check_secret(services)
    if not is_filled(services):
        with Progress(console=out, transient=True) as progress:
            bar = progress.add_task("De demo vullen", total=None)
            fill(services, lambda words: progress.update(bar, description=words))
    out.print(WHO.format(url=url))
    serving.serve(services, "127.0.0.1", port)


def demo_settings(data: Path, url: str) -> Settings:
    """The embedded default, all in one folder."""
    return Settings(
        database=f"sqlite:///{data}/zaakspoor.db", files=str(data / "files"), data=data, public_url=url, demo=True,
        team_mailbox="team.juridische.zaken@voorbeeldstad.example",
    )  # fmt: skip
