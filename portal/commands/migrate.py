"""`zaakspoor migrate`."""

from portal.commands.speaking import err, out
from processes.base.settings import read_settings
from processes.storage.session import upgrade


def migrate() -> None:
    upgrade(read_settings().database, tell=err.print)
    out.print("De database is bij.")
