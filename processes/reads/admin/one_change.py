"""One difference between two versions of a process, as a sentence with the elements of the drawing that it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any


class ChangeKind(StrEnum):
    """How something differs. `WITHIN`: not itself, but something in it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `elements`: the ids that it is about, of the new drawing, or of the old one for what is gone from it.

    `itself`: those elements are what was added or removed; else something that they say or use.
    """

    text: str
    kind: ChangeKind = ChangeKind.CHANGED
    elements: tuple[str, ...] = ()
    itself: bool = True


Added = partial(Change, kind=ChangeKind.ADDED)
Removed = partial(Change, kind=ChangeKind.REMOVED)


def only_in(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The keys of one that the other lacks, in the order of the drawing, so that the same change always reads the same."""
    return [key for key in one if key not in other]
