"""Whether cases begin on the portal at all (D1): the guard of every page on which one does, signed in or not."""

from fastapi import Depends

from portal.doors import TheServices
from processes.base.errors import FilingIsOff


def filing_is_on(services: TheServices) -> None:
    """Raises FilingIsOff where the installation shows cases only."""
    if not services.settings.filing:
        raise FilingIsOff


ON = Depends(filing_is_on)
