"""The address from which the request of this task came, for lines of the security log and rows of who looked.

The portal sets it once per request, after its check of the proxies; work without a request has none.
"""

from contextvars import ContextVar
from typing import Final

_ADDRESS: Final[ContextVar[str | None]] = ContextVar("visitor", default=None)


def comes_from(address: str | None) -> None:
    """Remember the address of the visitor for the rest of this request, such as `192.0.2.7`; None when it is not known."""
    _ADDRESS.set(address)


def visitor() -> str | None:
    """The address of the visitor, without a port. None outside a request."""
    return _ADDRESS.get()
