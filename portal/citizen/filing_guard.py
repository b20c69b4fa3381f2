"""The guards of beginning a case on the portal: nobody does where an installation shows cases only (D1), or below the level of sign-in that the case type asks."""

from fastapi import Depends

from portal.citizen.contact import may_file
from portal.doors import TheServices
from processes.access.sign_in_level import is_enough
from processes.base.actor import Actor
from processes.base.errors import FilingIsOff, StrongerSignInNeeded
from processes.reads.citizen import StartPage


def filing_is_on(services: TheServices) -> None:
    """Raises FilingIsOff where the installation shows cases only."""
    if not services.settings.filing:
        raise FilingIsOff


def admit(page: StartPage, actor: Actor) -> None:
    """Raises StrongerSignInNeeded for who signed in below the level of the case type (below `substantial` nobody came in at all), and NotAllowed
    for who acts for another where it has no room for that.
    """
    if not is_enough(actor.level, page.level):
        raise StrongerSignInNeeded(page.title, page.level)
    may_file(page, actor)


ON = Depends(filing_is_on)
