"""The installation that a command works in, by the settings of the environment."""

from processes.base.errors import ZaakspoorError
from processes.base.production_rules import safe_settings
from processes.base.settings import Settings
from processes.storage.known_secrets import check_secret
from processes.storage.services import Services
from processes.storage.session import may_lack
from processes.wiring import open_services


class NotMigrated(ZaakspoorError):
    """De database heeft een ouder schema dan dit programma, of nog geen. Draai eerst 'zaakspoor migrate'."""


def services(settings: Settings | None = None, *, check: bool = True) -> Services:
    """Open; outside production its database is brought to the newest schema first.

    Raises NotMigrated, and WrongSecret when the database was written with another secret; `verify` does not `check` that, but
    tells it among the rest.
    """
    given = settings or safe_settings()
    opened = open_services(given, migrate=not given.production)
    with opened.sessions.kw["bind"].connect().execution_options(only_reads=True) as connection:
        if may_lack(connection):
            raise NotMigrated
    if check:
        check_secret(opened)
    return opened
