"""A mark of what a page showed: who changes it says with it what was there, so that two people do not undo each other's work."""

import hashlib
from typing import Final

MEANWHILE: Final = (
    "Een collega veranderde dit terwijl u bezig was. Bekijk wat er nu staat, en bewaar daarna uw eigen invoer."
)


def mark_of(*shown: object) -> str:
    """32 signs, the same for exactly these values. They are compared as `repr` writes them."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]


NOTHING_SHOWN: Final = mark_of("")  # of a text that was not there yet
