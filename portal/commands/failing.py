"""Ends a command for an error that is no sentence of ours yet."""

from typing import NoReturn

import structlog

from portal.commands.speaking import stop
from processes.storage.session import trouble

NO_DATABASE = "De database antwoordt niet. Controleer ZAAKSPOOR_DATABASE en of de databaseserver draait."
UNFORESEEN = (
    "Er ging iets mis dat wij niet voorzagen. In de regel hierboven staat wat en waar; meld dat aan de leverancier."
)


def stop_for(wrong: Exception) -> NoReturn:
    """A database in trouble is named; of anything else the log gets kind and place."""
    if trouble(wrong) is not None:
        stop(NO_DATABASE)
    structlog.get_logger("command").error("unforeseen", exc_info=wrong)
    stop(UNFORESEEN)
