"""Addresses to go back to: only paths of our own, so that nobody can be sent elsewhere after signing in."""

from urllib.parse import urlsplit

LONGEST = 500


def own_path(address: str, otherwise: str) -> str:
    """`address` when it is a path on this site, else `otherwise`."""
    try:
        parts = urlsplit(address)
    except ValueError:  # such as `//[`
        return otherwise
    unsafe = parts.scheme or parts.netloc or "\\" in address or any(ord(sign) < 32 for sign in address)  # noqa: PLR2004
    if unsafe or not address.startswith("/") or address.startswith("//") or len(address) > LONGEST:
        return otherwise
    return address
