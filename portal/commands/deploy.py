"""`zaakspoor deploy`."""

from portal.commands.opening import services
from portal.commands.speaking import PathArgument, out
from processes.rehearsal.from_disk import deploy_path


def deploy(path: PathArgument) -> None:
    for deployed in deploy_path(services(), path):
        out.print(f"In gebruik: {deployed}")
