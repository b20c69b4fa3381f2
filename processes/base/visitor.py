"""The address from which the request of this task came, for lines of the security log and rows of who looked.

The portal sets it once per request, after its check of the proxies; work without a request has none.
"""

import ipaddress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

HOME: Final = 64  # an IPv6 visitor has as many addresses as this prefix leaves: they count as one


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: from where it came, what was told of it already, and of which mailboxes the visitor showed a code; shared by
    all threads that work on it.
    """

    address: str | None = None
    told: set[str] = field(default_factory=set)
    mailboxes: set[str] = field(default_factory=set)


_VISIT: Final[ContextVar[Visit | None]] = ContextVar("visit", default=None)


def comes_from(address: str | None) -> None:
    """Begin a request: remember the address of the visitor, such as `192.0.2.7`; None when it is not known."""
    _VISIT.set(Visit(address))


def visitor() -> str | None:
    """The address of the visitor, without a port. None outside a request."""
    visit = _VISIT.get()
    return visit.address if visit else None


def network() -> str:
    """The text that counts as one visitor: the address, or of an IPv6 address its network, which is one home or office. Empty when it is not known."""
    address = visitor() or ""
    if ":" not in address:
        return address
    return str(ipaddress.ip_network((address, HOME), strict=False))


def first_in_request(what: str) -> bool:
    """Whether this is told for the first time in this request; outside a request everything is."""
    visit = _VISIT.get()
    if visit is None:
        return True
    if what in visit.told:
        return False
    visit.told.add(what)
    return True


def reads_mailbox(address: str) -> None:
    """Remember that this visitor showed a code that was mailed to the mailbox of a department. Outside a request it means nothing."""
    visit = _VISIT.get()
    if visit is not None:
        visit.mailboxes.add(address)


def read_mailboxes() -> frozenset[str]:
    """The mailboxes of which the visitor of this request showed a code."""
    visit = _VISIT.get()
    return frozenset(visit.mailboxes) if visit else frozenset()
