"""The networks from which the department portal can be reached (O4): settings in, a visitor let through or refused."""

from fastapi import Request

from portal.pages import get_services
from portal.security.client import client_of
from processes.base.errors import NotAllowed
from processes.base.networks import networks, within


class OutsideNetwork(NotAllowed):
    """Deze pagina is alleen te openen vanaf het netwerk van de gemeente. Werkt u ergens anders? Maak dan eerst
    verbinding met het netwerk van de gemeente (VPN) en open de link in de mail opnieuw. De link blijft geldig.
    """


def from_own_network(request: Request) -> None:
    """Raises OutsideNetwork for a visitor from elsewhere. No networks in the settings: everybody may come in."""
    settings = get_services(request).settings
    allowed = networks(settings.department_networks)
    if allowed and not within(client_of(request.scope, settings).address, allowed):
        raise OutsideNetwork
