"""The installation that a command works in, by the settings of the environment."""

from processes.base.production_rules import safe_settings
from processes.base.settings import Settings
from processes.storage.known_secrets import check_secret
from processes.storage.services import Services
from processes.wiring import open_services


def services(settings: Settings | None = None, *, check: bool = True) -> Services:
    """Open; outside production its database is brought to the newest schema first.

    Raises WrongSecret when the database was written with another secret; `verify` does not `check`, but tells it among the rest.
    """
    given = settings or safe_settings()
    opened = open_services(given, migrate=not given.production)
    if check:
        check_secret(opened)
    return opened
