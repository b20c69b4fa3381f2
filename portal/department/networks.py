"""The networks from which the department portal can be reached (O4): settings in, a visitor let through or refused."""

import ipaddress
from collections.abc import Iterable
from functools import lru_cache

from fastapi import Request

from portal.pages import get_services
from processes.base.errors import NotAllowed
from processes.base.settings import SettingError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class OutsideNetwork(NotAllowed):
    """Deze pagina is alleen te openen vanaf het netwerk van de gemeente. Werkt u ergens anders? Maak dan eerst
    verbinding met het netwerk van de gemeente (VPN) en open de link in de mail opnieuw. De link blijft geldig.
    """


def from_own_network(request: Request) -> None:
    """Raises OutsideNetwork for a visitor from elsewhere. No networks in the settings: everybody may come in."""
    settings = get_services(request).settings
    allowed = networks(settings.department_networks)
    if not allowed:
        return
    visitor = visitor_address(request, networks(settings.trusted_proxies))
    if visitor is None or not _within(visitor, allowed):
        raise OutsideNetwork


def visitor_address(request: Request, proxies: tuple[Network, ...]) -> Address | None:
    """The address of the visitor. A proxy's header counts only when the proxy is ours, as anybody can write it."""
    here = _address(request.client.host if request.client else "")
    told = [part.strip() for value in request.headers.getlist("x-forwarded-for") for part in value.split(",")]
    while here is not None and told and _within(here, proxies):
        here = _address(told.pop())
    return here


@lru_cache(maxsize=16)
def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """`10.0.0.0/8`, `192.0.2.7`, `2001:db8::/32`. Raises SettingError for anything else: rather closed than open."""
    try:
        return tuple(ipaddress.ip_network(text, strict=False) for text in texts)
    except ValueError as error:
        raise SettingError("Een van de netwerken in de instellingen is geen netwerk, zoals 10.0.0.0/8.") from error


def _address(text: str) -> Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    # an IPv4 visitor on an IPv6 socket
    return (isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped) or found


def _within(address: Address, allowed: tuple[Network, ...]) -> bool:
    return any(address in network for network in allowed)
