"""`zaakspoor migrate`."""

from portal.commands.speaking import out
from processes.base.settings import read_settings
from processes.storage.session import upgrade


def migrate() -> None:
    upgrade(read_settings().database)
    out.print("De database is bij.")
