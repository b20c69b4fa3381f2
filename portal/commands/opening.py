"""The installation that a command works in, by the settings of the environment."""

from processes.base.settings import read_settings
from processes.storage.services import Services
from processes.wiring import open_services


def services() -> Services:
    """Open; outside production its database is brought to the newest schema first."""
    settings = read_settings()
    return open_services(settings, migrate=not settings.production)
