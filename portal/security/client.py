"""Where a visitor truly is, and whether the visitor's browser spoke https: the one place that reads what proxies tell.

X-Forwarded-For and X-Forwarded-Proto count only when who connects to us is one of `trusted_proxies`, as anybody can
write a header. A proxy of ours adds at the right whom it saw, so the first address from the right that is no proxy of
ours is the visitor.
"""

from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

from portal.pages import get_services
from processes.base.networks import Address, is_inside, networks, read_address, within
from processes.base.settings import Settings

FORWARDED_FOR = "x-forwarded-for"
FORWARDED_PROTO = "x-forwarded-proto"
SCHEMES = {"http", "https"}
KNOWN = "zaakspoor.client"  # in the scope of a request
# other headers that proxies write: with one of these and no word on the visitor, the visitor is not who connects to us
OF_PROXIES = ("forwarded", "via", "x-real-ip", FORWARDED_PROTO, "x-forwarded-host", "x-forwarded-port")


@dataclass(frozen=True, slots=True)
class Client:
    """`address` is None when nobody can say it. `by_proxy`: a trusted proxy stands between. `unsure`: a header tells of a
    proxy that the settings do not know, or that does not say for whom it asks, so that `address` may be the proxy's instead
    of the visitor's.
    """

    address: Address | None
    scheme: str
    by_proxy: bool
    unsure: bool


def client_of(scope: Scope, settings: Settings) -> Client:
    """The visitor of a request, from its ASGI scope, which keeps it: several layers ask."""
    known: Client | None = scope.get(KNOWN)
    if known is None:
        known = scope[KNOWN] = _client_of(scope, settings)
    return known


def _client_of(scope: Scope, settings: Settings) -> Client:
    headers, proxies = Headers(scope=scope), networks(settings.trusted_proxies)
    told = [part for value in headers.getlist(FORWARDED_FOR) for part in value.split(",") if part.strip()]
    peer = read_address(scope["client"][0]) if scope.get("client") else None
    by_proxy = within(peer, proxies)
    unsure = bool(told and not by_proxy) or (not told and any(name in headers for name in OF_PROXIES))
    here = peer
    while told and within(here, proxies):
        here = read_address(told.pop())
    scheme = headers.get(FORWARDED_PROTO, "").strip().lower() if by_proxy else ""
    return Client(here, scheme if scheme in SCHEMES else scope["scheme"], by_proxy, unsure)


def client_address(request: HTTPConnection) -> Address | None:
    """The address of the visitor, for limits and logs; None when nobody can say it. Raises SettingError."""
    return client_of(request.scope, get_services(request).settings).address


def from_inside(scope: Scope, settings: Settings) -> bool:
    """Whether this request comes from where figures may be seen. A proxy that is not in the settings counts as outside:
    everybody on the internet could stand behind it.
    """
    client = client_of(scope, settings)
    return not client.unsure and is_inside(client.address, settings)
