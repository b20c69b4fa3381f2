"""The address from which the request of this task came, for lines of the security log and rows of who looked.

The portal sets it once per request, after its check of the proxies; work without a request has none.
"""

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: from where it came, and what was told of it already, shared by all threads that work on it."""

    address: str | None = None
    told: set[str] = field(default_factory=set)


_VISIT: Final[ContextVar[Visit | None]] = ContextVar("visit", default=None)


def comes_from(address: str | None) -> None:
    """Begin a request: remember the address of the visitor, such as `192.0.2.7`; None when it is not known."""
    _VISIT.set(Visit(address))


def visitor() -> str | None:
    """The address of the visitor, without a port. None outside a request."""
    visit = _VISIT.get()
    return visit.address if visit else None


def first_in_request(what: str) -> bool:
    """Whether this is told for the first time in this request; outside a request everything is."""
    visit = _VISIT.get()
    if visit is None:
        return True
    if what in visit.told:
        return False
    visit.told.add(what)
    return True
