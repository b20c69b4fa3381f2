"""Numbers as sign-in tells them: a BSN of nine digits that pass their test, a KvK number of eight, an identifier of another country as it is.

In: what a provider told. Out: the number as it stands in an identity such as `kvk:68750110`. What cannot be read is refused: two companies or
people with one wrong number would be one and the same to us.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from portal.sign_on.errors import SignInFailed
from processes.base.typed_values import one_line, read_bsn, read_kvk

SECTOR_OF_BSN: Final = "s00000000:"  # a broker may leave it before the number, as DigiD tells it
UNKNOWN: Final = "De inlogdienst heeft niet verteld wie u bent. Meld dit aan de beheerder."
READ: Final[Mapping[str, Callable[[str], str]]] = {"bsn": read_bsn, "kvk": read_kvk}


def told_text(claims: Mapping[str, Any], name: str) -> str:
    """The value of a claim as a text; empty when it is not there. Raises SignInFailed for a list or an object: which of its values counts was
    told by nobody.
    """
    value = claims.get(name) if name else None
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise SignInFailed
    return str(value)


def told_name(claims: Mapping[str, Any], name: str) -> str:
    """The name that a claim tells; empty for what is no text: it is only shown, and who has none is asked for it."""
    value = claims.get(name) if name else None
    return value if isinstance(value, str) else ""


def number_of(kind: str, told: str) -> str:
    """The number of an identity of this kind (`bsn`, `kvk`, `eidas`). A broker that sends a BSN as a number leaves out a zero in front.

    Raises SignInFailed for a number that is empty or cannot be right.
    """
    value = one_line(told)
    if kind == "bsn":
        value = value.removeprefix(SECTOR_OF_BSN)
    if not value:
        raise SignInFailed(UNKNOWN)
    try:
        return READ.get(kind, str)(value)
    except ValueError as error:
        raise SignInFailed from error
