"""The address of the visitor, checked against the proxies of the settings: for rules of networks, limits and the security log."""

import ipaddress
from collections.abc import Iterable
from functools import lru_cache

from starlette.requests import HTTPConnection

from portal.pages import get_services
from processes.base.settings import SettingError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def client_address(request: HTTPConnection) -> Address | None:
    """The address of the visitor; None where there is none, as on a Unix socket.

    A proxy's header counts only when the proxy is one of `trusted_proxies`, as anybody can write it. Raises SettingError.
    """
    proxies = networks(get_services(request).settings.trusted_proxies)
    here = _address(request.client.host if request.client else "")
    told = [part.strip() for value in request.headers.getlist("x-forwarded-for") for part in value.split(",")]
    while here is not None and told and within(here, proxies):
        here = _address(told.pop())
    return here


@lru_cache(maxsize=16)
def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """`10.0.0.0/8`, `192.0.2.7`, `2001:db8::/32`. Raises SettingError for anything else: rather closed than open."""
    try:
        return tuple(ipaddress.ip_network(text, strict=False) for text in texts)
    except ValueError as error:
        raise SettingError("Een van de netwerken in de instellingen is geen netwerk, zoals 10.0.0.0/8.") from error


def within(address: Address, allowed: tuple[Network, ...]) -> bool:
    """Whether the address lies in one of these networks."""
    return any(address in network for network in allowed)


def _address(text: str) -> Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    # an IPv4 visitor on an IPv6 socket
    return (isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped) or found
