"""Addresses and networks of IP, as settings and proxies write them: text in, something that can be compared out."""

import ipaddress
from collections.abc import Iterable
from functools import lru_cache

from processes.base.settings import SettingError, Settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# loopback, and what is never routed on the internet (RFC 1918, RFC 4193, RFC 3927, RFC 4291)
PRIVATE = (
    "127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "169.254.0.0/16", "fe80::/10",
)  # fmt: skip


@lru_cache(maxsize=16)
def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """`10.0.0.0/8`, `192.0.2.7`, `2001:db8::/32`. Raises SettingError for anything else: rather closed than open."""
    try:
        return tuple(ipaddress.ip_network(text, strict=False) for text in texts)
    except ValueError as error:
        raise SettingError("Een van de netwerken in de instellingen is geen netwerk, zoals 10.0.0.0/8.") from error


def read_address(text: str) -> Address | None:
    """`192.0.2.7`, `2001:db8::7`, or one of these with a port as some proxies write it; None for anything else."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv4Address):
        return found
    # an IPv4 visitor on an IPv6 socket; a zone (`fe80::1%eth0`) says nothing here, and can be any text
    return found.ipv4_mapped or ipaddress.IPv6Address(int(found))


def within(address: Address | None, allowed: Iterable[Network]) -> bool:
    return address is not None and any(address in network for network in allowed)


def is_inside(address: Address | None, settings: Settings) -> bool:
    """Whether somebody at this address may see figures and the state of parts: `inside_networks`, or without that setting
    this machine and private networks.
    """
    return within(address, networks(settings.inside_networks or PRIVATE))
