"""`zaakspoor migrate`."""

from portal.commands.speaking import err, out
from processes.base.settings import read_settings
from processes.storage.session import make_sessions, upgrade
from processes.storage.sign_in import note_issuer


def migrate() -> None:
    settings = read_settings()
    upgrade(settings.database, tell=err.print)
    note_issuer(make_sessions(settings.database), settings)
    out.print("De database is bij.")
