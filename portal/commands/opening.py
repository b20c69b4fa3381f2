"""The installation that a command works in, by the settings of the environment."""

from processes.base.settings import read_settings
from processes.storage.known_secrets import check_secret
from processes.storage.services import Services
from processes.wiring import open_services


def services(*, check: bool = True) -> Services:
    """Open; outside production its database is brought to the newest schema first.

    Raises WrongSecret when the database was written with another secret; `verify` does not `check`, but tells it among the rest.
    """
    settings = read_settings()
    opened = open_services(settings, migrate=not settings.production)
    if check:
        check_secret(opened)
    return opened
