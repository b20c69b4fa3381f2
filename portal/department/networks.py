"""The networks from which the department portal can be reached (O4): settings in, a visitor let through or refused."""

from fastapi import Request

from portal.pages import get_services
from portal.security.client import client_of
from processes.base.networks import networks, within
from processes.reads.department import OutsideNetwork
from processes.storage.current_settings import current_settings

__all__ = ["OutsideNetwork", "from_own_network"]


def from_own_network(request: Request) -> None:
    """Raises OutsideNetwork for a visitor from elsewhere. No networks in the settings: everybody may come in. The department
    behind a link may have networks of its own, which are looked at when the link is opened.
    """
    services = get_services(request)
    allowed = networks(current_settings(services).department_networks)
    if allowed and not within(client_of(request.scope, services.settings).address, allowed):
        raise OutsideNetwork
