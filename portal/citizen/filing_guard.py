"""The guards of beginning a case on the portal: nobody does where an installation shows cases only (D1), or below the level of sign-in that the case type asks."""

from fastapi import Depends, Request

from engine.words import SignInLevel
from portal.citizen.contact import may_file
from portal.doors import TheServices
from portal.security.guards import StrongerSignInNeeded, own_identity
from portal.sign_on.saml.levels import enough
from processes.base.actor import Actor
from processes.base.errors import FilingIsOff
from processes.reads.citizen import StartPage


def filing_is_on(services: TheServices) -> None:
    """Raises FilingIsOff where the installation shows cases only."""
    if not services.settings.filing:
        raise FilingIsOff


def admit(request: Request, page: StartPage, actor: Actor) -> None:
    """Raises StrongerSignInNeeded for who signed in below the level of the case type (below `substantial` nobody came in at all), and NotAllowed
    for who acts for another where it has no room for that.
    """
    if page.level == SignInLevel.HIGH and not enough(own_identity(request).get("level", ""), page.level):
        raise StrongerSignInNeeded(page.title, page.level)
    may_file(page, actor)


ON = Depends(filing_is_on)
