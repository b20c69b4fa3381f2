"""The installation that a command works in, by the settings of the environment."""

from processes.base.production_rules import safe_settings
from processes.base.settings import Settings
from processes.storage.services import Services
from processes.wiring import open_services


def services(settings: Settings | None = None) -> Services:
    """Open; outside production its database is brought to the newest schema first."""
    given = settings or safe_settings()
    return open_services(given, migrate=not given.production)
