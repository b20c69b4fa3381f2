"""`zaakspoor migrate`."""

from portal.commands.speaking import err, out
from processes.base.production_rules import safe_settings
from processes.storage.session import upgrade


def migrate() -> None:
    upgrade(safe_settings().database, tell=err.print)
    out.print("De database is bij.")
