"""Each visit by a link is looked at once for the network it comes from; a process remembers those that it has looked at."""

import ipaddress
from collections import OrderedDict

import structlog
from fastapi import Request

from portal.doors import TheServices
from portal.security.client import client_address
from processes.actions import act
from processes.actions.networks import ComeFromNetwork
from processes.base.errors import Busy
from processes.base.networks import Address
from processes.reads.department import CodeNeeded, enter

MOST = 10_000  # links and networks together; what falls out is looked up again
WIDTHS = {4: 24, 6: 48}  # what one office or home gets from its provider

log = structlog.get_logger("department")


class SeenNetworks:
    """The links with the network they were used from, of this process; the oldest fall out. Links are kept as their hash."""

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()

    def first(self, link: str, network: str) -> bool:
        """Whether this link and network were not seen together before."""
        fresh = (link, network) not in self._seen
        self._seen[link, network] = None
        self._seen.move_to_end((link, network))
        while len(self._seen) > MOST:
            self._seen.popitem(last=False)
        return fresh

    def forget(self, link: str, network: str) -> None:
        self._seen.pop((link, network), None)


def network_of(address: Address) -> str:
    """The network around an address: `192.0.2.0/24`, `2001:db8:1::/48`."""
    return str(ipaddress.ip_network(f"{address}/{WIDTHS[address.version]}", strict=False))


def from_known_network(request: Request, services: TheServices) -> None:
    """A dependency of every page behind a link. Raises LinkGone and CodeNeeded, as the page itself would."""
    token, address = request.path_params.get("token"), client_address(request)
    if not token or address is None:
        return
    seen, link, network = _seen(request), services.secrets.token_hash(token), network_of(address)
    if not seen.first(link, network):
        return
    try:
        act(services, enter(services, token), ComeFromNetwork(network))
    except CodeNeeded:  # it opens nothing yet: looked at again once the code was shown
        seen.forget(link, network)
        raise
    except Busy:
        seen.forget(link, network)
        log.warning("department.network_not_kept")


def _seen(request: Request) -> SeenNetworks:
    state = request.app.state
    if not hasattr(state, "seen_networks"):
        state.seen_networks = SeenNetworks()
    found: SeenNetworks = state.seen_networks
    return found
