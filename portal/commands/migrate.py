"""`zaakspoor migrate`."""

from portal.commands.speaking import err, out
from processes.base.production_rules import safe_settings
from processes.storage.session import make_sessions, upgrade
from processes.storage.sign_in import note_issuer


def migrate() -> None:
    settings = safe_settings()
    upgrade(settings.database, tell=err.print)
    note_issuer(make_sessions(settings.database), settings)
    out.print("De database is bij.")
