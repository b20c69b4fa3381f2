"""A mandate of eHerkenning for a part of a company: how a provider or broker tells of one.

Source: Afsprakenstelsel Elektronische Toegangsdiensten, attributen, ServiceRestriction:Vestigingsnr and ServiceRestriction:SubdossierNr; an
acceptor must respect a restriction that it is told.
"""

from typing import Final

MARK: Final = ":servicerestriction:"


def is_restriction(name: str) -> bool:
    """Whether an attribute or claim of this name restricts what somebody may do; of any version, and of kinds that we do not know."""
    return MARK in name.lower()
