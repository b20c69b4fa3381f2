"""A mandate of eHerkenning for a part of a company: how a provider or broker tells of one, and which part we know.

Source: Afsprakenstelsel Elektronische Toegangsdiensten, attributen, ServiceRestriction:Vestigingsnr and ServiceRestriction:SubdossierNr; an
acceptor must respect a restriction that it is told. A part of the old kind (subdossier) is told beside the branch, never instead of it.
"""

import re
from collections.abc import Collection
from typing import Final

from portal.sign_on.errors import Restricted

MARK: Final = ":servicerestriction:"
BRANCH: Final = ":servicerestriction:vestigingsnr"
BESIDE: Final = ":servicerestriction:subdossiernr"
BETWEEN: Final = (
    "intermediate"  # as in IntermediateSubjectID, IntermediateEntityID:KvKnr and attribute-intermediate:CompanyName
)
BRANCH_NUMBER: Final = re.compile(r"[0-9]{12}")


def is_restriction(name: str) -> bool:
    """Whether an attribute or claim of this name restricts what somebody may do; of any version, and of kinds that we do not know."""
    return MARK in name.lower()


def is_branch(name: str) -> bool:
    """Whether an attribute or claim of this name tells the one branch that a mandate is for."""
    return name.lower().endswith(BRANCH)


def is_between(name: str) -> bool:
    """Whether an attribute or claim of this name tells of somebody between in a chain of mandates: a number, a name, or whatever else of them."""
    return BETWEEN in name.lower()


def restricted_to(names: Collection[str], branches: Collection[str]) -> str:
    """The branch that a mandate is for; empty when it is for all. `names`: of what restricts it, `branches`: the numbers that were told.

    Raises Restricted for what we do not know, or cannot read: a restriction that is read wrongly would open the whole company.
    """
    if not names and not branches:
        return ""
    if any(is_restriction(name) and not is_branch(name) and not name.lower().endswith(BESIDE) for name in names):
        raise Restricted
    told = {one.strip() for one in branches}
    if len(told) != 1 or not BRANCH_NUMBER.fullmatch(number := told.pop()):
        raise Restricted
    return number
